// `fangxin-server import`: a folder of CSV files becomes reference rows and deliveries, or, where a
// line of it is wrong, nothing at all. What the files may hold is told in sync/server/README.md.
// Writer connection, store thread.
#pragma once

#include "domain/calendar.hpp"
#include "domain/result.hpp"
#include "sync/server/book.hpp"
#include "sync/server/import_people.hpp"
#include "sync/store/database.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace fangxin::sync {

struct ImportOptions {
    bool test_shop = false;     ///< marks the shop for ever
    std::int64_t generate = 0;  ///< made-up items besides, for trials of a large shop
    domain::StoreTime now;      ///< `today` of the files; settings.csv may name another time zone
    ImportKeys keys;            ///< without them PINs and numbers are kept as older shops had them
    std::function<void()> let_pass;  ///< called between transactions; may be empty
};

/// How many rows a file had, and how many of them the database did not hold so already.
struct ImportedFile {
    std::string table;
    std::int64_t rows = 0;
    std::int64_t changed = 0;
};

struct ImportReport {
    /// `file:line: reason`, all of them. With any, nothing was imported.
    std::vector<std::string> problems;
    std::vector<ImportedFile> files;
    std::int64_t batches_received = 0;
    std::int64_t generated = 0;
    bool test_shop = false;
    std::int64_t newest_ver = 0;
};

/// Everything is checked first, the folder and whether its made-up items have room; then it is
/// written in pieces, so that a recall that is made meanwhile waits for one of them and not for
/// all. What stops it half-way (a full disk) leaves pieces that the next import of the same folder
/// completes. Rows that are as they were keep their
/// version, so that importing a folder again sends nothing; a batch that the shop has already is
/// not received again; what the folder does not name stays. Without `folder` only settings and
/// made-up items are written. Codes: `not_found` (no such folder), `nothing_to_import`,
/// `cannot_read`, `real_shop` (a real shop cannot become a test shop), `generate` (the codes are
/// taken), and the database's.
Result<ImportReport> import_folder(Database& database, const std::filesystem::path& folder,
                                   const ImportOptions& options);

}  // namespace fangxin::sync
