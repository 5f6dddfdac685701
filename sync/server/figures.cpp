#include "sync/server/figures.hpp"

#include "domain/lot.hpp"
#include "sync/shop_reader.hpp"
#include "sync/store_zone.hpp"

#include <array>
#include <set>
#include <tuple>

namespace fangxin::sync {

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t hour_ms = 60 * minute_ms;
constexpr std::int64_t week_ms = 7 * 24 * hour_ms;

std::int64_t sold_between(Database& database, std::int64_t from_ms, std::int64_t until_ms) {
    Query query = database.query(
        "SELECT coalesce(sum(total_fen - rounding_fen), 0) FROM sales WHERE at_ms >= $1 AND at_ms "
        "< $2");
    query.bind(from_ms).bind(until_ms);
    return query.step() ? query.int64(0) : 0;
}

void add_sales(Database& database, const StoreZone& zone, std::int64_t now_ms, Figures& figures) {
    domain::StoreTime now = zone.at(now_ms);
    std::int64_t day_ms = now_ms - now.minute_of_day() * minute_ms - now_ms % minute_ms;
    std::array<std::int64_t, 24> hours{};
    Query query =
        database.query("SELECT at_ms, total_fen - rounding_fen FROM sales WHERE at_ms >= $1");
    query.bind(day_ms);
    while (query.step()) {
        figures.sales_fen += query.int64(1);
        ++figures.sales_count;
        hours[static_cast<std::size_t>(zone.at(query.int64(0)).minute_of_day() / 60)] +=
            query.int64(1);
    }
    for (std::size_t hour = 0; hour < hours.size(); ++hour) {
        if (hours[hour] != 0) {
            figures.hours.push_back({static_cast<std::int64_t>(hour), hours[hour]});
        }
    }
    figures.week_before_fen = sold_between(database, day_ms - week_ms, now_ms - week_ms);
}

void add_terminals(Database& database, Figures& figures) {
    Query query = database.query(
        "SELECT terminal, role, app, last_seen_ms, conflict FROM known_terminals "
        "ORDER BY terminal");
    while (query.step()) {
        figures.terminals.push_back({.terminal = query.text(0),
                                     .role = query.text(1),
                                     .app = query.text(2),
                                     .seen_ms = query.int64(3),
                                     .conflict = query.text(4)});
    }
}

void add_acks(Database& database, Figures& figures) {
    Query query = database.query(
        "SELECT terminal, min(at_ms) FROM block_acks WHERE block_cursor >= "
        "(SELECT ver FROM block_versions WHERE block = $1) GROUP BY terminal");
    query.bind(figures.block);
    while (query.step())
        figures.acks.push_back({query.text(0), query.int64(1)});
}

using Receipt = std::tuple<std::string, std::int64_t, std::int64_t>;

struct Receipts {
    std::set<Receipt> certain;
    std::set<Receipt> possible;
};

/// Of a batch that is covered: certain where code or date named it, or it was the only one there.
void add_receipts_of(Database& database, const std::string& batch, Receipts& receipts) {
    Query query =
        database.query("SELECT terminal, epoch, seq, batch_basis FROM sale_lines WHERE batch = $1");
    query.bind(batch);
    while (query.step()) {
        Receipt receipt{query.text(0), query.int64(1), query.int64(2)};
        bool assumed = query.text(3) == domain::to_text(domain::BatchBasis::assumed);
        (assumed ? receipts.possible : receipts.certain).insert(std::move(receipt));
    }
}

/// Lines whose batch is on no record: certain by their lot, possible where they name none.
void add_loose_receipts(Database& database, const domain::Block& block, Receipts& receipts) {
    Query query = database.query(
        "SELECT terminal, epoch, seq, lot FROM sale_lines WHERE batch = '' AND item = $1");
    query.bind(block.item);
    while (query.step()) {
        Receipt receipt{query.text(0), query.int64(1), query.int64(2)};
        bool whole = block.lot.empty() && !block.from && !block.to && block.batch.empty();
        bool named = !block.lot.empty() && domain::same_lot(block.lot, query.text(3));
        if (whole || named) {
            receipts.certain.insert(std::move(receipt));
        } else if (query.text(3).empty()) {
            receipts.possible.insert(std::move(receipt));
        }
    }
}

/// Forward trace (SAFE-7). A lifted recall is traced as if it were in force.
void add_trace(Database& database, Figures& figures) {
    ShopReader shop(database, ShopReader::Side::server);
    auto block = shop.block(figures.block);
    auto item = block ? shop.item(block->item) : std::nullopt;
    if (!item) return;
    block->lifted = false;
    Receipts receipts;
    for (const domain::Batch& batch : shop.batches_of(block->item)) {
        if (domain::covers(*block, batch, *item)) add_receipts_of(database, batch.id, receipts);
    }
    add_loose_receipts(database, *block, receipts);
    for (const Receipt& each : receipts.certain)
        receipts.possible.erase(each);
    figures.certain_receipts = static_cast<std::int64_t>(receipts.certain.size());
    figures.possible_receipts = static_cast<std::int64_t>(receipts.possible.size());
}

}  // namespace

Result<Figures> load_figures(Database& database, const AskFigures& asked, std::int64_t now_ms) {
    auto name = database.reading<std::string>([&] {
        return ShopReader(database, ShopReader::Side::server).setting("time_zone", default_zone);
    });
    if (!name) return tl::unexpected(name.error());
    auto zone = StoreZone::find(*name);
    if (!zone) return tl::unexpected(zone.error());
    return database.reading<Figures>([&] {
        Figures figures{.id = asked.id, .block = asked.block};
        add_sales(database, *zone, now_ms, figures);
        add_terminals(database, figures);
        if (!asked.block.empty()) {
            add_acks(database, figures);
            add_trace(database, figures);
        }
        return figures;
    });
}

}  // namespace fangxin::sync
