// One connection to the embedded database. Owned and used by one thread. SQLiteCpp and its
// exceptions stay in database.cpp.
//
// Errors are sticky inside a unit of work: after the first one every query yields nothing, and
// `transaction` or `reading` returns that error instead of a half-read answer. So a block table
// that cannot be read is never mistaken for an empty one.
#pragma once

#include "domain/result.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace fangxin::sync {

class Database;
struct Connection;
struct Prepared;

/// One run of a prepared statement; bound by `$1`, `$2` … in order of first use. The statement is
/// reset when this goes out of scope: no read snapshot outlives its function.
class Query {
  public:
    Query(Query&&) noexcept;
    Query& operator=(Query&&) = delete;
    ~Query();

    Query& bind(std::int64_t value);
    Query& bind(std::string_view value);
    Query& bind_bytes(std::string_view value);
    Query& bind_null();

    /// True while there is a row; false at the end and after an error.
    bool step();
    /// For statements that give no rows.
    void run() { step(); }

    std::int64_t int64(int column) const;
    std::string text(int column) const;  ///< also the bytes of a blob
    bool is_null(int column) const;

  private:
    friend class Database;
    Query(Connection* connection, Prepared* prepared)
        : connection_(connection), prepared_(prepared) {}
    bool ready() const;

    Connection* connection_;
    Prepared* prepared_;  ///< null: it could not be prepared
    int bound_ = 0;
};

class Database {
  public:
    enum class Access { writer, reader };

    /// Opens or creates. The writer sets WAL, synchronous FULL, no automatic checkpoints.
    /// Codes: `cannot_open`, `damaged` (not a database, or malformed).
    /// Damage that is met later is left as a note beside the file (`was_damaged`).
    /// `vfs` names another of SQLite's file systems (the simulator's loses what was not synced).
    static Result<Database> open(const std::filesystem::path& file, Access access,
                                 const std::string& vfs = "");

    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    Query query(std::string_view sql);
    void execute(std::string_view sql);

    /// Runs `work` between BEGIN IMMEDIATE and COMMIT; rolls back on any error of the database or
    /// one that `work` returns; the database's own comes first, since `work` may only have seen its
    /// consequence. Codes: `disk_full`, `database` and what `work` returns.
    Result<void> transaction(const std::function<Result<void>()>& work);

    /// Runs reads in one transaction: they see the same commit, and the log is locked once for all
    /// of them. An error of the database comes back instead of their answer. May be nested, also in
    /// `transaction`; ends with the outermost, and an error sticks until then: what was read around
    /// the inner one is no whole answer either.
    template <class T>
    Result<T> reading(const std::function<T()>& work) {
        bool outermost = begin_reading();
        T answer = work();
        if (auto error = end_reading(outermost)) return tl::unexpected(*error);
        return answer;
    }

    std::optional<Error> take_error();

    /// Whether a connection of any program met damage in this file since it was last cleared; the
    /// file is then checked whole before it is trusted again.
    static bool was_damaged(const std::filesystem::path& file);
    static void clear_damaged(const std::filesystem::path& file);
    /// Called after the commit of a transaction with the statement count still stepped: tests ask.
    int busy_statements() const;
    /// `ok`, or the first complaint of PRAGMA quick_check.
    std::string quick_check();
    /// Moves the write-ahead log into the database, as far as no reader holds it back.
    void checkpoint();
    /// Pages in the write-ahead log after this connection's last commit; the log begins anew with
    /// the first commit after a whole checkpoint.
    std::int64_t log_pages() const;
    /// As if a call of the disk failed from now on: `PRAGMA max_page_count`. For tests of a full
    /// disk on the real engine.
    void limit_pages(std::int64_t pages);

  private:
    bool begin_reading();
    std::optional<Error> end_reading(bool outermost);
    explicit Database(std::unique_ptr<Connection> connection);
    std::unique_ptr<Connection> connection_;
};

}  // namespace fangxin::sync
