// What a scanner or camera read, taken apart (SALE-1). Pure: text in, value out; any thread.
// Facts and sources: GS1 General Specifications, GS1 Syntax Dictionary, GB/T 18283, GB/T 33993.
#pragma once

#include "domain/calendar.hpp"
#include "domain/enum_text.hpp"
#include "domain/label_format.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fangxin::domain {

enum class CodeKind {
    ean13,
    ean8,
    upca,
    upce,
    itf14,
    gs1,
    digital_link,
    instore,
    payment,
    receipt,
    web,
    text
};
template <>
struct EnumTable<CodeKind> {
    static constexpr std::array rows{EnumText{CodeKind::ean13, "ean13"},
                                     EnumText{CodeKind::ean8, "ean8"},
                                     EnumText{CodeKind::upca, "upca"},
                                     EnumText{CodeKind::upce, "upce"},
                                     EnumText{CodeKind::itf14, "itf14"},
                                     EnumText{CodeKind::gs1, "gs1"},
                                     EnumText{CodeKind::digital_link, "digital_link"},
                                     EnumText{CodeKind::instore, "instore"},
                                     EnumText{CodeKind::payment, "payment"},
                                     EnumText{CodeKind::receipt, "receipt"},
                                     EnumText{CodeKind::web, "web"},
                                     EnumText{CodeKind::text, "text"}};
};

/// Why a code was refused. Where several things are wrong, the first of these is told.
enum class CodeError { check_digit, price_check_digit, date, length, charset, conflict, syntax };
template <>
struct EnumTable<CodeError> {
    static constexpr std::array rows{EnumText{CodeError::check_digit, "check_digit"},
                                     EnumText{CodeError::price_check_digit, "price_check_digit"},
                                     EnumText{CodeError::date, "date"},
                                     EnumText{CodeError::length, "length"},
                                     EnumText{CodeError::charset, "charset"},
                                     EnumText{CodeError::conflict, "conflict"},
                                     EnumText{CodeError::syntax, "syntax"}};
};

enum class TillState { selling, taking_payment };

struct CodeContext {
    Date today{};  ///< decides the century of two-digit years
    TillState state = TillState::selling;
    const LabelFormats* label_formats = &default_label_formats();  ///< never null
};

struct ApplicationIdentifier {
    std::string ai;     ///< as it stands in the code, `3103`
    std::string value;  ///< raw
    bool operator==(const ApplicationIdentifier&) const = default;
};

/// A code taken apart. With `error` set only `kind`, what the code claims to be, `symbology` and
/// `text` mean anything; all the rest is empty.
struct ScannedCode {
    CodeKind kind = CodeKind::text;
    std::string symbology;  ///< AIM identifier without the bracket, `C1`, or empty if none came
    std::string text;       ///< what was read, without identifier and trailing CR LF
    std::optional<CodeError> error;

    /// 14 digits, zero-padded, or empty. Of AI 01; without one, of AI 02, the goods inside. An
    /// in-store label of 13 digits has it too if its check digit is a GTIN's: all 13 are looked up
    /// among the goods first (rules 7).
    std::string gtin;
    std::vector<ApplicationIdentifier> ais;  ///< in the code's order; a repeated one once
    std::string lot;
    std::optional<DayMinute> production;   ///< AI 11, or 8008 with its minute
    std::optional<DayMinute> expiry;       ///< AI 17, 7003 with its minute; the earlier of both
    std::optional<DayMinute> best_before;  ///< AI 15, else 16
    std::string serial;
    std::optional<std::int64_t> weight_mg;   ///< AI 310n, or an in-store label's
    std::optional<std::int64_t> amount_fen;  ///< AI 392n, 393n in yuan, or an in-store label's
    std::optional<std::int64_t> count;       ///< AI 30, else 37, or an in-store label's
    std::string flag;                        ///< in-store labels: the prefix as printed
    std::string plu;                         ///< in-store labels: the goods code as printed
    std::string channel;  ///< payment codes: `wechat` `alipay` `alipay_face` `unionpay` `ecny`
};

/// Takes one scan apart. `raw` may start with an AIM identifier (`]C1`), may contain U+001D as GS,
/// may end in CR, LF or both. At most 4096 bytes; longer is `length`, without the text.
/// With an identifier the symbology decides; without one, what the text can be, in this order: web
/// address, receipt, goods code or label by length, GS1, payment code (when taking payment: before
/// GS1). 18 digits may be both a label and a payment code: `state` decides.
/// A `payment` text is money in the customer's pocket: no part of the program logs one whole.
ScannedCode parse_code(std::string_view raw, const CodeContext& context);

/// True if a customer may have shown this to pay, whatever else it can be: a label of 18 digits, a
/// text. Said to the cashier where nothing is for sale under it; never logged or shown whole.
bool may_be_payment_code(std::string_view raw);

/// GS1 General Specifications 7.9: mod-10 check digit of the digits before it; none if not digits.
std::optional<char> gs1_check_digit(std::string_view digits_before);

/// Receipt numbers as printed and scanned: `FX` + till 3 + epoch 2 + number 7 + check digit.
struct ReceiptNumber {
    int till = 0;
    int epoch = 0;
    std::int64_t number = 0;
    bool operator==(const ReceiptNumber&) const = default;
};
std::string format_receipt_number(const ReceiptNumber& number);
std::optional<ReceiptNumber> parse_receipt_number(std::string_view text);

}  // namespace fangxin::domain
