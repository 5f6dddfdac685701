// What the book gives to terminals: blocks, rows in the order of their versions, and a whole table
// to one whose copy has gone wrong. From any connection of any thread.
#pragma once

#include "sync/server_peer.hpp"
#include "sync/store/database.hpp"

#include <string_view>

namespace fangxin::sync {

/// The book as a reading saw it.
struct ReadAt {
    std::int64_t server_epoch = 0;
    std::int64_t newest = 0;     ///< version
    std::int64_t forgotten = 0;  ///< what was deleted up to here can be told no more
};

struct LoadedBlocks : BlocksFrame {
    ReadAt at;
    std::vector<std::int64_t> row_vers;  ///< of each row, the version at which it was written
};
/// Of what was written after this version, as much as fits a frame.
Result<LoadedBlocks> load_blocks(Database& database, std::int64_t after);

struct LoadedRows : RowsFrame {
    bool is_clean = true;  ///< as on_rows() takes it
    ReadAt at;
};
/// Rows that this role follows, and what was deleted of them, as much as fits a frame. Codes:
/// `deleted_rows_forgotten` (some of what was deleted since can be told no more: it has to greet
/// again, and takes all rows anew), and the database's.
Result<LoadedRows> load_rows(Database& database, std::string_view role,
                             const ServerPeer::LoadRows& request);

/// The rows of one table in the order of their keys, as much as fits a frame; of rows above
/// `up_to` the key alone: they come by the feed, behind the blocks. Codes: `unknown_table` (there
/// is none, or this role does not follow it), and the database's.
Result<TableRows> load_table_rows(Database& database, std::string_view role,
                                  const ServerPeer::LoadTable& request);

}  // namespace fangxin::sync
