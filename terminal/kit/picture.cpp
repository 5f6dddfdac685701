#include "terminal/kit/picture.hpp"

#include <fmt/format.h>
#include <png.h>

namespace fangxin::kit {

namespace {

constexpr png_uint_32 most_pixels_a_side = 4096;

}  // namespace

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

Result<PicturePtr> read_png(const std::string& path) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_file(&image, path.c_str()) == 0) {
        return failure("cannot_read", fmt::format("{}: {}", path, image.message));
    }
    if (image.width > most_pixels_a_side || image.height > most_pixels_a_side) {
        png_image_free(&image);
        return failure("too_large", fmt::format("{}: {}x{}", path, image.width, image.height));
    }
    image.format = PNG_FORMAT_RGBA;
    auto picture = std::make_shared<Picture>();
    picture->width = static_cast<int>(image.width);
    picture->height = static_cast<int>(image.height);
    picture->rgba.resize(PNG_IMAGE_SIZE(image));
    if (png_image_finish_read(&image, nullptr, picture->rgba.data(), 0, nullptr) == 0) {
        return failure("bad_picture", fmt::format("{}: {}", path, image.message));
    }
    return PicturePtr(std::move(picture));
}

}  // namespace fangxin::kit
