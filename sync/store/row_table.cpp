#include "sync/store/row_table.hpp"

namespace fangxin::sync {

bool has_column(Database& database, std::string_view table, std::string_view column) {
    Query query = database.query("SELECT 1 FROM pragma_table_info($1) WHERE name = $2");
    query.bind(table).bind(column);
    return query.step();
}

}  // namespace fangxin::sync
