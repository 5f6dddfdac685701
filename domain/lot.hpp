// Lots (批号) are kept as they were printed or keyed, and compared as people read them: a cashier
// who keys `my61r` or `ＭＹ６１Ｒ ` for MY61R has named the recalled pack (SAFE-2). Pure; any
// thread.
#pragma once

#include <string>
#include <string_view>

namespace fangxin::domain {

/// No blanks at either end, full-width letters, digits and signs as their narrow ones, capitals.
std::string folded_lot(std::string_view lot);

bool same_lot(std::string_view one, std::string_view other);

/// May stand for a lot at all: not empty, at most 40 characters of UTF-8 (GS1 allows 20), nothing
/// that is no character on a pack (controls, torn bytes).
bool is_lot(std::string_view lot);

}  // namespace fangxin::domain
