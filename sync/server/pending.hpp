// Ops that the book has and that had no effect when they came: those that wait are applied once
// they can be, those that were rejected when a manager asks for it. On the store thread.
#pragma once

#include "sync/server/judge.hpp"

#include <string>

namespace fangxin::sync {

/// What waited for something that has just been booked; those of this frame must have been kept.
/// Inside the caller's transaction.
void apply_awaiting(Database& database, ServerRows& rows, OpRows& kept);

struct OpNumber {
    std::string terminal;
    LogState number;
};
/// What the server's own log says of it.
struct ReplayNote {
    domain::StoreTime at;
    std::string person;
    std::string reason;
};
struct ReplayDone {
    Judged judged;
    Changed changed;
};
/// Applies one again that is rejected or waits, and says so in the server's own log if it has an
/// effect now. Inside the caller's transaction. Codes: `not_found`; `applied`: it has its effect.
Result<ReplayDone> replay_op(Database& database, const OpNumber& op, const ReplayNote& note);

/// Ops of kinds that no program knew when they came, and this one does: applied now, in the order
/// of each terminal's log, or rejected. Some at a time, each in a transaction.
Result<void> apply_pending(Database& database, const ReplayNote& note);

}  // namespace fangxin::sync
