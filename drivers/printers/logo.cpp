#include "drivers/printers/logo.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <png.h>
#include <system_error>
#include <vector>

namespace fangxin::drivers {

namespace {

constexpr int white = 255;

/// Grey dots, row by row.
struct Grey {
    int width = 0;
    int height = 0;
    std::vector<int> dots;
    int& at(int x, int y) { return dots[place(x, y)]; }
    int at(int x, int y) const { return dots[place(x, y)]; }

    std::size_t place(int x, int y) const {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
               static_cast<std::size_t>(x);
    }
};

struct Free {
    void operator()(png_image* image) const { png_image_free(image); }
};

Result<Grey> read_png(const std::filesystem::path& path, const LogoLimits& limits) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    std::unique_ptr<png_image, Free> freed(&image);
    if (!png_image_begin_read_from_file(&image, path.c_str())) {
        return failure("not_an_image", fmt::format("{}: {}", path.string(), image.message));
    }
    auto side = static_cast<png_uint_32>(limits.side);
    if (image.width > side || image.height > side) {
        return failure("too_large", fmt::format("{} x {} dots", image.width, image.height));
    }
    image.format = PNG_FORMAT_GRAY;
    std::vector<png_byte> bytes(PNG_IMAGE_SIZE(image));
    png_color paper{white, white, white};
    if (!png_image_finish_read(&image, &paper, bytes.data(), 0, nullptr)) {
        return failure("not_an_image", fmt::format("{}: {}", path.string(), image.message));
    }
    Grey grey{static_cast<int>(image.width), static_cast<int>(image.height), {}};
    grey.dots.assign(bytes.begin(), bytes.end());
    return grey;
}

/// Each dot is the mean of those that it stands for.
Grey shrunk(const Grey& grey, const LogoLimits& limits) {
    int width = std::min(grey.width, limits.width);
    int height = std::max(grey.height * width / grey.width, 1);
    if (height > limits.height) {
        height = limits.height;
        width = std::clamp(grey.width * height / grey.height, 1, limits.width);
    }
    Grey made{width, height, {}};
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            int top = y * grey.height / height;
            int left = x * grey.width / width;
            int bottom = std::max((y + 1) * grey.height / height, top + 1);
            int right = std::max((x + 1) * grey.width / width, left + 1);
            std::int64_t sum = 0;
            for (int from_y = top; from_y < bottom; ++from_y) {
                for (int from_x = left; from_x < right; ++from_x)
                    sum += grey.at(from_x, from_y);
            }
            made.dots.push_back(static_cast<int>(sum / ((bottom - top) * (right - left))));
        }
    }
    return made;
}

/// Floyd and Steinberg's: what a dot is off by is passed on to its neighbours to come.
Bitmap dithered(Grey grey) {
    Bitmap made = Bitmap::blank(grey.width, grey.height);
    for (int y = 0; y < grey.height; ++y) {
        for (int x = 0; x < grey.width; ++x) {
            int value = grey.at(x, y);
            bool black = value < white / 2 + 1;
            if (black) made.set(x, y);
            int off = value - (black ? 0 : white);
            bool right = x + 1 < grey.width;
            bool below = y + 1 < grey.height;
            if (right) grey.at(x + 1, y) += off * 7 / 16;
            if (below && x > 0) grey.at(x - 1, y + 1) += off * 3 / 16;
            if (below) grey.at(x, y + 1) += off * 5 / 16;
            if (below && right) grey.at(x + 1, y + 1) += off / 16;
        }
    }
    return made;
}

}  // namespace

Result<Bitmap> read_logo(const std::filesystem::path& path, const LogoLimits& limits) {
    std::error_code error;
    std::uintmax_t size = std::filesystem::file_size(path, error);
    if (error) return failure("not_found", path.string());
    if (size > limits.file_bytes) return failure("too_large", fmt::format("{} bytes", size));
    auto grey = read_png(path, limits);
    if (!grey) return tl::unexpected(grey.error());
    return dithered(shrunk(*grey, limits));
}

}  // namespace fangxin::drivers
