#include "sync/server/server_rows.hpp"

#include <algorithm>

namespace fangxin::sync {

namespace {

std::string day_minute_text(const std::optional<domain::DayMinute>& value) {
    return value ? domain::format_day_minute(*value) : "";
}

}  // namespace

/// Stock is a sum of deltas and may go negative: goods reach the shelf before they are booked. It
/// is summed for batches that are not on record too, or it would depend on who is heard first.
void ServerRows::add_stock(const StockDelta& delta) {
    Stock stock = reader_.stock(delta.batch).value_or(Stock{delta.batch, delta.item, 0});
    // What is sent must be below 2^53. A quantity is, so that a thousand of it still fit 63 bits.
    stock.quantity_milli = std::clamp(stock.quantity_milli + delta.milli, -json_integer_limit + 1,
                                      json_integer_limit - 1);
    put_any(stock);
    auto batch = reader_.batch(delta.batch);
    bool in_stock = stock.quantity_milli > 0;
    if (!batch || batch->in_stock == in_stock) return;
    batch->in_stock = in_stock;
    put_any(*batch);
}

/// A block's row is written again when its withdrawal is confirmed or it is lifted; a terminal has
/// it in force since the version at which it came into force: a quarantine may do so again.
void ServerRows::put(const domain::Block& row) {
    auto before = reader_.block(row.id);
    bool comes_into_force = !row.lifted && (!before || before->lifted);
    put_any(row);
    std::string_view first = comes_into_force ? "REPLACE" : "IGNORE";
    database_
        .query(fmt::format("INSERT OR {} INTO block_versions (block,ver) VALUES ($1,$2)", first))
        .bind(row.id)
        .bind(changed_.newest_ver)
        .run();
}

/// And when it was, for every step: the page of a recall tells how soon each terminal had it. What
/// is not numbered yet nobody can have; a server that was restored numbers it again.
void ServerRows::put(const TerminalBlocks& row) {
    const bool is_numbered = row.block_cursor <= changed_.newest_ver;
    put_any(row);
    if (!is_numbered) return;
    database_
        .query("INSERT OR IGNORE INTO block_acks (terminal,block_cursor,at_ms) VALUES ($1,$2,$3)")
        .bind(row.terminal)
        .bind(row.block_cursor)
        .bind(row.since_ms)
        .run();
}

void ServerRows::count_repair(const std::string& terminal) {
    database_.query("UPDATE known_terminals SET repairs = repairs + 1 WHERE terminal = $1")
        .bind(terminal)
        .run();
}

/// It begins when the terminal greets, for which its line is ended.
void ServerRows::open_epoch(const std::string& terminal) {
    database_
        .query(
            "UPDATE known_terminals SET conflict = '', opened_epoch = 1 + coalesce((SELECT "
            "max(epoch) FROM terminal_logs WHERE terminal_logs.terminal = $1), 1) "
            "WHERE terminal = $1")
        .bind(terminal)
        .run();
    changed_.greet_again.push_back(terminal);
}

void ServerRows::book(const Sale& sale, const Envelope& op) {
    database_
        .query(
            "INSERT INTO sales (terminal,epoch,seq,receipt,at_ms,person,total_fen,rounding_fen,"
            "paid_fen,change_fen,block_cursor) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)")
        .bind(op.terminal)
        .bind(op.epoch)
        .bind(op.seq)
        .bind(sale.receipt)
        .bind(op.at.utc_ms)
        .bind(op.person)
        .bind(sale.total_fen)
        .bind(sale.rounding_fen)
        .bind(sale.paid_fen)
        .bind(sale.change_fen)
        .bind(sale.block_cursor)
        .run();
    std::int64_t place =
        0;  // a till may have numbered two lines alike, and a sale is never refused
    for (const SaleLine& line : sale.lines) {
        database_
            .query(
                "INSERT INTO sale_lines (terminal,epoch,seq,place,line,item,batch,batch_basis,"
                "lot,production,expiry,quantity,net_mg,amount_fen) "
                "VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)")
            .bind(op.terminal)
            .bind(op.epoch)
            .bind(op.seq)
            .bind(++place)
            .bind(line.line)
            .bind(line.item)
            .bind(line.batch)
            .bind(domain::to_text(line.batch_basis))
            .bind(line.lot)
            .bind(day_minute_text(line.production))
            .bind(day_minute_text(line.expiry))
            .bind(line.quantity)
            .bind(line.net_mg.value_or(0))
            .bind(line.amount_fen)
            .run();
    }
}

}  // namespace fangxin::sync
