#include "sync/store/row_batch.hpp"

#include <fmt/format.h>
#include <iterator>

namespace fangxin::sync {

RowShape::RowShape(std::string_view table, const std::vector<Column>& columns,
                   std::string_view conflict) {
    std::string names;
    std::string places;
    std::string arrays;
    for (const Column& column : columns) {
        kinds.push_back(column.kind);
        const char* comma = kinds.size() == 1 ? "" : ",";
        const char* type = column.kind == ColumnKind::integer ? "bigint"
                           : column.kind == ColumnKind::text  ? "text"
                                                              : "bytea";
        names += fmt::format("{}\"{}\"", comma, column.name);
        places += fmt::format("{}${}", comma, kinds.size());
        arrays += fmt::format("{}${}::{}[]", comma, kinds.size(), type);
    }
    row_sql = fmt::format("INSERT INTO {} ({}) VALUES ({}) {}", table, names, places, conflict);
    batch_sql = fmt::format("INSERT INTO {} ({}) SELECT * FROM unnest({}) {}", table, names, arrays,
                            conflict);
}

Query& RowBatch::row() {
    if (!row_) row_.emplace(database_.query(shape_.row_sql));
    return *row_;
}

/// PostgreSQL manual, 8.15.2: `{1,2}`, `{"a","with \" in it",NULL}`.
std::string& RowBatch::next_array() {
    arrays_.resize(shape_.kinds.size());
    std::string& array = arrays_[column_++];
    array += array.empty() ? '{' : ',';
    return array;
}

RowBatch& RowBatch::bind(std::int64_t value) {
    if (goes_by_arrays()) {
        fmt::format_to(std::back_inserter(next_array()), "{}", value);
    } else {
        row().bind(value);
    }
    return *this;
}

RowBatch& RowBatch::bind(std::string_view value) {
    if (!goes_by_arrays()) {
        row().bind(value);
        return *this;
    }
    std::string& array = next_array();
    array += '"';
    for (char c : value) {
        if (c == '"' || c == '\\') array += '\\';
        array += c;
    }
    array += '"';
    return *this;
}

RowBatch& RowBatch::bind_bytes(std::string_view value) {
    if (!goes_by_arrays()) {
        row().bind_bytes(value);
        return *this;
    }
    constexpr std::string_view digits = "0123456789abcdef";
    std::string& array = next_array();
    array += R"("\\x)";
    for (unsigned char each : value) {
        array += digits[each >> 4];
        array += digits[each & 15];
    }
    array += '"';
    return *this;
}

RowBatch& RowBatch::bind_raw_text(std::string_view value) {
    if (goes_by_arrays()) return bind_bytes(value);
    row().bind_raw_text(value);
    return *this;
}

RowBatch& RowBatch::bind_null() {
    if (goes_by_arrays()) {
        next_array() += "NULL";
    } else {
        row().bind_null();
    }
    return *this;
}

void RowBatch::end_row() {
    column_ = 0;
    if (!row_) return;
    row_->run();
    row_->again();
}

void RowBatch::flush() {
    row_.reset();
    if (arrays_.empty()) return;
    Query query = database_.query(shape_.batch_sql);
    for (std::string& array : arrays_)
        query.bind(array += '}');
    query.run();
    arrays_.clear();
}

}  // namespace fangxin::sync
