#include "sync/terminal_repair.hpp"

#include "sync/ops.hpp"
#include "sync/search_rows.hpp"
#include "sync/store/meta.hpp"
#include "sync/store/row_table.hpp"
#include "sync/table_sum.hpp"

#include <map>
#include <set>

namespace fangxin::sync {

namespace {

/// A row's columns as they lie in the table, and not as they are read: damage that reads as the
/// right value is damage.
class ColumnText {
  public:
    void bind(std::int64_t value) { add(std::to_string(value)); }
    void bind(std::string_view value) { add(value); }
    void bind_null() { text_ += '\x1e'; }
    void add(std::string_view value) { text_.append(1, '\x1f').append(value).append(1, '\x1e'); }
    std::string take() { return std::move(text_); }

  private:
    std::string text_;
};

template <Declared R>
std::string column_text(const R& row) {
    ColumnText text;
    for_each_field<R>(
        [&]<class F>(const F& f) { ColumnValue<typename F::type>::bind(text, row.*(f.pointer)); });
    return text.take();
}

template <Declared R>
std::string column_text(const Query& query) {
    ColumnText text;
    for (int column = 0; column < static_cast<int>(field_count<R>); ++column) {
        if (query.is_null(column)) {
            text.bind_null();
        } else {
            text.add(query.text(column));
        }
    }
    return text.take();
}

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
        rows[key_of_row(read_row<R>(query))] = {query.int64(static_cast<int>(field_count<R>)),
                                                column_text<R>(query)};
    }
    return rows;
}

template <Declared R>
Result<void> store_part(Database& database, const TableRows& part, TableStored& result) {
    constexpr bool is_block = std::is_same_v<R, domain::Block>;
    // Their lane has gone on since the part was read; the next checkpoint tells whether it is
    // right.
    if (is_block && meta_number(database, "blocks") > part.at) return {};
    // No row of the server's is above the cursor: a version that is was damaged.
    const std::int64_t held = meta_number(database, is_block ? "blocks" : "rows");
    const auto came_since = [&](const Present& row) {
        return row.ver > part.at && row.ver <= held;
    };
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
        const bool same = is_here && (is_block || here->second.ver == entry.ver) &&
                          here->second.text == column_text(*row);
        if (same || (is_here && came_since(here->second))) continue;
        put_row(database, *row, entry.ver, unknown.empty() ? "" : json::serialize(unknown));
        ++result.repaired;
        if constexpr (is_block) result.blocks.push_back(*row);
    }
    for (const auto& [key, row] : present) {
        // A block of before, which the server has not taken yet.
        const bool is_kept = is_block && row.ver < 0;
        if (wanted.contains(key) || came_since(row) || is_kept) continue;
        delete_row<R>(database, key);
        ++result.repaired;
    }
    if (result.repaired > 0) note_revised<R>(database);
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
