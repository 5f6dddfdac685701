// Every reference record and derived row, declared once. To add one: its struct in domain/ (or here
// when it is no rule's business), its declaration, its place in `AllRows`. Tables, wire form and
// import follow.
#pragma once

#include "domain/batch.hpp"
#include "domain/goods.hpp"
#include "domain/people.hpp"
#include "domain/promotion.hpp"
#include "sync/checkout_records.hpp"
#include "sync/declaration.hpp"
#include "sync/equipment_records.hpp"

namespace fangxin::sync {

/// A named value of the shop: `shop_name`, `time_zone`, `test_shop` …
struct Setting {
    std::string key;
    std::string value;
};

/// A complaint as the shop works on it (COMP-1).
struct Complaint {
    std::string id;
    std::string state;  ///< `received` …
    std::string channel;
    std::string customer;
    std::string contact;
    std::string receipt;
    std::string item;
    std::string batch;
    std::string what;
    std::string severity;
    std::string taken_by;
    std::string terminal;
    std::int64_t taken_at_ms = 0;
    std::int64_t answer_due_ms = 0;
    std::string contact_sealed;  ///< what `contact` shows only a part of; the server alone opens it
};

/// A basket put aside (挂单). `body` is the basket as the till that held it wrote it.
struct Hold {
    std::string id;
    std::string terminal;
    std::string person;
    std::int64_t held_at_ms = 0;
    std::int64_t total_fen = 0;
    std::int64_t lines = 0;
    std::string body;
    std::string resumed_by;  ///< terminal that took it up again, empty while it waits
};

/// A pack was sold whose batch is on no record: receiving has to book it (rules 2.3).
struct UnrecordedBatch {
    std::string id;
    std::string item;
    std::string lot;
    std::optional<domain::DayMinute> production;
    std::optional<domain::DayMinute> expiry;
    std::int64_t first_seen_ms = 0;
    bool settled = false;
};

/// A sale that was refused (SAFE-3), for the list of blocked attempts.
struct Attempt {
    std::string id;
    std::string terminal;
    std::string person;
    std::int64_t at_ms = 0;
    std::string code;
    std::string item;
    std::string name;
    std::string batch;
    std::string reasons;  ///< worst first, `;` between them
};

/// Which blocks a terminal has in force, by its own word (SAFE-9).
struct TerminalBlocks {
    std::string terminal;
    std::int64_t block_cursor = 0;
    std::int64_t since_ms = 0;
};

/// Booked stock of a batch in thousandths of the unit; not sent to tills (sync.md).
struct Stock {
    std::string batch;
    std::string item;
    std::int64_t quantity_milli = 0;
};

template <>
struct Declaration<domain::Category> {
    using R = domain::Category;
    static constexpr std::string_view name = "categories";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "";
    static constexpr auto fields =
        std::tuple{field("code", &R::code),
                   field("name_zh", &R::name_zh),
                   field("name_en", &R::name_en),
                   field("batch_control", &R::batch_control),
                   field("temperature", &R::temperature),
                   field("near_expiry_days", &R::near_expiry_days),
                   field("share_of_life_percent", &R::share_of_life_percent),
                   field("label_standard", &R::label_standard),
                   field("papers", &R::papers),
                   field("open_food", &R::open_food),
                   field("minimum_age", &R::minimum_age)};
};

template <>
struct Declaration<domain::Item> {
    using R = domain::Item;
    static constexpr std::string_view name = "items";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "";
    static constexpr auto fields = std::tuple{field("code", &R::code),
                                              field("name_zh", &R::name_zh),
                                              field("name_en", &R::name_en),
                                              field("category", &R::category),
                                              field("unit", &R::unit),
                                              field("price_fen", &R::price_fen),
                                              field("vat_permille", &R::vat_permille),
                                              field("shelf_life", &R::shelf_life),
                                              field("date_printed", &R::date_printed),
                                              field("status", &R::status),
                                              field("marks", &R::marks),
                                              field("tare_mg", &R::tare_mg),
                                              field("supplier", &R::supplier),
                                              field("aisle", &R::aisle)};
};

template <>
struct Declaration<domain::Barcode> {
    using R = domain::Barcode;
    static constexpr std::string_view name = "barcodes";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "item";
    static constexpr auto fields = std::tuple{
        field("barcode", &R::barcode), field("item", &R::item), field("quantity", &R::quantity)};
};

template <>
struct Declaration<domain::Supplier> {
    using R = domain::Supplier;
    static constexpr std::string_view name = "suppliers";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "";
    static constexpr auto fields =
        std::tuple{field("code", &R::code), field("name", &R::name), field("phone", &R::phone)};
};

template <>
struct Declaration<domain::SupplierPaper> {
    using R = domain::SupplierPaper;
    static constexpr std::string_view name = "supplier_papers";
    static constexpr std::size_t keys = 3;
    static constexpr std::string_view index = "";
    static constexpr auto fields =
        std::tuple{field("supplier", &R::supplier), field("kind", &R::kind),
                   field("number", &R::number), field("from", &R::from), field("until", &R::until)};
};

template <>
struct Declaration<domain::Person> {
    using R = domain::Person;
    static constexpr std::string_view name = "people";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "";
    static constexpr auto fields = std::tuple{field("number", &R::number),
                                              field("name", &R::name),
                                              field("role", &R::role),
                                              field("pin_verifier", &R::pin_verifier),
                                              field("health_until", &R::health_until),
                                              field("training_until", &R::training_until),
                                              field("locked", &R::locked)};
};

template <>
struct Declaration<domain::Member> {
    using R = domain::Member;
    static constexpr std::string_view name = "members";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "phone_tag";
    static constexpr auto fields = std::tuple{field("number", &R::number),
                                              field("phone", &R::phone),
                                              field("name", &R::name),
                                              field("points", &R::points),
                                              field("phone_tag", &R::phone_tag, 5),
                                              field("phone_sealed", &R::phone_sealed, 5)};
};

template <>
struct Declaration<domain::Promotion> {
    using R = domain::Promotion;
    static constexpr std::string_view name = "promotions";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "";
    static constexpr auto fields = std::tuple{field("id", &R::id),
                                              field("kind", &R::kind),
                                              field("from", &R::from),
                                              field("until", &R::until),
                                              field("days", &R::days),
                                              field("hours", &R::hours),
                                              field("items", &R::items),
                                              field("categories", &R::categories),
                                              field("member", &R::member),
                                              field("buy", &R::buy),
                                              field("get", &R::get),
                                              field("percent", &R::percent),
                                              field("amount_fen", &R::amount_fen),
                                              field("threshold_fen", &R::threshold_fen),
                                              field("limit", &R::limit),
                                              field("stackable", &R::stackable),
                                              field("name_zh", &R::name_zh),
                                              field("name_en", &R::name_en)};
};

template <>
struct Declaration<Setting> {
    static constexpr std::string_view name = "settings";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "";
    static constexpr auto fields =
        std::tuple{field("key", &Setting::key), field("value", &Setting::value)};
};

template <>
struct Declaration<domain::Batch> {
    using R = domain::Batch;
    static constexpr std::string_view name = "batches";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "item";
    static constexpr auto fields =
        std::tuple{field("id", &R::id),
                   field("item", &R::item),
                   field("lot", &R::lot),
                   field("production", &R::production),
                   field("expiry", &R::expiry),
                   field("received", &R::received),
                   field("supplier", &R::supplier),
                   field("decision", &R::decision),
                   field("test", &R::test),
                   field("private_brand", &R::private_brand),
                   field("withdrawal_confirmed", &R::withdrawal_confirmed),
                   field("in_stock", &R::in_stock)};
};

template <>
struct Declaration<domain::Block> {
    using R = domain::Block;
    static constexpr std::string_view name = "blocks";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "item";
    static constexpr auto fields =
        std::tuple{field("id", &R::id),
                   field("kind", &R::kind),
                   field("item", &R::item),
                   field("batch", &R::batch),
                   field("lot", &R::lot),
                   field("from", &R::from),
                   field("to", &R::to),
                   field("level", &R::level),
                   field("reason", &R::reason),
                   field("made_by", &R::made_by),
                   field("made_at_ms", &R::made_at_ms),
                   field("withdrawal_confirmed", &R::withdrawal_confirmed),
                   field("lifted", &R::lifted)};
};

template <>
struct Declaration<Complaint> {
    using R = Complaint;
    static constexpr std::string_view name = "complaints";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "";
    static constexpr auto fields = std::tuple{field("id", &R::id),
                                              field("state", &R::state),
                                              field("channel", &R::channel),
                                              field("customer", &R::customer),
                                              field("contact", &R::contact),
                                              field("receipt", &R::receipt),
                                              field("item", &R::item),
                                              field("batch", &R::batch),
                                              field("what", &R::what),
                                              field("severity", &R::severity),
                                              field("taken_by", &R::taken_by),
                                              field("terminal", &R::terminal),
                                              field("taken_at_ms", &R::taken_at_ms),
                                              field("answer_due_ms", &R::answer_due_ms),
                                              field("contact_sealed", &R::contact_sealed, 5)};
};

template <>
struct Declaration<Hold> {
    using R = Hold;
    static constexpr std::string_view name = "holds";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "";
    static constexpr auto fields = std::tuple{field("id", &R::id),
                                              field("terminal", &R::terminal),
                                              field("person", &R::person),
                                              field("held_at_ms", &R::held_at_ms),
                                              field("total_fen", &R::total_fen),
                                              field("lines", &R::lines),
                                              field("body", &R::body),
                                              field("resumed_by", &R::resumed_by)};
};

template <>
struct Declaration<UnrecordedBatch> {
    using R = UnrecordedBatch;
    static constexpr std::string_view name = "unrecorded_batches";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "item";
    static constexpr auto fields =
        std::tuple{field("id", &R::id),          field("item", &R::item),
                   field("lot", &R::lot),        field("production", &R::production),
                   field("expiry", &R::expiry),  field("first_seen_ms", &R::first_seen_ms),
                   field("settled", &R::settled)};
};

template <>
struct Declaration<Attempt> {
    using R = Attempt;
    static constexpr std::string_view name = "attempts";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "";
    static constexpr auto fields = std::tuple{
        field("id", &R::id),       field("terminal", &R::terminal), field("person", &R::person),
        field("at_ms", &R::at_ms), field("code", &R::code),         field("item", &R::item),
        field("name", &R::name),   field("batch", &R::batch),       field("reasons", &R::reasons)};
};

template <>
struct Declaration<TerminalBlocks> {
    using R = TerminalBlocks;
    static constexpr std::string_view name = "terminals";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "";
    static constexpr auto fields =
        std::tuple{field("terminal", &R::terminal), field("block_cursor", &R::block_cursor),
                   field("since_ms", &R::since_ms)};
};

template <>
struct Declaration<Stock> {
    static constexpr std::string_view name = "stock";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "item";
    static constexpr auto fields =
        std::tuple{field("batch", &Stock::batch), field("item", &Stock::item),
                   field("quantity_milli", &Stock::quantity_milli)};
};

/// Blocks are not here: they have their own lane, ahead of these.
using AllRows =
    std::tuple<Setting, domain::Category, domain::Person, domain::Item, domain::Barcode,
               domain::Batch, domain::Supplier, domain::SupplierPaper, domain::Instrument,
               domain::InstrumentState, domain::Promotion, domain::Member, Voucher, Complaint, Hold,
               UnrecordedBatch, Attempt, TerminalBlocks, TerminalSetup, TerminalDevice, FaultTicket,
               Change, Shift, BusinessDay, MemberAccount, ReturnedLine, VoucherUse, Payment,
               Markdown, Stock>;

/// Tills do not follow stock (sync.md): it changes with every line that any of them sells.
template <class R>
constexpr bool follows(std::string_view role) {
    return !std::is_same_v<R, Stock> || role != "till";
}

template <class Visit>
constexpr void for_each_row_type(Visit&& visit) {
    [&]<class... R>(std::tuple<R...>*) {
        (visit.template operator()<R>(), ...);
    }(static_cast<AllRows*>(nullptr));
}

}  // namespace fangxin::sync
