// The embedded engine, over SQLiteCpp. SQLite has one writer and all checkpoints are its own.
#include "sync/store/database.hpp"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <deque>
#include <fmt/format.h>
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

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};

/// Of a copy, between two of which others may write: about a millisecond.
constexpr int pages_at_once = 256;

constexpr const char* map_the_file = "PRAGMA mmap_size=268435456";

class SqliteConnection;

/// Kept when it is released: preparing costs more than running.
class SqliteStatement final : public Statement {
  public:
    SqliteStatement(SqliteConnection& connection, SQLite::Database& database,
                    const std::string& sql)
        : connection_(connection), statement_(database, sql) {}

    void bind(int place, std::int64_t value) override {
        guarded([&] { statement_.bind(place, value); });
    }
    void bind_text(int place, std::string_view value) override {
        guarded([&] { statement_.bind(place, std::string(value)); });
    }
    void bind_raw_text(int place, std::string_view value) override { bind_text(place, value); }
    void bind_bytes(int place, std::string_view value) override {
        guarded([&] { statement_.bind(place, value.data(), static_cast<int>(value.size())); });
    }
    void bind_null(int place) override {
        guarded([&] { statement_.bind(place); });
    }
    void bind_list(int place, std::span<const std::string> values) override {
        boost::json::array list(values.begin(), values.end());
        bind_text(place, boost::json::serialize(list));
    }

    bool step() override {
        bool row = false;
        guarded([&] { row = statement_.executeStep(); });
        return row;
    }
    std::int64_t int64(int column) const override {
        return statement_.getColumn(column).getInt64();
    }
    std::string text(int column) const override { return statement_.getColumn(column).getString(); }
    bool is_null(int column) const override { return statement_.isColumnNull(column); }
    void again() override { statement_.tryReset(); }
    void release() override {
        statement_.tryReset();
        held = false;
    }

    bool held = false;

  private:
    template <class Call>
    void guarded(Call call);

    SqliteConnection& connection_;
    SQLite::Statement statement_;
};

class SqliteConnection final : public Connection {
  public:
    SqliteConnection(const std::filesystem::path& file, int flags, const std::string& vfs)
        : file_(file), database_(file.string(), flags, 5000, vfs) {}

    void set_up(Database::Access access);

    Engine engine() const override { return Engine::sqlite; }
    Statement* statement(std::string_view sql) override;
    void execute(std::string_view sql) override;
    void begin_writing() override { run("BEGIN IMMEDIATE"); }
    void begin_reading() override { run("BEGIN"); }
    void commit() override { run("COMMIT"); }
    void roll_back() override {
        // SQLite has rolled back by itself after some errors (disk full): then this one says
        // nothing.
        execute("ROLLBACK");
        error.reset();
    }
    void roll_back_to_savepoint() override {
        error.reset();
        execute("ROLLBACK TO attempt");
    }
    int busy_statements() const override;

    std::string ddl(std::string_view sql) const override;
    std::string is_one_of(std::string_view column, int place) const override {
        return fmt::format("{} IN (SELECT value FROM json_each(${}))", column, place);
    }
    bool has_column(std::string_view table, std::string_view column) override;
    std::string member_of_extra(std::string_view member, ColumnKind kind) const override;

    void copy_to(const std::string& file, const std::function<void()>& between) override;
    std::string quick_check() override;
    void checkpoint() override;
    std::int64_t log_pages() const override { return log_pages_; }
    void limit_pages(std::int64_t pages) override {
        ask("PRAGMA max_page_count=" + std::to_string(pages));
    }

    void fail(const SQLite::Exception& exception) {
        if (error) return;
        error = as_error(exception);
        if (error->code == "damaged") std::ofstream(damage_note(file_)) << error->detail << '\n';
    }

  private:
    static int on_commit(void* connection, sqlite3*, const char*, int log_pages) {
        static_cast<SqliteConnection*>(connection)->log_pages_ = log_pages;
        return SQLITE_OK;
    }
    void run(std::string_view sql) { ask(sql); }
    /// The first column of the first row, empty if there is none.
    std::string ask(std::string_view sql);

    std::filesystem::path file_;
    SQLite::Database database_;
    // A deque does not move what is in it.
    std::unordered_map<std::string, std::deque<SqliteStatement>, TextHash, std::equal_to<>>
        prepared_;
    std::int64_t log_pages_ = 0;
    bool is_mapped_ = false;
};

template <class Call>
void SqliteStatement::guarded(Call call) {
    try {
        call();
    } catch (const SQLite::Exception& exception) {
        connection_.fail(exception);
    }
}

void SqliteConnection::set_up(Database::Access access) {
    if (access == Database::Access::writer) {
        database_.exec("PRAGMA journal_mode=WAL");
        database_.exec("PRAGMA synchronous=FULL");
        database_.exec(map_the_file);
        is_mapped_ = true;
    } else {
        // Not mapped: after every commit of the writer SQLite drops a reader's whole mapping,
        // and the page faults of the next query cost more than reading its few pages.
        database_.exec("PRAGMA query_only=1");
    }
    // All checkpoints are the writer's own (SQLite's WAL-reset bug, 3.7.0 to 3.51.2, needs two
    // connections that checkpoint and commit at once).
    database_.exec("PRAGMA wal_autocheckpoint=0");
    sqlite3_wal_hook(database_.getHandle(), on_commit, this);
    database_.exec("PRAGMA foreign_keys=ON");
    database_.exec("PRAGMA temp_store=MEMORY");
}

Statement* SqliteConnection::statement(std::string_view sql) {
    if (error) return nullptr;
    auto known = prepared_.find(sql);
    if (known == prepared_.end()) known = prepared_.try_emplace(std::string(sql)).first;
    for (SqliteStatement& each : known->second) {
        if (each.held) continue;
        each.held = true;
        return &each;
    }
    try {
        SqliteStatement& made = known->second.emplace_back(*this, database_, known->first);
        made.held = true;
        return &made;
    } catch (const SQLite::Exception& exception) {
        fail(exception);
        return nullptr;
    }
}

void SqliteConnection::execute(std::string_view sql) {
    if (error) return;
    try {
        database_.exec(std::string(sql));
    } catch (const SQLite::Exception& exception) {
        fail(exception);
    }
}

std::string SqliteConnection::ask(std::string_view sql) {
    Statement* asked = statement(sql);
    if (!asked) return {};
    std::string answer = asked->step() ? asked->text(0) : "";
    asked->release();
    return answer;
}

int SqliteConnection::busy_statements() const {
    int busy = 0;
    sqlite3* handle = database_.getHandle();
    for (sqlite3_stmt* each = sqlite3_next_stmt(handle, nullptr); each != nullptr;
         each = sqlite3_next_stmt(handle, each)) {
        if (sqlite3_stmt_busy(each)) ++busy;
    }
    return busy;
}

std::string SqliteConnection::ddl(std::string_view sql) const {
    std::string own(sql);
    constexpr std::string_view raw = "RAW_TEXT";
    for (std::size_t at = own.find(raw); at != own.npos; at = own.find(raw, at))
        own.replace(at, raw.size(), "TEXT");
    return own;
}

bool SqliteConnection::has_column(std::string_view table, std::string_view column) {
    Statement* asked = statement("SELECT 1 FROM pragma_table_info($1) WHERE name = $2");
    if (!asked) return false;
    asked->bind_text(1, table);
    asked->bind_text(2, column);
    const bool has = asked->step();
    asked->release();
    return has;
}

/// Of another type it is not ours; a strict column would not take it.
std::string SqliteConnection::member_of_extra(std::string_view member, ColumnKind kind) const {
    return fmt::format(
        "CASE WHEN json_valid(extra) AND json_type(extra, '$.{0}') IN ({1}) "
        "THEN json_extract(extra, '$.{0}') END",
        member, kind == ColumnKind::integer ? "'integer', 'true', 'false'" : "'text'");
}

void SqliteConnection::copy_to(const std::string& file, const std::function<void()>& between) {
    if (error) return;
    try {
        SQLite::Database copy(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        {
            SQLite::Backup backup(copy, database_);
            while (backup.executeStep(pages_at_once) != SQLITE_DONE)
                if (between) between();
        }
        // One file, with nothing beside it.
        copy.exec("PRAGMA synchronous=FULL");
        copy.exec("PRAGMA journal_mode=DELETE");
    } catch (const SQLite::Exception& exception) {
        // The copy's fault is none of the book's.
        if (!error) error = Error{as_error(exception).code, exception.what()};
    }
}

std::string SqliteConnection::quick_check() {
    std::string answer = ask("PRAGMA quick_check(1)");
    if (answer.empty()) answer = "unreadable";
    if (auto failed = std::exchange(error, {})) answer = failed->detail;
    // It has read every page. They are let go, and mapped again as they are needed: a till that
    // came back from a power cut held 84 MB of a shop of 100,000 items for the rest of its day.
    if (is_mapped_) {
        execute("PRAGMA mmap_size=0");
        execute(map_the_file);
    }
    return answer;
}

void SqliteConnection::checkpoint() {
    ask("PRAGMA wal_checkpoint(PASSIVE)");
    error.reset();  // a reader held it back; the next one goes on
}

}  // namespace

Result<Database> Database::open(const std::filesystem::path& file, Access access,
                                const std::string& vfs) {
    // A connection has one thread, so it needs none of SQLite's locks.
    int flags = SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX;
    if (access == Access::writer) flags |= SQLite::OPEN_CREATE;
    try {
        auto connection = std::make_unique<SqliteConnection>(file, flags, vfs);
        connection->set_up(access);
        return Database(std::move(connection));
    } catch (const SQLite::Exception& exception) {
        return tl::unexpected(within(as_error(exception), "opening " + file.string()));
    }
}

bool Database::was_damaged(const std::filesystem::path& file) {
    std::error_code ignored;
    return std::filesystem::exists(damage_note(file), ignored);
}

void Database::clear_damaged(const std::filesystem::path& file) {
    std::error_code ignored;
    std::filesystem::remove(damage_note(file), ignored);
}

}  // namespace fangxin::sync
