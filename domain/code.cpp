#include "domain/code.hpp"

#include "domain/check.hpp"
#include "domain/digital_link.hpp"
#include "domain/gs1.hpp"
#include "domain/gs1_ai.hpp"
#include "domain/instore_label.hpp"

#include <algorithm>
#include <cstddef>
#include <fmt/format.h>
#include <utility>

namespace fangxin::domain {

namespace {

constexpr std::size_t longest_code = 4096;
constexpr std::size_t gtin_size = 14;
constexpr std::size_t long_label_size = 18;
constexpr std::string_view receipt_prefix = "FX";
constexpr std::size_t receipt_digits = 13;

// Each `read_…` below answers whether the code is one of its kind; if so, `code` is filled.

bool refuse(ScannedCode& code, CodeKind kind, CodeError error) {
    code.kind = kind;
    code.error = error;
    return true;
}

bool is_gs1_symbology(std::string_view symbology) {
    return symbology == "C1" || symbology == "e0" || symbology == "d2" || symbology == "Q3";
}

/// AIM (ISO/IEC 15424): `]`, a letter for the symbology, a modifier.
void split(std::string_view raw, ScannedCode& code) {
    while (raw.ends_with('\r') || raw.ends_with('\n')) {
        raw.remove_suffix(1);
    }
    auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    if (raw.size() >= 3 && raw[0] == ']' && is_letter(raw[1]) &&
        (is_letter(raw[2]) || all_digits(raw.substr(2, 1)))) {
        code.symbology = raw.substr(1, 2);
        raw.remove_prefix(3);
    }
    code.text = raw;
}

/// Length of the UTF-8 character that `text` starts with (RFC 3629), 0 if it starts with none.
std::size_t character_length(std::string_view text) {
    auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    unsigned lead = byte(0);
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (text.size() < length) return 0;
    unsigned lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;  // no overlong forms
    unsigned highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;  // no surrogates, ≤ 10FFFF
    if (byte(1) < lowest || byte(1) > highest) return 0;
    for (std::size_t i = 2; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
    }
    return length;
}

/// UTF-8 without control characters, but for the separator.
bool is_readable(std::string_view text) {
    while (!text.empty()) {
        auto c = static_cast<unsigned char>(text.front());
        if ((c < 0x20 && text.front() != group_separator) || c == 0x7F) return false;
        std::size_t length = character_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

bool read_gtin(ScannedCode& code, CodeKind kind, std::string_view digits) {
    if (!all_digits(digits)) return refuse(code, kind, CodeError::charset);
    if (!check_digit_holds(digits)) return refuse(code, kind, CodeError::check_digit);
    code.kind = kind;
    code.gtin.assign(gtin_size - digits.size(), '0').append(digits);
    return true;
}

/// A label of 13 digits, by the format bound to its flag; for its GTIN, see ScannedCode.
void read_short_label(ScannedCode& code, std::string_view digits, const LabelFormat& format) {
    code.kind = CodeKind::instore;
    code.error.reset();
    read_instore_label(code, digits, format);
    if (code.error) code.gtin.clear();
}

bool read_ean13(ScannedCode& code, std::string_view digits, const CodeContext& context) {
    read_gtin(code, CodeKind::ean13, digits);
    if (!is_instore_label(digits)) return true;
    const LabelFormat* format = context.label_formats->find(digits);
    // A scale that prints another check digit than a GTIN's is believed only where the shop says
    // so.
    bool other_check = format != nullptr && format->check() != LabelCheck::gs1;
    if (code.error && !other_check) return true;
    if (format != nullptr) {
        read_short_label(code, digits, *format);
    } else {
        code.kind = CodeKind::instore;
        read_unknown_label(code, digits);
    }
    return true;
}

/// UPC-E, number system 0 or 1, six digits and a check digit, as the UPC-A that it stands for
/// (GS1 General Specifications 5.2, zero suppression). Empty if it stands for none.
///     0 abcde n C     n 0..2 → 0 ab n 0000 cde C    n 3 → 0 abc 00000 de C
///                     n 4 → 0 abcd 00000 e C        n 5..9 → 0 abcde 0000 n C
std::string upca_of(std::string_view upce) {
    if (upce.size() != 8 || !all_digits(upce) || upce[0] > '1') return {};
    std::string_view system = upce.substr(0, 1);
    std::string_view five = upce.substr(1, 5);
    std::string_view check = upce.substr(7);
    char n = upce[6];
    if (n <= '2') {
        return fmt::format("{}{}{}0000{}{}", system, five.substr(0, 2), n, five.substr(2), check);
    }
    if (n == '3')
        return fmt::format("{}{}00000{}{}", system, five.substr(0, 3), five.substr(3), check);
    if (n == '4')
        return fmt::format("{}{}00000{}{}", system, five.substr(0, 4), five.substr(4), check);
    return fmt::format("{}{}0000{}{}", system, five, n, check);
}

bool read_upce(ScannedCode& code, std::string_view digits) {
    std::string upca = upca_of(digits);
    return !upca.empty() && check_digit_holds(upca) && read_gtin(code, CodeKind::upce, upca);
}

/// The wallet whose payment code this is, by prefix and length (the wallets' merchant documents).
std::string_view channel_of(std::string_view text) {
    if (text.size() == 35 && text.starts_with("fp")) {
        bool face = std::all_of(text.begin(), text.end(), [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        });
        return face ? "alipay_face" : "";
    }
    if (text.size() < 16 || text.size() > 24 || !all_digits(text)) return "";
    std::string_view prefix = text.substr(0, 2);
    if (text.size() == 18 && prefix >= "10" && prefix <= "15") return "wechat";
    if (prefix >= "25" && prefix <= "30") return "alipay";
    if (text.size() == 19 && prefix == "62") return "unionpay";
    if (text.size() == 19 && prefix == "01") return "ecny";
    return "";
}

/// A label of 18 digits, if the shop has a format for its flag. 25 to 30 in front are also a
/// customer's payment code; nothing but the till's state tells them apart.
bool read_long_label(ScannedCode& code, const CodeContext& context) {
    if (code.text.size() != long_label_size) return false;
    const LabelFormat* format = context.label_formats->find(code.text);
    if (format == nullptr) return false;
    if (context.state == TillState::taking_payment && !channel_of(code.text).empty()) return false;
    code.kind = CodeKind::instore;
    read_instore_label(code, code.text, *format);
    return true;
}

/// Goods codes by length alone. One 8-digit code in ten that is UPC-E also passes as EAN-8; EAN-8
/// is tried first, for the goods of a Chinese shop.
bool read_by_length(ScannedCode& code, std::string_view digits, const CodeContext& context) {
    if (!all_digits(digits)) return false;
    switch (digits.size()) {
        case 8:
            return (!check_digit_holds(digits) && read_upce(code, digits)) ||
                   read_gtin(code, CodeKind::ean8, digits);
        case 12:
            return read_gtin(code, CodeKind::upca, digits);
        case 13:
            return read_ean13(code, digits, context);
        case 14:
            return read_gtin(code, CodeKind::itf14, digits);
        default:
            return false;
    }
}

/// `]E0` EAN-13, UPC-A, UPC-E; `]E1` `]E2` an add-on alone; `]E3` EAN-13 with its add-on; `]E4`
/// EAN-8. UPC-A comes as 12 digits from scanners that drop the leading 0, UPC-E as 8.
bool read_ean_symbology(ScannedCode& code, const CodeContext& context) {
    std::string_view text = code.text;
    char modifier = code.symbology[1];
    if (modifier == '4') {
        if (text.size() != 8) return refuse(code, CodeKind::ean8, CodeError::length);
        return read_gtin(code, CodeKind::ean8, text);
    }
    if (modifier == '3' && (text.size() == 15 || text.size() == 18)) text = text.substr(0, 13);
    if (modifier != '0' && modifier != '3') return false;
    switch (text.size()) {
        case 8:
            return read_upce(code, text) || read_gtin(code, CodeKind::ean8, text);
        case 12:
            return read_gtin(code, CodeKind::upca, text);
        case 13:
            return read_ean13(code, text, context);
        default:
            return refuse(code, CodeKind::ean13, CodeError::length);
    }
}

bool read_gs1(ScannedCode& code, const CodeContext& context) {
    std::string_view text = code.text;
    code.kind = CodeKind::gs1;
    bool brackets = opens_with_bracketed_ai(text);
    Gs1Elements elements =
        brackets ? read_bracketed(text, context.today) : read_element_string(text, context.today);
    // DataBar Omnidirectional holds a GTIN and nothing else; decoders leave its `01` away.
    bool bare_gtin = code.symbology == "e0" && text.size() == gtin_size && all_digits(text);
    if (bare_gtin && (elements.error() || check_digit_holds(text))) {
        elements = Gs1Elements(context.today);
        elements.add("01", text);
    }
    std::move(elements).hand_over(code);
    return true;
}

/// GS1 that nothing announces: keyboard scanners send neither identifier nor, many of them, GS, and
/// people paste the bracketed form. Taken for GS1 if it opens with a GTIN or SSCC in brackets, or
/// if every byte of it makes sense: `01`, a GTIN whose check digit holds, and whole AIs to the end.
/// A wrong guess would need a text of at least 16 characters that begins like that by chance.
bool read_unannounced_gs1(ScannedCode& code, const CodeContext& context) {
    std::string_view text = code.text;
    if (text.find(group_separator) != std::string_view::npos) return read_gs1(code, context);
    if (opens_with_bracketed_ai(text)) {
        bool names_goods =
            text.starts_with("(01)") || text.starts_with("(02)") || text.starts_with("(00)");
        if (names_goods || !read_bracketed(text, context.today).error()) {
            return read_gs1(code, context);
        }
        return false;
    }
    if (text.size() < 2 + gtin_size || !text.starts_with("01")) return false;
    if (!check_digit_holds(text.substr(2, gtin_size))) return false;
    Gs1Elements elements = read_element_string(text, context.today);
    if (elements.error()) return false;
    code.kind = CodeKind::gs1;
    std::move(elements).hand_over(code);
    return true;
}

bool read_web(ScannedCode& code, const CodeContext& context) {
    if (!is_web_address(code.text)) return false;
    auto elements = read_digital_link(code.text, context.today);
    code.kind = elements ? CodeKind::digital_link : CodeKind::web;
    if (elements) std::move(*elements).hand_over(code);
    return true;
}

bool read_receipt(ScannedCode& code) {
    std::string_view text = code.text;
    if (text.size() != receipt_prefix.size() + receipt_digits) return false;
    if (!text.starts_with(receipt_prefix)) return false;
    if (!all_digits(text.substr(receipt_prefix.size()))) return false;
    code.kind = CodeKind::receipt;
    if (!parse_receipt_number(text)) code.error = CodeError::check_digit;
    return true;
}

/// While selling, 18 digits with a flag of 20 to 29 in front are a scale's label, known or not, and
/// no customer who shows her code too early.
bool read_payment(ScannedCode& code, const CodeContext& context) {
    std::string_view text = code.text;
    if (context.state == TillState::selling && text.size() == 18 && text[0] == '2') return false;
    std::string_view channel = channel_of(text);
    if (channel.empty()) return false;
    code.kind = CodeKind::payment;
    code.channel = channel;
    return true;
}

/// Keyed, or from a scanner that names no symbology.
bool read_unnamed(ScannedCode& code, const CodeContext& context) {
    if (read_web(code, context) || read_receipt(code)) return true;
    if (read_by_length(code, code.text, context) || read_long_label(code, context)) return true;
    // One 19-digit e-CNY code in fifty also reads as a GTIN and a lot of one character.
    if (context.state == TillState::taking_payment && read_payment(code, context)) return true;
    return read_unannounced_gs1(code, context) || read_payment(code, context);
}

/// 13 digits in a symbology that is not EAN-13: no reason to refuse anything for its check digit.
bool is_goods_or_label(std::string_view digits, const CodeContext& context) {
    if (check_digit_holds(digits)) return true;
    const LabelFormat* format = context.label_formats->find(digits);
    return format != nullptr && format->check() != LabelCheck::gs1;
}

/// Code 128, ITF, QR … without FNC1: what is inside may be anything and is no error. An EAN-13
/// whose check digit holds is taken all the same: shops print goods codes in any symbology.
bool read_other_symbology(ScannedCode& code, const CodeContext& context) {
    std::string_view text = code.text;
    bool itf = code.symbology[0] == 'I';
    if (itf && text.size() == gtin_size && all_digits(text)) {
        return read_gtin(code, CodeKind::itf14, text);
    }
    if (read_web(code, context) || read_receipt(code)) return true;
    if (text.size() == 13 && is_goods_or_label(text, context)) {
        return read_ean13(code, text, context);
    }
    if (read_long_label(code, context)) return true;
    return !itf && read_payment(code, context);  // wallets show Code 128 and QR, never ITF
}

void read(ScannedCode& code, const CodeContext& context) {
    bool gs1 = is_gs1_symbology(code.symbology);
    char family = code.symbology.empty() ? 'X' : code.symbology[0];  // ]X… says "other", no more
    if (gs1 && read_web(code, context)) return;
    if (gs1) {
        read_gs1(code, context);
    } else if (!is_readable(code.text)) {
        code.error = CodeError::charset;
    } else if (family == 'E') {
        read_ean_symbology(code, context);
    } else if (family == 'X') {
        read_unnamed(code, context);
    } else {
        read_other_symbology(code, context);
    }
}

}  // namespace

ScannedCode parse_code(std::string_view raw, const CodeContext& context) {
    ScannedCode code;
    if (raw.size() > longest_code) {
        code.error = CodeError::length;  // and no text: nobody needs a copy of it
        return code;
    }
    split(raw, code);
    if (code.text.empty()) {
        code.error = CodeError::length;
    } else {
        read(code, context);
    }
    return code;
}

bool may_be_payment_code(std::string_view raw) {
    CodeContext context{.today = {}, .state = TillState::taking_payment};
    return parse_code(raw, context).kind == CodeKind::payment;
}

std::optional<char> gs1_check_digit(std::string_view digits_before) {
    if (!all_digits(digits_before)) return std::nullopt;
    int sum = 0;
    int weight = 3;  // of the rightmost digit, then 1, 3, 1 …
    for (std::size_t i = digits_before.size(); i-- > 0; weight = 4 - weight) {
        sum += (digits_before[i] - '0') * weight;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::string format_receipt_number(const ReceiptNumber& number) {
    FANGXIN_CHECK(number.till >= 0 && number.till <= 999);
    FANGXIN_CHECK(number.epoch >= 0 && number.epoch <= 99);
    FANGXIN_CHECK(number.number >= 0 && number.number <= 9'999'999);
    std::string digits = fmt::format("{:03}{:02}{:07}", number.till, number.epoch, number.number);
    return fmt::format("{}{}{}", receipt_prefix, digits, *gs1_check_digit(digits));
}

std::optional<ReceiptNumber> parse_receipt_number(std::string_view text) {
    if (!text.starts_with(receipt_prefix)) return std::nullopt;
    std::string_view digits = text.substr(receipt_prefix.size());
    if (digits.size() != receipt_digits || !check_digit_holds(digits)) return std::nullopt;
    return ReceiptNumber{.till = static_cast<int>(number_of(digits.substr(0, 3))),
                         .epoch = static_cast<int>(number_of(digits.substr(3, 2))),
                         .number = number_of(digits.substr(5, 7))};
}

}  // namespace fangxin::domain
