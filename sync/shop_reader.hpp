// The shop as a screen or a rule reads it: the server's rows, and on a terminal its own
// unacknowledged ops on top of them. Uses the connection that it was given; same thread.
#pragma once

#include "domain/verdict.hpp"
#include "sync/records.hpp"
#include "sync/store/database.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::sync {

struct FoundItem {
    domain::Item item;
    domain::Category category;
    std::int64_t quantity = 1;  ///< pieces that the code stands for
};

struct JudgeRequest {
    std::string item;
    domain::PackEvidence evidence;
    domain::StoreTime now;
    bool clock_unknown = false;
    bool age_confirmed = false;
};

class ShopReader {
  public:
    enum class Side { terminal, server };
    ShopReader(Database& database, Side side) : database_(database), side_(side) {}

    /// By GTIN (14 digits) or PLU as printed.
    std::optional<FoundItem> by_code(std::string_view code);
    std::optional<FoundItem> by_item(std::string_view item);
    /// Those that are known by a PLU, in the order of their codes: goods without a bar code.
    std::vector<domain::Item> items_by_plu();
    /// Of this category, or of all if it is empty, in the order of their codes.
    std::vector<domain::Item> items_of(std::string_view category, std::int64_t limit);
    std::int64_t items_in(std::string_view category);
    std::vector<domain::Barcode> codes_of(std::string_view item);
    std::vector<domain::Category> categories();
    /// Grows when goods or their codes change; less than before after a new server.
    std::int64_t goods_ver();

    std::optional<domain::Item> item(std::string_view code);
    std::optional<domain::Category> category(std::string_view code);
    std::optional<domain::Person> person(std::string_view number);
    bool has_people();
    std::optional<domain::Supplier> supplier(std::string_view code);
    std::vector<domain::Supplier> suppliers();
    std::vector<domain::SupplierPaper> papers_of(std::string_view supplier);
    /// Of this kind, or all if it is empty, in the order of their serial numbers.
    std::vector<domain::Instrument> instruments(std::string_view kind = "");
    std::optional<domain::Instrument> instrument(std::string_view id);
    std::optional<domain::InstrumentState> instrument_state(std::string_view id);
    std::vector<domain::InstrumentState> instrument_states();
    std::string setting(std::string_view key, std::string_view otherwise = "");
    /// One that is a number from 0; `otherwise` where it is not there or is none.
    std::int64_t number_setting(std::string_view key, std::int64_t otherwise);
    std::optional<Setting> setting_row(std::string_view key);
    std::vector<TerminalSetup> terminal_setups();
    std::optional<TerminalSetup> terminal_setup(std::string_view terminal);
    /// Of this terminal, or all if it is empty.
    std::vector<TerminalDevice> terminal_devices(std::string_view terminal = "");
    std::optional<TerminalDevice> terminal_device(std::string_view id);
    /// The oldest first; those that are fixed only if they were raised since then.
    std::vector<FaultTicket> faults(std::int64_t fixed_since_ms);
    /// Of this terminal, the oldest first: open or taken.
    std::vector<FaultTicket> unmended(std::string_view terminal);
    std::optional<FaultTicket> fault(std::string_view id);
    /// The latest first, of this subject or those that begin with it (`instrument:`).
    std::vector<Change> changes(std::string_view subject, std::int64_t limit);

    std::optional<domain::Batch> batch(std::string_view id);
    std::vector<domain::Batch> batches_of(std::string_view item);
    std::vector<domain::Batch> all_batches();
    /// Those that somebody may have to see to: they expire until this day, or on one that only
    /// their item tells, failed a test, or a block may be of them. None that are gone.
    std::vector<domain::Batch> watched_batches(domain::Date until);
    std::optional<domain::Block> block(std::string_view id);
    std::vector<domain::Block> blocks_of(std::string_view item);
    std::vector<domain::Block> all_blocks();
    std::optional<Hold> hold(std::string_view id);
    std::vector<Hold> holds();
    std::optional<Complaint> complaint(std::string_view id);
    std::vector<Complaint> complaints();
    std::vector<UnrecordedBatch> unrecorded();
    std::vector<UnrecordedBatch> unrecorded_of(std::string_view item);
    /// Since then, in the order of time; those that the server does not know yet come last.
    std::vector<Attempt> attempts(std::int64_t since_ms = 0);
    std::vector<TerminalBlocks> terminals();
    /// The block cursor from which on a terminal has this block in force; 0 while the server has
    /// not numbered it.
    std::int64_t cursor_of(std::string_view block);
    std::optional<Stock> stock(std::string_view batch);

    std::optional<domain::Member> member(std::string_view number);
    /// `tag`: phone_tag() of the number; `phone`: itself, where the store has no key.
    std::optional<domain::Member> member_by_phone(std::string_view tag, std::string_view phone);
    std::optional<MemberAccount> member_account(std::string_view member);
    std::optional<Shift> shift(std::string_view id);
    /// Of this business day, or all if it is empty, the oldest first.
    std::vector<Shift> shifts(std::string_view day);
    std::vector<Shift> open_shifts();
    std::optional<BusinessDay> business_day(std::string_view day);
    std::optional<ReturnedLine> returned_line(std::string_view id);
    std::vector<ReturnedLine> returned_of(std::string_view receipt);
    std::optional<Voucher> voucher(std::string_view serial);
    std::optional<VoucherUse> voucher_use(std::string_view serial);
    std::optional<Payment> payment(std::string_view order);
    /// The oldest first.
    std::vector<Payment> unknown_payments();
    std::optional<Markdown> markdown(std::string_view batch);

    /// Rules 2 over what the shop knows now. Never an answer from a table that could not be read:
    /// such an error comes back as one (fail closed).
    Result<domain::Verdict> judge(const JudgeRequest& request);
    /// A basket's lines in one go, in their order; what they share is read once.
    Result<std::vector<domain::Verdict>> judge_all(std::span<const JudgeRequest> requests);
    /// The date that a cashier keyed as MMDD for this item (rules 2.5).
    std::optional<domain::Date> date_keyed(std::string_view mmdd, const JudgeRequest& request);

  private:
    struct Shared;
    domain::Verdict judge_one(const JudgeRequest& request, Shared& shared);
    bool papers_out(std::string_view supplier, domain::Date today);
    template <class R>
    std::optional<R> find(std::string_view key);
    template <class R, class... Bound>
    std::vector<R> select(std::string_view tail, const Bound&... bound);
    /// Of an item; `on_top` false where nothing lies over rows of this type.
    template <class R>
    std::vector<R> of_item(std::string_view item, bool on_top);

    Database& database_;
    Side side_;
};

}  // namespace fangxin::sync
