// A place in a picture. Values; any thread.
#pragma once

namespace fangxin::drivers {

/// Pixels from the left and from the top; may lie outside.
struct PicturePoint {
    int x = 0;
    int y = 0;
    bool operator==(const PicturePoint&) const = default;
};

}  // namespace fangxin::drivers
