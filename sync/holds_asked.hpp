// Held baskets that a terminal asked the server for, until it has taken them up or was refused. The
// server's answer may be lost on its way: the row then bears this terminal's name, and the basket
// would stand in no list. A reader may ask; a writer notes, inside its transaction.
#pragma once

#include "sync/store/database.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace fangxin::sync {

std::vector<std::string> holds_asked(Database& database);
void note_hold_asked(Database& database, std::string_view hold);
void forget_hold_asked(Database& database, std::string_view hold);

}  // namespace fangxin::sync
