#include "domain/instore_label.hpp"

#include "domain/gs1_ai.hpp"

#include <cstddef>
#include <utility>

namespace fangxin::domain {

namespace {

/// Weights 1, 3, 1 … from the left, as EAN-13 has them.
bool left_check_digit_holds(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i + 1 < digits.size(); ++i) {
        sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
    }
    return (10 - sum % 10) % 10 == digits.back() - '0';
}

bool check_holds(std::string_view digits, LabelCheck check) {
    switch (check) {
        case LabelCheck::gs1:
            return check_digit_holds(digits);
        case LabelCheck::left:
            return left_check_digit_holds(digits);
        case LabelCheck::none:
            break;
    }
    return true;
}

bool price_check_holds(std::string_view digits, const LabelFormat& format) {
    if (!format.price_check().is_there()) return true;
    return price_check_digit(format.guarded().of(digits)) == format.price_check().of(digits)[0];
}

}  // namespace

bool is_instore_label(std::string_view digits) {
    return digits.size() == 13 && digits[0] == '2' && all_digits(digits);
}

void read_instore_label(ScannedCode& code, std::string_view digits, const LabelFormat& format) {
    if (!check_holds(digits, format.check())) {
        code.error = CodeError::check_digit;
    } else if (!price_check_holds(digits, format)) {
        code.error = CodeError::price_check_digit;
    } else {
        code.flag = format.flag().of(digits);
        code.plu = format.goods().of(digits);
        code.amount_fen = format.amount_fen(digits);
        code.weight_mg = format.weight_mg(digits);
        code.count = format.count(digits);
    }
}

void read_unknown_label(ScannedCode& code, std::string_view digits) {
    code.flag = digits.substr(0, 2);
    code.plu = digits.substr(2, 5);
}

std::vector<PresetReading> read_by_presets(std::string_view digits) {
    std::vector<PresetReading> readings;
    if (!all_digits(digits)) return readings;
    for (const LabelPreset& preset : label_presets()) {
        LabelFormatSettings settings = preset.settings;
        if (settings.pattern.size() != digits.size()) continue;
        settings.flags = {std::string(digits.substr(0, settings.pattern[1] == 'F' ? 2 : 1))};
        auto format = LabelFormat::of(settings);
        if (!format) continue;  // not the shop's own flag
        ScannedCode code;
        code.kind = CodeKind::instore;
        code.text = digits;
        read_instore_label(code, digits, *format);
        if (!code.error) readings.push_back({&preset, std::move(code)});
    }
    return readings;
}

}  // namespace fangxin::domain
