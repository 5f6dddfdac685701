// The shop's goods, found as one types by name, pinyin, initials or code (SALE-2): what screens and
// `list` find. Filled by pieces while the terminal works. Main loop only.
#pragma once

#include "domain/search_index.hpp"
#include "sync/search_rows.hpp"
#include "terminal/station/station.hpp"

#include <string>
#include <vector>

namespace fangxin::terminal {

class GoodsSearch {
  public:
    explicit GoodsSearch(Station& station) : station_(station) {}

    /// Takes a piece of the shop's names in; true if there are more.
    bool take_names();
    /// Takes in all of them that are new.
    Result<void> take_all_names();
    /// Items for these letters among the names taken in, best first.
    std::vector<domain::Item> find(const std::string& typed, std::size_t most);
    /// How many there were the last time, given or not.
    std::size_t found() const { return typed_.matches(); }

  private:
    Station& station_;
    domain::SearchIndex index_;
    sync::SearchRows rows_;
    domain::SearchAsTyped typed_{index_};
};

}  // namespace fangxin::terminal
