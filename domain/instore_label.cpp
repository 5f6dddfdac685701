#include "domain/instore_label.hpp"

#include "domain/gs1_ai.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace fangxin::domain {

namespace {

constexpr LabelFormat amount_in_fen(char second) { return {{'2', second}, LabelValue::amount, 2}; }
constexpr LabelFormat weight_in_grams(char second) {
    return {{'2', second}, LabelValue::weight, 3};
}

constexpr std::array preset_formats{
    amount_in_fen('0'),   amount_in_fen('1'),   amount_in_fen('2'),   amount_in_fen('3'),
    amount_in_fen('4'),   weight_in_grams('5'), weight_in_grams('6'), weight_in_grams('7'),
    weight_in_grams('8'), weight_in_grams('9')};

/// `printed` with `decimals` of a unit that holds 10^`exact` of our smallest.
std::optional<std::int64_t> scaled(std::int64_t printed, int decimals, int exact) {
    if (decimals < 0 || decimals > 9) return std::nullopt;
    for (; decimals < exact; ++decimals) {
        printed *= 10;
    }
    for (; decimals > exact; --decimals) {
        if (printed % 10 != 0) return std::nullopt;
        printed /= 10;
    }
    return printed;
}

}  // namespace

std::span<const LabelFormat> default_label_formats() { return preset_formats; }

bool is_instore_label(std::string_view digits) {
    return digits.size() == 13 && digits[0] == '2' && all_digits(digits);
}

void read_instore_label(ScannedCode& code, std::string_view digits,
                        std::span<const LabelFormat> formats) {
    constexpr int fen_of_yuan = 2;
    constexpr int milligrams_of_kilogram = 6;
    code.flag = digits.substr(0, 2);
    code.plu = digits.substr(2, 5);
    auto format = std::find_if(formats.begin(), formats.end(), [&](const LabelFormat& f) {
        return f.flag[0] == digits[0] && f.flag[1] == digits[1];
    });
    if (format == formats.end()) return;
    std::int64_t value = number_of(digits.substr(7, 5));
    switch (format->value) {
        case LabelValue::amount:
            code.amount_fen = scaled(value, format->decimals, fen_of_yuan);
            break;
        case LabelValue::weight:
            code.weight_mg = scaled(value, format->decimals, milligrams_of_kilogram);
            break;
        case LabelValue::count:
            code.count = value;
            break;
    }
}

}  // namespace fangxin::domain
