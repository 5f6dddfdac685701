// Where a server's book lies: in a file of its folder, which one process at a time may have, or in
// a PostgreSQL database, which several servers and commands share. Nothing else opens one.
#pragma once

#include "sync/store/database.hpp"
#include "sync/store/file_lock.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace fangxin::sync {

struct BookPlace {
    // A folder alone is the usual place.
    BookPlace(std::filesystem::path folder = {}, std::string url = {})
        : directory(std::move(folder)), database(std::move(url)) {}

    bool is_shared() const { return !database.empty(); }

    std::filesystem::path directory;  ///< also for what this server alone keeps
    std::string database;             ///< `postgresql://…`, or empty
};

/// A writer on a prepared book. The file's lock is held as long as this lives.
struct HeldBook {
    std::optional<FileLock> lock;
    Database writer;
};

/// Makes a book where there is none only with `create`. Codes: `not_found`, `busy` (another process
/// has the file), `bad_arguments` (no URL) and those of the engine and of prepare_book().
Result<HeldBook> hold_book(const BookPlace& place, bool create);
/// The same for serving: a book that is damaged, or empty, is served to nobody, for terminals would
/// take it for the shop. Code `damaged` besides.
Result<HeldBook> hold_whole_book(const BookPlace& place);
/// Of a book that is held by this process.
Result<Database> open_book_reader(const BookPlace& place);

}  // namespace fangxin::sync
