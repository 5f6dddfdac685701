// Pixels in memory, and PNG files of them for screenshots. Plain value; any thread.
#pragma once

#include "domain/result.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace fangxin::kit {

/// Rows from the top, 4 bytes a pixel (red, green, blue, alpha), not premultiplied.
struct Picture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgba;

    const std::uint8_t* at(int x, int y) const {
        return &rgba[(static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                      static_cast<std::size_t>(x)) *
                     4];
    }
};

/// A picture that is drawn: shared between the view that has it and the renderer that shows it.
using PicturePtr = std::shared_ptr<const Picture>;

/// Errors: `cannot_write`.
Result<void> write_png(const Picture& picture, const std::string& path);

}  // namespace fangxin::kit
