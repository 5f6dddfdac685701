#include "tests/bench/raw_sqlite.hpp"

#include "tests/bench/bench.hpp"

namespace fangxin::bench {

namespace {

void check(int code, sqlite3* database) {
    if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return;
    throw Failed(std::string("SQLite: ") + (database ? sqlite3_errmsg(database) : "no memory"));
}

}  // namespace

RawStatement::RawStatement(sqlite3* database, std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()),
                             SQLITE_PREPARE_PERSISTENT, &statement, nullptr),
          database);
    statement_.reset(statement);
}

RawStatement& RawStatement::bind(int place, std::string_view text) {
    check(sqlite3_bind_text(statement_.get(), place, text.data(), static_cast<int>(text.size()),
                            SQLITE_STATIC),
          sqlite3_db_handle(statement_.get()));
    return *this;
}

RawStatement& RawStatement::bind(int place, std::int64_t value) {
    check(sqlite3_bind_int64(statement_.get(), place, value), sqlite3_db_handle(statement_.get()));
    return *this;
}

bool RawStatement::step() {
    int code = sqlite3_step(statement_.get());
    check(code, sqlite3_db_handle(statement_.get()));
    return code == SQLITE_ROW;
}

void RawStatement::reset() { sqlite3_reset(statement_.get()); }

std::size_t RawStatement::read_row() {
    std::size_t bytes = 0;
    int columns = sqlite3_column_count(statement_.get());
    for (int i = 0; i < columns; ++i) {
        const unsigned char* text = sqlite3_column_text(statement_.get(), i);
        if (text) bytes += static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), i));
    }
    return bytes;
}

std::string RawStatement::text(int column) {
    const void* bytes = sqlite3_column_blob(statement_.get(), column);
    auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    return bytes ? std::string(static_cast<const char*>(bytes), size) : std::string();
}

RawDatabase::RawDatabase(const std::filesystem::path& file, Access access) {
    sqlite3* database = nullptr;
    int flags = access == Access::writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                         : SQLITE_OPEN_READONLY;
    int code = sqlite3_open_v2(file.c_str(), &database, flags, nullptr);
    database_.reset(database);
    check(code, database);
    sqlite3_busy_timeout(database, 5000);
    if (access == Access::writer) {
        execute("PRAGMA journal_mode=WAL");
        execute("PRAGMA synchronous=FULL");
        execute("PRAGMA mmap_size=268435456");
    }
    execute("PRAGMA wal_autocheckpoint=0");
}

void RawDatabase::execute(const char* sql) {
    check(sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr), database_.get());
}

}  // namespace fangxin::bench
