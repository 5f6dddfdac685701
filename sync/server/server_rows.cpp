#include "sync/server/server_rows.hpp"

#include "sync/server/book_news.hpp"
#include "sync/server/identities.hpp"
#include "sync/server/sales_tables.hpp"

#include <algorithm>

namespace fangxin::sync {

namespace {

using enum ColumnKind;

std::string day_minute_text(const std::optional<domain::DayMinute>& value) {
    return value ? domain::format_day_minute(*value) : "";
}

const RowShape& sale_shape() {
    static const RowShape shape("sales", sale_columns());
    return shape;
}

const RowShape& sale_line_shape() {
    static const RowShape shape("sale_lines", sale_line_columns());
    return shape;
}

const RowShape& sale_tender_shape() {
    static const RowShape shape("sale_tenders", sale_tender_columns());
    return shape;
}

const RowShape& block_ack_shape() {
    static const RowShape shape("block_acks",
                                {{"terminal", text}, {"block_cursor", integer}, {"at_ms", integer}},
                                "ON CONFLICT (terminal, block_cursor) DO NOTHING");
    return shape;
}

void keep_short(Database& database, std::string_view what, std::size_t bytes) {
    if (bytes > key_limit) database.refuse(fmt::format("{} of {} bytes", what, bytes));
}

/// Those that are not in `known` yet, each once.
template <class Known>
std::vector<std::string> unknown_of(const std::vector<std::string>& wanted, Known& known) {
    std::vector<std::string> unknown;
    for (const std::string& each : wanted) {
        if (known.try_emplace(each).second) unknown.push_back(each);
    }
    return unknown;
}

template <Declared R, class Use>
void for_rows_of(Database& database, std::string_view column, const std::vector<std::string>& keys,
                 std::string_view order, Use use) {
    if (keys.empty()) return;
    Query query = database.query(
        select_sql<R>(fmt::format("WHERE {} {}", database.is_one_of(column, 1), order)));
    query.bind_list(keys);
    while (query.step())
        use(read_row<R>(query));
}

}  // namespace

ServerRows::ServerRows(Database& database)
    : DerivedRows(database, ShopReader::Side::server),
      sales_(database, sale_shape()),
      sale_lines_(database, sale_line_shape()),
      sale_tenders_(database, sale_tender_shape()),
      block_acks_(database, block_ack_shape()) {
    changed_.newest_ver = changed_.after_ver = newest_ver(database);
}

template <class R>
void ServerRows::write(Waiting<R>& waiting) {
    if (waiting.empty()) return;
    RowBatch batch(database_, row_shape<R>());
    for (const auto& [key, numbered] : waiting) {
        keep_short(database_, Declaration<R>::name, key.size());
        for_each_field<R>([&](const auto& f) {
            if constexpr (std::is_convertible_v<decltype(numbered.row.*(f.pointer)), std::string>) {
                if (f.name == Declaration<R>::index)
                    keep_short(database_, f.name, (numbered.row.*(f.pointer)).size());
            }
        });
        bind_row(batch, numbered.row, numbered.ver);
        batch.end_row();
    }
    batch.flush();
    waiting.clear();
}

void ServerRows::settle(std::string_view table) {
    std::apply(
        [&]<class... R>(Waiting<R>&... waiting) {
            (void)((Declaration<R>::name == table ? (write(waiting), true) : false) || ...);
        },
        waiting_);
}

Changed ServerRows::finish() {
    std::apply([&](auto&... waiting) { (write(waiting), ...); }, waiting_);
    sales_.flush();
    sale_lines_.flush();
    sale_tenders_.flush();
    block_acks_.flush();
    if (changed_.newest_ver != changed_.after_ver) {
        set_meta(database_, "ver", std::to_string(changed_.newest_ver));
        database_.tell(news_of(changed_));
    }
    for (const std::string& terminal : changed_.greet_again)
        database_.tell(news_of_greeting(terminal));
    return changed_;
}

void ServerRows::expect(const OpSubjects& subjects) {
    const auto batches = unknown_of(subjects.batches, batches_);
    for_rows_of<domain::Batch>(database_, "id", batches, "",
                               [&](domain::Batch row) { batches_[row.id] = std::move(row); });
    const auto stocks = unknown_of(subjects.batches, stocks_);
    for_rows_of<Stock>(database_, "batch", stocks, "",
                       [&](Stock row) { stocks_[row.batch] = std::move(row); });
    const auto items = unknown_of(subjects.items, unrecorded_);
    for_rows_of<UnrecordedBatch>(database_, "item", items, "ORDER BY id", [&](UnrecordedBatch row) {
        unrecorded_[row.item].push_back(std::move(row));
    });
}

const domain::Batch* ServerRows::known_batch(const std::string& id) {
    auto [known, is_new] = batches_.try_emplace(id);
    if (is_new) known->second = reader_.batch(id);
    return known->second ? &*known->second : nullptr;
}

std::optional<domain::Batch> ServerRows::batch(std::string_view id) {
    const domain::Batch* known = known_batch(std::string(id));
    return known ? std::optional(*known) : std::nullopt;
}

const std::optional<Stock>& ServerRows::stock(const std::string& batch) {
    auto [known, is_new] = stocks_.try_emplace(batch);
    if (is_new) known->second = reader_.stock(batch);
    return known->second;
}

std::vector<UnrecordedBatch> ServerRows::unrecorded_of(std::string_view item) {
    auto [known, is_new] = unrecorded_.try_emplace(std::string(item));
    if (is_new) {
        settle(Declaration<UnrecordedBatch>::name);
        known->second = reader_.unrecorded_of(item);
    }
    return known->second;
}

void ServerRows::remember(const UnrecordedBatch& row) {
    auto known = unrecorded_.find(row.item);
    if (known == unrecorded_.end()) return;
    auto& rows = known->second;
    auto at = std::ranges::lower_bound(rows, row.id, {}, &UnrecordedBatch::id);
    if (at != rows.end() && at->id == row.id) {
        *at = row;
    } else {
        rows.insert(at, row);
    }
}

/// Stock is a sum of deltas and may go negative: goods reach the shelf before they are booked. It
/// is summed for batches that are not on record too, or it would depend on who is heard first.
void ServerRows::add_stock(const StockDelta& delta) {
    if (delta.batch.size() > key_limit) return;  // nobody's: a sale is booked all the same
    Stock after = stock(delta.batch).value_or(Stock{delta.batch, delta.item, 0});
    // What is sent must be below 2^53. A quantity is, so that a thousand of it still fit 63 bits.
    after.quantity_milli = std::clamp(after.quantity_milli + delta.milli, -json_integer_limit + 1,
                                      json_integer_limit - 1);
    put_any(after);
    const domain::Batch* batch = known_batch(delta.batch);
    const bool in_stock = after.quantity_milli > 0;
    if (!batch || batch->in_stock == in_stock) return;
    domain::Batch changed = *batch;
    changed.in_stock = in_stock;
    put_any(changed);
}

/// A block's row is written again when its withdrawal is confirmed or it is lifted; a terminal has
/// it in force since the version at which it came into force: a quarantine may do so again.
void ServerRows::put(const domain::Block& row) {
    auto before = block(row.id);
    bool comes_into_force = !row.lifted && (!before || before->lifted);
    put_any(row);
    keep_short(database_, Declaration<domain::Block>::name, row.id.size());
    database_
        .query(fmt::format("INSERT INTO block_versions (block,ver) VALUES ($1,$2) ON CONFLICT "
                           "(block) DO {}",
                           comes_into_force ? "UPDATE SET ver = excluded.ver" : "NOTHING"))
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
    block_acks_.bind(row.terminal).bind(row.block_cursor).bind(row.since_ms);
    block_acks_.end_row();
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

bool ServerRows::has_parted(const std::string& terminal) {
    Query query = database_.query("SELECT conflict FROM known_terminals WHERE terminal = $1");
    query.bind(terminal);
    const std::string conflict = query.step() ? query.text(0) : "";
    return !conflict.empty() && conflict != two_machines;
}

/// Whoever was let in under another key, or is not any more, is cut off.
void ServerRows::decide(const TerminalApproved& approved, const Envelope& op) {
    if (approve(database_, approved, op.at.utc_ms))
        changed_.greet_again.push_back(approved.terminal);
}

void ServerRows::decide(const TerminalRefused& refused, const Envelope&) {
    refuse(database_, refused);
}

void ServerRows::decide(const TerminalRevoked& revoked, const Envelope&) {
    revoke(database_, revoked);
    changed_.greet_again.push_back(revoked.terminal);
}

void ServerRows::book(const Sale& sale, const Envelope& op) {
    keep_short(database_, "receipt", sale.receipt.size());
    sales_.bind(op.terminal).bind(op.epoch).bind(op.seq).bind(sale.receipt).bind(op.at.utc_ms);
    sales_.bind(op.person).bind(sale.total_fen).bind(sale.rounding_fen).bind(sale.paid_fen);
    sales_.bind(sale.change_fen).bind(sale.block_cursor);
    sales_.end_row();
    std::int64_t place =
        0;  // a till may have numbered two lines alike, and a sale is never refused
    for (const SaleLine& line : sale.lines) {
        keep_short(database_, "item", line.item.size());
        sale_lines_.bind(op.terminal).bind(op.epoch).bind(op.seq).bind(++place).bind(line.line);
        sale_lines_.bind(line.item).bind(line.batch).bind(domain::to_text(line.batch_basis));
        sale_lines_.bind(line.lot).bind(day_minute_text(line.production));
        sale_lines_.bind(day_minute_text(line.expiry)).bind(line.quantity);
        sale_lines_.bind(line.net_mg.value_or(0)).bind(line.amount_fen);
        sale_lines_.end_row();
    }
    for (const ReturnLine& line : sale.returns) {  // what came back counts against what was sold
        keep_short(database_, "item", line.item.size());
        sale_lines_.bind(op.terminal).bind(op.epoch).bind(op.seq).bind(++place).bind(line.line);
        sale_lines_.bind(line.item).bind(line.batch);
        sale_lines_.bind(domain::to_text(domain::BatchBasis::none)).bind("").bind("").bind("");
        sale_lines_.bind(-line.quantity).bind(-line.net_mg.value_or(0)).bind(line.amount_fen);
        sale_lines_.end_row();
    }
    book_tenders(sale, op);
}

void ServerRows::book_tenders(const Sale& sale, const Envelope& op) {
    std::int64_t place = 0;
    for (const Tender& tender : sale.tenders) {
        sale_tenders_.bind(op.terminal).bind(op.epoch).bind(op.seq).bind(++place);
        sale_tenders_.bind(tender.kind).bind(tender.amount_fen).bind(tender.reference);
        sale_tenders_.end_row();
    }
}

}  // namespace fangxin::sync
