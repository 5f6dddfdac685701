// What `list` gives: rows for a screen's table, read when asked. Main loop only.
#pragma once

#include "domain/search_index.hpp"
#include "sync/search_rows.hpp"
#include "terminal/station/station.hpp"

#include <boost/json/array.hpp>
#include <optional>
#include <string>
#include <vector>

namespace fangxin::terminal {

/// The search that screens have: goods by name, pinyin in full or first letters, codes.
class ItemSearch {
  public:
    /// Their codes, the best first. Takes in first what changed in the shop.
    Result<std::vector<std::string>> find(Station& station, const std::string& typed);

  private:
    domain::SearchIndex index_;
    sync::SearchRows rows_;
    domain::SearchAsTyped typed_{index_};
};

/// `items` `batches` `tasks` `near_expiry` `blocks` `complaints` `terminals` `holds` `attempts`:
/// items that the search finds for `filter`, other rows that contain it in some text. Code
/// `no_such_list`, or the database's.
Result<boost::json::array> list_rows(Station& station, ItemSearch& search, const std::string& what,
                                     const std::string& filter);

/// The item's name in the terminal's language.
std::string name_of(const domain::Item& item, domain::Language language);

/// `]C1…`, a bare code or an item code → the item.
std::optional<sync::FoundItem> find_item(Station& station, const std::string& code);

}  // namespace fangxin::terminal
