// Keeps a search index in step with the shop's rows (SALE-2). Rows are numbered in commit order, so
// what is new are the numbers above the last one seen; nothing has to tell of changes. A large shop
// is taken in by pieces, between which a till answers scans. Owned with its index; same thread.
//
// A bar code that moved to another item is found under both until the rows are taken anew.
#pragma once

#include "domain/search_index.hpp"
#include "sync/store/database.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::sync {

class SearchRows {
  public:
    static constexpr std::int64_t items_at_once = 2'000;

    /// Takes in at most `most` changed items, and as many whose codes changed. True once the index
    /// is up to date. It begins anew when the server was replaced, whose rows are found until the
    /// new ones are whole, and again when the old ones are gone.
    Result<bool> catch_up(Database& database, domain::SearchIndex& index,
                          std::int64_t most = items_at_once);

  private:
    bool take_items(Database& database, domain::SearchIndex& index, std::int64_t most);
    bool take_codes(Database& database, domain::SearchIndex& index, std::int64_t most);

    /// The last row that was taken in. Rows of a server that was replaced have numbers below 0, and
    /// two of them may have the same (see reset_rows): the key tells them apart.
    struct Seen {
        std::int64_t ver = 0;
        std::string key;
    };
    void begin_anew(Database& database, domain::SearchIndex& index);

    std::string rows_of_;  ///< the server that they are of, and whether old ones lie among them
    Seen items_seen_;
    Seen codes_seen_;
};

}  // namespace fangxin::sync
