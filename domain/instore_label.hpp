// Labels that the shop's own scales print: digits that carry a price, a weight or a count. Any
// thread. How they are written is the business of domain/label_format.hpp.
#pragma once

#include "domain/code.hpp"

#include <string_view>
#include <vector>

namespace fangxin::domain {

/// True for 13 digits with a flag of 20 to 29; the check digit is not looked at. Other shops' goods
/// carry such codes too, so a till looks all 13 digits up among its goods first (rules 7). Codes of
/// 8 or 12 digits that start with 2 have no room for a flag and stay EAN-8 and UPC-A.
bool is_instore_label(std::string_view digits);

/// Fills `flag`, `plu` and the values, or sets `error` and nothing else. No value where the digits
/// are no whole fen or milligrams. `digits` are as many as the format's.
///     2 0 1 2 3 4 5 0 1 2 5 8 C      flag 20, goods code 12345, value 01258, check digit
void read_instore_label(ScannedCode& code, std::string_view digits, const LabelFormat& format);

/// A label under a flag without a format: what stands in front, and no value.
void read_unknown_label(ScannedCode& code, std::string_view digits);

/// One scanned label as each preset would read it, for the page that shows it before a format is
/// saved: an amount taken for a weight is seen there, and nowhere else. Presets under which a check
/// digit fails are left out. Empty if `digits` are no label.
struct PresetReading {
    const LabelPreset* preset;
    ScannedCode code;
};
std::vector<PresetReading> read_by_presets(std::string_view digits);

}  // namespace fangxin::domain
