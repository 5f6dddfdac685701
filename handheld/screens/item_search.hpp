// Finding an item: by a scan, or by letters of its name. The part of a page that receiving and
// recalls share. Values, and what draws them.
#pragma once

#include "terminal/kit/text_table.hpp"
#include "terminal/kit/ui.hpp"

#include <optional>
#include <string>
#include <vector>

namespace fangxin::handheld {

struct ItemHit {
    std::string item;  ///< its code
    std::string name;
    std::string note;  ///< code, price
};

struct ItemSearchView {
    std::string text;
    std::string placeholder;
    std::vector<ItemHit> hits;
    std::string nothing_title;  ///< where there are no hits
    std::string nothing_hint;
    bool is_nothing_found = false;
};
ItemSearchView present_search(const std::string& text, const std::vector<ItemHit>& hits,
                              const kit::TextTable& texts);

struct ItemSearchAnswer {
    std::optional<std::string> typed;  ///< by a keyboard
    bool wants_keyboard = false;       ///< the field was touched
    std::optional<std::size_t> hit;
};
ItemSearchAnswer draw_search(kit::Ui& ui, const ItemSearchView& view, kit::Rect rect);

}  // namespace fangxin::handheld
