// What the admin area asks the server for, since no terminal holds it: the day's sales of the whole
// shop, when each terminal was heard, who has heard of a recall and which receipts contain it
// (REPT-1, SAFE-7, SAFE-9). Reads only; from any connection. The day is the store's, from midnight
// to midnight by its clock, and its week before ends at the same minute.
#pragma once

#include "domain/result.hpp"
#include "sync/messages.hpp"
#include "sync/store/database.hpp"

namespace fangxin::sync {

/// A receipt contains what a recall covers *certainly* where a code or a person's reading named the
/// lot or date (rules 2, last paragraph), or where the whole item is recalled; *possibly* where its
/// batch was guessed or unknown and it was sold since the first of those batches came.
/// `connected` is left to who knows the sessions.
Result<Figures> load_figures(Database& database, const AskFigures& asked, std::int64_t now_ms);

}  // namespace fangxin::sync
