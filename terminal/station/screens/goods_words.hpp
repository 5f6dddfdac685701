// What every screen says of goods: quantities, how long they still keep, what was decided of
// them. Pure; any thread.
#pragma once

#include "domain/batch.hpp"
#include "domain/words.hpp"
#include "terminal/kit/text_table.hpp"
#include "terminal/kit/theme.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace fangxin::terminal {

/// Thousandths of a piece or of a kilogram.
struct Quantity {
    std::int64_t milli = 0;
    domain::Unit unit = domain::Unit::piece;
    bool operator==(const Quantity&) const = default;
};
/// `24`, `12.5`, `-0.5`: as one writes it, without its unit.
std::string digits_of(Quantity quantity);
/// `24 pcs`, `12.5 kg`.
std::string quantity_text(Quantity quantity, const kit::TextTable& texts);

/// A word with the role that says the same in colour.
struct Mark {
    std::string words;
    kit::Role role = kit::Role::muted;
    bool operator==(const Mark&) const = default;
};

/// `5 days left`, `last day today`, `expired 3 days ago`.
Mark days_left(const domain::DayMinute& expiry, const domain::StoreTime& now,
               const kit::TextTable& texts);
Mark decision_mark(domain::Decision decision, const kit::TextTable& texts);
/// Nothing for fresh goods.
std::optional<Mark> age_mark(domain::Age age, const kit::TextTable& texts);

/// The side of a word of domain/words.hpp that is spoken now.
std::string said(const domain::Words& words, const kit::TextTable& texts);

}  // namespace fangxin::terminal
