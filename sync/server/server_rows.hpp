// The derived rows in the server's tables: every row written gets the next version, in commit
// order, so that a terminal can ask for all that is newer than what it has. Inside a transaction,
// and short: what is put is written when its table is read or at finish(), many rows at a time, for
// with a database server each statement is a round trip. A row that is put twice is written once,
// with its last version: exactly what two writes would have left.
#pragma once

#include "sync/effects.hpp"
#include "sync/ops.hpp"
#include "sync/server/book.hpp"
#include "sync/server/tombstones.hpp"
#include "sync/shop_reader.hpp"
#include "sync/store/meta.hpp"
#include "sync/store/row_table.hpp"

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace fangxin::sync {

/// Bytes of a key or of a column that rows are found by: PostgreSQL's index takes 2,704 in all
/// (nbtree.h, BTMaxItemSize). The same limit holds on SQLite.
inline constexpr std::size_t key_limit = 1000;

/// What some ops are about: read in one go before they are applied. May name what is not there.
struct OpSubjects {
    std::vector<std::string> batches;
    std::vector<std::string> items;  ///< whose unrecorded batches are asked for
};

class ServerRows : public DerivedRows {
  public:
    explicit ServerRows(Database& database);

    /// Writes what waits and the version counter, and tells other processes; call once before
    /// COMMIT.
    Changed finish();
    /// The version at which everything that terminals follow shows what was done here.
    std::int64_t followed_ver() const { return followed_ver_; }

    void expect(const OpSubjects& subjects);

    template <Declared R>
    void put_any(const R& row) {
        std::get<Waiting<R>>(waiting_)[key_of_row(row)] = {row, ++changed_.newest_ver};
        remember(row);
        note<R>();
    }
    /// The row of this key is no more, at terminals too.
    template <Declared R>
    void remove(const std::string& key, std::int64_t now_ms) {
        std::get<Waiting<R>>(waiting_).erase(key);
        forget<R>(key);
        delete_row<R>(database_, key);
        put_tombstone(database_, {Declaration<R>::name, key, ++changed_.newest_ver, now_ms});
        note<R>();
    }

    std::optional<domain::Batch> batch(std::string_view id) override;
    std::vector<UnrecordedBatch> unrecorded_of(std::string_view item) override;

    void put(const domain::Batch& row) override { put_any(row); }
    void put(const domain::Block& row) override;
    void put(const Hold& row) override { put_any(row); }
    void put(const Complaint& row) override { put_any(row); }
    void put(const UnrecordedBatch& row) override { put_any(row); }
    void put(const Attempt& row) override { put_any(row); }
    void put(const TerminalBlocks& row) override;
    void put(const domain::Person& row) override { put_any(row); }
    void put(const Setting& row) override { put_any(row); }
    void put(const domain::Instrument& row) override { put_any(row); }
    void put(const domain::InstrumentState& row) override { put_any(row); }
    void put(const TerminalSetup& row) override { put_any(row); }
    void put(const TerminalDevice& row) override { put_any(row); }
    void put(const FaultTicket& row) override { put_any(row); }
    void put(const Change& row) override { put_any(row); }
    void put(const Shift& row) override { put_any(row); }
    void put(const BusinessDay& row) override { put_any(row); }
    void put(const MemberAccount& row) override { put_any(row); }
    void put(const ReturnedLine& row) override { put_any(row); }
    void put(const VoucherUse& row) override { put_any(row); }
    void put(const Payment& row) override { put_any(row); }
    void put(const Markdown& row) override { put_any(row); }
    void add_stock(const StockDelta& delta) override;
    void wait_for(const std::string& what) override { awaited_ = what; }
    void arrived(const std::string& what) override { arrived_ = what; }
    void flag(const std::string& why) override { flagged_ = why; }
    /// What the last op waits for, or has brought; empty: nothing.
    std::string take_awaited() { return std::exchange(awaited_, {}); }
    std::string take_arrived() { return std::exchange(arrived_, {}); }
    /// Why somebody has to see to the last op.
    std::string take_flagged() { return std::exchange(flagged_, {}); }
    void count_repair(const std::string& terminal) override;
    void open_epoch(const std::string& terminal) override;
    /// Its log is not taken any more, until somebody opens another for it.
    bool has_parted(const std::string& terminal);
    void decide(const TerminalApproved& approved, const Envelope& op) override;
    void decide(const TerminalRefused& refused, const Envelope& op) override;
    void decide(const TerminalRevoked& revoked, const Envelope& op) override;
    void drop_old(const OldRowsDropped& dropped, const Envelope& op) override;  // old_rows.cpp
    void book(const Sale& sale, const Envelope& op) override;
    /// The part of book() that books of before schema 6 have not.
    void book_tenders(const Sale& sale, const Envelope& op);

  protected:
    void settle(std::string_view table) override;

  private:
    template <Declared R>
    void note() {
        constexpr Pace pace = std::is_same_v<R, Stock>            ? Pace::calm
                              : std::is_same_v<R, TerminalBlocks> ? Pace::steady
                                                                  : Pace::at_once;
        changed_.others = std::max(changed_.others, pace);
        if (!follows<R>("till")) return;
        changed_.tills = std::max(changed_.tills, pace);
        followed_ver_ = changed_.newest_ver;
    }
    template <Declared R>
    void forget(const std::string& key) {
        if constexpr (std::is_same_v<R, domain::Batch>) batches_.erase(key);
        if constexpr (std::is_same_v<R, Stock>) stocks_.erase(key);
        if constexpr (std::is_same_v<R, UnrecordedBatch>) unrecorded_.clear();
    }
    template <class R>
    struct Numbered {
        R row;
        std::int64_t ver = 0;
    };
    /// By key.
    template <class R>
    using Waiting = std::map<std::string, Numbered<R>>;
    template <class... R>
    static std::tuple<Waiting<domain::Block>, Waiting<R>...> waiting_of(std::tuple<R...>*);
    using AllWaiting = decltype(waiting_of(static_cast<AllRows*>(nullptr)));

    template <class R>
    void write(Waiting<R>& waiting);
    template <class R>
    void remember(const R&) {}
    void remember(const domain::Batch& row) { batches_[row.id] = row; }
    void remember(const Stock& row) { stocks_[row.batch] = row; }
    void remember(const UnrecordedBatch& row);
    /// Until it is put again; null: not there.
    const domain::Batch* known_batch(const std::string& id);
    const std::optional<Stock>& stock(const std::string& batch);

    Changed changed_;
    std::string awaited_;
    std::string arrived_;
    std::string flagged_;
    std::int64_t followed_ver_ = 0;
    AllWaiting waiting_;
    RowBatch sales_;
    RowBatch sale_lines_;
    RowBatch sale_tenders_;
    RowBatch block_acks_;
    // As they are with what waits; nullopt: not there.
    std::unordered_map<std::string, std::optional<domain::Batch>> batches_;
    std::unordered_map<std::string, std::optional<Stock>> stocks_;
    std::unordered_map<std::string, std::vector<UnrecordedBatch>> unrecorded_;  // by item
};

}  // namespace fangxin::sync
