// Opening a terminal's database: creating it, and what to do with one that is damaged.
#include "sync/overlay.hpp"
#include "sync/store/file_lock.hpp"
#include "sync/store/meta.hpp"
#include "sync/store/row_table.hpp"
#include "sync/terminal_journal.hpp"

#include <chrono>
#include <fstream>

namespace fangxin::sync {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view ops_ddl =
    "CREATE TABLE IF NOT EXISTS ops (epoch INTEGER NOT NULL, seq INTEGER NOT NULL, "
    "kind TEXT NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL, body TEXT NOT NULL, "
    "hash BLOB NOT NULL, PRIMARY KEY (epoch, seq)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS logs (epoch INTEGER PRIMARY KEY, last_seq INTEGER NOT NULL, "
    "head BLOB NOT NULL, acked_seq INTEGER NOT NULL) STRICT;"
    // What a till keeps for itself: its receipts, what is to be printed, the basket in hand.
    "CREATE TABLE IF NOT EXISTS receipts (number TEXT PRIMARY KEY, epoch INTEGER NOT NULL, "
    "seq INTEGER NOT NULL, head TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS print_jobs (id INTEGER PRIMARY KEY, name TEXT NOT NULL, "
    "receipt TEXT NOT NULL, copy INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;"
    // The job of which a part may be on paper.
    "CREATE TABLE IF NOT EXISTS print_begun (id INTEGER PRIMARY KEY) STRICT;"
    "CREATE TABLE IF NOT EXISTS drafts (name TEXT PRIMARY KEY, number INTEGER NOT NULL, "
    "body TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS pin_tries (person TEXT PRIMARY KEY, failures INTEGER NOT NULL, "
    "rounds INTEGER NOT NULL, blocked_until_ms INTEGER NOT NULL) STRICT;";

/// Copies every op that can still be read into a file of its own, a line each.
std::int64_t salvage_ops(const fs::path& damaged, const fs::path& into) {
    auto database = Database::open(damaged, Database::Access::reader);
    if (!database) return 0;
    std::ofstream out(into);
    std::int64_t count = 0;
    Query query = database->query("SELECT body FROM ops ORDER BY epoch, seq");
    while (query.step()) {
        out << query.text(0) << '\n';
        ++count;
    }
    return count;
}

struct Aside {
    std::string name;
    std::int64_t ops = 0;
};

Aside set_aside(const fs::path& file) {
    auto now = std::chrono::system_clock::now().time_since_epoch();
    auto stamp = std::chrono::duration_cast<std::chrono::seconds>(now).count();
    fs::path aside = file;
    aside += fmt::format(".damaged-{}", stamp);
    std::error_code ignored;
    for (int again = 2; fs::exists(aside, ignored); ++again) {
        aside = file;
        aside += fmt::format(".damaged-{}-{}", stamp, again);
    }
    fs::rename(file, aside, ignored);
    for (const char* suffix : {"-wal", "-shm"}) {
        fs::path part = file;
        part += suffix;
        fs::path part_aside = aside;
        part_aside += suffix;
        fs::rename(part, part_aside, ignored);
    }
    fs::path log = aside;
    log += ".ops.jsonl";
    return {aside.filename().string(), salvage_ops(aside, log)};
}

bool was_clean(Database& database) {
    std::string clean = meta(database, "clean");
    return !database.take_error() && clean == "1";
}

/// An older program passed over rows of tables that it did not know: all rows are asked for again,
/// and meanwhile those that are here stay in force.
void bring_up_to_date(Database& database) {
    if (meta_number(database, "schema") == schema_version) return;
    // One of them came without a new schema.
    database.execute(ops_ddl);
    database.execute(overlay_ddl);
    bring_row_table_up_to_date<domain::Block>(database);
    for_each_row_type([&]<class R>() { bring_row_table_up_to_date<R>(database); });
    set_meta(database, "schema", std::to_string(schema_version));
    // Also blocks: an older program kept those that its server no longer knew, and told nobody.
    mark_rows_old(database);
}

Result<Database> open_checked(const fs::path& file, const TerminalIdentity& identity) {
    bool existed = fs::exists(file);
    auto database = Database::open(file, Database::Access::writer);
    if (!database) return database;
    if (existed && (Database::was_damaged(file) || !was_clean(*database))) {
        if (std::string check = database->quick_check(); check != "ok") {
            return failure("damaged", check);
        }
    }
    Database::clear_damaged(file);
    auto migrated = prepare_journal(*database, identity);
    if (!migrated) return tl::unexpected(migrated.error());
    auto marked = database->transaction([&]() -> Result<void> {
        set_meta(*database, "clean", "0");
        return {};
    });
    if (!marked) return tl::unexpected(marked.error());
    return database;
}

}  // namespace

Result<void> prepare_journal(Database& database, const TerminalIdentity& identity) {
    return database.transaction([&]() -> Result<void> {
        database.execute(meta_ddl);
        auto prepared = is_prepared(database);
        if (!prepared) return tl::unexpected(prepared.error());
        if (*prepared) {
            if (meta(database, "terminal") != identity.terminal) {
                return failure("other_terminal",
                               "this folder belongs to " + meta(database, "terminal"));
            }
            bring_up_to_date(database);
            return {};
        }
        database.execute(ops_ddl);
        database.execute(overlay_ddl);
        database.execute(row_table_ddl<domain::Block>());
        for_each_row_type([&]<class R>() { database.execute(row_table_ddl<R>()); });
        set_meta(database, "schema", std::to_string(schema_version));
        set_meta(database, "terminal", identity.terminal);
        start_log(database, 1);
        return {};
    });
}

Result<OpenedJournal> open_journal(const fs::path& directory, const TerminalIdentity& identity) {
    std::error_code failed;
    fs::create_directories(directory, failed);
    if (failed) return failure("cannot_open", directory.string() + ": " + failed.message());
    auto lock = FileLock::take(directory / "terminal.lock");
    if (!lock) return tl::unexpected(lock.error());
    fs::path file = directory / "terminal.db";
    auto database = open_checked(file, identity);
    Aside aside;
    if (!database && database.error().code == "damaged") {
        aside = set_aside(file);
        Database::clear_damaged(file);
        database = open_checked(file, identity);
    }
    if (!database) return tl::unexpected(database.error());
    return OpenedJournal{std::move(*database), std::move(*lock), aside.name, aside.ops};
}

void mark_clean(Database& database) {
    (void)database.transaction([&]() -> Result<void> {
        set_meta(database, "clean", "1");
        return {};
    });
}

}  // namespace fangxin::sync
