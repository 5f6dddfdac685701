// What a receipt says (SALE-7, SALE-17) and how it lies on paper: a Receipt is filled by whoever
// sold, layout() turns it into lines of 42 or 48 columns, drivers/printers/escpos.hpp into bytes.
// The same facts always give the same lines, so a reprint is the receipt again. Pure; any thread.
#pragma once

#include "domain/calendar.hpp"
#include "domain/enum_text.hpp"
#include "domain/language.hpp"
#include "domain/verdict.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::domain {

enum class TenderKind { cash, card, wechat, alipay, unionpay, ecny, voucher, stored_value, other };
template <>
struct EnumTable<TenderKind> {
    static constexpr std::array rows{EnumText{TenderKind::cash, "cash"},
                                     EnumText{TenderKind::card, "card"},
                                     EnumText{TenderKind::wechat, "wechat"},
                                     EnumText{TenderKind::alipay, "alipay"},
                                     EnumText{TenderKind::unionpay, "unionpay"},
                                     EnumText{TenderKind::ecny, "ecny"},
                                     EnumText{TenderKind::voucher, "voucher"},
                                     EnumText{TenderKind::stored_value, "stored_value"},
                                     EnumText{TenderKind::other, "other"}};
};

/// What was weighed. A scale label carries the net mass alone.
struct ReceiptWeight {
    std::optional<std::int64_t> gross_mg;
    std::int64_t tare_mg = 0;  ///< taken by the scale
    std::int64_t net_mg = 0;
    std::int64_t preset_tare_mg = 0;
};

/// One line of goods; the amounts are those of domain/basket.hpp's Line.
struct ReceiptItem {
    std::string name;  ///< in the receipt's language
    std::string marks;  ///< `green` `organic` …, `;` between them (SALE-15); others are not printed
    std::int64_t quantity = 1;            ///< pieces
    std::optional<ReceiptWeight> weight;  ///< set: sold by mass, `quantity` is not printed
    std::int64_t unit_price_fen = 0;      ///< per piece, or per kilogram
    std::int64_t amount_fen = 0;          ///< what the customer pays, savings taken off
    std::int64_t saved_fen = 0;           ///< printed with its words if not 0
    std::string saved_words;              ///< `第二件半价`
    bool label_only = false;  ///< "amount as labelled": neither weight nor unit price is known
    std::string lot;
    std::optional<DayMinute> expiry;
    bool certain = false;  ///< basis `coded` or `read`: only then are lot and expiry printed
};

struct ReceiptVat {
    std::int64_t permille = 0;
    std::int64_t net_fen = 0;
    std::int64_t vat_fen = 0;
    bool operator==(const ReceiptVat&) const = default;
};

struct ReceiptTender {
    TenderKind kind = TenderKind::cash;
    std::int64_t amount_fen = 0;  ///< as handed over: change not taken off
    std::string reference;        ///< payment reference, masked by the caller
};

struct ReceiptMember {
    std::string number;  ///< masked by the caller (SALE-16)
    std::int64_t points_earned = 0;
    std::int64_t points = 0;  ///< what he has now
};

/// Money adds up as in adds_up(). A refund carries the sale's amounts negated (SALE-12).
struct Receipt {
    Language language = Language::zh;
    std::string shop_name;
    std::string address;
    std::string phone;
    std::string complaint_phone;
    int till = 0;
    std::string cashier_number;
    std::string cashier_name;
    StoreTime time;
    std::string number;  ///< as format_receipt_number() writes it; its barcode too

    std::vector<ReceiptItem> items;
    std::int64_t saved_fen = 0;     ///< all promotions, those of the items included
    std::int64_t total_fen = 0;     ///< savings taken off
    std::int64_t rounding_fen = 0;  ///< 抹零, as a positive number
    std::vector<ReceiptVat> vat;    ///< from vat_by_rate()
    std::vector<ReceiptTender> tenders;
    std::int64_t paid_fen = 0;  ///< 实收: the sum of the tenders
    std::int64_t change_fen = 0;
    std::optional<ReceiptMember> member;

    std::int64_t block_cursor = 0;  ///< how far the till knew recalls and stops at the sale
    std::string invoice_url;        ///< printed as a QR code where the shop has e-invoices (开票)
    std::vector<std::string> notes;  ///< the shop's own words at the end
    bool open_drawer = false;        ///< obeyed on the first print only, never in training
    bool refund = false;
    bool reprint = false;    ///< 重印: marked as a copy
    bool test_shop = false;  ///< 测试商店: marked on top and at the end
    bool training = false;  ///< 培训: marked so too, and carries no barcode that a till would take

    /// 应收: what the customer owes.
    std::int64_t due_fen() const { return total_fen - rounding_fen; }
};

/// Whether items, totals, tenders and change agree. A receipt that does not must not be printed.
bool adds_up(const Receipt& receipt);

/// The tax inside an amount: amount × rate / (1000 + rate), half up to the fen; a refund's is the
/// exact negative.   ¥11.30 at 13 % → 1.30     ¥0.04 at 13 % → 0.00460… → 0.00
std::int64_t vat_inside(std::int64_t amount_fen, std::int64_t permille);

struct RatedAmount {
    std::int64_t permille = 0;
    std::int64_t amount_fen = 0;  ///< tax included, savings taken off, 抹零 not
};
/// One row for each rate, highest first. The tax is taken of the rate's sum, once: rounded line by
/// line it would drift by up to half a fen a line. 抹零 is a ledger line of its own, not a price
/// cut, and leaves the tax as it is.
std::vector<ReceiptVat> vat_by_rate(std::span<const RatedAmount> amounts);

/// What a cashier prints for goods that may not be sold (SAFE-3); it goes with them to the back.
struct WithdrawalSlip {
    Language language = Language::zh;
    std::string shop_name;
    int till = 0;
    std::string cashier_number;
    std::string cashier_name;
    StoreTime time;
    std::string item_name;
    std::string item_code;  ///< what was scanned
    std::string lot;
    std::optional<DayMinute> production;
    std::optional<DayMinute> expiry;
    std::vector<Reason> reasons;  ///< worst first; words and clauses are words.hpp's
    bool test_shop = false;
    bool training = false;
};

enum class Align { left, center, right };

/// Fits its paper as it is: at most `columns`, half of it if double. No control characters.
struct TextLine {
    std::string text;
    Align align = Align::left;
    bool double_size = false;
    bool bold = false;
    bool operator==(const TextLine&) const = default;
};
struct Code128Line {
    std::string data;
    bool operator==(const Code128Line&) const = default;
};
struct Ean13Line {
    std::string digits;
    bool operator==(const Ean13Line&) const = default;
};
struct QrLine {
    std::string data;
    bool operator==(const QrLine&) const = default;
};
struct FeedLine {
    int lines = 1;
    bool operator==(const FeedLine&) const = default;
};
struct CutLine {
    bool operator==(const CutLine&) const = default;
};
struct DrawerPulse {
    bool operator==(const DrawerPulse&) const = default;
};
using ReceiptLine =
    std::variant<TextLine, Code128Line, Ean13Line, QrLine, FeedLine, CutLine, DrawerPulse>;

/// `columns`: 48 on 80 mm paper, 42 on printers with wider letters, 32 on 58 mm; at least 24.
std::vector<ReceiptLine> layout(const Receipt& receipt, int columns);
std::vector<ReceiptLine> layout_withdrawal_slip(const WithdrawalSlip& slip, int columns);

/// The lines as plain text, aligned, for a screen or a test: `[CODE128 …]` `[EAN13 …]` `[QR …]`
/// `[CUT]` `[DRAWER]`; a fed line is an empty one. Double size shows only in a centred line's
/// place.
std::string plain_text(std::span<const ReceiptLine> lines, int columns);

}  // namespace fangxin::domain
