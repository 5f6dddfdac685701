// Keeps a search index in step with the shop's rows (SALE-2). Rows are numbered in commit order, so
// what is new are the numbers above the last one seen; nothing has to tell of changes. A large shop
// is taken in by pieces, between which a till answers scans. Owned with its index; same thread.
//
// A bar code that moved to another item is found under both until the rows are taken anew.
#pragma once

#include "domain/search_index.hpp"
#include "sync/store/database.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace fangxin::sync {

class SearchRows {
  public:
    static constexpr std::int64_t items_at_once = 2'000;

    /// Takes in at most `most` changed items, and as many whose codes changed. True once the index
    /// is up to date. When the server was replaced, and its rows with it, it begins anew.
    Result<bool> catch_up(Database& database, domain::SearchIndex& index,
                          std::int64_t most = items_at_once);

  private:
    bool take_items(Database& database, domain::SearchIndex& index, std::int64_t most);
    bool take_codes(Database& database, domain::SearchIndex& index, std::int64_t most);

    std::int64_t server_epoch_ = -1;
    std::int64_t items_seen_ = 0;  ///< the number of the last row
    std::int64_t codes_seen_ = 0;
};

}  // namespace fangxin::sync
