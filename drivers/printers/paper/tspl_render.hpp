// A label printer without labels: takes TSPL apart as printers of that language do. For tests, the
// demo and technicians. No state; any thread.
#pragma once

#include "domain/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace fangxin::drivers {

/// What the job prints, as text: a line for each TEXT, `[EAN13 …]` `[DATAMATRIX …]` `[QR …]`,
/// `[BOX]` `[BAR]` `[REVERSE]`, `[IMAGE 16x8]`, then `[PRINT 2]`; what is unknown or wrong as
/// `[UNKNOWN FOO]` `[BAD TEXT]`, a job that ends in the middle as `[TRUNCATED …]`.
std::string plain_labels(std::string_view bytes);

/// The labels one below the other as a grey PNG with margins; each once, however many are printed.
/// Errors: `no_font`, `too_long` (over 30 labels), `write_failed`.
Result<void> render_labels(std::string_view bytes, const std::filesystem::path& path);

}  // namespace fangxin::drivers
