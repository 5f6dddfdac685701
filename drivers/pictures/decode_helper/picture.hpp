// PNG and JPEG to grey pixels, inside the sandboxed helper: the bytes are anybody's. One thread.
#pragma once

#include "drivers/pictures/picture_point.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace fangxin::drivers {

struct GreyPicture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> pixels;  ///< rows without gaps, 0 is black
};

constexpr std::int64_t most_pixels = 40'000'000;

/// Empty if it went well; else `not_an_image` or `too_large`. What is transparent lies on white.
/// A JPEG that ends early gives what there is of it; a PNG must be whole.
std::string_view load_picture(std::span<const std::byte> bytes, GreyPicture& picture);

/// Each pixel the mean of factor × factor; what is left over at the right and below is dropped.
GreyPicture shrunk(const GreyPicture& picture, int factor);

/// The same on a wider white ground, for a code drawn to the picture's very edge.
GreyPicture with_margin(const GreyPicture& picture, int margin);

}  // namespace fangxin::drivers
