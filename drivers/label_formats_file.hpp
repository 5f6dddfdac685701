// A shop's label formats out of a TOML file or the shop's setting of that form, for whoever reads
// codes: the till and fangxin-devices. Any thread.
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
#include <string_view>
#include <vector>

namespace fangxin::drivers {

/// Errors: `not_found`; `bad_formats_file` with `file:line: reason` for everything that is wrong,
/// one a line.
Result<domain::LabelFormats> read_label_formats(const std::filesystem::path& file);

/// The same of a text, the shop's setting; `name` stands for the file in what is wrong.
Result<domain::LabelFormats> parse_label_formats(std::string_view text, const std::string& name);
/// The text of such a file; read again it is the same.
std::string label_formats_text(const std::vector<domain::LabelFormatSettings>& formats);

/// What such a file holds, and the patterns that others have used, for --help.
std::string label_formats_help();

}  // namespace fangxin::drivers
