// Whether the logs that terminals sent are still what they sent (SYNC-2, REPT-2): the chain of
// hashes over the exact bytes is worked out again, op by op. From any connection.
#pragma once

#include "sync/envelope.hpp"
#include "sync/messages.hpp"
#include "sync/store/database.hpp"

#include <functional>
#include <string>
#include <vector>

namespace fangxin::sync {

/// A log of one terminal and epoch, as far as it was followed.
struct CheckedLog {
    std::string terminal;
    std::int64_t epoch = 0;
    std::int64_t ops = 0;     ///< that are as they were sent
    std::string head;         ///< hash of the last of them, hex
    std::int64_t broken = 0;  ///< the first op that is not; 0: none
    std::string why;          ///< `changed`, `missing`, `cut`, `beyond_end`
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
Result<void> check_log(Database& database, CheckedLog& log,
                       const std::function<void()>& between = {});

}  // namespace fangxin::sync
