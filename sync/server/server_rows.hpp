// The derived rows in the server's tables: every row written gets the next version, in commit
// order, so that a terminal can ask for all that is newer than what it has. Inside a transaction.
#pragma once

#include "sync/effects.hpp"
#include "sync/ops.hpp"
#include "sync/server/book.hpp"
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
        changed_.others = true;
        if constexpr (!std::is_same_v<R, Stock>) {
            changed_.tills = true;
            followed_ver_ = changed_.newest_ver;
        }
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
    void add_stock(const std::string& batch, std::int64_t delta_milli) override;
    void book(const Sale& sale, const Envelope& op) override;

  private:
    Changed changed_;
    std::int64_t start_ver_ = 0;
    std::int64_t followed_ver_ = 0;
};

}  // namespace fangxin::sync
