// Every fact that a terminal can journal, declared once. An op is never changed after it was
// written; its body is hashed and stored as the bytes that were sent. To add one: its struct, its
// declaration with the kind as name, its place in `AllOps`, its effect in sync/effects.cpp.
#pragma once

#include "domain/batch.hpp"
#include "sync/checkout_ops.hpp"
#include "sync/declaration.hpp"
#include "sync/enrolment_ops.hpp"
#include "sync/equipment_ops.hpp"
#include "sync/log_ops.hpp"
#include "sync/records.hpp"

#include <vector>

namespace fangxin::sync {

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

using AllOps = std::tuple<
    Sale, SaleRefused, BlocksApplied, BatchReceived, BatchQuarantined, BatchReleased,
    BatchWithdrawn, BatchCorrected, BatchTested, RecallMade, BlockLifted, ComplaintTaken,
    BasketHeld, BasketResumed, SaleVoided, LoggedIn, LoggedOut, LoginFailed, AccountOpened,
    ClockEvent, DeviceEvent, ReceiptReprinted, TableRepaired, BlockKept, EpochOpened, BookRestored,
    OpReplayed, TableRebuilt, LogKeyKnown, OldRowsDropped, ContactShown, ShiftOpened, CashMoved,
    DrawerOpened, ShiftClosed, DayClosed, PaymentBegun, PaymentEnded, StoredValueAdded,
    BatchMarkedDown, InstrumentSet, ScaleBound, ScaleChecked, ScaleTold, SettingSet, TerminalTold,
    FaultRaised, FaultTaken, FaultPassed, FaultFixed, EnrolmentOpened, EnrolmentAsked,
    EnrolmentFailed, TerminalApproved, TerminalRefused, TerminalRevoked, CertificateIssued>;

}  // namespace fangxin::sync
