// The shop's logo for the head of a receipt, from a PNG file. Any thread.
#pragma once

#include "domain/result.hpp"
#include "drivers/printers/bitmap.hpp"

#include <filesystem>

namespace fangxin::drivers {

struct LogoLimits {
    int width = 384;  ///< dots; a larger picture is made smaller, a smaller one stays as it is
    int height = 200;
    std::uintmax_t file_bytes = 4'000'000;
    int side = 4000;  ///< of the file's picture
};

/// Black and white, greys and colours as patterns of dots, what is transparent white. Errors, each
/// a reason to print without a logo: `not_found`, `too_large`, `not_an_image`.
Result<Bitmap> read_logo(const std::filesystem::path& path, const LogoLimits& limits = {});

}  // namespace fangxin::drivers
