// What a cashier says and does about each reason of a verdict (SAFE-3): a sentence fit for a
// customer's ears, the clause behind it, what to do. One table, both languages. Pure; any thread.
#pragma once

#include "domain/verdict.hpp"

#include <string_view>

namespace fangxin::domain {

struct Words {
    std::string_view zh;
    std::string_view en;
};

struct ReasonWords {
    Reason reason;
    Words title;   ///< two or three words, for the panel's head and the tag on a line
    Words say;     ///< to the customer
    Words action;  ///< what the cashier does next
    Words clause;  ///< `§4.3.4` is of the supermarket service management standard
};

const ReasonWords& words_of(Reason reason);

}  // namespace fangxin::domain
