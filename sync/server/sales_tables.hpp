// The columns of the three tables in which the server keeps sales for reports and traces, as rows
// are written and compared. Any thread.
#pragma once

#include "sync/store/row_batch.hpp"

#include <array>
#include <string_view>
#include <vector>

namespace fangxin::sync {

inline constexpr std::array<std::string_view, 3> sales_table_names{"sales", "sale_lines",
                                                                   "sale_tenders"};

inline std::vector<RowShape::Column> sale_columns() {
    using enum ColumnKind;
    return {{"terminal", text},      {"epoch", integer},        {"seq", integer},
            {"receipt", text},       {"at_ms", integer},        {"person", text},
            {"total_fen", integer},  {"rounding_fen", integer}, {"paid_fen", integer},
            {"change_fen", integer}, {"block_cursor", integer}};
}

inline std::vector<RowShape::Column> sale_line_columns() {
    using enum ColumnKind;
    return {{"terminal", text},  {"epoch", integer},     {"seq", integer}, {"place", integer},
            {"line", integer},   {"item", text},         {"batch", text},  {"batch_basis", text},
            {"lot", text},       {"production", text},   {"expiry", text}, {"quantity", integer},
            {"net_mg", integer}, {"amount_fen", integer}};
}

inline std::vector<RowShape::Column> sale_tender_columns() {
    using enum ColumnKind;
    return {{"terminal", text}, {"epoch", integer},      {"seq", integer},   {"place", integer},
            {"kind", text},     {"amount_fen", integer}, {"reference", text}};
}

}  // namespace fangxin::sync
