// Takes a complaint into the journal (COMP-1), for whoever asks: headless action or screen. Main
// loop only.
#pragma once

#include "terminal/station/station.hpp"

#include <string>

namespace fangxin::terminal {

struct ComplaintTexts {
    std::string channel;   ///< `in_person` `phone` `letter` `box`; empty: in person
    std::string severity;  ///< `low` `normal` `high`; empty: normal
    std::string what;
    std::string item;  ///< code, PLU or item code; may be empty
    std::string batch;
    std::string receipt;
    std::string customer;
    std::string contact;
};

/// Its number. Codes: `not_logged_in` `not_allowed` `bad_value` (the detail names what)
/// `no_such_item`, and the database's.
Result<std::string> take_complaint(Station& station, const ComplaintTexts& texts);

}  // namespace fangxin::terminal
