// Whether the logs that terminals sent are still what they sent (SYNC-2, REPT-2): the chain of
// hashes over the exact bytes is worked out again, op by op. From any connection.
#pragma once

#include "sync/envelope.hpp"
#include "sync/log_key.hpp"
#include "sync/messages.hpp"
#include "sync/server/op_rows.hpp"
#include "sync/store/database.hpp"

#include <functional>
#include <string>
#include <vector>

namespace fangxin::sync {

/// A log of one terminal and epoch, as far as it was followed.
struct CheckedLog {
    std::string terminal;
    std::int64_t epoch = 0;
    std::int64_t ops = 0;        ///< that are as they were sent
    std::string head;            ///< hash of the last of them, hex
    std::int64_t broken = 0;     ///< the first op that is not; 0: none
    std::string why;             ///< `changed`, `missing`, `cut`, `beyond_end`, `signature`
    std::int64_t signed_to = 0;  ///< up to here its writer signed it
    std::string signed_by;       ///< by this key
};

/// `till-1 epoch 1 op 17: changed`
std::string first_break(const CheckedLog& log);

/// Terminals and epochs of which the book knows anything, in order.
Result<std::vector<CheckedLog>> logs_to_check(Database& database);

/// Follows the log to its end or its first break. `between` is called after each thousand ops.
///     changed      the hash stored with the op is not that of its bytes behind those before it
///     missing      the op of this number is not there
///     cut          the log's last ops are gone: it ended further on
///     beyond_end   there are ops behind the end that the book has noted
///     signature    what its writer signed is not what is here, or nobody knows the key: the
///                  server's log witnesses terminals' keys, and `own_key` is the server's own
///                  (empty: whoever signed that log is believed)
Result<void> check_log(Database& database, CheckedLog& log, std::string_view own_key = {},
                       const std::function<void()>& between = {});

/// The same of what stands in a log from this op on: hashes from the one before it to the end.
/// `log.ops` is the op before to begin with; at most 100,000 ops are followed, and then what is
/// signed is not looked at. Inside a reading.
void check_log_from(Database& database, CheckedLog& log, std::string_view own_key);

/// What is appended to the server's log is signed by this key from now on, in the transaction that
/// appends it (sign_own_end): nobody who can change the book alone adds to that log unseen. Before
/// any other thread writes.
void sign_own_log_with(const LogKey& key);
/// Inside append_server_ops(): the log's end was at `before`, and is at `end`. What lies behind the
/// last signature and was signed by nobody stays so.
void sign_own_end(Database& database, std::int64_t epoch, const LogEnd& before, const LogEnd& end);
/// At the start of a server: signs what commands without the key have appended, or an older
/// program. Code `broken`: what was signed before is not there.
Result<void> sign_own_log(Database& writer, const LogKey& key);

}  // namespace fangxin::sync
