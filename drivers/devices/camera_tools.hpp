// A look at a camera, for the commands that try devices. Any thread.
#pragma once

#include "drivers/pictures/camera_feed.hpp"

#include <string>

namespace fangxin::drivers {

struct FirstPicture {
    std::string identity;
    int width = 0;
    int height = 0;
};
/// Errors: those of CameraFeed::open().
Result<FirstPicture> first_picture(const CameraFeedOptions& options);

}  // namespace fangxin::drivers
