#include "drivers/printers/canvas.hpp"

#include <algorithm>
#include <fstream>
#include <png.h>

namespace fangxin::drivers {

namespace {

constexpr std::uint8_t ink = 0x14;
constexpr std::uint8_t white = 0xFF;
constexpr std::uint8_t half = (ink + white) / 2;

}  // namespace

void Canvas::grow(int height) {
    auto size = static_cast<std::size_t>(std::max(height, 0)) * static_cast<std::size_t>(width_);
    if (size > dots_.size()) dots_.resize(size, white);
}

void Canvas::dot(int x, int y, int strength) {
    if (!inside(x, y)) return;
    std::uint8_t& at = dots_[place(x, y)];
    at = std::min(at, static_cast<std::uint8_t>(white - (white - ink) * strength / 255));
}

void Canvas::fill(const Box& box) {
    for (int y = std::max(box.y, 0); y < std::min(box.y + box.height, height()); ++y) {
        for (int x = std::max(box.x, 0); x < std::min(box.x + box.width, width_); ++x)
            dots_[place(x, y)] = ink;
    }
}

void Canvas::clear(const Box& box) {
    for (int y = std::max(box.y, 0); y < std::min(box.y + box.height, height()); ++y) {
        for (int x = std::max(box.x, 0); x < std::min(box.x + box.width, width_); ++x)
            dots_[place(x, y)] = white;
    }
}

void Canvas::invert(const Box& box) {
    for (int y = std::max(box.y, 0); y < std::min(box.y + box.height, height()); ++y) {
        for (int x = std::max(box.x, 0); x < std::min(box.x + box.width, width_); ++x) {
            std::uint8_t& at = dots_[place(x, y)];
            at = static_cast<std::uint8_t>(ink + white - std::max(at, ink));
        }
    }
}

void Canvas::frame(const Box& box, int thickness) {
    fill({box.x, box.y, box.width, thickness});
    fill({box.x, box.y + box.height - thickness, box.width, thickness});
    fill({box.x, box.y, thickness, box.height});
    fill({box.x + box.width - thickness, box.y, thickness, box.height});
}

void Canvas::draw(const Bitmap& bitmap, const Box& box) {
    if (bitmap.empty()) return;
    int wide = box.width / bitmap.width;
    int high = box.height / bitmap.height;
    for (int y = 0; y < bitmap.height && box.y + y * high < height(); ++y) {
        for (int x = 0; x < bitmap.width; ++x) {
            if (bitmap.dot(x, y)) fill({box.x + x * wide, box.y + y * high, wide, high});
        }
    }
}

bool Canvas::is_black(int x, int y) const { return inside(x, y) && dots_[place(x, y)] < half; }

Bitmap Canvas::to_bitmap() const {
    int used = 0;
    for (int y = 0; y < height(); ++y) {
        for (int x = used; x < width_; ++x) {
            if (is_black(x, y)) used = x + 1;
        }
    }
    Bitmap made = Bitmap::blank(used, height());
    for (int y = 0; y < height(); ++y) {
        for (int x = 0; x < used; ++x) {
            if (is_black(x, y)) made.set(x, y);
        }
    }
    return made;
}

Canvas Canvas::turned(int degrees) const {
    if (degrees == 0 || height() == 0) return *this;
    bool lying = degrees != 180;
    Canvas made(lying ? height() : width_, lying ? width_ : height());
    for (int y = 0; y < height(); ++y) {
        for (int x = 0; x < width_; ++x) {
            int to_x = degrees == 90 ? height() - 1 - y : degrees == 180 ? width_ - 1 - x : y;
            int to_y = degrees == 90 ? x : degrees == 180 ? height() - 1 - y : width_ - 1 - x;
            made.dots_[made.place(to_x, to_y)] = dots_[place(x, y)];
        }
    }
    return made;
}

void Canvas::draw(const Canvas& other, int x, int y) {
    for (int row = 0; row < other.height(); ++row) {
        for (int column = 0; column < other.width_; ++column) {
            if (!inside(x + column, y + row)) continue;
            std::uint8_t& at = dots_[place(x + column, y + row)];
            at = std::min(at, other.dots_[other.place(column, row)]);
        }
    }
}

Result<void> Canvas::write(const std::filesystem::path& path) const {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(width_);
    image.height = static_cast<png_uint_32>(height());
    image.format = PNG_FORMAT_GRAY;
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
    std::string bytes(size, '\0');
    if (!png_image_write_to_memory(&image, bytes.data(), &size, 0, dots_.data(), 0, nullptr)) {
        return failure("write_failed", path.string() + ": " + image.message);
    }
    // By ourselves: the library takes away whatever it could not write to, a device too.
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(size));
    file.close();
    if (!file) return failure("write_failed", path.string());
    return {};
}

}  // namespace fangxin::drivers
