// Labels that the shop's own scales print: 13 digits that carry a price, a weight or a count.
// Sources: GB/T 18283 (prefixes 20 to 29 belong to the shop); label-scale vendors. Any thread.
#pragma once

#include "domain/code.hpp"

#include <span>
#include <string_view>

namespace fangxin::domain {

/// True for 13 digits with a flag of 20 to 29; the check digit is not looked at. Other shops' goods
/// carry such codes too, so a till looks all 13 digits up among its goods first (rules 7). Codes of
/// 8 or 12 digits that start with 2 have no room for a flag and stay EAN-8 and UPC-A.
bool is_instore_label(std::string_view digits);

/// Fills `flag` and `plu`, and the value that the flag's format gives; no value if no format is
/// bound to the flag or it asks for what whole fen and milligrams cannot hold.
///     2 0 1 2 3 4 5 0 1 2 5 8 C      flag 20, goods code 12345, value 01258, check digit
void read_instore_label(ScannedCode& code, std::string_view digits,
                        std::span<const LabelFormat> formats);

}  // namespace fangxin::domain
