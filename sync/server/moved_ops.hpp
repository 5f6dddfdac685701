// Ops that come a second time under other numbers. A terminal whose disk was set back takes what
// the server does not have of its last log over into a new epoch. Set back a second time, to an
// image from before that, it takes the same ops into yet another one: the book has them already.
// On the store thread, inside a transaction.
#pragma once

#include "sync/server/op_rows.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace fangxin::sync {

/// Of each of `ops`, all of one terminal and one epoch: the epoch under which the book has it
/// already, 0 if under none. The same op is one of the same terminal, kind, instant (milliseconds),
/// person and data; of the first epoch none is looked up. One statement for all.
std::vector<std::int64_t> epochs_already_booked(Database& database, std::string_view terminal,
                                                std::span<const FreshOp> ops);

}  // namespace fangxin::sync
