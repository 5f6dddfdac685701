// Made-up items for trials of a large shop: the same ones on every machine. Writer connection.
#pragma once

#include "domain/calendar.hpp"
#include "domain/result.hpp"
#include "sync/server/import_tables.hpp"
#include "sync/store/database.hpp"

#include <cstdint>
#include <functional>

namespace fangxin::sync {

inline constexpr std::int64_t generated_first_code = 900'000;
inline constexpr std::int64_t generated_most = 2'000'000;

/// Whether `count` items can be made up: code `generate` if they are too many, or if one of their
/// codes or barcodes is real goods', of the shop or of this folder. Inside `reading`.
Result<void> may_generate(Database& database, const ImportFolder& folder, std::int64_t count);

/// Items 900000, 900001 … in the category `made-up` (followed by lot), each with its EAN-13, a name
/// of its own and a fresh batch of 100. Those that are there already stay as they are.
/// How many are new comes back. Writes some hundred in a transaction.
struct Generate {
    std::int64_t count = 0;
    domain::StoreTime now;
    std::function<void()> let_pass;  ///< called between transactions; may be empty
};
Result<std::int64_t> generate_items(Database& database, const Generate& wanted);

}  // namespace fangxin::sync
