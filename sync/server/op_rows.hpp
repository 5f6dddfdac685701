// Terminals' logs as the book keeps them: how far each goes, and of every op the bytes that came,
// their hash and what became of them. Ops are written many at a time; nothing reads them while a
// frame is applied. Inside a transaction.
#pragma once

#include "sync/envelope.hpp"
#include "sync/server/server_rows.hpp"
#include "sync/store/row_batch.hpp"
#include "sync/terminal_journal.hpp"

#include <span>
#include <string>
#include <string_view>

namespace fangxin::sync {

struct LogEnd {
    std::int64_t last_seq = 0;
    Hash head{};
};
/// As it lies in a column.
Hash hash_of(const std::string& bytes);
std::optional<Hash> stored_hash(Database& database, std::string_view terminal, const LogState& op);
LogEnd log_end(Database& database, std::string_view terminal, std::int64_t epoch);
void set_log_end(Database& database, std::string_view terminal, std::int64_t epoch,
                 const LogEnd& end);

/// Up to where a log is signed, and by whom (sync/log_key.hpp).
struct LogSeal {
    std::int64_t seq = 0;  ///< 0: nothing of it is
    std::string key;
    std::string signature;
};
LogSeal log_seal(Database& database, std::string_view terminal, std::int64_t epoch);
void set_log_seal(Database& database, std::string_view terminal, std::int64_t epoch,
                  const LogSeal& seal);

/// Ops of this status other than `applied`, which the index does not hold. Any connection.
std::int64_t ops_with_status(Database& database, std::string_view status);

/// True if what we have of this log and what came agree where they overlap.
bool overlap_agrees(Database& database, const std::string& terminal, const OpsFrame& frame,
                    std::int64_t last_seq);

/// One that the book has not yet.
struct FreshOp {
    LogState number;  ///< under which it came
    std::string_view body;
    Hash hash{};
    Result<Envelope> op;  ///< the error where the body is none
};

/// The part of a frame that is new, chained on to the log's end. The frame must outlive it.
/// `read`: the frame's ops as read_ops() gave them; empty: they are read here.
std::vector<FreshOp> fresh_ops(const OpsFrame& frame, LogEnd& end, ReadOps read);

struct Judged {
    std::string kind;
    std::string at;
    std::string person;
    std::string status = "applied";
    std::string why;
};

/// Of one frame: they get one number, which says in what order logs were applied.
class OpRows {
  public:
    explicit OpRows(Database& database);

    void keep(std::string_view terminal, const FreshOp& op, const Judged& judged);
    void flush() { rows_.flush(); }

  private:
    RowBatch rows_;
    std::int64_t came_;
};

/// Batches and items that these ops name where effects look for them.
OpSubjects subjects_of(std::span<const FreshOp> ops);

}  // namespace fangxin::sync
