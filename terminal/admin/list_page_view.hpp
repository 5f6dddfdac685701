// Draws a page that is a table with details beside it.
#pragma once

#include "terminal/admin/list_page_model.hpp"

namespace fangxin::admin {

std::optional<ListAction> draw(kit::Ui& ui, const kit::TextTable& texts, const ListPageView& view,
                               kit::Rect rect);

/// Chips side by side in `rect`; the key on the one after the chosen steps through them. Returns
/// the one that was touched.
std::optional<std::size_t> draw_chips(kit::Ui& ui, kit::Rect rect,
                                      const std::vector<ChipView>& chips, kit::Key key);

/// Names and values under each other and whole sentences, as high as they need; returns the height.
/// Draws nothing when `measure_only`.
struct SectionDrawing {
    kit::Rect rect;
    float key_width = 104;
    bool measure_only = false;
};
float draw_section(kit::Ui& ui, const SectionView& section, const SectionDrawing& drawing);

/// Horizontal bars, name before and number behind.
void draw_bars(kit::Ui& ui, kit::Rect rect, const std::vector<BarView>& bars);

/// The field in which one searches: SearchTouched, SearchTyped or SearchLeft.
std::optional<ListAction> draw_search(kit::Ui& ui, kit::Rect rect, const SearchView& search);

}  // namespace fangxin::admin
