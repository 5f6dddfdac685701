// What is left of deleted rows, so that terminals delete theirs: each has a version as rows have.
// They are kept for half a year; a terminal that was away for longer takes all rows again (sync.md
// 4). Inside the caller's transaction or reading.
#pragma once

#include "sync/messages.hpp"
#include "sync/store/database.hpp"

#include <string_view>
#include <vector>

namespace fangxin::sync {

inline constexpr std::string_view tombstones_ddl =
    "CREATE TABLE IF NOT EXISTS tombstones (ver INTEGER PRIMARY KEY, tbl TEXT NOT NULL, "
    "key TEXT NOT NULL, at_ms INTEGER NOT NULL) STRICT;";

inline constexpr std::int64_t tombstones_kept_ms = 180LL * 24 * 60 * 60 * 1000;

struct Tombstone {
    std::string_view table;
    std::string_view key;
    std::int64_t ver = 0;
    std::int64_t at_ms = 0;
};
void put_tombstone(Database& database, const Tombstone& tombstone);

struct VersionRange {
    std::int64_t after = 0;
    std::int64_t up_to = 0;
    std::int64_t limit = 0;
};
void load_tombstones(Database& database, const VersionRange& range, std::vector<RowEntry>& into);

/// Forgets those of more than half a year ago.
void drop_old_tombstones(Database& database, std::int64_t now_ms);

/// The newest version that was forgotten; 0: none yet. Whoever has rows up to less may have rows
/// that are deleted.
std::int64_t tombstone_horizon(Database& database);

}  // namespace fangxin::sync
