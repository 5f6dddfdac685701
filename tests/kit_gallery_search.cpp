#include "terminal/kit/field.hpp"
#include "terminal/kit/keyboard_model.hpp"
#include "terminal/kit/panels.hpp"
#include "terminal/kit/table.hpp"
#include "terminal/station/screens/keyboard_view.hpp"
#include "tests/kit_gallery_pages.hpp"

#include <array>
#include <fmt/format.h>

namespace fangxin::gallery {

using namespace kit;

namespace {

void found(Ui& ui, Rect rect) {
    static constexpr std::array columns = {Column{"商品"}, Column{"批号", 200},
                                           Column{"保质期至", 140, Align::right}};
    card(ui, rect);
    table(ui, inset(rect, 1),
          {.name = "found",
           .columns = columns,
           .row_count = 12,
           .row =
               [](std::size_t i) {
                   Row row;
                   row.cells = {{fmt::format("老酸奶 160g×{}", i + 1)},
                                {fmt::format("A{:02}", i + 7), 18, Weight::regular, Role::muted},
                                {fmt::format("11-{:02}", i + 12)}};
                   if (i < 2) row.tags = {{"临期 7 折", Role::warn}};
                   return row;
               },
           .selected = 1});
}

/// As it is while pinyin is written, which needs no dictionary here.
KeyboardView writing() {
    const Pinyin none({.data = "/nonexistent/data", .user = "/nonexistent/user"});
    static const TextTable texts = TextTable::load(domain::Language::zh);
    KeyboardView view = present({.language = KeyboardLanguage::chinese}, none, texts);
    view.notice.clear();
    view.spelling = "suan nai";
    for (const char* word : {"酸奶", "算奶", "酸", "算", "蒜"})
        view.candidates.push_back({word, key::Choose{view.candidates.size()}});
    view.has_next_page = true;
    return view;
}

}  // namespace

void draw_search(Ui& ui) {
    Rect rest = inset(ui.screen(), 16);
    const Rect keys = take_bottom(rest, terminal::keyboard_height, 16);
    Rect head = take_top(rest, 64, 12);
    const Rect filters = take_right(head, 460, 16);
    constexpr std::array words = {"全部 214", "临期 18", "停售 3"};
    for (int i = 0; i < 3; ++i) {
        button(ui, cell(filters, {3, 1, 8}, i), words[static_cast<std::size_t>(i)],
               {.selected = i == 1});
    }
    text_field(ui, head, {.composing = "suan nai", .icon = Icon::search, .active = true});
    found(ui, rest);
    static terminal::CandidateWindow window;
    terminal::draw_keyboard(ui, writing(), window, keys);
}

}  // namespace fangxin::gallery
