// What the handheld's pages say of goods: quantities, dates, how long they still keep, what was
// decided of them, and why something cannot be done. Pure; any thread.
#pragma once

#include "domain/batch.hpp"
#include "domain/words.hpp"
#include "terminal/kit/text_table.hpp"
#include "terminal/kit/theme.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fangxin::handheld {

/// Thousandths of a piece or of a kilogram.
struct Quantity {
    std::int64_t milli = 0;
    domain::Unit unit = domain::Unit::piece;
    bool operator==(const Quantity&) const = default;
};
/// `24`, `12.5`: as one writes it, without its unit.
std::string digits_of(Quantity quantity);
/// `24 pcs`, `12.500 kg`.
std::string quantity_text(Quantity quantity, const kit::TextTable& texts);

/// A word with the role that says the same in colour.
struct Mark {
    std::string words;
    kit::Role role = kit::Role::muted;
    bool operator==(const Mark&) const = default;
};

/// `2026-11-28`, with the minute where the goods live by hours.
std::string day_text(const domain::DayMinute& day);
/// `5 days left`, `last day today`, `expired 3 days ago`.
Mark days_left(const domain::DayMinute& expiry, const domain::StoreTime& now,
               const kit::TextTable& texts);
/// How much of its life a pack has used up, in whole percent; nothing without both dates.
std::optional<std::int64_t> life_used_percent(const domain::PackIdentity& pack,
                                              const domain::StoreTime& now);

Mark decision_mark(domain::Decision decision, const kit::TextTable& texts);
/// Nothing for fresh goods.
std::optional<Mark> age_mark(domain::Age age, const kit::TextTable& texts);

/// The side of a word of domain/words.hpp that is spoken now.
std::string said(const domain::Words& words, const kit::TextTable& texts);

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
