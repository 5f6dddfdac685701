// Lots (批号) are kept as they were printed or keyed, and compared as people read them: a cashier
// who keys `my61r` or `ＭＹ６１Ｒ ` for MY61R has named the recalled pack (SAFE-2). Pure; any
// thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fangxin::domain {

/// No blanks at either end, full-width letters, digits and signs as their narrow ones, capitals.
std::string folded_lot(std::string_view lot);

bool same_lot(std::string_view one, std::string_view other);

/// May stand for a lot at all: not empty, at most 40 characters of UTF-8 (GS1 allows 20), nothing
/// that is no character on a pack (controls, torn bytes).
bool is_lot(std::string_view lot);
/// Nothing longer can become one: 40 characters of at most 4 bytes. For fields that count bytes.
inline constexpr std::size_t longest_lot_bytes = 160;

}  // namespace fangxin::domain
