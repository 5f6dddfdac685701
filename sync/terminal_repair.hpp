// A terminal's tables against the server's: summing them where the server has set a mark, and
// putting a table right, part by part. What is told apart and repaired is rows from the server; a
// terminal's own log and what lies on top of the rows is never touched.
#pragma once

#include "sync/store/database.hpp"
#include "sync/terminal_journal.hpp"

#include <optional>
#include <vector>

namespace fangxin::sync {

/// The sums of the tables that this role follows; nothing if the rows are not exactly at the mark,
/// or old ones wait for a fresh snapshot. Of blocks nothing is said where the lane is further on.
/// Inside one reading, of any connection; half a second for 100,000 items.
std::optional<std::vector<TableSum>> sum_at_mark(Database& database, std::string_view role,
                                                 const Mark& mark);

struct TableStored {
    std::int64_t repaired = 0;          ///< rows that were missing, wrong or there no more
    std::vector<domain::Block> blocks;  ///< those among them that are blocks
    LogState written;  ///< with the last part: the op that tells of it, if anything was repaired
};
/// One transaction. A row that came since the part was read stays.
Result<TableStored> store_table(Database& database, const TerminalPeer::StoreTable& request,
                                const domain::StoreTime& now);

/// How many tables were repaired since this database began.
std::int64_t repairs_done(Database& database);

}  // namespace fangxin::sync
