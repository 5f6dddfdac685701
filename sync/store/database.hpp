// One connection to a program's database. Owned and used by one thread. Which engine lies
// underneath, SQLite's file or the server's PostgreSQL, is chosen by who opens it (engine.hpp);
// one SQL text serves both, and where they speak differently there is a function here.
//
// Errors are sticky inside a unit of work: after the first one every query yields nothing, and
// `transaction` or `reading` returns that error instead of a half-read answer. So a block table
// that cannot be read is never mistaken for an empty one.
#pragma once

#include "domain/result.hpp"
#include "sync/store/engine.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace fangxin::sync {

/// One run of a prepared statement; bound by `$1`, `$2` … in order of first use. The statement is
/// reset when this goes out of scope: no read snapshot outlives its function.
class Query {
  public:
    Query(Query&& other) noexcept
        : connection_(other.connection_),
          statement_(std::exchange(other.statement_, nullptr)),
          bound_(other.bound_) {}
    Query& operator=(Query&&) = delete;
    ~Query() {
        if (statement_) statement_->release();
    }

    Query& bind(std::int64_t value) {
        if (ready()) statement_->bind(++bound_, value);
        return *this;
    }
    Query& bind(std::string_view value) {
        if (ready()) statement_->bind_text(++bound_, value);
        return *this;
    }
    /// For a column RAW_TEXT: text that may be torn, in the bytes in which it came.
    Query& bind_raw_text(std::string_view value) {
        if (ready()) statement_->bind_raw_text(++bound_, value);
        return *this;
    }
    Query& bind_bytes(std::string_view value) {
        if (ready()) statement_->bind_bytes(++bound_, value);
        return *this;
    }
    Query& bind_null() {
        if (ready()) statement_->bind_null(++bound_);
        return *this;
    }
    /// For `Database::is_one_of`.
    Query& bind_list(std::span<const std::string> values) {
        if (ready()) statement_->bind_list(++bound_, values);
        return *this;
    }

    /// True while there is a row; false at the end and after an error.
    bool step() { return ready() && statement_->step(); }
    /// For statements that give no rows.
    void run() { step(); }
    /// To be bound and run once more.
    void again() {
        if (statement_) statement_->again();
        bound_ = 0;
    }

    std::int64_t int64(int column) const { return statement_->int64(column); }
    std::string text(int column) const { return statement_->text(column); }  ///< also bytes
    bool is_null(int column) const { return statement_->is_null(column); }

  private:
    friend class Database;
    Query(Connection* connection, Statement* statement)
        : connection_(connection), statement_(statement) {}
    bool ready() const { return statement_ && !connection_->error; }

    Connection* connection_;
    Statement* statement_;  ///< null: it could not be prepared
    int bound_ = 0;
};

class Database {
  public:
    enum class Access { writer, reader };

    /// Opens or creates SQLite's file. The writer sets WAL, synchronous FULL, no automatic
    /// checkpoints. Codes: `cannot_open`, `damaged` (not a database, or malformed).
    /// Damage that is met later is left as a note beside the file (`was_damaged`).
    /// `vfs` names another of SQLite's file systems (the simulator's loses what was not synced).
    static Result<Database> open(const std::filesystem::path& file, Access access,
                                 const std::string& vfs = "");

    /// For whoever opens another engine's.
    explicit Database(std::unique_ptr<Connection> connection);
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    Query query(std::string_view sql);
    /// Statements with `;` between, without values.
    void execute(std::string_view sql);
    /// The same of CREATE and ALTER TABLE, written for SQLite: TEXT, INTEGER, BLOB, STRICT, and
    /// RAW_TEXT for text that may be torn.
    void define(std::string_view ddl);

    /// Runs `work` between BEGIN IMMEDIATE and COMMIT; rolls back on any error of the database or
    /// one that `work` returns; the database's own comes first, since `work` may only have seen its
    /// consequence. Codes: `disk_full`, `database` and what `work` returns.
    Result<void> transaction(const std::function<Result<void>()>& work);

    /// Called inside the first transaction on each connection to the engine but the first one,
    /// before its work: the database may have been set back meanwhile.
    void on_new_session(std::function<void(Database&)> begin);

    /// A part of the transaction that may fail by itself: then all that it did is undone, and the
    /// transaction goes on. Not one in another.
    Result<void> attempt(const std::function<Result<void>()>& work);

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

    Engine engine() const { return connection_->engine(); }
    /// A condition: `column` is among the values of place `$1`, which bind_list() binds.
    std::string is_one_of(std::string_view column, int place) const;
    bool has_column(std::string_view table, std::string_view column);
    /// An expression: of the JSON in the column `extra` its member, null where it is none of this
    /// kind (`integer`, which a boolean is too, or `text`).
    std::string member_of_extra(std::string_view member, ColumnKind kind) const;
    /// This unit of work wants to keep what no engine of ours holds (a key of a kilobyte, that no
    /// index takes): it fails with `cannot_store`.
    void refuse(std::string why) { connection_->refuse(std::move(why)); }
    /// Inside a transaction: other processes on this database hear of it once it is committed.
    /// Nobody else is on a file.
    void tell(std::string_view news) { connection_->tell(news); }

    /// Whether a connection of any program met damage in this file since it was last cleared; the
    /// file is then checked whole before it is trusted again.
    static bool was_damaged(const std::filesystem::path& file);
    static void clear_damaged(const std::filesystem::path& file);
    /// Called after the commit of a transaction with the statement count still stepped: tests ask.
    int busy_statements() const;
    /// SQLite's file, as it is when the last page is copied, into a new one, which is whole and on
    /// the disk then; `between` is called again and again, and this connection may write in it.
    /// Only the writer's: what another connection writes makes it begin anew. Codes: the
    /// database's.
    Result<void> copy_to(const std::filesystem::path& file, const std::function<void()>& between);
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
    std::unique_ptr<Connection> connection_;
    std::function<void(Database&)> begin_session_;
    std::int64_t begun_session_ = 0;
};

}  // namespace fangxin::sync
