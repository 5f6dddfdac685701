// What a shift comes to, read off this terminal's own log: the ops are what happened, and nothing
// is counted beside them that could say otherwise. Any connection.
#pragma once

#include "domain/shift.hpp"
#include "sync/checkout_records.hpp"
#include "sync/store/database.hpp"
#include "sync/terminal_journal.hpp"

namespace fangxin::terminal {

/// Where a shift's log begins; in the transaction that opens it.
void note_shift_begin(sync::Database& database, const std::string& shift, const sync::LogState& op);
/// The beginning of the whole log where nobody noted it.
sync::LogState shift_begin(sync::Database& database, const std::string& shift);

domain::ShiftSums sum_shift(sync::Database& database, const sync::Shift& shift);

}  // namespace fangxin::terminal
