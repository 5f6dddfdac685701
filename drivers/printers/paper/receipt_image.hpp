// A receipt as a picture, for the demo and for whoever wants to see a job without a printer. Draws
// what escpos_render.hpp read from the bytes. No state; any thread.
#pragma once

#include "domain/result.hpp"

#include <filesystem>
#include <string_view>

namespace fangxin::drivers {

/// Writes the job as a grey PNG, 576 dots wide (80 mm paper, 8 dots a millimetre) with a margin.
/// Codes are drawn as real symbols; one that is wider than the paper is left out, as a printer
/// does, and said. Errors: `no_font` (install fonts-wqy-zenhei or fonts-noto-cjk, or name a font
/// file in $FANGXIN_RECEIPT_FONT), `too_long` (over 4 m of paper), `write_failed`.
Result<void> render_png(std::string_view bytes, const std::filesystem::path& path);

}  // namespace fangxin::drivers
