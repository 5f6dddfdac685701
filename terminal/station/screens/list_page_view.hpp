// Draws a page with a list, its search and, while that is written, the keyboard. On a handheld the
// bar above has title and arrow already, so they are drawn only where there is room.
#pragma once

#include "terminal/kit/ui.hpp"
#include "terminal/station/screens/list_page_model.hpp"
#include "terminal/station/screens/writing.hpp"

namespace fangxin::terminal {

std::optional<ListPageAction> draw(kit::Ui& ui, const kit::TextTable& texts,
                                   const ListPageView& view, Writing& writing, kit::Rect rect);

}  // namespace fangxin::terminal
