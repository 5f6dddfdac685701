// What becomes of an op that came: its effect is applied, or it is kept with the reason why not.
// On the store thread, inside a transaction.
#pragma once

#include "sync/server/op_rows.hpp"

#include <limits>
#include <string>
#include <string_view>

namespace fangxin::sync {

/// Whose log an op came from.
struct Origin {
    std::string_view terminal;
    std::string_view role;
    /// Ops above it were made while the terminal was connected, and may be refused.
    std::int64_t connected_after = std::numeric_limits<std::int64_t>::max();
};

/// Applies one op's effect. Its status:
/// - `applied`;
/// - `flagged`: applied, though who made it had no right to: it happened while nobody could say no;
/// - `pending`: waits, since its kind is of a newer program, or its batch is not on record yet;
/// - `rejected`: has no effect, for ever.
/// One is kept without being applied at all: `known`, which the book has under another number, and
/// its effect with it (moved_ops.hpp).
Judged apply_one(ServerRows& rows, const FreshOp& op, const Origin& origin);

/// Of one that the book has of another epoch.
Judged known_already(const FreshOp& op, std::int64_t epoch);

/// Of one that the database cannot hold.
Judged cannot_store(const FreshOp& op);

/// The reason of one that waits for a batch, a held basket or a fault.
std::string waits_for(std::string_view what);

}  // namespace fangxin::sync
