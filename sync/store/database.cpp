#include "sync/store/database.hpp"

#include "domain/check.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <deque>
#include <fstream>
#include <sqlite3.h>
#include <unordered_map>
#include <utility>

namespace fangxin::sync {

namespace {

// SQLite counts every allocation under one lock for all threads; nobody asks for the count.
[[maybe_unused]] const int no_memory_statistics = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);

/// A file and not a row: the database itself is what cannot be trusted.
std::filesystem::path damage_note(std::filesystem::path file) { return file += ".damage"; }

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

/// Finds a statement by its text without a copy of it: some thousand times a second.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};

constexpr const char* map_the_file = "PRAGMA mmap_size=268435456";

struct Connection {
    Connection(const std::filesystem::path& path, int flags, const std::string& vfs)
        : file(path), database(path.string(), flags, 5000, vfs) {}

    std::filesystem::path file;
    SQLite::Database database;
    std::unordered_map<std::string, std::deque<Prepared>, TextHash, std::equal_to<>> prepared;
    std::optional<Error> error;
    int units_of_work = 0;  ///< open, one in another; SQLite may end its transaction before them
    std::int64_t log_pages = 0;
    bool is_mapped = false;

    void fail(const SQLite::Exception& exception) {
        if (error) return;
        error = as_error(exception);
        if (error->code == "damaged") std::ofstream(damage_note(file)) << error->detail << '\n';
    }

    static int on_commit(void* connection, sqlite3*, const char*, int log_pages) {
        static_cast<Connection*>(connection)->log_pages = log_pages;
        return SQLITE_OK;
    }

    Prepared* prepare(std::string_view sql) {
        auto known = prepared.find(sql);
        if (known == prepared.end()) known = prepared.try_emplace(std::string(sql)).first;
        for (Prepared& each : known->second) {
            if (!each.held) return &each;
        }
        return &known->second.emplace_back(database, known->first);
    }
};

Query::Query(Query&& other) noexcept
    : connection_(other.connection_),
      prepared_(std::exchange(other.prepared_, nullptr)),
      bound_(other.bound_) {}

Query::~Query() {
    if (!prepared_) return;
    prepared_->statement.tryReset();
    prepared_->held = false;
}

bool Query::ready() const { return prepared_ && !connection_->error; }

Query& Query::bind(std::int64_t value) {
    if (!ready()) return *this;
    try {
        prepared_->statement.bind(++bound_, value);
    } catch (const SQLite::Exception& exception) {
        connection_->fail(exception);
    }
    return *this;
}

Query& Query::bind(std::string_view value) {
    if (!ready()) return *this;
    try {
        prepared_->statement.bind(++bound_, std::string(value));
    } catch (const SQLite::Exception& exception) {
        connection_->fail(exception);
    }
    return *this;
}

Query& Query::bind_bytes(std::string_view value) {
    if (!ready()) return *this;
    try {
        prepared_->statement.bind(++bound_, value.data(), static_cast<int>(value.size()));
    } catch (const SQLite::Exception& exception) {
        connection_->fail(exception);
    }
    return *this;
}

Query& Query::bind_null() {
    if (!ready()) return *this;
    try {
        prepared_->statement.bind(++bound_);
    } catch (const SQLite::Exception& exception) {
        connection_->fail(exception);
    }
    return *this;
}

bool Query::step() {
    if (!ready()) return false;
    try {
        return prepared_->statement.executeStep();
    } catch (const SQLite::Exception& exception) {
        connection_->fail(exception);
        return false;
    }
}

std::int64_t Query::int64(int column) const {
    return prepared_->statement.getColumn(column).getInt64();
}

std::string Query::text(int column) const {
    return prepared_->statement.getColumn(column).getString();
}

bool Query::is_null(int column) const { return prepared_->statement.isColumnNull(column); }

Database::Database(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::filesystem::path& file, Access access,
                                const std::string& vfs) {
    // A connection has one thread, so it needs none of SQLite's locks.
    int flags = SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX;
    if (access == Access::writer) flags |= SQLite::OPEN_CREATE;
    try {
        auto connection = std::make_unique<Connection>(file, flags, vfs);
        SQLite::Database& database = connection->database;
        if (access == Access::writer) {
            database.exec("PRAGMA journal_mode=WAL");
            database.exec("PRAGMA synchronous=FULL");
            database.exec(map_the_file);
            connection->is_mapped = true;
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
    if (connection_->error) return {connection_.get(), nullptr};
    try {
        Prepared* prepared = connection_->prepare(sql);
        prepared->held = true;
        return {connection_.get(), prepared};
    } catch (const SQLite::Exception& exception) {
        connection_->fail(exception);
        return {connection_.get(), nullptr};
    }
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
    query("BEGIN IMMEDIATE").run();
    if (auto error = take_error()) return tl::unexpected(within(*error, "beginning"));
    ++connection_->units_of_work;
    Result<void> done = work();
    --connection_->units_of_work;
    if (done && !connection_->error) query("COMMIT").run();
    auto error = take_error();
    if (done && !error) return {};
    // SQLite has rolled back by itself after some errors (disk full): then this one says nothing.
    execute("ROLLBACK");
    take_error();
    if (error) return tl::unexpected(*error);
    return done;
}

bool Database::begin_reading() {
    bool outermost = connection_->units_of_work++ == 0;
    if (outermost) query("BEGIN").run();
    return outermost;
}

/// Ends the outermost after an error too; the first error counts.
std::optional<Error> Database::end_reading(bool outermost) {
    --connection_->units_of_work;
    if (!outermost) return connection_->error;
    auto error = take_error();
    query("COMMIT").run();
    auto at_the_end = take_error();
    return error ? error : at_the_end;
}

bool Database::was_damaged(const std::filesystem::path& file) {
    std::error_code ignored;
    return std::filesystem::exists(damage_note(file), ignored);
}

void Database::clear_damaged(const std::filesystem::path& file) {
    std::error_code ignored;
    std::filesystem::remove(damage_note(file), ignored);
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
    // It has read every page. They are let go, and mapped again as they are needed: a till that
    // came back from a power cut held 84 MB of a shop of 100,000 items for the rest of its day.
    if (connection_->is_mapped) {
        execute("PRAGMA mmap_size=0");
        execute(map_the_file);
    }
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
