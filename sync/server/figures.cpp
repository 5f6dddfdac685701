#include "sync/server/figures.hpp"

#include "domain/verdict.hpp"
#include "sync/recall_id.hpp"
#include "sync/server/identities.hpp"
#include "sync/shop_reader.hpp"
#include "sync/store_zone.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace fangxin::sync {

namespace {

constexpr std::int64_t minute_ms = 60'000;

/// What is sent must be below 2^53, whatever a terminal claims to have sold.
std::int64_t add(std::int64_t sum, std::int64_t fen) {
    return std::clamp(sum + fen, -json_integer_limit + 1, json_integer_limit - 1);
}

struct Span {
    std::int64_t from_ms = 0;
    std::int64_t until_ms = 0;  ///< not part of it
};

/// `use` gets instant and fen of each sale in it.
template <class Use>
void for_sales(Database& database, const Span& span, Use use) {
    Query query = database.query(
        "SELECT at_ms, total_fen - rounding_fen FROM sales WHERE at_ms >= $1 AND at_ms < $2");
    query.bind(span.from_ms).bind(span.until_ms);
    while (query.step())
        use(query.int64(0), query.int64(1));
}

/// The whole day: a till whose clock is a little fast is not left out.
void add_sales(Database& database, const StoreZone& zone, std::int64_t now_ms, Figures& figures) {
    const domain::Date today = zone.at(now_ms).date();
    const domain::Date week_before = today - std::chrono::days{7};
    std::array<std::int64_t, 24> hours{};
    Span day{zone.utc_ms(today, 0), zone.utc_ms(today + std::chrono::days{1}, 0)};
    for_sales(database, day, [&](std::int64_t at_ms, std::int64_t fen) {
        figures.sales_fen = add(figures.sales_fen, fen);
        ++figures.sales_count;
        auto& hour = hours[static_cast<std::size_t>(zone.at(at_ms).minute_of_day() / 60)];
        hour = add(hour, fen);
    });
    for (std::size_t hour = 0; hour < hours.size(); ++hour) {
        if (hours[hour] != 0) {
            figures.hours.push_back({static_cast<std::int64_t>(hour), hours[hour]});
        }
    }
    std::int64_t ms_of_day = zone.at(now_ms).minute_of_day() * minute_ms + now_ms % minute_ms;
    Span then{zone.utc_ms(week_before, 0), zone.utc_ms(week_before, ms_of_day)};
    for_sales(database, then, [&](std::int64_t, std::int64_t fen) {
        figures.week_before_fen = add(figures.week_before_fen, fen);
    });
}

void add_terminals(Database& database, Figures& figures) {
    Query query = database.query(
        "SELECT terminal, role, app, last_seen_ms, conflict, said_ops - coalesce((SELECT "
        "sum(last_seq) FROM terminal_logs l WHERE l.terminal = k.terminal), 0), repairs "
        "FROM known_terminals k ORDER BY terminal");
    while (query.step()) {
        figures.terminals.push_back({.terminal = query.text(0),
                                     .role = query.text(1),
                                     .app = query.text(2),
                                     .seen_ms = query.int64(3),
                                     .conflict = query.text(4),
                                     .unsent = std::max<std::int64_t>(0, query.int64(5)),
                                     .repairs = query.int64(6)});
        if (auto known = identity_of_terminal(database, query.text(0))) {
            figures.terminals.back().identity = known->state;
            figures.terminals.back().until_ms = known->until_ms;
        }
    }
    for (const WaitingTerminal& each : waiting_terminals(database)) {
        figures.waiting.push_back(
            {each.terminal, each.role, each.fingerprint, each.address, each.asked_ms});
    }
}

/// Each terminal's first word that it had the block. Whoever made it had it at once, and says so
/// only when it hears of it again.
void add_acks(Database& database, const domain::Block& block, Figures& figures) {
    Query query = database.query(
        "SELECT terminal, (SELECT at_ms FROM block_acks WHERE block_acks.terminal = "
        "terminals.terminal AND block_cursor >= (SELECT ver FROM block_versions WHERE block = $1) "
        "ORDER BY block_cursor LIMIT 1) FROM terminals ORDER BY terminal");
    query.bind(block.id);
    while (query.step()) {
        const std::string terminal = query.text(0);
        if (is_recall_made_at(block.id, terminal)) {
            figures.acks.push_back({terminal, block.made_at_ms});
        } else if (!query.is_null(1)) {
            figures.acks.push_back({terminal, query.int64(1)});
        }
    }
}

/// What a recall means for goods that were sold.
struct Traced {
    domain::Block block;  ///< as if in force
    domain::Item item;
    std::set<std::string> batches;  ///< those on record that it covers
    std::int64_t from_ms = 0;       ///< none of its goods was in the shop before
};

/// Of a recall by batch or lot: the day on which its first goods were booked, or the moment at
/// which a till saw them, since goods reach the shelf before they are booked (rules 1). Of one by
/// dates there may be lots that nobody has seen.
std::int64_t first_there_ms(ShopReader& shop, const StoreZone& zone, const domain::Block& block,
                            const domain::Item& item) {
    if (block.batch.empty() && block.lot.empty()) return 0;
    std::optional<std::int64_t> first;
    for (const domain::Batch& batch : shop.batches_of(item.code)) {
        if (!domain::covers(block, batch, item)) continue;
        if (!batch.received) return 0;
        std::int64_t booked_ms = zone.utc_ms(*batch.received, 0);
        first = std::min(first.value_or(booked_ms), booked_ms);
    }
    for (const UnrecordedBatch& seen : shop.unrecorded_of(item.code)) {
        if (!domain::covers(block, {seen.lot, seen.production, seen.expiry}, item)) continue;
        first = std::min(first.value_or(seen.first_seen_ms), seen.first_seen_ms);
    }
    return first.value_or(0);
}

Traced traced(ShopReader& shop, const StoreZone& zone, domain::Block block, domain::Item item) {
    block.lifted = false;
    Traced result{.block = std::move(block), .item = std::move(item)};
    for (const domain::Batch& batch : shop.batches_of(result.item.code)) {
        if (domain::covers(result.block, batch, result.item)) result.batches.insert(batch.id);
    }
    result.from_ms = first_there_ms(shop, zone, result.block, result.item);
    return result;
}

enum class Contains { no, possibly, certainly };

/// A pack that was read, by itself. What the recall names and the pack does not say is open.
Contains contains(const Traced& recall, domain::PackIdentity pack) {
    const domain::Block& block = recall.block;
    bool has_date = pack.production || pack.expiry;
    bool is_named =
        (block.lot.empty() || !pack.lot.empty()) && ((!block.from && !block.to) || has_date);
    if (pack.lot.empty()) pack.lot = block.lot;
    if (!domain::covers(block, pack, recall.item)) return Contains::no;
    return is_named ? Contains::certainly : Contains::possibly;
}

/// A line of the item: `batch`, `batch_basis`, `lot`, `production`, `expiry`, instant of the sale.
Contains contains(const Traced& recall, const Query& line) {
    if (domain::covers_whole_item(recall.block)) return Contains::certainly;
    auto basis = domain::from_text<domain::BatchBasis>(line.text(1));
    if (!basis || !domain::is_certain(*basis)) {
        return line.int64(5) >= recall.from_ms ? Contains::possibly : Contains::no;
    }
    const std::string batch = line.text(0);
    if (recall.batches.contains(batch)) return Contains::certainly;
    Contains by_itself = contains(recall, {.lot = line.text(2),
                                           .production = domain::parse_day_minute(line.text(3)),
                                           .expiry = domain::parse_day_minute(line.text(4))});
    // What a batch on record is, is known: what the pack does not say, the record does.
    bool is_on_record = !batch.empty();
    return is_on_record && by_itself == Contains::possibly ? Contains::no : by_itself;
}

/// Forward trace (SAFE-7): a receipt is what its surest line is. A lifted recall is traced as well.
void add_trace(Database& database, const Traced& recall, Figures& figures) {
    Query line = database.query(
        "SELECT l.batch, l.batch_basis, l.lot, l.production, l.expiry, s.at_ms, l.terminal, "
        "l.epoch, l.seq FROM sale_lines l JOIN sales s USING (terminal, epoch, "
        "seq) WHERE l.item = $1 AND l.quantity > 0 ORDER BY l.terminal, l.epoch, l.seq");
    line.bind(recall.item.code);
    Contains surest = Contains::no;
    auto count = [&] {
        if (surest == Contains::certainly) ++figures.certain_receipts;
        if (surest == Contains::possibly) ++figures.possible_receipts;
        surest = Contains::no;
    };
    std::tuple<std::string, std::int64_t, std::int64_t> receipt;
    while (line.step()) {
        std::tuple next{line.text(6), line.int64(7), line.int64(8)};
        if (next != receipt) count();
        receipt = std::move(next);
        surest = std::max(surest, contains(recall, line));
    }
    count();
}

void add_block(Database& database, const StoreZone& zone, Figures& figures) {
    ShopReader shop(database, ShopReader::Side::server);
    auto block = shop.block(figures.block);
    auto item = block ? shop.item(block->item) : std::nullopt;
    if (block) add_acks(database, *block, figures);
    if (item) add_trace(database, traced(shop, zone, *block, *item), figures);
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
        if (!asked.block.empty()) add_block(database, *zone, figures);
        return figures;
    });
}

}  // namespace fangxin::sync
