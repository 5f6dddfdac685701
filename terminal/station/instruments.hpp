// The register of measuring instruments as people keep it (WEIGH-2, WEIGH-4): an entry is new or
// changed with a reason, by whoever binds scales. Binding and the daily check are elsewhere. Main
// loop only.
#pragma once

#include "domain/instrument.hpp"
#include "terminal/station/station.hpp"

#include <string>
#include <vector>

namespace fangxin::terminal {

/// What is wrong with an entry, as detail of `bad_value`: `class`, `until` …; empty: nothing.
std::string wrong_in(const domain::Instrument& instrument);

/// `fresh`: there must be none of this kind, model and serial number yet.
enum class Entry { any, fresh };
/// Codes: those of the right (scale_bind), `bad_value`, `why_wanted`, `entry_exists`,
/// `entry_unchanged`.
Result<void> set_instrument(Station& station, const domain::Instrument& instrument, Entry entry,
                            const std::string& reason);

/// The entry with this serial number, and of this kind and model where they are given. Code:
/// `no_such_instrument`; `bad_value` where several have the number.
Result<domain::Instrument> find_instrument(Station& station, const std::string& serial,
                                           const std::string& kind, const std::string& model);

}  // namespace fangxin::terminal
