#include "drivers/devices/camera_tools.hpp"

namespace fangxin::drivers {

Result<FirstPicture> first_picture(const CameraFeedOptions& options) {
    FirstPicture first;
    const Interrupt never;
    auto feed = CameraFeed::open(options, never, [&](const CameraPicture& picture) {
        first.width = picture.width;
        first.height = picture.height;
    });
    if (!feed) return tl::unexpected(feed.error());
    first.identity = (*feed)->identity();
    return first;
}

}  // namespace fangxin::drivers
