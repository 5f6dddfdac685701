#include "sync/terminal_repair.hpp"

#include "sync/ops.hpp"
#include "sync/store/meta.hpp"
#include "sync/store/row_table.hpp"
#include "sync/table_sum.hpp"

#include <map>
#include <set>

namespace fangxin::sync {

namespace {

/// What is here of a part's keys: each row's version and content.
struct Present {
    std::int64_t ver = 0;
    std::string text;
};

template <Declared R>
std::map<std::string, Present> present_rows(Database& database, const TableRows& part) {
    const auto up_to = part.last ? std::nullopt : std::optional<std::string_view>(part.to);
    const KeyRange<R> keys(part.after, up_to);
    Query query = database.query(fmt::format("SELECT {}, ver FROM {} {}", column_list<R>(),
                                             Declaration<R>::name, keys.where()));
    keys.bind(query);
    std::map<std::string, Present> rows;
    while (query.step()) {
        const R row = read_row<R>(query);
        rows[key_of_row(row)] = {query.int64(static_cast<int>(field_count<R>)),
                                 json::serialize(to_json(row))};
    }
    return rows;
}

template <Declared R>
Result<void> store_part(Database& database, const TableRows& part, TableStored& result) {
    constexpr bool is_block = std::is_same_v<R, domain::Block>;
    // Their lane has gone on since the part was read; the next checkpoint tells whether it is
    // right.
    if (is_block && meta_number(database, "blocks") > part.at) return {};
    auto present = present_rows<R>(database, part);
    std::set<std::string> wanted(part.newer.begin(), part.newer.end());
    for (const RowEntry& entry : part.rows) {
        json::object unknown;
        auto row = from_json<R>(entry.row, &unknown);
        if (!row) return tl::unexpected(row.error());
        const std::string key = key_of_row(*row);
        wanted.insert(key);
        auto here = present.find(key);
        const bool is_here = here != present.end();
        const bool newer_here = is_here && !is_block && here->second.ver > entry.ver;
        const bool same = is_here && (is_block || here->second.ver == entry.ver) &&
                          here->second.text == json::serialize(to_json(*row));
        if (newer_here || same) continue;
        put_row(database, *row, entry.ver, unknown.empty() ? "" : json::serialize(unknown));
        ++result.repaired;
        if constexpr (is_block) result.blocks.push_back(*row);
    }
    for (const auto& [key, row] : present) {
        // What came by the feed or the block lane since the part was read is newer than it.
        if (wanted.contains(key) || row.ver > part.at) continue;
        delete_row<R>(database, key);
        ++result.repaired;
    }
    return {};
}

Result<void> store_part_of(Database& database, const TableRows& part, TableStored& result) {
    Result<void> done = failure("unknown_table", part.table);
    auto store = [&]<class R>() {
        if (part.table == Declaration<R>::name) done = store_part<R>(database, part, result);
    };
    store.template operator()<domain::Block>();
    for_each_row_type(store);
    return done;
}

}  // namespace

std::optional<std::vector<TableSum>> sum_at_mark(Database& database, std::string_view role,
                                                 const Mark& mark) {
    if (meta_number(database, "rows") != mark.at || meta(database, "old_rows") == "1") {
        return std::nullopt;
    }
    auto sums = sum_tables(database, role, mark.schema);
    if (meta_number(database, "blocks") > mark.at) {
        std::erase_if(sums, [](const TableSum& each) {
            return each.table == Declaration<domain::Block>::name;
        });
    }
    return sums;
}

Result<TableStored> store_table(Database& database, const TerminalPeer::StoreTable& request,
                                const domain::StoreTime& now) {
    TableStored result;
    const TableRows& part = request.part;
    auto done = database.transaction([&]() -> Result<void> {
        if (auto stored = store_part_of(database, part, result); !stored) return stored;
        const std::int64_t repaired = request.repaired + result.repaired;
        if (!part.last || repaired == 0) return {};
        take_number(database, "repairs");
        auto appended = append_op(database, draft(TableRepaired{part.table, repaired}, now, ""));
        if (!appended) return tl::unexpected(appended.error());
        result.written = *appended;
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return result;
}

std::int64_t repairs_done(Database& database) { return meta_number(database, "repairs"); }

}  // namespace fangxin::sync
