#include "drivers/printers/paper/stored_images.hpp"

#include "drivers/printers/escpos_commands.hpp"

#include <algorithm>
#include <memory>

namespace fangxin::drivers {

namespace {

int byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

PrintedDots with_mode(std::shared_ptr<const Bitmap> bitmap, int mode) {
    return {std::move(bitmap), (mode & 1) != 0 ? 2 : 1, (mode & 2) != 0 ? 2 : 1};
}

/// Rows from the top; what the bytes do not fill stays white.
std::shared_ptr<const Bitmap> rows(int width, int height, std::string_view bytes) {
    auto made = std::make_shared<Bitmap>();
    made->width = width;
    made->height = height;
    made->bytes = bytes.substr(0, made->row_bytes() * static_cast<std::size_t>(height));
    if (made->bytes.size() < made->row_bytes() * static_cast<std::size_t>(height)) return nullptr;
    return made;
}

/// Columns from the left, each of `height` / 8 bytes, the topmost dot in the highest bit.
std::shared_ptr<const Bitmap> columns(int width, int height, std::string_view bytes) {
    auto made = std::make_shared<Bitmap>(Bitmap::blank(width, height));
    auto column_bytes = static_cast<std::size_t>((height + 7) / 8);
    for (int x = 0; x < width; ++x) {
        for (int y = 0; y < height; ++y) {
            std::size_t at =
                static_cast<std::size_t>(x) * column_bytes + static_cast<std::size_t>(y / 8);
            if (at < bytes.size() && (byte_at(bytes, at) >> (7 - y % 8) & 1) != 0) made->set(x, y);
        }
    }
    return made;
}

std::optional<PrintedDots> some(PrintedDots dots) {
    if (!dots.bitmap || dots.bitmap->empty()) return std::nullopt;
    return dots;
}

}  // namespace

PrintedDots raster_dots(std::string_view arguments) {
    auto wide = static_cast<int>(little_endian(arguments.substr(1, 2)));
    auto high = static_cast<int>(little_endian(arguments.substr(3, 2)));
    return with_mode(rows(wide * 8, high, arguments.substr(5)), byte_at(arguments, 0));
}

PrintedDots column_dots(std::string_view arguments) {
    int mode = byte_at(arguments, 0);
    auto wide = static_cast<int>(little_endian(arguments.substr(1, 2)));
    int high = mode >= 32 ? 24 : 8;
    bool dense = (mode & 1) != 0;
    return {columns(wide, high, arguments.substr(3)), dense ? 1 : 2, high == 24 ? 1 : 3};
}

GraphicsAnswer StoredImages::graphics(std::string_view data) {
    if (data.size() < 2) return {};
    int function = byte_at(data, 1);
    switch (function) {
        case 2:
        case 50:
            return {true, std::exchange(buffer_, std::nullopt), 0};
        case 67:
            keep(data, true);
            return {};
        case 69:
            return print_kept(data, true);
        case 83:
            keep(data, false);
            return {};
        case 85:
            return print_kept(data, false);
        case 112:
        case 113:
            break;
        default:
            return {};
    }
    // a bx by c xL xH yL yH d…
    if (data.size() < 10) return {};
    auto wide = static_cast<int>(little_endian(data.substr(6, 2)));
    auto high = static_cast<int>(little_endian(data.substr(8, 2)));
    auto bitmap =
        function == 112 ? rows(wide, high, data.substr(10))
        : static_cast<std::size_t>(wide) * static_cast<std::size_t>(high) <= data.size() * 8
            ? columns(wide, high, data.substr(10))
            : nullptr;
    buffer_ =
        some({bitmap, std::clamp(byte_at(data, 3), 1, 2), std::clamp(byte_at(data, 4), 1, 2)});
    return {};
}

/// `m fn a kc1 kc2 b xL xH yL yH c d…`
void StoredImages::keep(std::string_view data, bool nonvolatile) {
    if (data.size() < 11) return;
    auto key = static_cast<int>(little_endian(data.substr(3, 2)));
    auto wide = static_cast<int>(little_endian(data.substr(6, 2)));
    auto high = static_cast<int>(little_endian(data.substr(8, 2)));
    auto dots = some({rows(wide, high, data.substr(11)), 1, 1});
    if (dots) kept_[{nonvolatile, key}] = *dots;
}

/// `m fn kc1 kc2 x y`
GraphicsAnswer StoredImages::print_kept(std::string_view data, bool nonvolatile) const {
    if (data.size() < 6) return {};
    auto key = static_cast<int>(little_endian(data.substr(2, 2)));
    GraphicsAnswer answer{true, std::nullopt, key};
    if (auto found = kept_.find({nonvolatile, key}); found != kept_.end()) {
        answer.dots = found->second;
        answer.dots->wide = std::clamp(byte_at(data, 4), 1, 2);
        answer.dots->high = std::clamp(byte_at(data, 5), 1, 2);
    }
    return answer;
}

/// `1C 71 n [xL xH yL yH d…]n`: sizes in bytes, columns first.
void StoredImages::define(std::string_view command) {
    numbered_.clear();
    std::size_t at = 3;
    for (int number = 1; number <= byte_at(command, 2); ++number) {
        std::size_t wide = little_endian(command.substr(at, 2));
        std::size_t high = little_endian(command.substr(at + 2, 2));
        auto bitmap = columns(static_cast<int>(wide * 8), static_cast<int>(high * 8),
                              command.substr(at + 4, wide * high * 8));
        if (auto dots = some({bitmap, 1, 1})) numbered_[number] = *dots;
        at += 4 + wide * high * 8;
    }
}

std::optional<PrintedDots> StoredImages::stored(int number, int mode) const {
    auto found = numbered_.find(number);
    if (found == numbered_.end()) return std::nullopt;
    return with_mode(found->second.bitmap, mode);
}

/// `1D 2A x y d…`
void StoredImages::download(std::string_view command) {
    int wide = byte_at(command, 2);
    int high = byte_at(command, 3);
    downloaded_ = some({columns(wide * 8, high * 8, command.substr(4)), 1, 1});
}

std::optional<PrintedDots> StoredImages::downloaded(int mode) const {
    if (!downloaded_) return std::nullopt;
    return with_mode(downloaded_->bitmap, mode);
}

}  // namespace fangxin::drivers
