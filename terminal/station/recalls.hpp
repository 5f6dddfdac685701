// Making a recall at a terminal: in force here at once, everywhere as soon as it is heard of
// (SAFE-6, SAFE-7). Main loop only.
#pragma once

#include "terminal/station/screens/recall_order.hpp"
#include "terminal/station/station.hpp"

#include <string>

namespace fangxin::terminal {

/// Its id; `approved_by` is the second person, where the role needs one (rules 8). Whether the
/// person may is the caller's to ask. Codes: `no_such_item` `bad_lot` `bad_value`, or the
/// journal's.
Result<std::string> make_recall(Station& station, const RecallOrder& order,
                                const std::string& approved_by = {});

}  // namespace fangxin::terminal
