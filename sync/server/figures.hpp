// What the admin area asks the server for, since no terminal holds it: the day's sales of the whole
// shop, when each terminal was heard, who has heard of a recall and which receipts contain it
// (REPT-1, SAFE-7, SAFE-9). Reads only; from any connection.
#pragma once

#include "domain/result.hpp"
#include "sync/messages.hpp"
#include "sync/store/database.hpp"

namespace fangxin::sync {

/// `connected` is left to who knows the sessions.
Result<Figures> load_figures(Database& database, const AskFigures& asked, std::int64_t now_ms);

}  // namespace fangxin::sync
