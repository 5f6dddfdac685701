// People as imported: their PINs become verifiers. Writer connection, store thread; the hashing
// itself runs on all processors.
#pragma once

#include "domain/people.hpp"
#include "sync/server/import_tables.hpp"
#include "sync/store/database.hpp"

#include <vector>

namespace fangxin::sync {

/// The rows to store, in the table's order. A PIN that fits the stored verifier leaves it as it is,
/// and so does no PIN; locks stay.
std::vector<domain::Person> people_of(Database& database, const ImportedTable<PersonRow>& table);

}  // namespace fangxin::sync
