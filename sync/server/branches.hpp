// Which history a version belongs to. Each time a book is opened for writing it begins a branch;
// whoever has rows up to a version also knows under which branch it was given. A book that was put
// back from a copy, behind our back, gives the same versions to other rows under another branch,
// and the first terminal that comes by tells. Inside the caller's transaction or reading.
#pragma once

#include "sync/store/database.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace fangxin::sync {

inline constexpr std::string_view branches_ddl =
    "CREATE TABLE IF NOT EXISTS branches (from_ver INTEGER PRIMARY KEY, id TEXT NOT NULL) STRICT;";

/// Versions above the newest belong to a new branch from here on.
void begin_branch(Database& database);

/// Empty: the version was given before there were branches.
std::string branch_of(Database& database, std::int64_t ver);

}  // namespace fangxin::sync
