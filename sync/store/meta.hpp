// Small named values of a database, and the start of a terminal's log. Writer connection.
#pragma once

#include "sync/store/database.hpp"

#include <string>
#include <string_view>

namespace fangxin::sync {

inline constexpr std::string_view meta_ddl =
    "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, "
    "WITHOUT ROWID;";

/// The oldest schema that this program brings up to date.
inline constexpr int oldest_schema_version = 2;

/// True if its tables are there, those of an older schema perhaps, false in a new database. Codes:
/// `newer_version`, `older_version`: another program's, and left as they are.
Result<bool> is_prepared(Database& database);

std::string meta(Database& database, std::string_view key);
void set_meta(Database& database, std::string_view key, std::string_view value);

/// A number kept as text; 0 if there is none.
std::int64_t meta_number(Database& database, std::string_view key);
/// The next of a row of numbers that never repeat, from 1.
std::int64_t take_number(Database& database, std::string_view key);

/// An empty log of this epoch: its head is 32 zero bytes.
void start_log(Database& database, std::int64_t epoch);

}  // namespace fangxin::sync
