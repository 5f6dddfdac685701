// What a table of rows adds up to, so that a terminal finds out whether its copy is still the
// server's: a disk loses bits, and a bug of ours may have lost a row (sync.md 9). Any thread, on a
// connection of its own.
//
// Of each row, one text: `table` U+001F `ver` U+001E (of a block, which has one version for its row
// and one at which it came into force, 0 instead of `ver`), then for each member that it has, in
// the byte order of their names, `name` U+001F `value` U+001E. Integers are decimal, true is 1,
// false 0. The first 8 bytes of SHA-256(32 zero bytes ‖ text), big-endian, are added up modulo
// 2^64, so the order of the rows does not matter.
#pragma once

#include "sync/messages.hpp"
#include "sync/store/database.hpp"

#include <string_view>
#include <vector>

namespace fangxin::sync {

/// All tables that a terminal of this role follows, blocks among them, without the members that
/// came after `schema`. Inside the caller's reading.
std::vector<TableSum> sum_tables(Database& database, std::string_view role, std::int64_t schema);

/// Names of the tables that are not alike. One that only one side knows is passed over: a newer
/// program's.
std::vector<std::string> different_tables(const std::vector<TableSum>& ours,
                                          const std::vector<TableSum>& theirs);

}  // namespace fangxin::sync
