// What a row of the shop's tables calls its fields, in words for a screen: of changes that were
// kept and of entries that were refused. Pure; any thread.
#pragma once

#include "terminal/kit/text_table.hpp"

#include <string>
#include <string_view>

namespace fangxin::terminal {

/// `checkout_scale` → `Checkout scale`.
std::string instrument_kind_words(const std::string& kind, const kit::TextTable& texts);

/// `serial` → `Serial number`; a name without words as it is.
std::string field_words(std::string_view name, const kit::TextTable& texts);

/// A line of sync::Change, `tare_mg=5000000` → `Largest tare: 5 kg`. Empty where it says nothing to
/// a person: a time in milliseconds, which stands over the change. Of a file, and of a name without
/// words, as it is.
std::string change_line(std::string_view line, const kit::TextTable& texts);

}  // namespace fangxin::terminal
