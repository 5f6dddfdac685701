// A scanned code as one line of text, for tests: only what is set, in a fixed order.
#pragma once

#include "domain/calendar.hpp"
#include "domain/code.hpp"

#include <fmt/format.h>
#include <string>
#include <string_view>

namespace fangxin::tests {

/// Codes are read on 23 November 2026 unless a test says otherwise.
inline domain::CodeContext selling() {
    return {.today = *domain::make_date(2026, 11, 23), .state = domain::TillState::selling};
}
inline domain::CodeContext taking_payment() {
    return {.today = *domain::make_date(2026, 11, 23), .state = domain::TillState::taking_payment};
}

/// `gs1 gtin=06901234567892 lot=AB12 expiry=2026-12-31`, `ean13 error=check_digit`.
inline std::string printed(const domain::ScannedCode& code) {
    std::string line(domain::to_text(code.kind));
    auto text = [&](std::string_view name, std::string_view value) {
        if (!value.empty()) line += fmt::format(" {}={}", name, value);
    };
    auto number = [&](std::string_view name, const std::optional<std::int64_t>& value) {
        if (value) line += fmt::format(" {}={}", name, *value);
    };
    auto date = [&](std::string_view name, const std::optional<domain::DayMinute>& value) {
        if (value) line += fmt::format(" {}={}", name, domain::format_day_minute(*value));
    };
    text("gtin", code.gtin);
    text("lot", code.lot);
    text("serial", code.serial);
    date("production", code.production);
    date("expiry", code.expiry);
    date("best_before", code.best_before);
    number("weight_mg", code.weight_mg);
    number("amount_fen", code.amount_fen);
    number("count", code.count);
    text("flag", code.flag);
    text("plu", code.plu);
    text("channel", code.channel);
    if (code.error) text("error", domain::to_text(*code.error));
    return line;
}

/// `01=06901234567892 10=AB12`, in the order of the code.
inline std::string printed_ais(const domain::ScannedCode& code) {
    std::string line;
    for (const domain::ApplicationIdentifier& element : code.ais) {
        line += fmt::format("{}{}={}", line.empty() ? "" : " ", element.ai, element.value);
    }
    return line;
}

inline std::string read(std::string_view raw) { return printed(parse_code(raw, selling())); }

/// Digits with their check digit behind them.
inline std::string with_check_digit(std::string digits) {
    digits += domain::gs1_check_digit(digits).value();
    return digits;
}

}  // namespace fangxin::tests
