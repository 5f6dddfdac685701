// What the lines of an import folder say of each other and of what the database holds: references,
// dates that contradict each other, batches that cannot be told apart. Reads the database, writes
// nothing. Writer connection, store thread.
#pragma once

#include "sync/ops.hpp"
#include "sync/server/import_reader.hpp"
#include "sync/store/database.hpp"

#include <vector>

namespace fangxin::sync {

/// Gives columns that a file does not have the values that the database holds for that row, then
/// checks every row.
void check_folder(Database& database, ImportFolder& folder, ImportProblems& problems);

/// A delivery as it will be journalled.
struct BatchPlan {
    BatchReceived received;
    bool gone = false;  ///< withdrawn, returned or disposed: off the shelf, and confirmed
};
/// Expects check_folder before it. Expiry is computed from production and shelf life where the file
/// gives none.
std::vector<BatchPlan> plan_batches(Database& database, const ImportFolder& folder,
                                    ImportProblems& problems);

}  // namespace fangxin::sync
