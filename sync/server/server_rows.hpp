// The derived rows in the server's tables: every row written gets the next version, in commit
// order, so that a terminal can ask for all that is newer than what it has. Inside a transaction.
#pragma once

#include "sync/effects.hpp"
#include "sync/ops.hpp"
#include "sync/server/book.hpp"
#include "sync/server/tombstones.hpp"
#include "sync/shop_reader.hpp"
#include "sync/store/meta.hpp"
#include "sync/store/row_table.hpp"

#include <string>

namespace fangxin::sync {

class ServerRows : public DerivedRows {
  public:
    explicit ServerRows(Database& database) : DerivedRows(database, ShopReader::Side::server) {
        changed_.newest_ver = newest_ver(database);
        start_ver_ = changed_.newest_ver;
    }

    /// Writes the version counter; call once before COMMIT.
    Changed finish() {
        if (changed_.newest_ver != start_ver_) {
            set_meta(database_, "ver", std::to_string(changed_.newest_ver));
        }
        return changed_;
    }
    /// The version at which everything that terminals follow shows what was done here.
    std::int64_t followed_ver() const { return followed_ver_; }

    template <Declared R>
    void put_any(const R& row) {
        put_row(database_, row, ++changed_.newest_ver);
        note<R>();
    }
    /// The row of this key is no more, at terminals too.
    template <Declared R>
    void remove(std::string_view key, std::int64_t now_ms) {
        delete_row<R>(database_, key);
        put_tombstone(database_, {Declaration<R>::name, key, ++changed_.newest_ver, now_ms});
        note<R>();
    }

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
    void add_stock(const StockDelta& delta) override;
    void wait_for_batch(const std::string& id) override { awaited_ = id; }
    void batch_arrived(const std::string& id) override { arrived_ = id; }
    /// The batch that the last op waits for, or has brought; empty: none.
    std::string take_awaited() { return std::exchange(awaited_, {}); }
    std::string take_arrived() { return std::exchange(arrived_, {}); }
    void count_repair(const std::string& terminal) override;
    void open_epoch(const std::string& terminal) override;
    void book(const Sale& sale, const Envelope& op) override;

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

    Changed changed_;
    std::string awaited_;
    std::string arrived_;
    std::int64_t start_ver_ = 0;
    std::int64_t followed_ver_ = 0;
};

}  // namespace fangxin::sync
