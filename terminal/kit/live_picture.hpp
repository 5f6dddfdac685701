// What a camera sees, with what was found in it framed. Made for pictures that change many times a
// second: the renderer keeps textures of their size.
#pragma once

#include "terminal/kit/ui.hpp"

#include <array>
#include <span>
#include <string>

namespace fangxin::kit {

/// Something found in a picture.
struct FoundFrame {
    std::array<Point, 4> corners;  ///< in the picture's pixels, round; they may lie outside
    Role role = Role::ok;          ///< of the line; words tell the same
    std::string words;             ///< under it, or over it where there is no room; may be empty
};

/// The picture as large as fits, whole, and the frames over it. Nothing is drawn outside of it.
void live_picture(Ui& ui, Rect rect, const PicturePtr& picture, std::span<const FoundFrame> frames);

}  // namespace fangxin::kit
