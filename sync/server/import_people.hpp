// People as imported: their PINs become verifiers. Writer connection, store thread; the hashing
// itself runs on all processors.
#pragma once

#include "domain/people.hpp"
#include "domain/result.hpp"
#include "sync/server/import_tables.hpp"
#include "sync/store/database.hpp"

#include <functional>
#include <vector>

namespace fangxin::sync {

/// The rows to store, in the table's order. A PIN that fits the stored verifier leaves it as it is,
/// and so does no PIN. Locks are as they are now; `let_pass`, which is called while the PINs are
/// hashed and may be empty, may change them: whoever writes the rows looks again.
Result<std::vector<domain::Person>> people_of(Database& database,
                                              const ImportedTable<PersonRow>& table,
                                              const std::function<void()>& let_pass = {});

}  // namespace fangxin::sync
