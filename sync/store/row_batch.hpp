// Rows on their way into one table, none of which is read before flush(). On a server's connection
// they go in one statement, for each statement is a round trip; in SQLite each is written as it
// comes, for there a statement costs nothing but itself. Lives inside a transaction and a function.
#pragma once

#include "sync/store/database.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::sync {

/// Which columns are written, and what happens where the key is there already: `conflict` is empty,
/// `ON CONFLICT (…) DO NOTHING` or `… DO UPDATE SET …`. Made once for a table.
struct RowShape {
    struct Column {
        std::string_view name;
        ColumnKind kind = ColumnKind::text;
    };
    RowShape(std::string_view table, const std::vector<Column>& columns,
             std::string_view conflict = "");

    std::vector<ColumnKind> kinds;
    std::string row_sql;    ///< of one row: a place for each column
    std::string batch_sql;  ///< of many: an array for each column
};

class RowBatch {
  public:
    /// `shape` must outlive it.
    RowBatch(Database& database, const RowShape& shape) : database_(database), shape_(shape) {}

    // A value for each column, in their order; then end_row().
    RowBatch& bind(std::int64_t value);
    RowBatch& bind(std::string_view value);
    RowBatch& bind_raw_text(std::string_view value);
    RowBatch& bind_bytes(std::string_view value);
    RowBatch& bind_null();
    void end_row();

    /// Writes what is not written yet. Of one key only one row may lie between two of these where
    /// the shape says DO UPDATE.
    void flush();

  private:
    bool goes_by_arrays() const { return database_.engine() == Engine::postgres; }
    Query& row();
    std::string& next_array();

    Database& database_;
    const RowShape& shape_;
    std::optional<Query> row_;
    std::vector<std::string> arrays_;
    std::size_t column_ = 0;
};

}  // namespace fangxin::sync
