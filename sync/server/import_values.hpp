// The values that stand in the cells of an import folder, read or refused with a reason for the
// person who keeps the file. Pure; any thread.
#pragma once

#include "domain/calendar.hpp"
#include "domain/enum_text.hpp"

#include <cstdint>
#include <fmt/format.h>
#include <limits>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace fangxin::sync {

/// A value, or why the text is none: `'x' is not a number`.
template <class T>
using Read = tl::expected<T, std::string>;

/// Names, addresses: any text without control characters, at most 1000 bytes.
Read<std::string> read_text(std::string_view text);
/// What other records refer to: besides, no blank and none of `/ ; , '`, at most 64 bytes.
Read<std::string> read_code(std::string_view text);

struct IntegerRange {
    std::int64_t least = 0;
    std::int64_t most = std::numeric_limits<std::int32_t>::max();
};
/// Decimal digits, `-` in front where the range allows it; no `+`, blanks, points or commas.
Read<std::int64_t> read_integer(std::string_view text, const IntegerRange& range);

/// `true` or `false`.
Read<bool> read_bool(std::string_view text);

/// `2026-11-23`, or relative to the day of import: `today`, `today-3d`, `today+10d`.
Read<domain::Date> read_date(std::string_view text, domain::Date today);
/// The same, with or without a minute: `2026-11-23T08:00`, `today-1dT08:00`.
Read<domain::DayMinute> read_day_minute(std::string_view text, domain::Date today);

Read<domain::ShelfLife> read_shelf_life(std::string_view text);

/// GTIN of 8, 12, 13 or 14 digits with its check digit → 14 digits, zeros in front.
/// PLU of 1 to 6 digits → as printed.
Read<std::string> read_barcode(std::string_view text);

/// As printed; what can be no lot (domain::is_lot) is refused.
Read<std::string> read_lot(std::string_view text);

/// At least six digits, nothing else.
Read<std::string> read_pin(std::string_view text);

/// `23` → `'23'`; long text is cut.
std::string in_quotes(std::string_view text);

template <class E>
Read<E> read_enum(std::string_view text) {
    if (auto value = domain::from_text<E>(text)) return *value;
    std::string allowed;
    for (const auto& row : domain::EnumTable<E>::rows) {
        if (row.text.empty()) continue;
        allowed += fmt::format("{}{}", allowed.empty() ? "" : ", ", row.text);
    }
    return tl::unexpected(fmt::format("{} is none of: {}", in_quotes(text), allowed));
}

}  // namespace fangxin::sync
