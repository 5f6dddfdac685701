// Facts of the checkout: sales and returns, shifts and the drawer, payments. Declared as in
// ops.hpp. Their effects: checkout_effects.cpp.
#pragma once

#include "domain/batch.hpp"
#include "domain/promotion.hpp"
#include "domain/verdict.hpp"
#include "sync/declaration.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace fangxin::sync {

struct SaleLine {
    std::int64_t line = 0;
    std::string code;
    std::string item;
    std::string name;
    std::string name_en;
    std::int64_t quantity = 0;
    std::optional<std::int64_t> gross_mg;
    std::optional<std::int64_t> tare_mg;
    std::optional<std::int64_t> net_mg;
    std::int64_t unit_price_fen = 0;
    std::int64_t amount_fen = 0;
    std::int64_t saved_fen = 0;
    bool label_amount = false;  ///< the label's amount, never recomputed (rules 7)
    std::int64_t vat_permille = 0;
    std::string batch;
    domain::BatchBasis batch_basis = domain::BatchBasis::none;
    std::string lot;  ///< as coded or read
    std::optional<domain::DayMinute> production;
    std::optional<domain::DayMinute> expiry;
    std::vector<domain::Reason> reasons;  ///< of a warn
    std::string scale;                    ///< instrument that weighed, and its raw frame
    std::string scale_frame;
    std::string scale_status;                    ///< as the scale said it: `stable`
    std::optional<std::int64_t> preset_tare_mg;  ///< of tare_mg, what the scale did not take
    std::string library;  ///< version and seal of the legal library that weighed (WEIGH-5)
    std::vector<domain::LinePromotion> promotions;  ///< of which `saved_fen` comes (SALE-4)
    std::string marks;                              ///< `green` `organic` …, for the receipt
    std::optional<std::int64_t> list_price_fen;     ///< where a person gave another price
    std::string price_reason;
    std::string price_approved_by;  ///< second person, where the role needs one (rules 8)
    std::string markdown;           ///< the batch at whose markdown price it was sold (rules 5)
};

/// A line, or a part of one, that came back (SALE-6). The sale that it was of stays as it is.
struct ReturnLine {
    std::string receipt;    ///< empty: without one
    std::int64_t line = 0;  ///< of that receipt
    std::string item;
    std::string name;
    std::string name_en;
    std::int64_t quantity = 0;           ///< pieces that came back
    std::optional<std::int64_t> net_mg;  ///< of a weighed line
    std::int64_t amount_fen = 0;         ///< given back, as a negative number
    std::int64_t vat_permille = 0;
    std::string batch;
    std::string to;  ///< `shelf` `dispose` `supplier`
    std::string reason;
};

struct Tender {
    std::string kind;  ///< `cash`, as domain::TenderKind
    std::int64_t amount_fen = 0;
    std::string reference;      ///< last four of a card, serial of a voucher, the gateway's own
    std::string order;          ///< of a payment through the gateway
    std::string authorisation;  ///< of a card slip
    std::string approved_by;    ///< second person, of one that was entered by hand (rules 5)
};

struct Sale {
    std::string receipt;
    std::vector<SaleLine> lines;
    std::int64_t total_fen = 0;     ///< of lines and returns together
    std::int64_t rounding_fen = 0;  ///< 抹零, forgiven by the shop
    std::int64_t paid_fen = 0;
    std::int64_t change_fen = 0;
    std::vector<Tender> tenders;
    std::int64_t block_cursor = 0;  ///< what the till knew of blocks when it sold
    bool online = false;
    std::string hold;  ///< the held basket that this sale came from
    std::string shift;
    std::string member;
    std::int64_t points_earned = 0;
    std::int64_t points = 0;  ///< that he has after it, as far as the till knew
    std::vector<ReturnLine> returns;
    std::string approved_by;  ///< second person, of a return (rules 8)
};

struct SaleRefused {  // SAFE-3: the attempt is journalled
    std::string code;
    std::string item;
    std::string name;
    std::string batch;
    std::string lot;
    std::vector<domain::Reason> reasons;
};

struct BasketHeld {
    std::string hold;
    std::int64_t total_fen = 0;
    std::int64_t lines = 0;
    std::string body;
};

struct BasketResumed {
    std::string hold;
};

struct SaleVoided {  // before payment
    std::int64_t total_fen = 0;
    std::int64_t lines = 0;
    std::string reason;
    std::string approved_by;  ///< second person, where the role needs one (rules 8)
};

struct ReceiptReprinted {
    std::string receipt;
};

struct ShiftOpened {
    std::string shift;
    std::string day;
    std::int64_t float_fen = 0;
};

/// Cash that came or went without a sale.
struct CashMoved {
    std::string shift;
    std::string what;  ///< `paid_in` `paid_out` `drop`
    std::int64_t amount_fen = 0;
    std::string reason;
    std::string approved_by;
};

struct DrawerOpened {
    std::string shift;
    std::string reason;
    std::string approved_by;
};

struct CashCount {
    std::int64_t fen = 0;  ///< of one note or coin
    std::int64_t pieces = 0;
};

struct TenderSum {
    std::string kind;
    std::int64_t count = 0;
    std::int64_t amount_fen = 0;  ///< change taken off
};

/// The count at the end of a shift, over a gapless range of this terminal's log (SALE-19).
struct ShiftClosed {
    std::string shift;
    std::int64_t z = 0;
    std::int64_t from_epoch = 0;  ///< of its first op
    std::int64_t from_seq = 0;
    std::int64_t to_epoch = 0;  ///< of its last before this
    std::int64_t to_seq = 0;
    std::string head;  ///< of the log's chain there
    std::int64_t sales = 0;
    std::int64_t lines_fen = 0;
    std::int64_t returns_fen = 0;
    std::int64_t saved_fen = 0;
    std::int64_t rounding_fen = 0;
    std::vector<TenderSum> tenders;
    std::int64_t float_fen = 0;
    std::int64_t paid_in_fen = 0;
    std::int64_t paid_out_fen = 0;
    std::int64_t dropped_fen = 0;
    std::int64_t expected_fen = 0;
    std::int64_t counted_fen = 0;
    std::vector<CashCount> counts;
    std::int64_t held = 0;    ///< baskets that wait for somebody
    std::string approved_by;  ///< who looked at a difference, or closed another's
};

struct DayClosed {
    std::string day;
    std::int64_t shifts = 0;
    std::int64_t sales_fen = 0;
};

/// Written before the gateway is asked, so that no answer can be of an order that nobody knows.
struct PaymentBegun {
    std::string order;
    std::string kind;
    std::int64_t amount_fen = 0;
};

/// What became of it: `paid` `declined` `reversed` `refunded`.
struct PaymentEnded {
    std::string order;
    std::string state;
    std::string reference;
};

/// A member's money that the shop keeps for him (SALE-16).
struct StoredValueAdded {
    std::string member;
    std::int64_t amount_fen = 0;
    std::string shift;
    Tender tender;
};

/// A price on so many labels for what is left of a batch (SHELF-3, rules 5).
struct BatchMarkedDown {
    std::string batch;
    std::string item;
    std::int64_t price_fen = 0;
    std::int64_t labels = 0;
    std::string reason;
    std::string approved_by;
};

template <>
struct Declaration<domain::LinePromotion> {
    using R = domain::LinePromotion;
    static constexpr std::string_view name = "line_promotion";
    static constexpr auto fields =
        std::tuple{field("id", &R::id), field("name_zh", &R::name_zh),
                   field("name_en", &R::name_en), field("saved_fen", &R::saved_fen)};
};

template <>
struct Declaration<SaleLine> {
    using R = SaleLine;
    static constexpr std::string_view name = "sale_line";
    static constexpr auto fields = std::tuple{field("line", &R::line),
                                              field("code", &R::code),
                                              field("item", &R::item),
                                              field("name", &R::name),
                                              field("name_en", &R::name_en, 2),
                                              field("quantity", &R::quantity),
                                              field("gross_mg", &R::gross_mg),
                                              field("tare_mg", &R::tare_mg),
                                              field("net_mg", &R::net_mg),
                                              field("unit_price_fen", &R::unit_price_fen),
                                              field("amount_fen", &R::amount_fen),
                                              field("saved_fen", &R::saved_fen, 2),
                                              field("label_amount", &R::label_amount, 2),
                                              field("vat_permille", &R::vat_permille),
                                              field("batch", &R::batch),
                                              field("batch_basis", &R::batch_basis),
                                              field("lot", &R::lot),
                                              field("production", &R::production),
                                              field("expiry", &R::expiry),
                                              field("reasons", &R::reasons),
                                              field("scale", &R::scale),
                                              field("scale_frame", &R::scale_frame),
                                              field("scale_status", &R::scale_status, 2),
                                              field("preset_tare_mg", &R::preset_tare_mg, 2),
                                              field("library", &R::library, 2),
                                              field("promotions", &R::promotions, 5),
                                              field("marks", &R::marks, 6),
                                              field("list_price_fen", &R::list_price_fen, 6),
                                              field("price_reason", &R::price_reason, 6),
                                              field("price_approved_by", &R::price_approved_by, 6),
                                              field("markdown", &R::markdown, 6)};
};

template <>
struct Declaration<ReturnLine> {
    using R = ReturnLine;
    static constexpr std::string_view name = "return_line";
    static constexpr auto fields = std::tuple{field("receipt", &R::receipt),
                                              field("line", &R::line),
                                              field("item", &R::item),
                                              field("name", &R::name),
                                              field("name_en", &R::name_en),
                                              field("quantity", &R::quantity),
                                              field("net_mg", &R::net_mg),
                                              field("amount_fen", &R::amount_fen),
                                              field("vat_permille", &R::vat_permille),
                                              field("batch", &R::batch),
                                              field("to", &R::to),
                                              field("reason", &R::reason)};
};

template <>
struct Declaration<Tender> {
    using R = Tender;
    static constexpr std::string_view name = "tender";
    static constexpr auto fields = std::tuple{field("kind", &R::kind),
                                              field("amount_fen", &R::amount_fen),
                                              field("reference", &R::reference, 6),
                                              field("order", &R::order, 6),
                                              field("authorisation", &R::authorisation, 6),
                                              field("approved_by", &R::approved_by, 6)};
};

template <>
struct Declaration<Sale> {
    using R = Sale;
    static constexpr std::string_view name = "sale";
    static constexpr auto fields = std::tuple{field("receipt", &R::receipt),
                                              field("lines", &R::lines),
                                              field("total_fen", &R::total_fen),
                                              field("rounding_fen", &R::rounding_fen),
                                              field("paid_fen", &R::paid_fen),
                                              field("change_fen", &R::change_fen),
                                              field("tenders", &R::tenders),
                                              field("block_cursor", &R::block_cursor),
                                              field("online", &R::online),
                                              field("hold", &R::hold),
                                              field("shift", &R::shift, 6),
                                              field("member", &R::member, 6),
                                              field("points_earned", &R::points_earned, 6),
                                              field("points", &R::points, 6),
                                              field("returns", &R::returns, 6),
                                              field("approved_by", &R::approved_by, 6)};
};

template <>
struct Declaration<SaleRefused> {
    using R = SaleRefused;
    static constexpr std::string_view name = "sale_refused";
    static constexpr auto fields = std::tuple{
        field("code", &R::code),   field("item", &R::item), field("name", &R::name),
        field("batch", &R::batch), field("lot", &R::lot),   field("reasons", &R::reasons)};
};

template <>
struct Declaration<BasketHeld> {
    using R = BasketHeld;
    static constexpr std::string_view name = "basket_held";
    static constexpr auto fields =
        std::tuple{field("hold", &R::hold), field("total_fen", &R::total_fen),
                   field("lines", &R::lines), field("body", &R::body)};
};

template <>
struct Declaration<BasketResumed> {
    static constexpr std::string_view name = "basket_resumed";
    static constexpr auto fields = std::tuple{field("hold", &BasketResumed::hold)};
};

template <>
struct Declaration<SaleVoided> {
    using R = SaleVoided;
    static constexpr std::string_view name = "sale_voided";
    static constexpr auto fields =
        std::tuple{field("total_fen", &R::total_fen), field("lines", &R::lines),
                   field("reason", &R::reason), field("approved_by", &R::approved_by, 2)};
};

template <>
struct Declaration<ReceiptReprinted> {
    static constexpr std::string_view name = "receipt_reprinted";
    static constexpr auto fields = std::tuple{field("receipt", &ReceiptReprinted::receipt)};
};

template <>
struct Declaration<ShiftOpened> {
    using R = ShiftOpened;
    static constexpr std::string_view name = "shift_opened";
    static constexpr auto fields = std::tuple{field("shift", &R::shift), field("day", &R::day),
                                              field("float_fen", &R::float_fen)};
};

template <>
struct Declaration<CashMoved> {
    using R = CashMoved;
    static constexpr std::string_view name = "cash_moved";
    static constexpr auto fields = std::tuple{
        field("shift", &R::shift), field("what", &R::what), field("amount_fen", &R::amount_fen),
        field("reason", &R::reason), field("approved_by", &R::approved_by)};
};

template <>
struct Declaration<DrawerOpened> {
    using R = DrawerOpened;
    static constexpr std::string_view name = "drawer_opened";
    static constexpr auto fields =
        std::tuple{field("shift", &R::shift), field("reason", &R::reason),
                   field("approved_by", &R::approved_by)};
};

template <>
struct Declaration<CashCount> {
    using R = CashCount;
    static constexpr std::string_view name = "cash_count";
    static constexpr auto fields = std::tuple{field("fen", &R::fen), field("pieces", &R::pieces)};
};

template <>
struct Declaration<TenderSum> {
    using R = TenderSum;
    static constexpr std::string_view name = "tender_sum";
    static constexpr auto fields = std::tuple{field("kind", &R::kind), field("count", &R::count),
                                              field("amount_fen", &R::amount_fen)};
};

template <>
struct Declaration<ShiftClosed> {
    using R = ShiftClosed;
    static constexpr std::string_view name = "shift_closed";
    static constexpr auto fields = std::tuple{field("shift", &R::shift),
                                              field("z", &R::z),
                                              field("from_epoch", &R::from_epoch),
                                              field("from_seq", &R::from_seq),
                                              field("to_epoch", &R::to_epoch),
                                              field("to_seq", &R::to_seq),
                                              field("head", &R::head),
                                              field("sales", &R::sales),
                                              field("lines_fen", &R::lines_fen),
                                              field("returns_fen", &R::returns_fen),
                                              field("saved_fen", &R::saved_fen),
                                              field("rounding_fen", &R::rounding_fen),
                                              field("tenders", &R::tenders),
                                              field("float_fen", &R::float_fen),
                                              field("paid_in_fen", &R::paid_in_fen),
                                              field("paid_out_fen", &R::paid_out_fen),
                                              field("dropped_fen", &R::dropped_fen),
                                              field("expected_fen", &R::expected_fen),
                                              field("counted_fen", &R::counted_fen),
                                              field("counts", &R::counts),
                                              field("held", &R::held),
                                              field("approved_by", &R::approved_by)};
};

template <>
struct Declaration<DayClosed> {
    using R = DayClosed;
    static constexpr std::string_view name = "day_closed";
    static constexpr auto fields = std::tuple{field("day", &R::day), field("shifts", &R::shifts),
                                              field("sales_fen", &R::sales_fen)};
};

template <>
struct Declaration<PaymentBegun> {
    using R = PaymentBegun;
    static constexpr std::string_view name = "payment_begun";
    static constexpr auto fields = std::tuple{field("order", &R::order), field("kind", &R::kind),
                                              field("amount_fen", &R::amount_fen)};
};

template <>
struct Declaration<PaymentEnded> {
    using R = PaymentEnded;
    static constexpr std::string_view name = "payment_ended";
    static constexpr auto fields = std::tuple{field("order", &R::order), field("state", &R::state),
                                              field("reference", &R::reference)};
};

template <>
struct Declaration<StoredValueAdded> {
    using R = StoredValueAdded;
    static constexpr std::string_view name = "stored_value_added";
    static constexpr auto fields =
        std::tuple{field("member", &R::member), field("amount_fen", &R::amount_fen),
                   field("shift", &R::shift), field("tender", &R::tender)};
};

template <>
struct Declaration<BatchMarkedDown> {
    using R = BatchMarkedDown;
    static constexpr std::string_view name = "batch_marked_down";
    static constexpr auto fields =
        std::tuple{field("batch", &R::batch),         field("item", &R::item),
                   field("price_fen", &R::price_fen), field("labels", &R::labels),
                   field("reason", &R::reason),       field("approved_by", &R::approved_by)};
};

}  // namespace fangxin::sync
