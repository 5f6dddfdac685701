// What an op changes in the derived rows: batch states, blocks, holds, complaints, stock. Written
// once; the server runs it over its tables, a terminal over the rows that lie on top of the
// server's until they come back from there. Single-threaded, inside the caller's transaction.
#pragma once

#include "sync/envelope.hpp"
#include "sync/records.hpp"
#include "sync/shop_reader.hpp"
#include "sync/store/meta.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::sync {

struct Sale;
struct TerminalApproved;
struct TerminalRefused;
struct TerminalRevoked;
struct OldRowsDropped;

/// Thousandths of the unit that come or go.
struct StockDelta {
    std::string batch;
    std::string item;
    std::int64_t milli = 0;
};

/// The derived rows as one side keeps them.
class DerivedRows {
  public:
    virtual ~DerivedRows() = default;

    std::optional<domain::Item> item(std::string_view code) {
        return about<domain::Item>().item(code);
    }
    virtual std::optional<domain::Batch> batch(std::string_view id) { return reader_.batch(id); }
    std::optional<domain::Block> block(std::string_view id) {
        return about<domain::Block>().block(id);
    }
    std::vector<domain::Batch> batches_of(std::string_view item) {
        return about<domain::Batch>().batches_of(item);
    }
    std::vector<domain::Block> blocks_of(std::string_view item) {
        return about<domain::Block>().blocks_of(item);
    }
    std::optional<Complaint> complaint(std::string_view id) {
        return about<Complaint>().complaint(id);
    }
    std::optional<Hold> hold(std::string_view id) { return about<Hold>().hold(id); }
    virtual std::vector<UnrecordedBatch> unrecorded_of(std::string_view item) {
        return reader_.unrecorded_of(item);
    }
    std::optional<domain::Person> person(std::string_view number) {
        return about<domain::Person>().person(number);
    }
    std::optional<Setting> setting(std::string_view key) {
        return about<Setting>().setting_row(key);
    }
    std::optional<domain::Instrument> instrument(std::string_view id) {
        return about<domain::Instrument>().instrument(id);
    }
    std::optional<domain::InstrumentState> instrument_state(std::string_view id) {
        return about<domain::InstrumentState>().instrument_state(id);
    }
    std::vector<domain::InstrumentState> instrument_states() {
        return about<domain::InstrumentState>().instrument_states();
    }
    std::optional<TerminalSetup> terminal_setup(std::string_view terminal) {
        return about<TerminalSetup>().terminal_setup(terminal);
    }
    std::optional<TerminalDevice> terminal_device(std::string_view id) {
        return about<TerminalDevice>().terminal_device(id);
    }
    std::vector<TerminalDevice> terminal_devices(std::string_view terminal) {
        return about<TerminalDevice>().terminal_devices(terminal);
    }
    std::optional<FaultTicket> fault(std::string_view id) { return about<FaultTicket>().fault(id); }
    std::optional<Shift> shift(std::string_view id) { return about<Shift>().shift(id); }
    std::optional<BusinessDay> business_day(std::string_view day) {
        return about<BusinessDay>().business_day(day);
    }
    std::optional<MemberAccount> member_account(std::string_view member) {
        return about<MemberAccount>().member_account(member);
    }
    std::optional<ReturnedLine> returned_line(std::string_view id) {
        return about<ReturnedLine>().returned_line(id);
    }
    std::optional<VoucherUse> voucher_use(std::string_view serial) {
        return about<VoucherUse>().voucher_use(serial);
    }
    std::optional<Payment> payment(std::string_view order) {
        return about<Payment>().payment(order);
    }
    std::optional<Markdown> markdown(std::string_view batch) {
        return about<Markdown>().markdown(batch);
    }
    /// Of the server, or of the one that this terminal's rows are from.
    std::int64_t server_epoch() { return meta_number(database_, "server_epoch"); }

    virtual void put(const domain::Batch& batch) = 0;
    virtual void put(const domain::Block& block) = 0;
    virtual void put(const Hold& hold) = 0;
    virtual void put(const Complaint& complaint) = 0;
    virtual void put(const UnrecordedBatch& batch) = 0;
    virtual void put(const Attempt& attempt) = 0;
    virtual void put(const TerminalBlocks& terminal) = 0;
    virtual void put(const domain::Person& person) = 0;
    virtual void put(const Setting& setting) = 0;
    virtual void put(const domain::Instrument& instrument) = 0;
    virtual void put(const domain::InstrumentState& state) = 0;
    virtual void put(const TerminalSetup& setup) = 0;
    virtual void put(const TerminalDevice& device) = 0;
    virtual void put(const FaultTicket& fault) = 0;
    virtual void put(const Change& change) = 0;
    virtual void put(const Shift& shift) = 0;
    virtual void put(const BusinessDay& day) = 0;
    virtual void put(const MemberAccount& account) = 0;
    virtual void put(const ReturnedLine& line) = 0;
    virtual void put(const VoucherUse& use) = 0;
    virtual void put(const Payment& payment) = 0;
    virtual void put(const Markdown& markdown) = 0;
    virtual void add_stock(const StockDelta& delta) = 0;
    /// What was done to something that is not on record waits until it is (`batch ID`, `hold ID`,
    /// `fault ID`, `shift ID`): after a backup was put back, terminals send again in any order.
    virtual void wait_for(const std::string& what) { (void)what; }
    virtual void arrived(const std::string& what) { (void)what; }
    /// It happened and is booked, but somebody has to see to it: the op is kept as flagged.
    virtual void flag(const std::string& why) { (void)why; }
    // What only the server keeps of its terminals.
    virtual void count_repair(const std::string&) {}
    virtual void open_epoch(const std::string&) {}
    virtual void decide(const TerminalApproved&, const Envelope&) {}
    virtual void decide(const TerminalRefused&, const Envelope&) {}
    virtual void decide(const TerminalRevoked&, const Envelope&) {}
    virtual void drop_old(const OldRowsDropped&, const Envelope&) {}
    /// The server keeps sales for reports and traces; a terminal has its receipts.
    virtual void book(const Sale&, const Envelope&) {}

  protected:
    DerivedRows(Database& database, ShopReader::Side side)
        : database_(database), reader_(database, side) {}

    /// Called before this table is read: what was put into it has to lie there now.
    virtual void settle(std::string_view) {}
    template <Declared R>
    ShopReader& about() {
        settle(Declaration<R>::name);
        return reader_;
    }

    Database& database_;
    ShopReader reader_;
};

/// What one fact does, for whoever has it at hand; for every type in AllOps.
template <class Op>
void apply_fact(DerivedRows& rows, const Op& fact, const Envelope& op);

/// Applies one op, read from its body. Codes: `bad_record` (the body is not what its kind
/// declares), `unknown_kind`.
Result<void> apply_effect(DerivedRows& rows, const Envelope& op);

/// An id that no other op's row has.
std::string own_id(const Envelope& op);

/// The id under which a batch of these identities is first booked; the same on every terminal, so
/// two handhelds that book one lot while apart book one batch.
std::string batch_id(std::string_view item, const domain::PackIdentity& identity,
                     std::string_view delivery);

}  // namespace fangxin::sync
