// The shop's goods, found as one types by name, pinyin, initials or code (SALE-2). Filled by pieces
// while the terminal works. Main loop only.
#pragma once

#include "domain/search_index.hpp"
#include "sync/search_rows.hpp"
#include "terminal/station/station.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace fangxin::terminal {

class GoodsSearch {
  public:
    explicit GoodsSearch(Station& station) : station_(station) {}

    /// Takes a piece of the shop's names in; true if there are more.
    bool take_names() {
        auto whole = rows_.catch_up(station_.reader(), index_);
        return whole && !*whole;
    }
    /// Items for these letters, best first; `found()` says how many there are besides.
    std::vector<domain::Item> find(const std::string& typed, std::size_t most) {
        std::vector<domain::Item> items;
        for (std::string_view code : typed_.find(typed, most)) {
            if (auto item = station_.shop().item(code)) items.push_back(std::move(*item));
        }
        return items;
    }
    std::size_t found() const { return typed_.matches(); }

  private:
    Station& station_;
    domain::SearchIndex index_;
    sync::SearchRows rows_;
    domain::SearchAsTyped typed_{index_};
};

}  // namespace fangxin::terminal
