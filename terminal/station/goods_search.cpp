#include "terminal/station/goods_search.hpp"

namespace fangxin::terminal {

bool GoodsSearch::take_names() {
    auto whole = rows_.catch_up(station_.reader(), index_);
    return whole && !*whole;
}

Result<void> GoodsSearch::take_all_names() {
    for (bool whole = false; !whole;) {
        auto caught_up = rows_.catch_up(station_.reader(), index_);
        if (!caught_up) return tl::unexpected(caught_up.error());
        whole = *caught_up;
    }
    return {};
}

std::vector<domain::Item> GoodsSearch::find(const std::string& typed, std::size_t most) {
    std::vector<domain::Item> items;
    for (std::string_view code : typed_.find(typed, most)) {
        if (auto item = station_.shop().item(code)) items.push_back(std::move(*item));
    }
    return items;
}

}  // namespace fangxin::terminal
