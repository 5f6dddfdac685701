#include "terminal/screens/money_typed.hpp"

#include "terminal/kit/field.hpp"

#include <algorithm>

namespace fangxin::terminal::till {

namespace {

constexpr std::size_t most_digits = 7;  // yuan; more is a slip of the finger

void press_digit(std::string& typed, char digit) {
    const auto dot = typed.find('.');
    if (dot != std::string::npos ? typed.size() - dot > 2 : typed.size() >= most_digits) return;
    if (typed == "0") typed.clear();
    typed += digit;
}

}  // namespace

std::int64_t fen_of(const std::string& typed) {
    std::int64_t fen = 0;
    int decimals = -1;
    for (const char c : typed) {
        if (c == '.') {
            decimals = 0;
            continue;
        }
        fen = fen * 10 + (c - '0');
        if (decimals >= 0) ++decimals;
    }
    for (int i = std::max(decimals, 0); i < 2; ++i)
        fen *= 10;
    return fen;
}

void press_money(std::string& typed, const std::string& key) {
    if (key == "clear") {
        typed.clear();
    } else if (key == "back") {
        typed = kit::without_last(typed);
    } else if (key == ".") {
        if (typed.find('.') == std::string::npos) typed += typed.empty() ? "0." : ".";
    } else {
        for (const char digit : key)
            press_digit(typed, digit);
    }
}

}  // namespace fangxin::terminal::till
