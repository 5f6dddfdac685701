// Whatever a scanner, a camera or a stranger's QR code sends: no crash, no endless loop, and never
// half a reading. Seeds: tests/domain/code_test.cpp has one of each kind.
#include "domain/check.hpp"
#include "domain/code.hpp"
#include "domain/instore_label.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace fangxin::domain;

void check_whole(const ScannedCode& code) {
    FANGXIN_CHECK(code.gtin.empty() || code.gtin.size() == 14);
    if (!code.gtin.empty()) {
        FANGXIN_CHECK(gs1_check_digit(code.gtin.substr(0, 13)) == code.gtin.back());
    }
    FANGXIN_CHECK(code.channel.empty() == (code.kind != CodeKind::payment));
    FANGXIN_CHECK(!code.weight_mg || *code.weight_mg >= 0);
    FANGXIN_CHECK(!code.amount_fen || *code.amount_fen >= 0);
    if (!code.error) return;
    FANGXIN_CHECK(code.gtin.empty() && code.ais.empty() && code.lot.empty() && code.flag.empty());
    FANGXIN_CHECK(!code.expiry && !code.weight_mg && !code.amount_fen && !code.count);
}

std::string take_until(std::string_view& text, char end) {
    std::string_view taken = text.substr(0, text.find(end));
    text.remove_prefix(std::min(text.size(), taken.size() + 1));
    return std::string(taken);
}

/// `PATTERN,FLAG,settings,CODE`: a format that is accepted reads any code without harm.
void check_formats(std::string_view input, Date today) {
    LabelFormatSettings settings{
        .pattern = take_until(input, ','), .flags = {take_until(input, ',')}, .check = {}};
    std::string numbers = take_until(input, ',');
    auto number = [&](std::size_t i) { return i < numbers.size() ? numbers[i] - '0' : 0; };
    settings.weight_decimals = number(0);
    settings.amount_decimals = number(1);
    settings.unit = static_cast<LabelUnit>(number(2) & 1);
    if (number(3) % 4 != 0) settings.check = static_cast<LabelCheck>((number(3) & 3) - 1);
    auto format = LabelFormat::of(settings);
    LabelFormats formats;
    if (format) {
        FANGXIN_CHECK(formats.add(*format).has_value());
        FANGXIN_CHECK(!formats.add(*format).has_value());
    }
    for (TillState state : {TillState::selling, TillState::taking_payment}) {
        check_whole(parse_code(input, {today, state, &formats}));
    }
    for (const auto& [preset, code] : read_by_presets(input))
        check_whole(code);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view raw(reinterpret_cast<const char*>(data), size);
    Date today = make_date(2026, 11, 23).value();
    check_whole(parse_code(raw, {.today = today, .state = TillState::selling}));
    check_whole(parse_code(raw, {.today = today, .state = TillState::taking_payment}));
    check_formats(raw, today);
    return 0;
}
