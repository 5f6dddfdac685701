// What is keyed on a pad and what it means: dates as packs print them, quantities, lots, and the
// choice of a reason. Values; any thread.
#pragma once

#include "handheld/screens/goods_words.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::handheld {

/// Digits of a date as keyed. Month and day may mean several years; `pick` says which of them.
///     1121       2026-11-21, or 2025-11-21
///     261121     2026-11-21
///     20261121   2026-11-21
struct DateEntry {
    std::string digits;
    int pick = 0;
    bool operator==(const DateEntry&) const = default;
};
constexpr std::size_t date_digits = 8;

/// Which date is keyed, and of goods that live how long.
struct DateAsked {
    domain::DatePrinted kind = domain::DatePrinted::production;
    std::optional<domain::ShelfLife> life;
};
/// What the digits can mean, nearest first, at most two. No production date is still to come, and
/// the farther one counts only while goods of this life can have it.
std::vector<domain::Date> dates_meant(const DateEntry& entry, const DateAsked& asked,
                                      const domain::StoreTime& now);
/// The one that is picked, or nothing.
std::optional<domain::Date> date_meant(const DateEntry& entry, const DateAsked& asked,
                                       const domain::StoreTime& now);
/// The digits with their dashes: `11-21`, `2026-11-2`.
std::string dashed(std::string_view digits);

/// `12.5` → 12,500 thousandths; decimals only for goods by weight. Nothing for what is no number.
std::optional<std::int64_t> milli_of(std::string_view text, domain::Unit unit);
/// Adds a key to a quantity: one point, at most three decimals, seven digits before it.
void key_in_quantity(std::string& text, std::string_view key, domain::Unit unit);
/// One piece or kilogram more or less, not below zero.
void step_quantity(std::string& text, std::int64_t milli, domain::Unit unit);

/// The list of reasons of a page: one of it, or a person's own words.
struct ReasonEntry {
    int chosen = -1;  ///< the number in the list; -1 none, -2 own words
    std::string own;
    bool operator==(const ReasonEntry&) const = default;
};
constexpr int own_reason = -2;

/// As it is booked; empty while none is given.
std::string reason_of(const ReasonEntry& entry, std::span<const kit::Msgid> reasons,
                      const kit::TextTable& texts);

struct ReasonView {
    struct Choice {
        std::string words;
        bool selected = false;
    };
    std::vector<Choice> choices;  ///< the last one is "Other…"
    std::string own;              ///< what was written, when that is chosen
};
ReasonView present_reasons(const ReasonEntry& entry, std::span<const kit::Msgid> reasons,
                           const kit::TextTable& texts);

}  // namespace fangxin::handheld
