// Every fact that a terminal can journal, declared once. An op is never changed after it was
// written; its body is hashed and stored as the bytes that were sent. To add one: its struct, its
// declaration with the kind as name, its place in `AllOps`, its effect in sync/effects.cpp.
#pragma once

#include "domain/batch.hpp"
#include "domain/verdict.hpp"
#include "sync/declaration.hpp"
#include "sync/enrolment_ops.hpp"
#include "sync/equipment_ops.hpp"
#include "sync/log_ops.hpp"
#include "sync/records.hpp"

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
};

struct Tender {
    std::string kind;  ///< `cash`
    std::int64_t amount_fen = 0;
};

struct Sale {
    std::string receipt;
    std::vector<SaleLine> lines;
    std::int64_t total_fen = 0;
    std::int64_t rounding_fen = 0;  ///< 抹零, forgiven by the shop
    std::int64_t paid_fen = 0;
    std::int64_t change_fen = 0;
    std::vector<Tender> tenders;
    std::int64_t block_cursor = 0;  ///< what the till knew of blocks when it sold
    bool online = false;
    std::string hold;  ///< the held basket that this sale came from
};

struct SaleRefused {  // SAFE-3: the attempt is journalled
    std::string code;
    std::string item;
    std::string name;
    std::string batch;
    std::string lot;
    std::vector<domain::Reason> reasons;
};

struct BlocksApplied {  // SAFE-9
    std::int64_t block_cursor = 0;
    /// Whose number that is: a server that was set back to a backup numbers anew.
    std::optional<std::int64_t> server_epoch;
};

struct BatchReceived {
    std::string batch;
    std::string item;
    std::string lot;
    std::optional<domain::DayMinute> production;
    std::optional<domain::DayMinute> expiry;
    std::string supplier;
    std::int64_t quantity_milli = 0;
    domain::Decision decision = domain::Decision::inspecting;
    domain::PrivateBrandInspection private_brand = domain::PrivateBrandInspection::not_private;
    domain::TestResult test = domain::TestResult::none;
    std::optional<domain::Date> received;
    std::string approved_by;  ///< who let goods late in their life come in (RECV-6)
};

struct BatchQuarantined {
    std::string batch;
    std::string item;
    std::string reason;
    std::string approved_by;  ///< second person, where the role needs one (rules 8)
};

struct BatchReleased {
    std::string batch;
    std::string reason;
};

struct BatchWithdrawn {
    std::string batch;  ///< or the block's id, for packs of lots on no record
    std::int64_t quantity_milli = 0;
    std::string approved_by;  ///< second person, where the role needs one (rules 8)
};

struct BatchCorrected {
    std::string batch;
    std::optional<std::string> lot;
    std::optional<domain::DayMinute> production;
    std::optional<domain::DayMinute> expiry;
    std::string reason;
    std::string photo;
    std::string old_values;
};

struct BatchTested {
    std::string batch;
    domain::TestResult result = domain::TestResult::none;
    std::string kind;
    std::string method;
};

struct RecallMade {
    std::string block;
    std::string item;
    std::string lot;
    std::optional<domain::Date> from;
    std::optional<domain::Date> to;
    domain::RecallLevel level = domain::RecallLevel::none;
    std::string reason;
    std::string approved_by;  ///< second person, where the role needs one (rules 8)
    std::string batch;        ///< one batch alone, where neither lot nor dates tell it from others
};

struct BlockLifted {
    std::string block;
    std::string reason;
};

struct ComplaintTaken {
    std::string complaint;
    std::string channel;
    std::string customer;
    std::string contact;
    std::string receipt;
    std::string item;
    std::string batch;
    std::string what;
    std::string severity;
    std::string contact_sealed;  ///< all of it, where `contact` shows a part (sync/sealed_text.hpp)
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

struct LoggedIn {
    std::string terminal_role;
    bool offline = false;
};

struct LoggedOut {
    std::string why;
};

struct LoginFailed {
    std::string number;
    bool account_locked = false;
};

struct AccountOpened {  // a locked one, by the account administrator (rules 8)
    std::string number;
};

struct ClockEvent {
    std::string what;  ///< `set` `jump` `confirmed` `started_offline`
    std::int64_t was_ms = 0;
    std::int64_t is_ms = 0;
};

struct DeviceEvent {
    std::string device;
    std::string what;  ///< `lost` `found` `refused` …
    std::string detail;
};

struct ReceiptReprinted {
    std::string receipt;
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
                                              field("promotions", &R::promotions, 5)};
};

template <>
struct Declaration<Tender> {
    static constexpr std::string_view name = "tender";
    static constexpr auto fields =
        std::tuple{field("kind", &Tender::kind), field("amount_fen", &Tender::amount_fen)};
};

template <>
struct Declaration<Sale> {
    using R = Sale;
    static constexpr std::string_view name = "sale";
    static constexpr auto fields =
        std::tuple{field("receipt", &R::receipt),     field("lines", &R::lines),
                   field("total_fen", &R::total_fen), field("rounding_fen", &R::rounding_fen),
                   field("paid_fen", &R::paid_fen),   field("change_fen", &R::change_fen),
                   field("tenders", &R::tenders),     field("block_cursor", &R::block_cursor),
                   field("online", &R::online),       field("hold", &R::hold)};
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
struct Declaration<BlocksApplied> {
    static constexpr std::string_view name = "blocks_applied";
    static constexpr auto fields = std::tuple{field("block_cursor", &BlocksApplied::block_cursor),
                                              field("server_epoch", &BlocksApplied::server_epoch)};
};

template <>
struct Declaration<BatchReceived> {
    using R = BatchReceived;
    static constexpr std::string_view name = "batch_received";
    static constexpr auto fields = std::tuple{field("batch", &R::batch),
                                              field("item", &R::item),
                                              field("lot", &R::lot),
                                              field("production", &R::production),
                                              field("expiry", &R::expiry),
                                              field("supplier", &R::supplier),
                                              field("quantity_milli", &R::quantity_milli),
                                              field("decision", &R::decision),
                                              field("private_brand", &R::private_brand),
                                              field("test", &R::test),
                                              field("received", &R::received),
                                              field("approved_by", &R::approved_by, 2)};
};

template <>
struct Declaration<BatchQuarantined> {
    using R = BatchQuarantined;
    static constexpr std::string_view name = "batch_quarantined";
    static constexpr auto fields =
        std::tuple{field("batch", &R::batch), field("item", &R::item), field("reason", &R::reason),
                   field("approved_by", &R::approved_by, 2)};
};

template <>
struct Declaration<BatchReleased> {
    using R = BatchReleased;
    static constexpr std::string_view name = "batch_released";
    static constexpr auto fields =
        std::tuple{field("batch", &R::batch), field("reason", &R::reason)};
};

template <>
struct Declaration<BatchWithdrawn> {
    using R = BatchWithdrawn;
    static constexpr std::string_view name = "batch_withdrawn";
    static constexpr auto fields =
        std::tuple{field("batch", &R::batch), field("quantity_milli", &R::quantity_milli),
                   field("approved_by", &R::approved_by)};
};

template <>
struct Declaration<BatchCorrected> {
    using R = BatchCorrected;
    static constexpr std::string_view name = "batch_corrected";
    static constexpr auto fields =
        std::tuple{field("batch", &R::batch),           field("lot", &R::lot),
                   field("production", &R::production), field("expiry", &R::expiry),
                   field("reason", &R::reason),         field("photo", &R::photo),
                   field("old_values", &R::old_values)};
};

template <>
struct Declaration<BatchTested> {
    using R = BatchTested;
    static constexpr std::string_view name = "batch_tested";
    static constexpr auto fields =
        std::tuple{field("batch", &R::batch), field("result", &R::result), field("kind", &R::kind),
                   field("method", &R::method)};
};

template <>
struct Declaration<RecallMade> {
    using R = RecallMade;
    static constexpr std::string_view name = "recall_made";
    static constexpr auto fields =
        std::tuple{field("block", &R::block),   field("item", &R::item),
                   field("lot", &R::lot),       field("from", &R::from),
                   field("to", &R::to),         field("level", &R::level),
                   field("reason", &R::reason), field("approved_by", &R::approved_by),
                   field("batch", &R::batch, 2)};
};

template <>
struct Declaration<BlockLifted> {
    using R = BlockLifted;
    static constexpr std::string_view name = "block_lifted";
    static constexpr auto fields =
        std::tuple{field("block", &R::block), field("reason", &R::reason)};
};

template <>
struct Declaration<ComplaintTaken> {
    using R = ComplaintTaken;
    static constexpr std::string_view name = "complaint_taken";
    static constexpr auto fields = std::tuple{
        field("complaint", &R::complaint), field("channel", &R::channel),
        field("customer", &R::customer),   field("contact", &R::contact),
        field("receipt", &R::receipt),     field("item", &R::item),
        field("batch", &R::batch),         field("what", &R::what),
        field("severity", &R::severity),   field("contact_sealed", &R::contact_sealed, 5)};
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
struct Declaration<LoggedIn> {
    using R = LoggedIn;
    static constexpr std::string_view name = "logged_in";
    static constexpr auto fields =
        std::tuple{field("terminal_role", &R::terminal_role), field("offline", &R::offline)};
};

template <>
struct Declaration<LoggedOut> {
    static constexpr std::string_view name = "logged_out";
    static constexpr auto fields = std::tuple{field("why", &LoggedOut::why)};
};

template <>
struct Declaration<LoginFailed> {
    using R = LoginFailed;
    static constexpr std::string_view name = "login_failed";
    static constexpr auto fields =
        std::tuple{field("number", &R::number), field("account_locked", &R::account_locked)};
};

template <>
struct Declaration<AccountOpened> {
    static constexpr std::string_view name = "account_opened";
    static constexpr auto fields = std::tuple{field("number", &AccountOpened::number)};
};

template <>
struct Declaration<ClockEvent> {
    using R = ClockEvent;
    static constexpr std::string_view name = "clock";
    static constexpr auto fields =
        std::tuple{field("what", &R::what), field("was_ms", &R::was_ms), field("is_ms", &R::is_ms)};
};

template <>
struct Declaration<DeviceEvent> {
    using R = DeviceEvent;
    static constexpr std::string_view name = "device";
    static constexpr auto fields = std::tuple{field("device", &R::device), field("what", &R::what),
                                              field("detail", &R::detail)};
};

template <>
struct Declaration<ReceiptReprinted> {
    static constexpr std::string_view name = "receipt_reprinted";
    static constexpr auto fields = std::tuple{field("receipt", &ReceiptReprinted::receipt)};
};

using AllOps =
    std::tuple<Sale, SaleRefused, BlocksApplied, BatchReceived, BatchQuarantined, BatchReleased,
               BatchWithdrawn, BatchCorrected, BatchTested, RecallMade, BlockLifted, ComplaintTaken,
               BasketHeld, BasketResumed, SaleVoided, LoggedIn, LoggedOut, LoginFailed,
               AccountOpened, ClockEvent, DeviceEvent, ReceiptReprinted, TableRepaired, BlockKept,
               EpochOpened, BookRestored, OpReplayed, TableRebuilt, LogKeyKnown, OldRowsDropped,
               ContactShown, InstrumentSet, ScaleBound, ScaleChecked, ScaleTold, SettingSet,
               TerminalTold, FaultRaised, FaultTaken, FaultPassed, FaultFixed, EnrolmentOpened,
               EnrolmentAsked, EnrolmentFailed, TerminalApproved, TerminalRefused, TerminalRevoked,
               CertificateIssued>;

}  // namespace fangxin::sync
