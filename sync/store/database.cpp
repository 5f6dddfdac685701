#include "sync/store/database.hpp"

#include "domain/check.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <deque>
#include <sqlite3.h>
#include <unordered_map>

namespace fangxin::sync {

namespace {

Error as_error(const SQLite::Exception& exception) {
    int code = exception.getErrorCode() & 0xff;
    std::string_view name = code == SQLITE_FULL                               ? "disk_full"
                            : code == SQLITE_CORRUPT || code == SQLITE_NOTADB ? "damaged"
                            : code == SQLITE_CANTOPEN                         ? "cannot_open"
                            : code == SQLITE_BUSY                             ? "busy"
                                                                              : "database";
    return Error{std::string(name), exception.what()};
}

}  // namespace

/// A prepared statement and whether a Query holds it now.
struct Prepared {
    Prepared(SQLite::Database& database, const std::string& sql) : statement(database, sql) {}
    SQLite::Statement statement;
    bool held = false;
};

struct Database::Connection {
    Connection(const std::string& file, int flags, const std::string& vfs)
        : database(file, flags, 5000, vfs) {}

    SQLite::Database database;
    std::unordered_map<std::string, std::deque<std::unique_ptr<Prepared>>> prepared;
    std::optional<Error> error;
    std::int64_t log_pages = 0;

    void fail(const SQLite::Exception& exception) {
        if (!error) error = as_error(exception);
    }

    static int on_commit(void* connection, sqlite3*, const char*, int log_pages) {
        static_cast<Connection*>(connection)->log_pages = log_pages;
        return SQLITE_OK;
    }

    Prepared* prepare(std::string_view sql) {
        auto& free_ones = prepared[std::string(sql)];
        for (auto& each : free_ones) {
            if (!each->held) return each.get();
        }
        free_ones.push_back(std::make_unique<Prepared>(database, std::string(sql)));
        return free_ones.back().get();
    }
};

struct Query::State {
    Database::Connection* connection = nullptr;
    Prepared* prepared = nullptr;
    int bound = 0;
};

Query::Query(std::unique_ptr<State> state) : state_(std::move(state)) {}
Query::Query(Query&&) noexcept = default;

Query::~Query() {
    if (!state_ || !state_->prepared) return;
    state_->prepared->statement.tryReset();
    state_->prepared->held = false;
}

Query& Query::bind(std::int64_t value) {
    if (!state_->prepared || state_->connection->error) return *this;
    try {
        state_->prepared->statement.bind(++state_->bound, value);
    } catch (const SQLite::Exception& exception) {
        state_->connection->fail(exception);
    }
    return *this;
}

Query& Query::bind(std::string_view value) {
    if (!state_->prepared || state_->connection->error) return *this;
    try {
        state_->prepared->statement.bind(++state_->bound, std::string(value));
    } catch (const SQLite::Exception& exception) {
        state_->connection->fail(exception);
    }
    return *this;
}

Query& Query::bind_bytes(std::string_view value) {
    if (!state_->prepared || state_->connection->error) return *this;
    try {
        state_->prepared->statement.bind(++state_->bound, value.data(),
                                         static_cast<int>(value.size()));
    } catch (const SQLite::Exception& exception) {
        state_->connection->fail(exception);
    }
    return *this;
}

Query& Query::bind_null() {
    if (!state_->prepared || state_->connection->error) return *this;
    try {
        state_->prepared->statement.bind(++state_->bound);
    } catch (const SQLite::Exception& exception) {
        state_->connection->fail(exception);
    }
    return *this;
}

bool Query::step() {
    if (!state_->prepared || state_->connection->error) return false;
    try {
        return state_->prepared->statement.executeStep();
    } catch (const SQLite::Exception& exception) {
        state_->connection->fail(exception);
        return false;
    }
}

std::int64_t Query::int64(int column) const {
    return state_->prepared->statement.getColumn(column).getInt64();
}

std::string Query::text(int column) const {
    return state_->prepared->statement.getColumn(column).getString();
}

bool Query::is_null(int column) const { return state_->prepared->statement.isColumnNull(column); }

Database::Database(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::filesystem::path& file, Access access,
                                const std::string& vfs) {
    int flags = access == Access::writer ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE
                                         : SQLite::OPEN_READWRITE;
    try {
        auto connection = std::make_unique<Connection>(file.string(), flags, vfs);
        SQLite::Database& database = connection->database;
        if (access == Access::writer) {
            database.exec("PRAGMA journal_mode=WAL");
            database.exec("PRAGMA synchronous=FULL");
            database.exec("PRAGMA mmap_size=268435456");
        } else {
            // Not mapped: after every commit of the writer SQLite drops a reader's whole mapping,
            // and the page faults of the next query cost more than reading its few pages.
            database.exec("PRAGMA query_only=1");
        }
        // All checkpoints are the writer's own (SQLite's WAL-reset bug, 3.7.0 to 3.51.2, needs two
        // connections that checkpoint and commit at once).
        database.exec("PRAGMA wal_autocheckpoint=0");
        sqlite3_wal_hook(database.getHandle(), Connection::on_commit, connection.get());
        database.exec("PRAGMA foreign_keys=ON");
        database.exec("PRAGMA temp_store=MEMORY");
        return Database(std::move(connection));
    } catch (const SQLite::Exception& exception) {
        return tl::unexpected(within(as_error(exception), "opening " + file.string()));
    }
}

Query Database::query(std::string_view sql) {
    auto state = std::make_unique<Query::State>();
    state->connection = connection_.get();
    if (!connection_->error) {
        try {
            state->prepared = connection_->prepare(sql);
            state->prepared->held = true;
        } catch (const SQLite::Exception& exception) {
            connection_->fail(exception);
        }
    }
    return Query(std::move(state));
}

void Database::execute(std::string_view sql) {
    if (connection_->error) return;
    try {
        connection_->database.exec(std::string(sql));
    } catch (const SQLite::Exception& exception) {
        connection_->fail(exception);
    }
}

Result<void> Database::transaction(const std::function<Result<void>()>& work) {
    FANGXIN_CHECK(!connection_->error);
    execute("BEGIN IMMEDIATE");
    if (auto error = take_error()) return tl::unexpected(within(*error, "beginning"));
    Result<void> done = work();
    if (done && !connection_->error) execute("COMMIT");
    auto error = take_error();
    if (done && !error) return {};
    // SQLite has rolled back by itself after some errors (disk full): then this one says nothing.
    execute("ROLLBACK");
    take_error();
    if (error) return tl::unexpected(*error);
    return done;
}

bool Database::begin_reading() {
    if (sqlite3_get_autocommit(connection_->database.getHandle()) == 0) return false;
    query("BEGIN").run();
    return true;
}

/// Ends it after an error too; the first error stays.
void Database::end_reading() {
    auto error = take_error();
    query("COMMIT").run();
    if (error) connection_->error = std::move(error);
}

std::optional<Error> Database::take_error() { return std::exchange(connection_->error, {}); }

int Database::busy_statements() const {
    int busy = 0;
    sqlite3* handle = connection_->database.getHandle();
    for (sqlite3_stmt* each = sqlite3_next_stmt(handle, nullptr); each != nullptr;
         each = sqlite3_next_stmt(handle, each)) {
        if (sqlite3_stmt_busy(each)) ++busy;
    }
    return busy;
}

std::string Database::quick_check() {
    std::string answer = "unreadable";
    {
        Query check = query("PRAGMA quick_check(1)");
        if (check.step()) answer = check.text(0);
    }
    if (auto error = take_error()) answer = error->detail;
    return answer;
}

void Database::checkpoint() {
    {
        Query run = query("PRAGMA wal_checkpoint(PASSIVE)");
        run.step();
    }
    take_error();  // a reader held it back; the next one goes on
}

std::int64_t Database::log_pages() const { return connection_->log_pages; }

void Database::limit_pages(std::int64_t pages) {
    query("PRAGMA max_page_count=" + std::to_string(pages)).step();
}

}  // namespace fangxin::sync
