// SQLite as bare as it comes, for floors and for looking into a running server's book: the C calls,
// with the same pragmas as sync/store/database.cpp. Not thread-safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <sqlite3.h>
#include <string>
#include <string_view>

namespace fangxin::bench {

class RawStatement {
  public:
    RawStatement(sqlite3* database, std::string_view sql);

    /// The text must live until the next reset.
    RawStatement& bind(int place, std::string_view text);
    RawStatement& bind(int place, std::int64_t value);
    /// True while there is a row.
    bool step();
    void reset();
    /// Reads every column of the row; how many bytes that was.
    std::size_t read_row();
    std::int64_t int64(int column) { return sqlite3_column_int64(statement_.get(), column); }
    std::string text(int column);

  private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class RawDatabase {
  public:
    enum class Access { writer, reader };
    RawDatabase(const std::filesystem::path& file, Access access);

    void execute(const char* sql);
    RawStatement prepare(std::string_view sql) { return {database_.get(), sql}; }

  private:
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close(database); }
    };
    std::unique_ptr<sqlite3, Close> database_;
};

}  // namespace fangxin::bench
