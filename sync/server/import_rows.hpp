// Finding and comparing stored rows by their declaration, for an import that writes only what
// really changed. Writer connection, store thread.
#pragma once

#include "sync/store/row_table.hpp"

#include <optional>

namespace fangxin::sync {

/// The stored row with the same key columns.
template <Declared R>
std::optional<R> find_same(Database& database, const R& row) {
    static const std::string sql = [] {
        std::string where;
        std::size_t place = 0;
        for_each_field<R>([&](const auto& f) {
            if (place++ >= Declaration<R>::keys) return;
            where += fmt::format("{}\"{}\" = ${}", where.empty() ? "" : " AND ", f.name, place);
        });
        return fmt::format("SELECT {} FROM {} WHERE {}", column_list<R>(), Declaration<R>::name,
                           where);
    }();
    Query query = database.query(sql);
    std::size_t place = 0;
    for_each_field<R>([&]<class F>(const F& f) {
        if (place++ < Declaration<R>::keys) {
            ColumnValue<typename F::type>::bind(query, row.*(f.pointer));
        }
    });
    if (!query.step()) return std::nullopt;
    return read_row<R>(query);
}

template <Declared R>
bool same_row(const R& one, const R& other) {
    bool same = true;
    for_each_field<R>([&](const auto& f) { same &= one.*(f.pointer) == other.*(f.pointer); });
    return same;
}

}  // namespace fangxin::sync
