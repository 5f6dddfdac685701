#include "handheld/screens/item_search.hpp"

#include "handheld/screens/page_parts.hpp"
#include "terminal/kit/field.hpp"
#include "terminal/kit/table.hpp"

namespace fangxin::handheld {

ItemSearchView present_search(const std::string& text, const std::vector<ItemHit>& hits,
                              const kit::TextTable& texts) {
    ItemSearchView view{.text = text,
                        .placeholder = texts.tr_c("on the handheld", "Name, pinyin or number"),
                        .hits = hits};
    view.is_nothing_found = !text.empty() && hits.empty();
    if (view.is_nothing_found) {
        view.nothing_title = texts.tr("Nothing found");
        view.nothing_hint = texts.tr("Write less of the name, or scan the pack");
    } else {
        view.nothing_title = texts.tr("Scan the code of the pack or case");
        view.nothing_hint = texts.tr("A square code brings lot and dates with it");
    }
    return view;
}

ItemSearchAnswer draw_search(kit::Ui& ui, const ItemSearchView& view, kit::Rect rect) {
    ItemSearchAnswer answer;
    const kit::Rect field =
        kit::inset(kit::take_top(rect, 64), kit::Padding{.across = page_margin});
    const auto typed = kit::text_field(ui, field,
                                       {.text = view.text,
                                        .placeholder = view.placeholder,
                                        .icon = kit::Icon::search,
                                        .active = true,
                                        .longest = 60,
                                        .id = kit::id_of("search for an item")});
    answer.typed = typed.changed;
    answer.wants_keyboard = typed.touched;
    if (view.hits.empty()) {
        kit::empty_state(ui, rect,
                         {.icon = view.is_nothing_found ? kit::Icon::search : kit::Icon::camera,
                          .title = view.nothing_title,
                          .hint = view.nothing_hint});
        return answer;
    }
    answer.hit = draw_rows(ui,
                           {.name = "hits",
                            .rect = rect,
                            .count = view.hits.size(),
                            .row_height = grown(ui, 76),
                            .gap = 8},
                           [&](std::size_t i, kit::Rect at) {
                               return kit::list_row(ui, at,
                                                    {.title = view.hits[i].name,
                                                     .note = view.hits[i].note,
                                                     .bold = false,
                                                     .id = kit::id_of("hit", i + 1)});
                           });
    return answer;
}

}  // namespace fangxin::handheld
