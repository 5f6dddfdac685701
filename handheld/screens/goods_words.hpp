// What the handheld's pages know of a batch, and why something cannot be done with it. Pure; any
// thread.
#pragma once

#include "domain/delivery.hpp"
#include "terminal/station/screens/goods_words.hpp"
#include "terminal/station/screens/recall_words.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fangxin::handheld {

using domain::day_text;
using domain::life_used_percent;
using terminal::age_mark;
using terminal::days_left;
using terminal::decision_mark;
using terminal::digits_of;
using terminal::level_words;
using terminal::Mark;
using terminal::Quantity;
using terminal::quantity_text;
using terminal::said;

/// What this error code means for the person who holds the handheld, and what to do about it
/// (terminal/station/words.hpp); nothing for no code.
std::string refusal_text(std::string_view code, std::string_view detail,
                         const kit::TextTable& texts);

/// What is known of a batch, as lists and its own page show it.
struct BatchFacts {
    domain::Batch batch;
    std::string name;  ///< of the item, in the language that is spoken
    domain::Unit unit = domain::Unit::piece;
    std::string supplier;                                    ///< its name, or empty
    domain::Decision decision = domain::Decision::released;  ///< in force, recalls included
    domain::Age age = domain::Age::fresh;
    std::optional<domain::DayMinute> expiry;  ///< as printed or computed
    std::optional<std::int64_t> stock_milli;
};

}  // namespace fangxin::handheld
