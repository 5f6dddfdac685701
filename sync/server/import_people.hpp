// People as imported: their PINs become verifiers. Writer connection, store thread; the hashing
// itself runs on all processors.
#pragma once

#include "domain/people.hpp"
#include "sync/server/import_tables.hpp"
#include "sync/store/database.hpp"

#include <functional>
#include <vector>

namespace fangxin::sync {

/// The rows to store, in the table's order. A PIN that fits the stored verifier leaves it as it is,
/// and so does no PIN; locks stay. `let_pass` is called while the PINs are hashed; may be empty.
std::vector<domain::Person> people_of(Database& database, const ImportedTable<PersonRow>& table,
                                      const std::function<void()>& let_pass = {});

}  // namespace fangxin::sync
