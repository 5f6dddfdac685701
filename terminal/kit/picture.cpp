#include "terminal/kit/picture.hpp"

#include <fmt/format.h>
#include <png.h>

namespace fangxin::kit {

Result<void> write_png(const Picture& picture, const std::string& path) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(picture.width);
    image.height = static_cast<png_uint_32>(picture.height);
    image.format = PNG_FORMAT_RGBA;
    if (png_image_write_to_file(&image, path.c_str(), 0, picture.rgba.data(), 0, nullptr) == 0) {
        return failure("cannot_write", fmt::format("{}: {}", path, image.message));
    }
    return {};
}

}  // namespace fangxin::kit
