#include "drivers/printers/escpos_commands.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace fangxin::drivers {

namespace {

using State = EscposCommand::State;

/// Commands with a fixed number of bytes after lead and code.
struct Fixed {
    char lead;
    char code;
    std::size_t arguments;
};
constexpr char esc = 0x1B;
constexpr char fs = 0x1C;
constexpr char gs = 0x1D;
constexpr std::array fixed_commands{
    Fixed{esc, ' ', 1},  Fixed{esc, '!', 1},  Fixed{esc, '$', 2}, Fixed{esc, '%', 1},
    Fixed{esc, '-', 1},  Fixed{esc, '2', 0},  Fixed{esc, '3', 1}, Fixed{esc, '=', 1},
    Fixed{esc, '?', 1},  Fixed{esc, '@', 0},  Fixed{esc, 'B', 2}, Fixed{esc, 'E', 1},
    Fixed{esc, 'G', 1},  Fixed{esc, 'J', 1},  Fixed{esc, 'K', 1}, Fixed{esc, 'L', 0},
    Fixed{esc, 'M', 1},  Fixed{esc, 'R', 1},  Fixed{esc, 'S', 0}, Fixed{esc, 'T', 1},
    Fixed{esc, 'U', 1},  Fixed{esc, 'V', 1},  Fixed{esc, 'W', 8}, Fixed{esc, '\\', 2},
    Fixed{esc, 'a', 1},  Fixed{esc, 'c', 2},  Fixed{esc, 'd', 1}, Fixed{esc, 'e', 1},
    Fixed{esc, 'i', 0},  Fixed{esc, 'm', 0},  Fixed{esc, 'p', 3}, Fixed{esc, 'r', 1},
    Fixed{esc, 't', 1},  Fixed{esc, 'u', 1},  Fixed{esc, 'v', 0}, Fixed{esc, '{', 1},
    Fixed{esc, 0x06, 1}, Fixed{esc, 0x0C, 0}, Fixed{fs, '!', 1},  Fixed{fs, '&', 0},
    Fixed{fs, '.', 0},   Fixed{fs, '-', 1},   Fixed{fs, '2', 74}, Fixed{fs, '?', 2},
    Fixed{fs, 'C', 1},   Fixed{fs, 'S', 2},   Fixed{fs, 'W', 1},  Fixed{fs, 'p', 2},
    Fixed{gs, '!', 1},   Fixed{gs, '$', 2},   Fixed{gs, '/', 1},  Fixed{gs, ':', 0},
    Fixed{gs, 'B', 1},   Fixed{gs, 'E', 1},   Fixed{gs, 'H', 1},  Fixed{gs, 'I', 1},
    Fixed{gs, 'L', 2},   Fixed{gs, 'P', 2},   Fixed{gs, 'T', 1},  Fixed{gs, 'W', 2},
    Fixed{gs, '\\', 2},  Fixed{gs, '^', 3},   Fixed{gs, 'a', 1},  Fixed{gs, 'b', 1},
    Fixed{gs, 'c', 0},   Fixed{gs, 'f', 1},   Fixed{gs, 'h', 1},  Fixed{gs, 'r', 1},
    Fixed{gs, 'w', 1},   Fixed{gs, 'z', 3}};

/// A command that has to be read to know its size. Each function answers with the size of the whole
/// command, or none if the bytes end before that can be told.
class Reader {
  public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    std::optional<std::size_t> byte(std::size_t at) const {
        if (at >= bytes_.size()) return std::nullopt;
        return static_cast<unsigned char>(bytes_[at]);
    }
    std::optional<std::size_t> number(std::size_t at, std::size_t length) const {
        if (at + length > bytes_.size()) return std::nullopt;
        return little_endian(bytes_.substr(at, length));
    }
    /// Text that ends with NUL, or is over after the 255 bytes that any printer takes.
    std::optional<std::size_t> up_to_nul(std::size_t from) const {
        constexpr std::size_t longest = 255;
        if (from >= bytes_.size()) return std::nullopt;
        std::size_t end = bytes_.substr(from, longest + 1).find('\0');
        if (end != std::string_view::npos) return from + end + 1;
        return from + longest < bytes_.size() ? std::optional(from + longest + 1) : std::nullopt;
    }
    /// A length of `length` bytes at `at`, then as many bytes.
    std::optional<std::size_t> block(std::size_t at, std::size_t length) const {
        auto size = number(at, length);
        return size ? std::optional(at + length + *size) : std::nullopt;
    }

  private:
    std::string_view bytes_;
};

/// `ESC & s n m [a p…]`: characters of the caller's own, each with its width.
std::optional<std::size_t> own_characters(const Reader& read) {
    auto rows = read.byte(2);
    auto first = read.byte(3);
    auto last = read.byte(4);
    if (!last) return std::nullopt;
    std::size_t at = 5;
    for (std::size_t c = *first; c <= *last; ++c) {
        auto columns = read.byte(at);
        if (!columns) return std::nullopt;
        at += 1 + *rows * *columns;
    }
    return at;
}

/// `ESC * m nL nH d…`: one byte a column of 8 dots, three of 24.
std::optional<std::size_t> column_picture(const Reader& read) {
    auto mode = read.byte(2);
    auto columns = read.number(3, 2);
    if (!columns) return std::nullopt;
    return 5 + *columns * (*mode >= 32 ? 3 : 1);
}

/// `FS q n [xL xH yL yH d…]n`
std::optional<std::size_t> stored_pictures(const Reader& read) {
    auto count = read.byte(2);
    if (!count) return std::nullopt;
    std::size_t at = 3;
    for (std::size_t picture = 0; picture < *count; ++picture) {
        auto wide = read.number(at, 2);
        auto high = read.number(at + 2, 2);
        if (!high) return std::nullopt;
        at += 4 + *wide * *high * 8;
    }
    return at;
}

/// `GS k m`: m up to 6 ends with NUL, from 65 it begins with the length.
std::optional<std::size_t> barcode(const Reader& read) {
    auto system = read.byte(2);
    if (!system) return std::nullopt;
    return *system <= 6 ? read.up_to_nul(3) : read.block(3, 1);
}

/// `GS v 0 m xL xH yL yH d…`
std::optional<std::size_t> raster(const Reader& read) {
    auto wide = read.number(4, 2);
    auto high = read.number(6, 2);
    if (!high) return std::nullopt;
    return 8 + *wide * *high;
}

/// `GS * x y d…`: both in bytes.
std::optional<std::size_t> downloaded(const Reader& read) {
    auto wide = read.byte(2);
    auto high = read.byte(3);
    if (!high) return std::nullopt;
    return 4 + *wide * *high * 8;
}

/// `DLE EOT n` `DLE ENQ n` `DLE DC4 fn …`; any other DLE is passed over alone.
std::optional<std::size_t> real_time(const Reader& read) {
    auto code = read.byte(1);
    if (!code) return 1;
    auto n = read.byte(2);
    switch (*code) {
        case 0x04:
            if (!n) return std::nullopt;
            return *n == 7 || *n == 8 ? 4 : 3;
        case 0x05:
            return 3;
        case 0x14:
            if (!n) return std::nullopt;
            return *n == 8 ? 10 : *n == 3 ? 8 : 5;
        default:
            return 1;
    }
}

/// None in the outer optional: not one of these.
std::optional<std::optional<std::size_t>> read_command(std::string_view bytes) {
    Reader read(bytes);
    switch (bytes[0] << 8 | bytes[1]) {
        case esc << 8 | '&':
            return own_characters(read);
        case esc << 8 | '*':
            return column_picture(read);
        case esc << 8 | 'D':
            return read.up_to_nul(2);
        case esc << 8 | '(':
        case fs << 8 | '(':
        case gs << 8 | '(':
            return read.block(3, 2);
        case fs << 8 | 'q':
            return stored_pictures(read);
        case gs << 8 | '*':
            return downloaded(read);
        case gs << 8 | '8':
            return read.block(3, 4);
        case gs << 8 | 'V': {
            auto mode = read.byte(2);
            return mode ? std::optional<std::size_t>(*mode >= 65 ? 4 : 3) : std::nullopt;
        }
        case gs << 8 | 'k':
            return barcode(read);
        case gs << 8 | 'v':
            return raster(read);
        default:
            return std::nullopt;
    }
}

}  // namespace

std::size_t little_endian(std::string_view bytes) {
    std::size_t value = 0;
    for (std::size_t at = bytes.size(); at-- > 0;)
        value = value * 256 + static_cast<unsigned char>(bytes[at]);
    return value;
}

EscposCommand next_command(std::string_view bytes) {
    auto within = [&](std::optional<std::size_t> size) -> EscposCommand {
        if (!size || *size > bytes.size()) return {State::cut, bytes.size()};
        return {State::whole, *size};
    };
    if (bytes[0] == 0x10) return within(real_time(Reader(bytes)));
    if (bytes[0] != esc && bytes[0] != fs && bytes[0] != gs) return {State::whole, 1};
    if (bytes.size() < 2) return {State::cut, 1};
    auto row = std::find_if(fixed_commands.begin(), fixed_commands.end(), [&](const Fixed& each) {
        return each.lead == bytes[0] && each.code == bytes[1];
    });
    if (row != fixed_commands.end()) return within(2 + row->arguments);
    if (auto read = read_command(bytes)) return within(*read);
    return {State::unknown, 2};
}

}  // namespace fangxin::drivers
