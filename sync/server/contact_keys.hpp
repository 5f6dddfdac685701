// The keys by which personal data is sealed on terminals (sync/sealed_text.hpp): a pair for each
// month, its secret half locked away under a key that is not in the book. When a month's is
// forgotten, what was sealed in it can be read by nobody, though the ops it stands in stay for
// ever.
#pragma once

#include "sync/sealed_text.hpp"
#include "sync/store/database.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace fangxin::sync {

inline constexpr std::string_view contact_keys_ddl =
    "CREATE TABLE IF NOT EXISTS contact_keys (month TEXT PRIMARY KEY, open TEXT NOT NULL, "
    "locked TEXT NOT NULL, made INTEGER NOT NULL) STRICT;";

/// How many months such data is kept (setting), and what holds where nothing is set.
inline constexpr std::string_view contact_months_setting = "contact_months";
inline constexpr std::int64_t contact_months = 24;

/// A complaint that bears an earlier time (2017) was taken by a clock that was wrong: nobody knows
/// how old it is.
inline constexpr std::int64_t known_since_ms = 1'500'000'000'000;

/// That of the month, `2026-11`; made where there is none. Inside a transaction.
SealKey contact_key_of(Database& database, std::string_view month, std::string_view vault);

/// Forgets those of months before this one, but never one of the last `kept` that were made: a
/// clock that was wrong names months that were none. Those that it forgot. Inside a transaction.
std::vector<std::string> forget_contact_keys(Database& database, std::string_view before_month,
                                             std::int64_t kept);

/// Codes: `removed` (its month's key is forgotten), `bad_value` (nothing sealed, or not for us).
Result<std::string> open_contact(Database& database, std::string_view sealed,
                                 std::string_view vault);

}  // namespace fangxin::sync
