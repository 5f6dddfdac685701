#include "sync/ops.hpp"
#include "sync/server/book.hpp"
#include "sync/server/book_news.hpp"
#include "sync/server/branches.hpp"
#include "sync/server/contact_keys.hpp"
#include "sync/server/identities.hpp"
#include "sync/server/pending.hpp"
#include "sync/server/server_rows.hpp"
#include "sync/server/tombstones.hpp"
#include "sync/store/meta.hpp"
#include "sync/store/row_table.hpp"
#include "sync/store_zone.hpp"

#include <array>
#include <chrono>
#include <set>
#include <sodium.h>

namespace fangxin::sync {

namespace {

constexpr std::string_view book_ddl =
    "CREATE TABLE IF NOT EXISTS ops (terminal TEXT NOT NULL, epoch INTEGER NOT NULL, "
    "seq INTEGER NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL, "
    "body RAW_TEXT NOT NULL, hash BLOB NOT NULL, status TEXT NOT NULL, why TEXT NOT NULL DEFAULT "
    "'', came INTEGER NOT NULL DEFAULT 0, "
    "PRIMARY KEY (terminal, epoch, seq)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS ops_at ON ops(at, terminal, epoch, seq);"
    "CREATE INDEX IF NOT EXISTS ops_unapplied ON ops(status) WHERE status <> 'applied';"
    "CREATE TABLE IF NOT EXISTS terminal_logs (terminal TEXT NOT NULL, epoch INTEGER NOT NULL, "
    "last_seq INTEGER NOT NULL, head BLOB NOT NULL, signed_seq INTEGER NOT NULL DEFAULT 0, "
    "signed_by TEXT NOT NULL DEFAULT '', signature TEXT NOT NULL DEFAULT '', "
    "PRIMARY KEY (terminal, epoch)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS known_terminals (terminal TEXT PRIMARY KEY, role TEXT NOT NULL, "
    "app TEXT NOT NULL, last_seen_ms INTEGER NOT NULL, conflict TEXT NOT NULL DEFAULT '', "
    "opened_epoch INTEGER NOT NULL DEFAULT 0, repairs INTEGER NOT NULL DEFAULT 0, "
    "said_ops INTEGER NOT NULL DEFAULT 0, said_rows INTEGER NOT NULL DEFAULT 0, "
    "log_key TEXT NOT NULL DEFAULT '') STRICT;"
    "CREATE TABLE IF NOT EXISTS sales (terminal TEXT NOT NULL, epoch INTEGER NOT NULL, "
    "seq INTEGER NOT NULL, receipt TEXT NOT NULL, at_ms INTEGER NOT NULL, person TEXT NOT NULL, "
    "total_fen INTEGER NOT NULL, rounding_fen INTEGER NOT NULL, paid_fen INTEGER NOT NULL, "
    "change_fen INTEGER NOT NULL, block_cursor INTEGER NOT NULL, "
    "PRIMARY KEY (terminal, epoch, seq)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS sales_receipt ON sales(receipt);"
    "CREATE INDEX IF NOT EXISTS sales_at ON sales(at_ms, total_fen, rounding_fen);"
    "CREATE TABLE IF NOT EXISTS sale_lines (terminal TEXT NOT NULL, epoch INTEGER NOT NULL, "
    "seq INTEGER NOT NULL, place INTEGER NOT NULL, line INTEGER NOT NULL, item TEXT NOT NULL, "
    "batch TEXT NOT NULL, "
    "batch_basis TEXT NOT NULL, lot TEXT NOT NULL, quantity INTEGER NOT NULL, "
    "net_mg INTEGER NOT NULL, amount_fen INTEGER NOT NULL, "
    "production TEXT NOT NULL DEFAULT '', expiry TEXT NOT NULL DEFAULT '', "
    "PRIMARY KEY (terminal, epoch, seq, place)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS sale_lines_item ON sale_lines(item);"
    "CREATE TABLE IF NOT EXISTS sale_tenders (terminal TEXT NOT NULL, epoch INTEGER NOT NULL, "
    "seq INTEGER NOT NULL, place INTEGER NOT NULL, kind TEXT NOT NULL, "
    "amount_fen INTEGER NOT NULL, reference TEXT NOT NULL, "
    "PRIMARY KEY (terminal, epoch, seq, place)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS block_versions (block TEXT PRIMARY KEY, ver INTEGER NOT NULL) "
    "STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS block_acks (terminal TEXT NOT NULL, block_cursor INTEGER NOT NULL, "
    "at_ms INTEGER NOT NULL, PRIMARY KEY (terminal, block_cursor)) STRICT, WITHOUT ROWID;";

constexpr std::array all_ddl{book_ddl, identities_ddl, tombstones_ddl, branches_ddl,
                             contact_keys_ddl};

void define_book(Database& database) {
    for (std::string_view ddl : all_ddl)
        database.define(ddl);
}

template <class... Op>
std::string kinds_of(std::tuple<Op...>*) {
    std::string kinds;
    ((kinds += fmt::format("{} ", Declaration<Op>::name)), ...);
    return kinds;
}

/// Stands for all that this program keeps and the kinds of ops that it knows: in a book that bears
/// it there is nothing to be brought up to date, and no table has to be locked for it.
const std::string& form_of_program() {
    static const std::string form = [] {
        std::string text = kinds_of(static_cast<AllOps*>(nullptr));
        for (std::string_view ddl : all_ddl)
            text += ddl;
        text += row_table_ddl<domain::Block>();
        for_each_row_type([&]<class R>() { text += row_table_ddl<R>(); });
        return to_hex(chain(Hash{}, text));
    }();
    return form;
}

/// What this program keeps and an older one did not. Lines that were sold before say no dates.
void bring_up_to_date(Database& database) {
    if (!database.has_column("sale_lines", "expiry")) {
        database.define("ALTER TABLE sale_lines ADD COLUMN production TEXT NOT NULL DEFAULT ''");
        database.define("ALTER TABLE sale_lines ADD COLUMN expiry TEXT NOT NULL DEFAULT ''");
        // Other columns under the same name, and two that nobody asks any more.
        for (std::string_view index : {"sales_at", "sale_lines_batch", "sale_lines_loose"})
            database.execute(fmt::format("DROP INDEX IF EXISTS {}", index));
    }
    if (!database.has_column("ops", "came"))
        database.define("ALTER TABLE ops ADD COLUMN came INTEGER NOT NULL DEFAULT 0");
    for (std::string_view column : {"opened_epoch", "repairs", "said_ops", "said_rows"}) {
        if (database.has_column("known_terminals", column)) continue;
        database.define(fmt::format(
            "ALTER TABLE known_terminals ADD COLUMN {} INTEGER NOT NULL DEFAULT 0", column));
    }
    for (std::string_view column : {"signed_by", "signature"}) {
        if (database.has_column("terminal_logs", column)) continue;
        database.define(fmt::format(
            "ALTER TABLE terminal_logs ADD COLUMN {} TEXT NOT NULL DEFAULT ''", column));
    }
    if (!database.has_column("terminal_logs", "signed_seq"))
        database.define(
            "ALTER TABLE terminal_logs ADD COLUMN signed_seq INTEGER NOT NULL DEFAULT 0");
    if (!database.has_column("known_terminals", "log_key"))
        database.define("ALTER TABLE known_terminals ADD COLUMN log_key TEXT NOT NULL DEFAULT ''");
    define_book(database);
    bring_row_table_up_to_date<domain::Block>(database);
    for_each_row_type([&]<class R>() { bring_row_table_up_to_date<R>(database); });
    set_meta(database, "schema", std::to_string(schema_version));
    database.execute(
        "INSERT INTO block_versions (block,ver) SELECT id, ver FROM blocks WHERE true "
        "ON CONFLICT (block) DO NOTHING");
}

}  // namespace

void begin_server_epoch(Database& database, std::int64_t own_epoch) {
    const bool is_first = meta(database, "server_epoch").empty();
    // One backup may be put back twice: the epoch after its own was given the first time.
    const std::int64_t further = 1 + randombytes_uniform(1'000'000);
    set_meta(database, "own_epoch",
             std::to_string(
                 is_first ? 1 : std::max(own_epoch, next_server_op(database).epoch) + further));
    // Below 2^52, so that it travels as an integer; unlike any other store's or backup's.
    std::uint64_t random = 0;
    randombytes_buf(&random, sizeof random);
    set_meta(database, "server_epoch", std::to_string((random >> 12) | 1));
    database.tell(news_of({.renewed = true}));
}

namespace {

void make_book(Database& database) {
    define_book(database);
    database.define(row_table_ddl<domain::Block>());
    for_each_row_type([&]<class R>() { database.define(row_table_ddl<R>()); });
    set_meta(database, "schema", std::to_string(schema_version));
    set_meta(database, "ver", "0");  // the row that writers on a database server lock
    set_meta(database, "form", form_of_program());
    begin_server_epoch(database);
}

/// Before schema 3 instruments were imported without an op, and `rebuild` takes what no op explains
/// out of the register. Each is told now as an import tells it, and counted by the op's effect.
/// Inside a transaction.
Result<void> journal_instruments(Database& database, const domain::StoreTime& now) {
    std::set<std::string> told;
    {
        Query query = database.query(
            "SELECT body FROM ops WHERE kind = $1 AND status NOT IN ('rejected', 'known')");
        query.bind(Declaration<InstrumentSet>::name);
        while (query.step()) {
            auto op = read_envelope(query.text(0));
            if (!op) continue;
            if (auto set = from_json<InstrumentSet>(op->data))
                told.insert(domain::instrument_id(set->instrument));
        }
    }
    for (const auto& each : select_rows<domain::Instrument>(database, "")) {
        if (told.contains(domain::instrument_id(each))) continue;
        database.query("DELETE FROM instruments WHERE kind = $1 AND model = $2 AND serial = $3")
            .bind(each.kind)
            .bind(each.model)
            .bind(each.serial)
            .run();
        const InstrumentSet fact{.instrument = each, .reason = "import", .approved_by = {}};
        auto noted = append_server_op(database, draft(fact, now, std::string(server_log_name)));
        if (!noted) return tl::unexpected(noted.error());
    }
    return {};
}

/// Before schema 6 tenders stood in the ops alone. Inside a transaction.
Result<void> book_tenders_of_before(Database& database) {
    {
        Query any = database.query("SELECT 1 FROM sale_tenders LIMIT 1");
        if (any.step()) return {};
    }
    std::optional<Envelope> last = Envelope{};
    while (last) {
        ServerRows rows(database);
        Query sales = database.query(
            "SELECT o.body FROM sales s JOIN ops o USING (terminal, epoch, seq) WHERE "
            "(s.terminal, s.epoch, s.seq) > ($1, $2, $3) ORDER BY s.terminal, s.epoch, s.seq "
            "LIMIT 1000");
        sales.bind(last->terminal).bind(last->epoch).bind(last->seq);
        last.reset();
        while (sales.step()) {
            auto op = read_envelope(sales.text(0));
            if (!op) continue;
            if (auto sale = from_json<Sale>(op->data)) rows.book_tenders(*sale, *op);
            last = std::move(*op);
        }
        rows.finish();
    }
    return {};
}

/// True if another program wrote it last, whose ops may wait for this one.
Result<bool> open_book(Database& database) {
    bool is_other = false;
    auto done = database.transaction([&]() -> Result<void> {
        database.define(meta_ddl);
        auto prepared = is_prepared(database);
        if (!prepared) return tl::unexpected(prepared.error());
        if (!*prepared) {
            make_book(database);
        } else if (meta_number(database, "schema") != schema_version ||
                   meta(database, "form") != form_of_program()) {
            is_other = true;
            bring_up_to_date(database);
        }
        begin_branch(database);
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return is_other;
}

}  // namespace

domain::StoreTime store_time(Database& database, std::int64_t now_ms) {
    auto name = database.reading<std::string>([&] {
        return ShopReader(database, ShopReader::Side::server).setting("time_zone", default_zone);
    });
    auto zone = StoreZone::find(name.value_or(std::string(default_zone)));
    if (!zone) zone = StoreZone::find(default_zone);
    return zone->at(now_ms);
}

Result<void> prepare_book(Database& database, std::int64_t now_ms) {
    auto is_other = open_book(database);
    if (!is_other) return tl::unexpected(is_other.error());
    if (!*is_other) return {};
    auto applied = apply_pending(
        database, {store_time(database, now_ms), std::string(server_log_name), "upgrade"});
    if (!applied) return applied;
    return database.transaction([&]() -> Result<void> {
        auto told = journal_instruments(database, store_time(database, now_ms));
        if (!told) return told;
        if (auto booked = book_tenders_of_before(database); !booked) return booked;
        set_meta(database, "form", form_of_program());
        return {};
    });
}

Result<void> prepare_book(Database& database) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return prepare_book(database,
                        std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

}  // namespace fangxin::sync
