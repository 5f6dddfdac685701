// Making a recall at a terminal: in force here at once, everywhere as soon as it is heard of
// (SAFE-6, SAFE-7). Main loop only.
#pragma once

#include "terminal/station/station.hpp"

#include <string>

namespace fangxin::terminal {

struct RecallWanted {
    std::string item;  ///< its code, or what a scanner reads of it
    std::string lot;   ///< empty with no dates: all of the item
    std::optional<domain::Date> from;
    std::optional<domain::Date> to;
    domain::RecallLevel level = domain::RecallLevel::none;
    std::string reason;
    std::string approved_by;  ///< second person, where the role needs one (rules 8)
};

/// Its id. Whether the person may is the caller's to ask. Codes: `no_such_item` `bad_lot`
/// `bad_value`, or the journal's.
Result<std::string> make_recall(Station& station, const RecallWanted& wanted);

}  // namespace fangxin::terminal
