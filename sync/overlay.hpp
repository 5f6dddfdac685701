// What a terminal's own ops did, laid on top of the server's rows until the server has them and
// their rows have come back: its own work is visible at once and never flickers back (sync.md 8).
#pragma once

#include "sync/effects.hpp"
#include "sync/shop_reader.hpp"
#include "sync/store/row_table.hpp"

namespace fangxin::sync {

/// One table for all row types: the row as JSON, by table and key; `parent` is its index column.
inline constexpr std::string_view overlay_ddl =
    "CREATE TABLE IF NOT EXISTS overlay (tbl TEXT NOT NULL, key TEXT NOT NULL, "
    "parent TEXT NOT NULL, body TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, "
    "visible_at INTEGER, PRIMARY KEY (tbl, key)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS overlay_parent ON overlay(tbl, parent);";

template <Declared R>
std::optional<R> overlay_row(const std::string& body) {
    auto object = parse_strict_object(body);
    if (!object) return std::nullopt;
    auto row = from_json<R>(*object);
    if (!row) return std::nullopt;
    return std::move(*row);
}

template <Declared R>
std::vector<R> overlay_rows(Query& query) {
    std::vector<R> rows;
    while (query.step()) {
        if (auto row = overlay_row<R>(query.text(0))) rows.push_back(std::move(*row));
    }
    return rows;
}

template <Declared R>
std::optional<R> overlay_find(Database& database, std::string_view key) {
    Query query = database.query("SELECT body FROM overlay WHERE tbl = $1 AND key = $2");
    query.bind(Declaration<R>::name).bind(key);
    if (!query.step()) return std::nullopt;
    return overlay_row<R>(query.text(0));
}

/// Whether anything of this type lies on top: asked once where many rows are wanted.
template <Declared R>
bool overlay_has(Database& database) {
    Query query = database.query("SELECT 1 FROM overlay WHERE tbl = $1 LIMIT 1");
    query.bind(Declaration<R>::name);
    return query.step();
}

template <Declared R>
std::vector<R> overlay_of(Database& database, std::string_view parent) {
    Query query = database.query("SELECT body FROM overlay WHERE tbl = $1 AND parent = $2");
    query.bind(Declaration<R>::name).bind(parent);
    return overlay_rows<R>(query);
}

template <Declared R>
std::vector<R> overlay_all(Database& database) {
    Query query = database.query("SELECT body FROM overlay WHERE tbl = $1 ORDER BY key");
    query.bind(Declaration<R>::name);
    return overlay_rows<R>(query);
}

/// The rows of a terminal as effects see them: reads through the overlay, writes into it under the
/// op's number. Stock is not a terminal's business.
class OverlayRows : public DerivedRows {
  public:
    OverlayRows(Database& database, std::int64_t epoch, std::int64_t seq)
        : DerivedRows(database, ShopReader::Side::terminal), epoch_(epoch), seq_(seq) {}

    void put(const domain::Batch& row) override { lay(row, row.item); }
    void put(const domain::Block& row) override { lay(row, row.item); }
    void put(const Hold& row) override { lay(row, ""); }
    void put(const Complaint& row) override { lay(row, ""); }
    void put(const UnrecordedBatch& row) override { lay(row, row.item); }
    void put(const Attempt& row) override { lay(row, ""); }
    void put(const TerminalBlocks& row) override { lay(row, ""); }
    void put(const domain::Person& row) override { lay(row, ""); }
    void put(const Setting& row) override { lay(row, ""); }
    void put(const domain::Instrument& row) override { lay(row, ""); }
    void put(const domain::InstrumentState& row) override { lay(row, ""); }
    void put(const TerminalSetup& row) override { lay(row, ""); }
    void put(const TerminalDevice& row) override { lay(row, ""); }
    void put(const FaultTicket& row) override { lay(row, ""); }
    void put(const Change& row) override { lay(row, ""); }
    void put(const Shift& row) override { lay(row, ""); }
    void put(const BusinessDay& row) override { lay(row, ""); }
    void put(const MemberAccount& row) override { lay(row, ""); }
    void put(const ReturnedLine& row) override { lay(row, row.receipt); }
    void put(const VoucherUse& row) override { lay(row, ""); }
    void put(const Payment& row) override { lay(row, ""); }
    void put(const Markdown& row) override { lay(row, row.item); }
    void add_stock(const StockDelta&) override {}

  private:
    template <Declared R>
    void lay(const R& row, std::string_view parent) {
        Query query = database_.query(
            "INSERT OR REPLACE INTO overlay (tbl,key,parent,body,epoch,seq) "
            "VALUES ($1,$2,$3,$4,$5,$6)");
        query.bind(Declaration<R>::name)
            .bind(key_of_row(row))
            .bind(parent)
            .bind(json::serialize(to_json(row)))
            .bind(epoch_)
            .bind(seq_)
            .run();
    }

    std::int64_t epoch_;
    std::int64_t seq_;
};

}  // namespace fangxin::sync
