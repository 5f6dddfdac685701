// A shop's label formats out of a TOML file, for whoever reads codes: the till and fangxin-devices.
// Called once at the start; any thread.
//     [[format]]
//     pattern = "FFWWWWWEEEEEC"
//     flags = ["20", "21"]          # or "20", or a range, "20-24"
//     amount_decimals = 2           # 2: fen, 1: jiao
//     check = "gs1"                 # or left, none
#pragma once

#include "domain/label_format.hpp"
#include "domain/result.hpp"

#include <filesystem>
#include <string>

namespace fangxin::drivers {

/// Errors: `not_found`; `bad_formats_file` with `file:line: reason` for everything that is wrong,
/// one a line.
Result<domain::LabelFormats> read_label_formats(const std::filesystem::path& file);

/// What such a file holds, and the patterns that others have used, for --help.
std::string label_formats_help();

}  // namespace fangxin::drivers
