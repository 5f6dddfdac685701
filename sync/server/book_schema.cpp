#include "sync/ops.hpp"
#include "sync/server/book.hpp"
#include "sync/server/book_news.hpp"
#include "sync/server/branches.hpp"
#include "sync/server/identities.hpp"
#include "sync/server/tombstones.hpp"
#include "sync/store/meta.hpp"
#include "sync/store/row_table.hpp"

#include <sodium.h>

namespace fangxin::sync {

namespace {

constexpr std::string_view book_ddl =
    "CREATE TABLE IF NOT EXISTS ops (terminal TEXT NOT NULL, epoch INTEGER NOT NULL, "
    "seq INTEGER NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL, "
    "body RAW_TEXT NOT NULL, hash BLOB NOT NULL, status TEXT NOT NULL, why TEXT NOT NULL DEFAULT "
    "'', "
    "PRIMARY KEY (terminal, epoch, seq)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS ops_unapplied ON ops(status) WHERE status <> 'applied';"
    "CREATE TABLE IF NOT EXISTS terminal_logs (terminal TEXT NOT NULL, epoch INTEGER NOT NULL, "
    "last_seq INTEGER NOT NULL, head BLOB NOT NULL, PRIMARY KEY (terminal, epoch)) STRICT, "
    "WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS known_terminals (terminal TEXT PRIMARY KEY, role TEXT NOT NULL, "
    "app TEXT NOT NULL, last_seen_ms INTEGER NOT NULL, conflict TEXT NOT NULL DEFAULT '', "
    "opened_epoch INTEGER NOT NULL DEFAULT 0, repairs INTEGER NOT NULL DEFAULT 0) STRICT;"
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
    "CREATE TABLE IF NOT EXISTS block_versions (block TEXT PRIMARY KEY, ver INTEGER NOT NULL) "
    "STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS block_acks (terminal TEXT NOT NULL, block_cursor INTEGER NOT NULL, "
    "at_ms INTEGER NOT NULL, PRIMARY KEY (terminal, block_cursor)) STRICT, WITHOUT ROWID;";

/// What this program keeps and an older one did not. Lines that were sold before say no dates.
void bring_up_to_date(Database& database) {
    if (!database.has_column("sale_lines", "expiry")) {
        database.define("ALTER TABLE sale_lines ADD COLUMN production TEXT NOT NULL DEFAULT ''");
        database.define("ALTER TABLE sale_lines ADD COLUMN expiry TEXT NOT NULL DEFAULT ''");
        // Other columns under the same name, and two that nobody asks any more.
        for (std::string_view index : {"sales_at", "sale_lines_batch", "sale_lines_loose"})
            database.execute(fmt::format("DROP INDEX IF EXISTS {}", index));
    }
    if (!database.has_column("known_terminals", "repairs")) {
        for (std::string_view column : {"opened_epoch", "repairs"}) {
            database.define(fmt::format(
                "ALTER TABLE known_terminals ADD COLUMN {} INTEGER NOT NULL DEFAULT 0", column));
        }
    }
    database.define(book_ddl);
    database.define(identities_ddl);
    database.define(tombstones_ddl);
    database.define(branches_ddl);
    bring_row_table_up_to_date<domain::Block>(database);
    for_each_row_type([&]<class R>() { bring_row_table_up_to_date<R>(database); });
    set_meta(database, "schema", std::to_string(schema_version));
    database.execute(
        "INSERT INTO block_versions (block,ver) SELECT id, ver FROM blocks WHERE true "
        "ON CONFLICT (block) DO NOTHING");
}

}  // namespace

void begin_server_epoch(Database& database) {
    const bool is_first = meta(database, "server_epoch").empty();
    set_meta(database, "own_epoch",
             std::to_string(is_first ? 1 : next_server_op(database).epoch + 1));
    // Below 2^52, so that it travels as an integer; unlike any other store's or backup's.
    std::uint64_t random = 0;
    randombytes_buf(&random, sizeof random);
    set_meta(database, "server_epoch", std::to_string((random >> 12) | 1));
    database.tell(news_of({.renewed = true}));
}

Result<void> prepare_book(Database& database) {
    return database.transaction([&]() -> Result<void> {
        database.define(meta_ddl);
        auto prepared = is_prepared(database);
        if (!prepared) return tl::unexpected(prepared.error());
        if (*prepared) {
            bring_up_to_date(database);
            begin_branch(database);
            return apply_pending(database);
        }
        database.define(book_ddl);
        database.define(identities_ddl);
        database.define(tombstones_ddl);
        database.define(branches_ddl);
        database.define(row_table_ddl<domain::Block>());
        for_each_row_type([&]<class R>() { database.define(row_table_ddl<R>()); });
        set_meta(database, "schema", std::to_string(schema_version));
        set_meta(database, "ver", "0");  // the row that writers on a database server lock
        begin_server_epoch(database);
        begin_branch(database);
        return {};
    });
}

}  // namespace fangxin::sync
