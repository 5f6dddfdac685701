// Tables of declared rows: DDL, writing and reading from the declaration. A row table has a column
// per member, `ver` (its place in commit order) and `extra` (members that a newer program wrote).
#pragma once

#include "sync/codec.hpp"
#include "sync/store/database.hpp"
#include "sync/store/row_batch.hpp"

#include <string>
#include <vector>

namespace fangxin::sync {

/// How a member lies in a column. What it is bound to is a Query or a RowBatch.
template <class T>
struct ColumnValue;

template <>
struct ColumnValue<std::int64_t> {
    static constexpr std::string_view sql_type = "INTEGER";
    static void bind(auto& query, std::int64_t value) { query.bind(value); }
    static std::int64_t read(const Query& query, int column) { return query.int64(column); }
};
template <>
struct ColumnValue<bool> {
    static constexpr std::string_view sql_type = "INTEGER";
    static void bind(auto& query, bool value) { query.bind(std::int64_t{value}); }
    static bool read(const Query& query, int column) { return query.int64(column) != 0; }
};
template <>
struct ColumnValue<std::string> {
    static constexpr std::string_view sql_type = "TEXT";
    static void bind(auto& query, const std::string& value) { query.bind(value); }
    static std::string read(const Query& query, int column) { return query.text(column); }
};
template <Textual T>
struct ColumnValue<T> {
    static constexpr std::string_view sql_type = "TEXT";
    static void bind(auto& query, const T& value) { query.bind(TextForm<T>::format(value)); }
    static T read(const Query& query, int column) {
        return TextForm<T>::parse(query.text(column)).value_or(T{});
    }
};
template <class T>
struct ColumnValue<std::optional<T>> {
    static constexpr std::string_view sql_type = ColumnValue<T>::sql_type;
    static void bind(auto& query, const std::optional<T>& value) {
        if (value) {
            ColumnValue<T>::bind(query, *value);
        } else {
            query.bind_null();
        }
    }
    static std::optional<T> read(const Query& query, int column) {
        if (query.is_null(column)) return std::nullopt;
        return ColumnValue<T>::read(query, column);
    }
};

template <class T>
constexpr ColumnKind column_kind =
    ColumnValue<T>::sql_type == "INTEGER" ? ColumnKind::integer : ColumnKind::text;

/// `CREATE INDEX` for what rows are found by. The columns must be there: SQLite takes the name of
/// one that is not for a text, and the index is a damaged one once there is such a column.
template <Declared R>
std::string row_index_ddl() {
    using D = Declaration<R>;
    std::string ddl = fmt::format("CREATE INDEX IF NOT EXISTS {0}_ver ON {0}(ver);", D::name);
    if (!D::index.empty()) {
        ddl +=
            fmt::format("CREATE INDEX IF NOT EXISTS {0}_{1} ON {0}(\"{1}\");", D::name, D::index);
    }
    return ddl;
}

/// `CREATE TABLE … STRICT`, without its indexes.
template <Declared R>
std::string row_columns_ddl() {
    using D = Declaration<R>;
    std::string columns;
    std::string keys;
    std::size_t place = 0;
    for_each_field<R>([&]<class F>(const F& f) {
        constexpr bool optional = is_optional<typename F::type>;
        columns += fmt::format("\"{}\" {}{}, ", f.name, ColumnValue<typename F::type>::sql_type,
                               optional ? "" : " NOT NULL");
        if (place++ < D::keys) keys += fmt::format("{}\"{}\"", keys.empty() ? "" : ",", f.name);
    });
    return fmt::format(
        "CREATE TABLE IF NOT EXISTS {0} ({1}extra TEXT NOT NULL DEFAULT '', ver INTEGER NOT NULL, "
        "PRIMARY KEY ({2})) STRICT, WITHOUT ROWID;",
        D::name, columns, keys);
}

/// Both, for Database::define.
template <Declared R>
std::string row_table_ddl() {
    return row_columns_ddl<R>() + row_index_ddl<R>();
}

/// The table as this program declares it: made if it is new, and with the columns that a program
/// before this one did not know. What it kept of them in `extra` goes where it belongs; where a
/// newer sender said nothing, a member is what its type begins with.
template <Declared R>
void bring_row_table_up_to_date(Database& database) {
    database.define(row_columns_ddl<R>());
    const R initial{};
    for_each_field<R>([&]<class F>(const F& f) {
        using D = Declaration<R>;
        if (f.since <= 1 || database.has_column(D::name, f.name)) return;
        constexpr bool optional = is_optional<typename F::type>;
        std::string rule;
        if constexpr (!optional) {
            const json::value value = JsonValue<typename F::type>::encode(initial.*(f.pointer));
            rule = value.is_string()
                       ? fmt::format(" NOT NULL DEFAULT '{}'", std::string_view(value.get_string()))
                   : value.is_bool() ? fmt::format(" NOT NULL DEFAULT {}", int{value.get_bool()})
                                     : fmt::format(" NOT NULL DEFAULT {}", json::serialize(value));
        }
        database.define(fmt::format("ALTER TABLE {} ADD COLUMN \"{}\" {}{}", D::name, f.name,
                                    ColumnValue<typename F::type>::sql_type, rule));
        constexpr auto kind = column_kind<typename F::type>;
        const std::string said = database.member_of_extra(f.name, kind);
        database.execute(fmt::format("UPDATE {0} SET \"{1}\" = {2} WHERE {2} IS NOT NULL", D::name,
                                     f.name, said));
    });
    database.define(row_index_ddl<R>());
}

template <Declared R>
const std::string& column_list() {
    static const std::string list = [] {
        std::string columns;
        for_each_field<R>([&](const auto& f) {
            columns += fmt::format("{}\"{}\"", columns.empty() ? "" : ",", f.name);
        });
        return columns;
    }();
    return list;
}

template <Declared R>
R read_row(const Query& query) {
    R row{};
    int column = 0;
    for_each_field<R>([&]<class F>(const F& f) {
        row.*(f.pointer) = ColumnValue<typename F::type>::read(query, column++);
    });
    return row;
}

/// A row and its version, in place of the one with its key.
template <Declared R>
const RowShape& row_shape() {
    static const RowShape shape = [] {
        std::vector<RowShape::Column> columns;
        std::string keys;
        std::string changes;
        for_each_field<R>([&]<class F>(const F& f) {
            if (columns.size() < Declaration<R>::keys) {
                keys += fmt::format("{}\"{}\"", keys.empty() ? "" : ",", f.name);
            } else {
                changes += fmt::format("\"{0}\" = excluded.\"{0}\", ", f.name);
            }
            columns.push_back({f.name, column_kind<typename F::type>});
        });
        columns.push_back({"extra", ColumnKind::text});
        columns.push_back({"ver", ColumnKind::integer});
        return RowShape(Declaration<R>::name, columns,
                        fmt::format("ON CONFLICT ({}) DO UPDATE SET {}extra = excluded.extra, "
                                    "ver = excluded.ver",
                                    keys, changes));
    }();
    return shape;
}

/// To a Query of row_shape() or a RowBatch of it.
template <Declared R>
void bind_row(auto& query, const R& row, std::int64_t ver, std::string_view extra = {}) {
    for_each_field<R>(
        [&]<class F>(const F& f) { ColumnValue<typename F::type>::bind(query, row.*(f.pointer)); });
    query.bind(extra).bind(ver);
}

/// Inserts or replaces.
template <Declared R>
void put_row(Database& database, const R& row, std::int64_t ver, std::string_view extra = {}) {
    Query query = database.query(row_shape<R>().row_sql);
    bind_row(query, row, ver, extra);
    query.run();
}

template <Declared R>
std::string select_sql(std::string_view tail) {
    return fmt::format("SELECT {} FROM {} {}", column_list<R>(), Declaration<R>::name, tail);
}

template <Declared R>
std::vector<R> read_rows(Query& query) {
    std::vector<R> rows;
    while (query.step())
        rows.push_back(read_row<R>(query));
    return rows;
}

/// All rows for which `tail` (`WHERE …`, `ORDER BY …`) holds; values bound in order.
template <Declared R, class... Bound>
std::vector<R> select_rows(Database& database, std::string_view tail, const Bound&... bound) {
    Query query = database.query(select_sql<R>(tail));
    (query.bind(bound), ...);
    return read_rows<R>(query);
}

/// `"kind","model","serial"`.
template <Declared R>
const std::string& key_columns() {
    static const std::string list = [] {
        std::string columns;
        std::size_t place = 0;
        for_each_field<R>([&](const auto& f) {
            if (place++ >= Declaration<R>::keys) return;
            columns += fmt::format("{}\"{}\"", columns.empty() ? "" : ",", f.name);
        });
        return columns;
    }();
    return list;
}

/// The parts of a key that key_of_row() joined; as many as the key has columns.
template <Declared R>
std::vector<std::string_view> split_key(std::string_view joined) {
    std::vector<std::string_view> parts;
    while (parts.size() + 1 < Declaration<R>::keys) {
        const std::size_t end = std::min(joined.find('\x1f'), joined.size());
        parts.push_back(joined.substr(0, end));
        joined.remove_prefix(std::min(end + 1, joined.size()));
    }
    parts.push_back(joined);
    return parts;
}

/// `($1,$2,$3)`, from this place on.
template <Declared R>
std::string key_places(std::size_t first) {
    std::string places;
    for (std::size_t i = 0; i < Declaration<R>::keys; ++i)
        places += fmt::format("{}${}", i == 0 ? "(" : ",", first + i);
    return places + ")";
}

/// Keys above one and, if it is given, up to another; both joined as by key_of_row(). No key
/// contains a control character, so the joined text has the order of the columns.
template <Declared R>
class KeyRange {
  public:
    explicit KeyRange(std::string_view after, std::optional<std::string_view> up_to = std::nullopt)
        : bound_(split_key<R>(after)) {
        where_ = fmt::format("WHERE ({}) > {}", key_columns<R>(), key_places<R>(1));
        if (!up_to) return;
        where_ += fmt::format(" AND ({}) <= {}", key_columns<R>(), key_places<R>(next_place()));
        for (std::string_view part : split_key<R>(*up_to))
            bound_.push_back(part);
    }
    const std::string& where() const { return where_; }
    std::size_t next_place() const { return bound_.size() + 1; }
    void bind(Query& query) const {
        for (std::string_view part : bound_)
            query.bind(part);
    }

  private:
    std::vector<std::string_view> bound_;
    std::string where_;
};

template <Declared R>
void delete_row(Database& database, std::string_view joined_key) {
    static const std::string sql = fmt::format(
        "DELETE FROM {} WHERE ({}) = {}", Declaration<R>::name, key_columns<R>(), key_places<R>(1));
    Query query = database.query(sql);
    for (std::string_view part : split_key<R>(joined_key))
        query.bind(part);
    query.run();
}

/// The row with this key; only for types whose key is one text column, the first.
template <Declared R>
std::optional<R> find_row(Database& database, std::string_view key) {
    static_assert(Declaration<R>::keys == 1);
    static const std::string sql =
        fmt::format("SELECT {} FROM {} WHERE \"{}\" = $1", column_list<R>(), Declaration<R>::name,
                    std::get<0>(Declaration<R>::fields).name);
    Query query = database.query(sql);
    query.bind(key);
    if (!query.step()) return std::nullopt;
    return read_row<R>(query);
}

}  // namespace fangxin::sync
