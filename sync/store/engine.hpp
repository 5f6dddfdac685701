// What a database engine gives to `Database` and `Query`: one connection and the statements that
// run on it. SQLite's is sqlite_connection.cpp, PostgreSQL's postgres_connection.cpp; nobody else
// includes their libraries. One thread owns a connection.
//
// A library's exceptions end here: an engine keeps the first one as `Connection::error`, and does
// nothing more until somebody has taken it.
#pragma once

#include "domain/result.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace fangxin::sync {

/// Which one lies underneath, for the few who must know (a file's lock, a backup's way).
enum class Engine { sqlite, postgres };

/// How a column's values are bound and written. `raw_text` is text in whatever bytes it came.
enum class ColumnKind { integer, text, raw_text, bytes };

/// One run of a statement. Places count from 1, columns from 0.
class Statement {
  public:
    virtual ~Statement() = default;

    virtual void bind(int place, std::int64_t value) = 0;
    virtual void bind_text(int place, std::string_view value) = 0;
    virtual void bind_raw_text(int place, std::string_view value) = 0;
    virtual void bind_bytes(int place, std::string_view value) = 0;
    virtual void bind_null(int place) = 0;
    /// For `Database::is_one_of`.
    virtual void bind_list(int place, std::span<const std::string> values) = 0;

    /// True while there is a row.
    virtual bool step() = 0;
    virtual std::int64_t int64(int column) const = 0;
    virtual std::string text(int column) const = 0;
    virtual bool is_null(int column) const = 0;
    /// Ready to be bound and run again.
    virtual void again() = 0;
    /// Nobody runs it any more; nothing of it stays open.
    virtual void release() = 0;
};

class Connection {
  public:
    Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    virtual ~Connection() = default;

    virtual Engine engine() const = 0;
    /// The connection's own, until it is released. Null after an error.
    virtual Statement* statement(std::string_view sql) = 0;
    virtual void execute(std::string_view sql) = 0;

    virtual void begin_writing() = 0;
    virtual void begin_reading() = 0;
    virtual void commit() = 0;
    /// Also where the engine has rolled back by itself. Never an error.
    virtual void roll_back() = 0;
    /// The one named `attempt`.
    virtual void roll_back_to_savepoint() = 0;
    virtual int busy_statements() const = 0;
    /// Which connection to the engine this is, by count: after another one the database may be
    /// another one too.
    virtual std::int64_t session() const { return 1; }

    // Where the two speak differently.
    virtual std::string ddl(std::string_view sql) const = 0;
    virtual std::string is_one_of(std::string_view column, int place) const = 0;
    virtual bool has_column(std::string_view table, std::string_view column) = 0;
    /// Of the JSON object in `extra`, its member as a value of the column's type, else null.
    virtual std::string member_of_extra(std::string_view member, ColumnKind kind) const = 0;
    /// Something that this database is not to hold, in whichever engine: as its own error.
    virtual void refuse(std::string why) {
        if (!error) error = Error{"cannot_store", std::move(why)};
    }
    /// For those who listen, once this unit of work is committed.
    virtual void tell(std::string_view) {}

    // What only a file has.
    /// Copies it whole into a new file, some pages at a time; `between` may write.
    virtual void copy_to(const std::string&, const std::function<void()>&) {
        if (!error) error = Error{"database", "only a file is copied so"};
    }
    virtual std::string quick_check() { return "ok"; }
    virtual void checkpoint() {}
    virtual std::int64_t log_pages() const { return 0; }
    virtual void limit_pages(std::int64_t) {}

    std::optional<Error> error;
    int units_of_work =
        0;  ///< open, one in another; the engine may end its transaction before them
};

}  // namespace fangxin::sync
