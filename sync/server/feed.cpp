#include "sync/server/feed.hpp"

#include "sync/records.hpp"
#include "sync/server/book.hpp"
#include "sync/server/branches.hpp"
#include "sync/server/tombstones.hpp"
#include "sync/store/row_table.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace fangxin::sync {

namespace {

// What does not fit a frame any more waits for the next: a frame that is too large to be unpacked
// would be sent again and again.
constexpr std::int64_t rows_per_frame = 1000;
constexpr std::int64_t blocks_per_frame = 1000;
constexpr std::size_t bytes_per_feed_frame = 256 * 1024;

template <Declared R>
constexpr int ver_column = static_cast<int>(field_count<R>);

template <Declared R>
void load_table(Database& database, const ServerPeer::LoadRows& request, RowsFrame& frame) {
    static const std::string sql =
        fmt::format("SELECT {}, ver FROM {} WHERE ver > $1 AND ver <= $2 ORDER BY ver LIMIT $3",
                    column_list<R>(), Declaration<R>::name);
    Query query = database.query(sql);
    query.bind(request.after).bind(request.up_to).bind(rows_per_frame);
    while (query.step()) {
        frame.rows.push_back({std::string(Declaration<R>::name), query.int64(ver_column<R>),
                              to_json(read_row<R>(query)), std::nullopt});
    }
}

/// The tables that have any rows for this, asked in one go: of more than twenty most have none.
std::set<std::string> tables_with_news(Database& database, const VersionRange& range) {
    static const std::string sql = [] {
        std::string parts;
        for_each_row_type([&]<class R>() {
            parts += fmt::format(
                "{0}SELECT '{1}' WHERE EXISTS (SELECT 1 FROM {1} WHERE ver > $1 AND ver <= $2)",
                parts.empty() ? "" : " UNION ALL ", Declaration<R>::name);
        });
        return parts;
    }();
    std::set<std::string> tables;
    Query query = database.query(sql);
    query.bind(range.after).bind(range.up_to);
    while (query.step())
        tables.insert(query.text(0));
    return tables;
}

/// Whether this role would be sent anything of these versions, or has lost a row to them.
bool has_news(Database& database, std::string_view role, const VersionRange& range) {
    if (range.after >= range.up_to) return false;
    const auto news = tables_with_news(database, range);
    bool any = false;
    for_each_row_type([&]<class R>() {
        any = any || (follows<R>(role) && news.contains(std::string(Declaration<R>::name)));
    });
    std::vector<RowEntry> gone;
    load_tombstones(database, {range.after, range.up_to, 1}, gone);
    return any || !gone.empty();
}

/// How many of these rows fit a frame, at least one.
std::size_t rows_that_fit(const std::vector<RowEntry>& rows) {
    std::size_t bytes = 0;
    std::size_t count = 0;
    while (count < rows.size() && count < static_cast<std::size_t>(rows_per_frame) &&
           bytes < bytes_per_feed_frame) {
        bytes += json::serialize(rows[count++].row).size();
    }
    return count;
}

template <Declared R>
void load_part(Database& database, const ServerPeer::LoadTable& request, TableRows& part) {
    const KeyRange<R> keys(request.after);
    constexpr bool is_block = std::is_same_v<R, domain::Block>;  // which comes ahead of everything
    constexpr std::string_view ver =
        is_block ? "(SELECT ver FROM block_versions WHERE block = id)" : "ver";
    Query query = database.query(fmt::format("SELECT {}, {} FROM {} {} ORDER BY {} LIMIT ${}",
                                             column_list<R>(), ver, Declaration<R>::name,
                                             keys.where(), key_columns<R>(), keys.next_place()));
    keys.bind(query);
    query.bind(rows_per_frame + 1);  // one more tells whether there is more
    std::size_t bytes = 0;
    std::int64_t count = 0;
    part.last = true;
    while (query.step()) {
        if (count == rows_per_frame || bytes >= bytes_per_feed_frame) {
            part.last = false;
            return;
        }
        const R row = read_row<R>(query);
        const std::int64_t given = query.int64(ver_column<R>);
        ++count;
        part.to = key_of_row(row);
        if (!is_block && given > request.up_to) {
            part.newer.push_back(part.to);
            continue;
        }
        part.rows.push_back({part.table, given, to_json(row), std::nullopt});
        bytes += json::serialize(part.rows.back().row).size();
    }
}

/// In one question: on PostgreSQL each is a way there and back.
ReadAt read_at(Database& database) {
    ReadAt at;
    Query query = database.query(
        "SELECT key, CAST(value AS BIGINT) FROM meta "
        "WHERE key IN ('server_epoch','tombstone_horizon','ver')");
    while (query.step()) {
        const std::string key = query.text(0);
        std::int64_t& number = key == "server_epoch" ? at.server_epoch
                               : key == "ver"        ? at.newest
                                                     : at.forgotten;
        number = query.int64(1);
    }
    return at;
}

}  // namespace

Result<LoadedBlocks> load_blocks(Database& database, std::int64_t after) {
    return database.reading<LoadedBlocks>([&] {
        LoadedBlocks frame;
        frame.from = after;
        frame.at = read_at(database);
        const std::int64_t newest = std::max(after, frame.at.newest);
        static const std::string sql = fmt::format(
            "SELECT {}, ver, (SELECT ver FROM block_versions WHERE block = id) FROM blocks "
            "WHERE ver > $1 ORDER BY blocks.ver LIMIT $2",
            column_list<domain::Block>());
        Query query = database.query(sql);
        query.bind(after).bind(blocks_per_frame + 1);  // one more tells whether there is more
        std::size_t bytes = 0;
        bool full = false;
        while (!full && query.step()) {
            frame.rows.push_back(to_json(read_row<domain::Block>(query)));
            frame.to = query.int64(ver_column<domain::Block>);
            frame.row_vers.push_back(frame.to);
            frame.vers.push_back(query.int64(ver_column<domain::Block> + 1));
            bytes += json::serialize(frame.rows.back()).size();
            full = bytes >= bytes_per_feed_frame ||
                   static_cast<std::int64_t>(frame.rows.size()) == blocks_per_frame;
        }
        // Blocks end at the last one's version; where there are none, the frame says how far that
        // holds.
        if (frame.rows.empty()) frame.to = newest;
        frame.complete = !full || !query.step();
        frame.branch = branch_of(database, frame.to);
        return frame;
    });
}

Result<LoadedRows> load_rows(Database& database, std::string_view role,
                             const ServerPeer::LoadRows& asked) {
    bool forgotten = false;
    auto read = database.reading<LoadedRows>([&] {
        LoadedRows loaded{.at = read_at(database)};
        forgotten = asked.after > 0 && asked.without_deleted < loaded.at.forgotten;
        RowsFrame& frame = loaded;
        // A book that went back in time does not have what was asked for.
        const std::int64_t newest = loaded.at.newest;
        ServerPeer::LoadRows request = asked;
        request.up_to = std::max(request.after, std::min(request.up_to, newest));
        frame.from = request.after;
        frame.to = request.up_to;
        const auto news = tables_with_news(database, {request.after, request.up_to});
        for_each_row_type([&]<class R>() {
            const bool has_any = news.contains(std::string(Declaration<R>::name));
            if (has_any && follows<R>(role)) load_table<R>(database, request, frame);
        });
        // A terminal that begins has none of what was deleted before.
        if (request.after > 0) {
            load_tombstones(database, {request.after, request.up_to, rows_per_frame}, frame.rows);
        }
        std::ranges::sort(frame.rows, {}, &RowEntry::ver);
        std::size_t fit = rows_that_fit(frame.rows);
        if (fit < frame.rows.size() || fit == static_cast<std::size_t>(rows_per_frame)) {
            frame.rows.resize(fit);
            frame.to = frame.rows.back().ver;
        }
        frame.branch = branch_of(database, frame.to);
        if (asked.for_mark) loaded.is_clean = !has_news(database, role, {frame.to, newest});
        return loaded;
    });
    if (read && forgotten) return failure("deleted_rows_forgotten");
    return read;
}

Result<TableRows> load_table_rows(Database& database, std::string_view role,
                                  const ServerPeer::LoadTable& request) {
    TableRows part{.table = request.table, .after = request.after};
    bool known = false;
    auto load = [&]<class R>() {
        if (request.table != Declaration<R>::name || !follows<R>(role)) return;
        known = true;
        load_part<R>(database, request, part);
    };
    auto read = database.reading<bool>([&] {
        part.at = newest_ver(database);
        load.template operator()<domain::Block>();
        for_each_row_type(load);
        return true;
    });
    if (!read) return tl::unexpected(read.error());
    if (!known) return failure("unknown_table", request.table);
    return part;
}

}  // namespace fangxin::sync
