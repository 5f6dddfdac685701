#include "sync/table_sum.hpp"

#include "sync/envelope.hpp"
#include "sync/records.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::sync {

namespace {

/// The columns to be summed, in the byte order of their names.
template <Declared R>
std::vector<std::string_view> columns_until(std::int64_t schema) {
    std::vector<std::string_view> names;
    for_each_field<R>([&](const auto& f) {
        if (f.since <= schema) names.push_back(f.name);
    });
    std::ranges::sort(names);
    return names;
}

std::uint64_t first_bytes(const Hash& hash) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i)
        value = value << 8 | hash[i];
    return value;
}

/// An answer of PostgreSQL is in memory before its first row is read: so a page at a time. On the
/// server no two rows have one version.
constexpr std::int64_t rows_per_page = 10'000;

/// Calls `with` for each row: its version, then these columns.
template <Declared R, class With>
void for_each_row(Database& database, const std::vector<std::string_view>& names, With&& with) {
    std::string sql = "SELECT ver";
    for (std::string_view name : names)
        sql += fmt::format(",\"{}\"", name);
    // Blocks that only this terminal has left are none of the server's.
    const bool in_pages = database.engine() == Engine::postgres;
    sql += fmt::format(" FROM {} WHERE ver {}", Declaration<R>::name,
                       in_pages ? "> $1 ORDER BY ver LIMIT $2" : ">= 0");
    std::int64_t after = -1;
    std::int64_t rows = 0;
    do {
        Query query = database.query(sql);
        if (in_pages) query.bind(after).bind(rows_per_page);
        for (rows = 0; query.step(); ++rows) {
            after = query.int64(0);
            with(query);
        }
    } while (in_pages && rows == rows_per_page);
}

template <Declared R>
TableSum sum_table(Database& database, std::int64_t schema) {
    const auto names = columns_until<R>(schema);
    TableSum result{.table = std::string(Declaration<R>::name)};
    std::uint64_t sum = 0;
    std::string text;
    for_each_row<R>(database, names, [&](const Query& query) {
        const bool has_two = std::is_same_v<R, domain::Block>;
        text = fmt::format("{}\x1f{}\x1e", Declaration<R>::name, has_two ? 0 : query.int64(0));
        for (std::size_t i = 0; i < names.size(); ++i) {
            const int column = static_cast<int>(i) + 1;
            if (query.is_null(column)) continue;
            text.append(names[i]).append(1, '\x1f').append(query.text(column)).append(1, '\x1e');
        }
        sum += first_bytes(chain(Hash{}, text));
        ++result.rows;
    });
    result.sum = fmt::format("{:016x}", sum);
    return result;
}

}  // namespace

std::vector<TableSum> sum_tables(Database& database, std::string_view role, std::int64_t schema) {
    std::vector<TableSum> sums{sum_table<domain::Block>(database, schema)};
    for_each_row_type([&]<class R>() {
        if (!follows<R>(role)) return;
        sums.push_back(sum_table<R>(database, schema));
    });
    return sums;
}

std::vector<std::string> different_tables(const std::vector<TableSum>& ours,
                                          const std::vector<TableSum>& theirs) {
    std::vector<std::string> names;
    for (const TableSum& each : ours) {
        auto other = std::ranges::find(theirs, each.table, &TableSum::table);
        if (other != theirs.end() && each != *other) names.push_back(each.table);
    }
    return names;
}

}  // namespace fangxin::sync
