// Dots as printers take them: one bit each. Values; any thread.
#pragma once

#include <string>

namespace fangxin::drivers {

/// Rows from the top, each of whole bytes, the leftmost dot in the highest bit, 1 is black.
struct Bitmap {
    int width = 0;  ///< dots
    int height = 0;
    std::string bytes;

    static Bitmap blank(int width, int height) {
        Bitmap made{width, height, {}};
        made.bytes.assign(made.row_bytes() * static_cast<std::size_t>(height), '\0');
        return made;
    }
    std::size_t row_bytes() const { return (static_cast<std::size_t>(width) + 7) / 8; }
    bool empty() const { return width == 0 || height == 0; }
    bool dot(int x, int y) const { return (bytes[place(x, y)] >> (7 - x % 8) & 1) != 0; }
    void set(int x, int y) {
        char& byte = bytes[place(x, y)];
        byte = static_cast<char>(byte | 1 << (7 - x % 8));
    }
    bool operator==(const Bitmap&) const = default;

  private:
    std::size_t place(int x, int y) const {
        return static_cast<std::size_t>(y) * row_bytes() + static_cast<std::size_t>(x / 8);
    }
};

}  // namespace fangxin::drivers
