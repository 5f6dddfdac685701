// A picture in the making: grey dots that text, bars and bitmaps are drawn on, for receipts and
// labels on a screen and for lines that a printer cannot set itself. Owned by whoever draws.
#pragma once

#include "domain/result.hpp"
#include "drivers/printers/bitmap.hpp"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace fangxin::drivers {

struct Box {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
};

/// White at first. What lies outside is dropped.
class Canvas {
  public:
    Canvas(int width, int height) : width_(width) { grow(height); }

    int width() const { return width_; }
    int height() const { return static_cast<int>(dots_.size()) / width_; }
    /// Downwards; never smaller.
    void grow(int height);

    /// `strength` 0..255 of ink over what is there.
    void dot(int x, int y, int strength = 255);
    void fill(const Box& box);
    void clear(const Box& box);
    /// Black to white and back.
    void invert(const Box& box);
    void frame(const Box& box, int thickness);
    /// The black dots of a bitmap, each `box.width / width` wide and as much high.
    void draw(const Bitmap& bitmap, const Box& box);

    bool is_black(int x, int y) const;
    /// The columns up to the last that is not white.
    Bitmap to_bitmap() const;
    /// A quarter turn clockwise for every 90.
    Canvas turned(int degrees) const;
    /// What is dark there becomes dark here.
    void draw(const Canvas& other, int x, int y);

    /// A grey PNG. Error: `write_failed`.
    Result<void> write(const std::filesystem::path& path) const;

  private:
    std::size_t place(int x, int y) const {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
               static_cast<std::size_t>(x);
    }
    bool inside(int x, int y) const { return x >= 0 && y >= 0 && x < width_ && y < height(); }

    int width_;
    std::vector<std::uint8_t> dots_;
};

}  // namespace fangxin::drivers
