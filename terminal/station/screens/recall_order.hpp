// A recall as a person orders it: which packs of which item, how grave it is, and why (SAFE-7).
// Plain values; any thread.
#pragma once

#include "domain/batch.hpp"

#include <optional>
#include <string>

namespace fangxin::terminal {

struct RecallOrder {
    std::string item;  ///< its code, or what a scanner reads of it
    std::string lot;   ///< empty with no dates: all of the item
    std::optional<domain::Date> from;
    std::optional<domain::Date> to;
    domain::RecallLevel level = domain::RecallLevel::none;
    std::string reason;
    bool operator==(const RecallOrder&) const = default;
};

}  // namespace fangxin::terminal
