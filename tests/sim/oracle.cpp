#include "tests/sim/oracle.hpp"

#include "sync/server/book.hpp"
#include "sync/store/meta.hpp"
#include "sync/store/row_table.hpp"

#include <fmt/format.h>

namespace fangxin::sync::sim {

namespace {

std::int64_t number(Database& database, std::string_view sql, std::string_view bound = {}) {
    Query query = database.query(sql);
    if (!bound.empty()) query.bind(bound);
    return query.step() ? query.int64(0) : 0;
}

std::int64_t cursor(Database& database, std::string_view name) {
    std::string text = meta(database, name);
    return text.empty() ? 0 : std::stoll(text);
}

std::int64_t last_at_server(Database& server, const std::string& terminal, std::int64_t epoch) {
    Query query =
        server.query("SELECT last_seq FROM terminal_logs WHERE terminal = $1 AND epoch = $2");
    query.bind(terminal).bind(epoch);
    return query.step() ? query.int64(0) : 0;
}

template <Declared R>
std::string table_text(Database& database) {
    std::string text;
    for (const R& row : select_rows<R>(database, "ORDER BY 1, 2")) {
        text += json::serialize(to_json(row)) + "\n";
    }
    return text;
}

std::string first_difference(const std::string& left, const std::string& right) {
    std::size_t at = 0;
    while (at < left.size() && at < right.size() && left[at] == right[at])
        ++at;
    std::size_t line = left.rfind('\n', at);
    std::size_t from = line == std::string::npos ? 0 : line + 1;
    return fmt::format("terminal {} server {}", left.substr(from, left.find('\n', at) - from),
                       right.substr(std::min(from, right.size()), 400));
}

/// For a batch that nobody has received, or whose receipt is on no disk any more.
bool waits_in_vain(std::string_view why, Database& server) {
    constexpr std::string_view waits = "no batch ";
    return why.starts_with(waits) && !find_row<domain::Batch>(server, why.substr(waits.size()));
}

}  // namespace

domain::StoreTime noon() { return *domain::parse_instant("2026-11-23T12:00:00+08:00"); }

void Oracle::server_says(const std::string& terminal, const LogState& log, Database& server) {
    std::int64_t& acknowledged = acknowledged_[{terminal, log.epoch}];
    acknowledged = std::max(acknowledged, log.last_seq);
    if (last_at_server(server, terminal, log.epoch) < log.last_seq) {
        world_.fail(
            fmt::format("{} {} was acknowledged before it was committed", terminal, log.last_seq));
    }
}

/// What the server did itself bears a number that it gave to nothing else.
void Oracle::check_own_numbers(Database& server) {
    Query query = server.query("SELECT epoch, seq, body FROM ops WHERE terminal = $1");
    query.bind(server_log_name);
    while (query.step()) {
        auto [known, is_new] =
            own_numbers_.emplace(std::pair(query.int64(0), query.int64(1)), query.text(2));
        if (is_new || known->second == query.text(2)) continue;
        world_.fail(fmt::format("the server gave its number {} {} to another op", query.int64(0),
                                query.int64(1)));
    }
}

void Oracle::server_committed(Database& server) {
    check_own_numbers(server);
    server_epoch_ = meta(server, "server_epoch");
    for (Query all = server.query("SELECT from_ver, id FROM branches"); all.step();)
        branches_[all.int64(0)] = all.text(1);
    Query query = server.query(fmt::format("SELECT {}, ver FROM blocks WHERE ver > $1 ORDER BY ver",
                                           column_list<domain::Block>()));
    query.bind(blocks_seen_);
    while (query.step()) {
        KnownBlock known{read_row<domain::Block>(query), "", 0};
        known.text = json::serialize(to_json(known.block));
        known.ver = blocks_seen_ = query.int64(static_cast<int>(field_count<domain::Block>));
        blocks_[known.block.id] = known;
    }
}

void Oracle::server_restarted(Database& server) {
    if (server.quick_check() != "ok") world_.fail("the server's database is damaged");
    for (const auto& [log, seq] : acknowledged_) {
        if (last_at_server(server, log.first, log.second) >= seq) continue;
        world_.fail(fmt::format("{} {} was acknowledged and is lost", log.first, seq));
    }
    for (const auto& [id, known] : blocks_) {
        auto row = find_row<domain::Block>(server, id);
        if (!row) world_.fail("the server lost block " + id);
    }
    server_committed(server);
}

void Oracle::terminal_committed(const std::string& terminal, Database& database) {
    Known& known = committed_[terminal];
    LogState next = next_op(database);
    known.log = {next.epoch, next.last_seq - 1};
    known.head = op_hash(database, known.log.epoch, known.log.last_seq);
    const std::int64_t ops = number(database, "SELECT count(*) FROM ops");
    if (ops < known.ops)
        world_.fail(fmt::format("{} dropped ops: {} of {}", terminal, ops, known.ops));
    known.ops = ops;
    known.complaints = number(database, "SELECT count(*) FROM ops WHERE kind = 'complaint_taken'");
    ++ops_;
}

void Oracle::terminal_restarted(const std::string& terminal, Database& database) {
    if (database.quick_check() != "ok") world_.fail(terminal + "'s database is damaged");
    const Known& known = committed_[terminal];
    LogState next = next_op(database);
    if (next.epoch != known.log.epoch && known.log.epoch != 0) {
        world_.fail(terminal + " began another epoch");
    }
    // The one that the power went at may have come through; it was told to nobody.
    if (next.last_seq - 1 < known.log.last_seq) {
        world_.fail(fmt::format("{} lost what it had committed: {} of {}", terminal,
                                next.last_seq - 1, known.log.last_seq));
    }
    if (known.log.last_seq > 0 &&
        op_hash(database, known.log.epoch, known.log.last_seq) != known.head) {
        world_.fail(terminal + " changed what it had committed");
    }
    std::int64_t rows =
        number(database, "SELECT count(*) FROM ops WHERE epoch = (SELECT max(epoch) FROM logs)");
    if (rows != next.last_seq - 1) world_.fail(terminal + " dropped ops");
    terminal_committed(terminal, database);
}

void Oracle::check_cursors(const TerminalState& believed, Database& database) {
    // Between the commit that takes all rows anew and its answer, the peer still has the old ones.
    const bool anew = believed.server_epoch != cursor(database, "server_epoch") ||
                      believed.snapshot != cursor(database, "snapshot");
    if (!anew && believed.rows > cursor(database, "rows")) {
        world_.fail(believed.terminal + " shows a row cursor that is not durable");
    }
    if (!anew && believed.blocks > cursor(database, "blocks")) {
        world_.fail(believed.terminal + " shows a block cursor that is not durable");
    }
    // Nor, when the end of a log has just moved into another epoch, where the old one ends now.
    const bool moved =
        believed.logs.empty() || believed.logs.back().epoch != next_op(database).epoch;
    for (const LogState& acked : believed.acked) {
        Query stored = database.query("SELECT acked_seq FROM logs WHERE epoch = $1");
        stored.bind(acked.epoch);
        if (!moved && stored.step() && acked.last_seq > stored.int64(0)) {
            world_.fail(believed.terminal + " counts as acknowledged what it has not stored so");
        }
    }
}

bool Oracle::is_of_server(Database& terminal) const {
    if (meta(terminal, "server_epoch") != server_epoch_) return false;
    auto after = branches_.lower_bound(cursor(terminal, "blocks"));
    return after != branches_.begin() &&
           std::prev(after)->second == meta(terminal, "blocks_branch");
}

void Oracle::check_blocks(const std::string& terminal, Database& database) {
    if (!is_of_server(database)) return;
    std::int64_t held = cursor(database, "blocks");
    for (const auto& [id, known] : blocks_) {
        if (known.ver > held) continue;
        auto row = find_row<domain::Block>(database, id);
        if (!row || json::serialize(to_json(*row)) != known.text) {
            world_.fail(fmt::format("{} has blocks up to {} but not {} of {}", terminal, held, id,
                                    known.ver));
            return;
        }
    }
}

void Oracle::check_recalls(const std::string& terminal, Database& database) {
    ShopReader shop(database, ShopReader::Side::terminal);
    for (const auto& [id, known] : blocks_) {
        bool recall = known.block.kind == domain::BlockKind::recall && !known.block.lifted;
        if (!recall || !shop.by_item(known.block.item)) continue;
        auto verdict = shop.judge({.item = known.block.item,
                                   .evidence = {.identity = {.lot = known.block.lot}},
                                   .now = noon()});
        if (!verdict || verdict->kind != domain::VerdictKind::block) {
            world_.fail(terminal + " would sell what is recalled by " + id);
        }
    }
}

void Oracle::check_blocks_kept(const std::string& terminal, Database& database) {
    std::set<std::string>& had = committed_[terminal].blocks;
    for (const auto& block : select_rows<domain::Block>(database, ""))
        had.insert(block.id);
    ShopReader shop(database, ShopReader::Side::terminal);
    for (const std::string& id : had) {
        if (!shop.block(id)) world_.fail(terminal + " forgot block " + id);
    }
}

void Oracle::check_goods(const std::string& terminal, Database& database, bool may_go) {
    std::int64_t& known = committed_[terminal].goods;
    const std::int64_t goods = number(database, "SELECT count(*) FROM items");
    if (goods < known && !may_go) {
        world_.fail(fmt::format("{} can sell no more than {} of {} goods", terminal, goods, known));
    }
    known = goods;
}

Oracle::Versions Oracle::versions(Database& database, const std::string& table) {
    Versions versions;
    for_each_row_type([&]<class R>() {
        if (table != Declaration<R>::name) return;
        Query query =
            database.query(fmt::format("SELECT {}, ver FROM {}", column_list<R>(), table));
        while (query.step()) {
            versions[key_of_row(read_row<R>(query))] =
                query.int64(static_cast<int>(field_count<R>));
        }
    });
    return versions;
}

void Oracle::check_repair(const std::string& terminal, const Versions& before,
                          const Versions& after, std::int64_t at) {
    for (const auto& [key, ver] : before) {
        if (ver <= at) continue;
        auto now = after.find(key);
        if (now != after.end() && now->second >= ver) continue;
        world_.fail(fmt::format("a repair took back {} of {}, version {}", key, terminal, ver));
    }
}

void Oracle::check_own_work(const std::string& terminal, Database& database) {
    std::int64_t seen = 0;
    ShopReader shop(database, ShopReader::Side::terminal);
    for (const Complaint& complaint : shop.complaints()) {
        if (complaint.terminal == terminal) ++seen;
    }
    // The server may have more, of before it was rolled back.
    const bool fewer_here = was_rolled_back(terminal) && seen > committed_[terminal].complaints;
    if (seen != committed_[terminal].complaints && !fewer_here) {
        world_.fail(fmt::format("{} shows {} of its {} complaints", terminal, seen,
                                committed_[terminal].complaints));
    }
}

void Oracle::sold(const std::string& terminal, Database& database, const SaleLine& line) {
    if (!is_of_server(database)) return;
    std::int64_t held = cursor(database, "blocks");
    for (const auto& [id, known] : blocks_) {
        const domain::Block& block = known.block;
        bool recalled = block.kind == domain::BlockKind::recall && !block.lifted &&
                        block.item == line.item && block.lot == line.lot;
        if (recalled && known.ver <= held) world_.fail(terminal + " sold what " + id + " recalls");
    }
}

void Oracle::claimed(const std::string& hold, const std::string& terminal) {
    auto [found, first] = claims_.emplace(hold, terminal);
    if (!first && found->second != terminal) {
        world_.fail(fmt::format("{} was given to {} and {}", hold, found->second, terminal));
    }
}

void Oracle::terminal_rolled_back(const std::string& terminal, Database& database) {
    rolled_back_.insert(terminal);
    committed_.erase(terminal);
    terminal_committed(terminal, database);
}

void Oracle::server_rolled_back(Database& server, bool told) {
    if (!told) own_numbers_.clear();
    std::erase_if(acknowledged_, [](const auto&) { return true; });
    blocks_.clear();
    branches_.clear();
    blocks_seen_ = 0;
    claims_.clear();
    server_committed(server);
}

void Oracle::check_logs(const std::string& terminal, Database& ours, Database& server) {
    std::vector<std::int64_t> epochs;
    for (Query logs = ours.query("SELECT epoch FROM logs ORDER BY epoch"); logs.step();)
        epochs.push_back(logs.int64(0));
    for (std::int64_t epoch : epochs)
        check_log(terminal, epoch, ours, server);
}

/// Of an epoch before the present one the server may have more than an old disk.
void Oracle::check_log(const std::string& terminal, std::int64_t epoch, Database& ours,
                       Database& server) {
    Query mine = ours.query("SELECT seq, body, hash FROM ops WHERE epoch = $1 ORDER BY seq");
    mine.bind(epoch);
    Query theirs = server.query(
        "SELECT seq, body, hash, status, why FROM ops WHERE terminal = $1 AND epoch = $2 "
        "ORDER BY seq");
    theirs.bind(terminal).bind(epoch);
    Hash head{};
    std::int64_t seq = 0;
    while (mine.step()) {
        if (!theirs.step()) return world_.fail(terminal + ": an op is not at the server");
        head = chain(head, mine.text(1));
        std::string_view hash(reinterpret_cast<const char*>(head.data()), head.size());
        bool same = mine.int64(0) == ++seq && theirs.int64(0) == seq &&
                    mine.text(1) == theirs.text(1) && mine.text(2) == hash &&
                    theirs.text(2) == hash;
        if (!same) return world_.fail(fmt::format("{} {} differs", terminal, seq));
        // The server forgets some held baskets here, to see them go at the terminals as well.
        const bool is_of_forgotten = theirs.text(4).starts_with("no hold ");
        const bool is_booked =
            theirs.text(3) == "applied" || theirs.text(3) == "flagged" || theirs.text(3) == "known";
        if (!is_booked && !is_of_forgotten && !waits_in_vain(theirs.text(4), server)) {
            return world_.fail(
                fmt::format("{} {} was {}: {}", terminal, seq, theirs.text(3), theirs.text(4)));
        }
    }
    const bool is_present = epoch == next_op(ours).epoch;
    if (is_present && theirs.step()) {
        world_.fail(terminal + ": the server has more than was committed");
    }
}

void Oracle::check_sums(const std::string& terminal, Database& ours, Database& server) {
    std::int64_t count = 0;
    std::int64_t fen = 0;
    Query sales = ours.query("SELECT body FROM ops WHERE kind = 'sale'");
    while (sales.step()) {
        auto sale = from_json<Sale>(read_envelope(sales.text(0))->data);
        ++count;
        fen += sale->total_fen;
    }
    std::string_view sum = "SELECT coalesce(sum(total_fen),0) FROM sales WHERE terminal = $1";
    std::string_view lines = "SELECT coalesce(sum(amount_fen),0) FROM sale_lines WHERE terminal=$1";
    const std::int64_t booked = number(server, sum, terminal);
    const std::int64_t known =
        number(server, "SELECT count(*) FROM sales WHERE terminal = $1", terminal);
    const bool alike = was_rolled_back(terminal) ? known >= count && booked >= fen
                                                 : known == count && booked == fen;
    if (!alike || number(server, lines, terminal) != booked) {
        world_.fail(terminal + ": the sums differ");
    }
}

/// SHELF-4: stock is the sum of what came and went, each counted once.
void Oracle::check_stock(Database& server) {
    std::map<std::string, std::int64_t> sums;
    for (const domain::Batch& batch : select_rows<domain::Batch>(server, ""))
        sums[batch.id] = 0;
    auto add = [&](const std::string& batch, std::int64_t delta_milli) {
        if (auto found = sums.find(batch); found != sums.end()) found->second += delta_milli;
    };
    Query ops = server.query("SELECT body FROM ops WHERE status IN ('applied', 'flagged')");
    while (ops.step()) {
        auto op = read_envelope(ops.text(0));
        if (op->kind == "sale") {
            auto sale = from_json<Sale>(op->data);
            for (const SaleLine& line : sale->lines)
                add(line.batch, -line.quantity * 1000);
        } else if (op->kind == "batch_received") {
            auto in = from_json<BatchReceived>(op->data);
            add(in->batch, in->quantity_milli);
        } else if (op->kind == "batch_withdrawn") {
            auto out = from_json<BatchWithdrawn>(op->data);
            add(out->batch, -out->quantity_milli);
        }
    }
    for (const auto& [batch, sum] : sums) {
        std::int64_t booked = find_row<Stock>(server, batch).value_or(Stock{}).quantity_milli;
        if (booked == sum) continue;
        world_.fail(fmt::format("{}'s stock is {}, what came and went is {}", batch, booked, sum));
    }
}

void Oracle::check_receipts(Database& server) {
    Query twice = server.query("SELECT receipt FROM sales GROUP BY receipt HAVING count(*) > 1");
    if (twice.step()) world_.fail(twice.text(0) + " was booked twice");
}

void Oracle::check_quiet(const TerminalIdentity& identity, Database& terminal, Database& server) {
    check_logs(identity.terminal, terminal, server);
    check_sums(identity.terminal, terminal, server);
    check_own_work(identity.terminal, terminal);
    check_blocks(identity.terminal, terminal);
    check_recalls(identity.terminal, terminal);
    for (const std::string& id : committed_[identity.terminal].blocks) {
        if (!find_row<domain::Block>(server, id)) world_.fail("the server has no more block " + id);
    }
    auto compare = [&]<class R>() {
        if (std::is_same_v<R, Stock> && identity.role == "till") return;
        std::string ours = table_text<R>(terminal);
        std::string theirs = table_text<R>(server);
        if (ours == theirs) return;
        world_.fail(fmt::format("{}'s {} differ: {}", identity.terminal, Declaration<R>::name,
                                first_difference(ours, theirs)));
    };
    for_each_row_type(compare);
    compare.template operator()<domain::Block>();
    if (number(terminal, "SELECT count(*) FROM overlay") != 0) {
        world_.fail(identity.terminal + " still has own work on top");
    }
}

}  // namespace fangxin::sync::sim
