#include "domain/card_digits.hpp"

#include <vector>

namespace fangxin::domain {

namespace {

constexpr std::size_t shortest = 15;
constexpr std::size_t longest = 19;
constexpr std::size_t shown = 4;

struct Digit {
    int value = 0;
    std::size_t at = 0;
    std::size_t bytes = 1;
};

/// U+FF10 to U+FF19 are EF BC 90 to EF BC 99.
bool read_digit(std::string_view text, std::size_t at, Digit& digit) {
    const unsigned char first = static_cast<unsigned char>(text[at]);
    if (first >= '0' && first <= '9') {
        digit = {first - '0', at, 1};
        return true;
    }
    if (at + 2 >= text.size() || first != 0xEF || static_cast<unsigned char>(text[at + 1]) != 0xBC)
        return false;
    const int value = static_cast<unsigned char>(text[at + 2]) - 0x90;
    digit = {value, at, 3};
    return value >= 0 && value <= 9;
}

bool fits_luhn(const std::vector<Digit>& digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int value = digits[digits.size() - 1 - i].value;
        if (i % 2 == 1) value = value < 5 ? 2 * value : 2 * value - 9;
        sum += value;
    }
    return sum % 10 == 0;
}

/// The digits of a run that begins here; one separator may stand between two of them.
std::vector<Digit> read_run(std::string_view text, std::size_t at) {
    std::vector<Digit> run;
    while (at < text.size()) {
        Digit digit;
        if (read_digit(text, at, digit)) {
            run.push_back(digit);
            at += digit.bytes;
        } else if ((text[at] == ' ' || text[at] == '-') && at + 1 < text.size() &&
                   read_digit(text, at + 1, digit)) {
            ++at;
        } else {
            break;
        }
    }
    return run;
}

}  // namespace

std::string without_card_numbers(std::string_view text) {
    std::string masked;
    for (std::size_t at = 0; at < text.size();) {
        const std::vector<Digit> run = read_run(text, at);
        if (run.empty()) {
            masked += text[at++];
            continue;
        }
        const std::size_t end = run.back().at + run.back().bytes;
        const bool is_card = run.size() >= shortest && run.size() <= longest && fits_luhn(run);
        if (!is_card) {
            masked += text.substr(at, end - at);
        } else {
            masked.append(run.size() - shown, '*');
            for (std::size_t i = run.size() - shown; i < run.size(); ++i)
                masked += static_cast<char>('0' + run[i].value);
        }
        at = end;
    }
    return masked;
}

}  // namespace fangxin::domain
