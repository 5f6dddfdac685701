// People as imported: their PINs become verifiers. Writer connection, store thread; the hashing
// itself runs on all processors.
#pragma once

#include "domain/people.hpp"
#include "domain/result.hpp"
#include "sync/sealed_text.hpp"
#include "sync/server/import_tables.hpp"
#include "sync/store/database.hpp"
#include "sync/store_key.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace fangxin::sync {

/// With what secrets of people are kept; may be empty, one or both.
struct ImportKeys {
    StoreKey store;
    std::optional<SealKey> seal;  ///< of the month
};

/// The rows to store, in the table's order. A PIN that fits the stored verifier leaves it as it is,
/// and so does no PIN; one that was made without the store's key is made anew. Locks are as they
/// are now; `let_pass`, which is called while the PINs are hashed and may be empty, may change
/// them: whoever writes the rows looks again.
Result<std::vector<domain::Person>> people_of(Database& database,
                                              const ImportedTable<PersonRow>& table,
                                              const StoreKey& key,
                                              const std::function<void()>& let_pass = {});

/// The rows to store: of a telephone number what screens show, what finds it, and all of it sealed.
Result<std::vector<domain::Member>> members_of(Database& database,
                                               const ImportedTable<MemberRow>& table,
                                               const ImportKeys& keys);

}  // namespace fangxin::sync
