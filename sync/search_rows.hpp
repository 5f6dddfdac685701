// Keeps a search index in step with the shop's rows (SALE-2). Rows are numbered in commit order, so
// what is new are the numbers above the last one seen; nothing has to tell of changes. A large shop
// is taken in by pieces, between which a till answers scans. Owned with its index; same thread.
//
// A bar code that moved to another item is found under both until the rows are taken anew.
#pragma once

#include "domain/goods.hpp"
#include "domain/search_index.hpp"
#include "sync/declaration.hpp"
#include "sync/store/database.hpp"
#include "sync/store/meta.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace fangxin::sync {

/// Goods or codes were deleted, or put right with rows that are no newer: whoever follows versions
/// does not see it, and takes all anew. Inside the caller's transaction.
template <Declared R>
void note_revised(Database& database) {
    constexpr bool found_by = std::is_same_v<R, domain::Item> || std::is_same_v<R, domain::Barcode>;
    if constexpr (found_by) take_number(database, "goods_revised");
}

class SearchRows {
  public:
    static constexpr std::int64_t items_at_once = 2'000;

    /// Takes in at most `most` changed items, and as many whose codes changed. True once the index
    /// is up to date. It begins anew when the server was replaced, whose rows are found until the
    /// new ones are whole, again when old ones are gone, and after note_revised(); meanwhile the
    /// index stays as it was, and a new one grows beside it.
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
    void notice_server(Database& database, bool is_empty);
    void begin_anew(Database& database, bool is_empty);

    struct RowsOf {
        std::string server;      ///< its epoch
        std::string revised;     ///< counts note_revised()
        bool among_old = false;  ///< rows of the one before may lie among them
        bool any_old = false;    ///< and some do
    };
    std::optional<RowsOf> rows_of_;
    std::optional<domain::SearchIndex> beside_;  ///< what replaces the index once it is whole
    Seen items_seen_;
    Seen codes_seen_;
};

}  // namespace fangxin::sync
