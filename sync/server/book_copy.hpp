// A book copied whole while the shop goes on, and proved to be one: for `backup` and `restore`.
#pragma once

#include "sync/server/op_rows.hpp"
#include "sync/store/database.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace fangxin::sync {

/// Where a book stands: what a copy of it must say of itself as well.
struct BookState {
    struct Log {
        std::string terminal;
        std::int64_t epoch = 0;
        LogEnd end;
    };
    std::int64_t ver = 0;
    std::vector<Log> logs;

    std::int64_t ops() const;
};
Result<BookState> book_state(Database& book);

/// Copies it into `file`, which is new, made with 0600 and on the disk at the end; says as of when.
/// A file's pages are copied; of a database server the rows, all of one moment. `between` is called
/// between two pieces: others may write meanwhile. Code besides the database's: `exists`.
Result<BookState> copy_book(Database& book, const std::filesystem::path& file,
                            const std::function<void()>& between);

/// Fills an empty book of a database server from a file's. One transaction.
Result<void> fill_book(Database& from, Database& to);

/// The copy is readable, ends where it is said to end, and every log in it is what its terminal
/// sent. Codes: `damaged`, `broken` (the detail names the op), `differs`.
Result<void> check_copy(Database& copy, const BookState& expected,
                        const std::function<void()>& between = {});

/// What a folder keeps beside its book, and a book put back elsewhere needs: the authority's key.
inline constexpr std::string_view carried_ddl =
    "CREATE TABLE IF NOT EXISTS carried_files (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;";
inline constexpr std::string_view authority_key = "ca.key";

/// A draft of no use to anybody, with what SQLite keeps beside it.
void remove_book_file(const std::filesystem::path& file);

/// Takes the place of `to` in one step, also through a power cut.
Result<void> move_file(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace fangxin::sync
