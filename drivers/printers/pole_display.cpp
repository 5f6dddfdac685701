#include "drivers/printers/pole_display.hpp"

#include "domain/amount_text.hpp"
#include "domain/text_width.hpp"
#include "drivers/printers/escpos.hpp"

#include <algorithm>
#include <array>

namespace fangxin::drivers {

namespace {

using namespace std::literals;

constexpr int columns = 20;
constexpr int digits_on_led = 8;

constexpr std::array rows{
    PoleDriver{"cd5220", "two lines of 20, CD5220", PoleProtocol::cd5220, {}},
    PoleDriver{"escpos", "two lines of 20, Epson ESC/POS", PoleProtocol::escpos, {}},
    PoleDriver{"led8", "eight digits and four lamps (客显)", PoleProtocol::led8, {}}};

struct KindRow {
    PoleKind kind;
    std::string_view chinese;
    std::string_view ascii;
    char lamp;
};
constexpr std::array kind_rows{KindRow{PoleKind::greeting, "欢迎光临", "WELCOME", '0'},
                               KindRow{PoleKind::unit_price, "单价", "PRICE", '1'},
                               KindRow{PoleKind::total, "总计", "TOTAL", '2'},
                               KindRow{PoleKind::received, "收款", "RECEIVED", '3'},
                               KindRow{PoleKind::change, "找零", "CHANGE", '4'},
                               KindRow{PoleKind::weight, "称重", "WEIGHT", '0'}};

const KindRow& row_of(PoleKind kind) {
    return *std::find_if(kind_rows.begin(), kind_rows.end(),
                         [&](const KindRow& row) { return row.kind == kind; });
}

/// What is left of a text on a display of ASCII; nothing rather than a row of question marks.
std::string ascii_of(std::string_view text) {
    std::string kept;
    while (!text.empty()) {
        char32_t c = domain::take_code_point(text);
        if (c >= 0x20 && c < 0x7F) kept += static_cast<char>(c);
    }
    std::size_t first = std::min(kept.find_first_not_of(' '), kept.size());
    return kept.substr(first);
}

/// Exactly 20 columns: what was there before is covered.
std::string filled(std::string_view text) {
    std::string cut;
    int width = 0;
    while (!text.empty()) {
        char32_t c = domain::take_code_point(text);
        if (width + domain::column_width(c) > columns) break;
        if (domain::column_width(c) == 0) continue;
        width += domain::column_width(c);
        domain::append_utf8(cut, c);
    }
    return cut + std::string(static_cast<std::size_t>(columns - width), ' ');
}

/// Digits, point and minus for eight places; a point takes none.
std::string led_digits(const PoleText& text) {
    std::string shown;
    if (text.kind == PoleKind::weight) {
        if (text.weight_mg) shown = domain::kilograms(*text.weight_mg);
    } else if (text.amount_fen) {
        shown = domain::yuan(*text.amount_fen);
    }
    auto places = static_cast<int>(
        shown.size() - static_cast<std::size_t>(std::count(shown.begin(), shown.end(), '.')));
    return places > digits_on_led ? std::string(digits_on_led, '-') : shown;
}

}  // namespace

std::span<const PoleDriver> pole_drivers() { return rows; }

const PoleDriver* find_pole_driver(std::string_view id) {
    const auto* row = std::ranges::find(rows, id, &PoleDriver::id);
    return row == rows.end() ? nullptr : row;
}

PoleLines pole_lines(const PoleText& text, bool chinese) {
    const KindRow& row = row_of(text.kind);
    std::string upper = chinese ? text.words : ascii_of(text.words);
    std::string ascii = ascii_of(text.ascii_words);
    if (!chinese && !ascii.empty()) upper = ascii;
    std::string_view word = chinese ? row.chinese : row.ascii;
    bool named = domain::column_width(upper) > 0;
    std::string lower;
    if (text.weight_mg) lower = domain::kilograms(*text.weight_mg) + "kg";
    // Beside the name of the goods the amount says itself; total and change say what they are.
    if (named && lower.empty() && text.amount_fen && text.kind != PoleKind::unit_price) {
        lower = word;
    }
    if (text.amount_fen) {
        std::string amount = domain::yuan(*text.amount_fen);
        int room = std::max(columns - domain::column_width(lower), 0);
        lower += domain::pad_start(amount, room);
    }
    if (!named) upper = word;
    if (text.kind == PoleKind::greeting) upper = domain::centred(upper, columns);
    return {filled(upper), filled(lower)};
}

std::string pole_bytes(const PoleText& text, const PoleOptions& options) {
    if (options.protocol == PoleProtocol::led8) {
        std::string digits = led_digits(text);
        std::string lamps = "\x1Bs"s + row_of(text.kind).lamp;
        return digits.empty() ? "\x0C" + lamps : "\x1BQA" + digits + "\r" + lamps;
    }
    PoleLines lines = pole_lines(text, options.chinese);
    std::string upper = encode_text(lines.upper);
    std::string lower = encode_text(lines.lower);
    if (options.protocol == PoleProtocol::cd5220) {
        return "\x1BQA" + upper + "\r\x1BQB" + lower + "\r";
    }
    // US $ n m: the cursor to a place, counted from 1; nothing flickers as with CLR.
    return "\x1F$\x01\x01" + upper + "\x1F$\x01\x02" + lower;
}

}  // namespace fangxin::drivers
