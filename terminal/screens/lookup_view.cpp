#include "terminal/screens/lookup_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/field.hpp"
#include "terminal/kit/marks.hpp"
#include "terminal/kit/panels.hpp"
#include "terminal/kit/table.hpp"
#include "terminal/screens/typed_pad.hpp"

namespace fangxin::terminal::till {

namespace {

using kit::Role;

bool close_button(kit::Ui& ui, const kit::TextTable& texts, kit::Rect rect) {
    return kit::button(ui, rect, texts.tr("Close"),
                       {.grade = kit::Grade::main, .key = kit::Key::escape, .size = 22});
}

void draw_price(kit::Ui& ui, const kit::TextTable& texts, const PriceView& view, kit::Rect rect) {
    kit::card(ui, rect, {.fill = Role::raised});
    kit::Rect inner = kit::inset(rect, 24);
    if (!view.answered) {
        kit::empty_state(ui, inner,
                         {.icon = kit::Icon::search,
                          .title = texts.tr("Scan the goods, or key the code"),
                          .hint = texts.tr("Nothing is added to the basket")});
        return;
    }
    ui.text(kit::take_top(inner, 88, 4), view.name,
            {.size = 30,
             .weight = kit::Weight::bold,
             .vertical = kit::Vertical::top,
             .lines = 2,
             .may_shorten = true});
    ui.text(kit::take_top(inner, 28, 12), view.code, {.size = 18, .role = Role::muted});
    if (!view.price.empty()) {
        ui.text(kit::take_top(inner, 96, 12), view.price,
                {.size = 72, .weight = kit::Weight::bold, .shrink = true});
    }
    if (!view.of_a_piece.empty()) {
        ui.text(kit::take_top(inner, ui.grown(28), 12), view.of_a_piece,
                {.size = 20, .role = Role::muted, .shrink = true});
    }
    kit::Rect sign = kit::take_top(inner, 72);
    kit::sign(ui, kit::take_left(sign, 56, 14), view.sign.icon,
              {.role = view.sign.role, .round = true});
    ui.text(sign, view.sign.words,
            {.size = 22, .role = view.sign.role, .lines = 2, .shrink = true});
}

}  // namespace

std::optional<PriceAnswer> draw(kit::Ui& ui, const kit::TextTable& texts, const PriceView& view) {
    std::optional<PriceAnswer> answer;
    const kit::Dialog dialog(ui, {.size = {940, 620}, .title = texts.tr("Price check")});
    kit::Rect rest = dialog.body();
    kit::Rect foot = kit::take_bottom(rest, 72, 16);
    const kit::Rect left = kit::take_left(rest, 380, 20);
    draw_price(ui, texts, view, rest);
    if (auto key = draw(ui,
                        TypedPad{.typed = view.typed,
                                 .placeholder = texts.tr("Code or PLU"),
                                 .clear = texts.tr("Clear")},
                        left)) {
        answer = price::PadKey{*key};
    }
    if (close_button(ui, texts, kit::take_right(foot, 200, 16))) answer = Leave{};
    const bool asked = kit::button(ui, kit::take_left(foot, 380), texts.tr("Look up"),
                                   {.look = kit::Look::primary,
                                    .grade = kit::Grade::main,
                                    .key = kit::Key::f12,
                                    .enabled = view.can_ask});
    const bool entered = ui.memory().focus == 0 && ui.take_key(kit::Key::enter);
    if (asked || (entered && view.can_ask)) answer = price::Ask{};
    return answer;
}

namespace {

std::optional<SearchAction> draw_hits(kit::Ui& ui, const kit::TextTable& texts,
                                      const SearchView& view, kit::Rect rect) {
    if (!view.searched) {
        kit::empty_state(ui, rect,
                         {.icon = kit::Icon::search,
                          .title = texts.tr("Type a name, pinyin, initials or a code"),
                          .hint = texts.tr("cl and changli both find 长粒香米")});
        return std::nullopt;
    }
    if (view.rows.empty()) {
        kit::empty_state(ui, rect,
                         {.icon = kit::Icon::question,
                          .title = texts.tr("Nothing found"),
                          .hint = texts.tr("Try fewer letters, or scan the code")});
        return std::nullopt;
    }
    std::optional<SearchAction> action;
    for (std::size_t i = 0; i < view.rows.size(); ++i) {
        const SearchView::Row& row = view.rows[i];
        const kit::Rect at = kit::cell(rect, {2, 4, 8}, static_cast<int>(i));
        // A digit comes as text of the field; the model picks by it, this is what it shows.
        if (kit::list_row(ui, at,
                          {.title = row.name,
                           .note = row.code,
                           .value = row.price,
                           .bold = row.selected,
                           .key = kit::digit_key(static_cast<int>(i) + 1),
                           .id = kit::id_of("hit", i)})) {
            action = search::Pick{i};
        }
        if (row.selected) ui.border(at, Role::primary, {14, 3});
    }
    return action;
}

std::optional<SearchAction> moved(kit::Ui& ui) {
    if (ui.memory().focus != 0) return std::nullopt;
    if (ui.take_key(kit::Key::down)) return search::Move{2};
    if (ui.take_key(kit::Key::up)) return search::Move{-2};
    if (ui.take_key(kit::Key::right)) return search::Move{1};
    if (ui.take_key(kit::Key::left)) return search::Move{-1};
    return std::nullopt;
}

}  // namespace

std::optional<SearchTouch> draw(kit::Ui& ui, const kit::TextTable& texts, const SearchView& view,
                                const KeyboardSlot& keyboard) {
    std::optional<SearchTouch> answer;
    const kit::Dialog dialog(ui, {.size = {1200, 752}});
    kit::Rect rest = dialog.body();
    rest.h = view.keyboard.y - 12 - rest.y;
    kit::Rect head = kit::take_top(rest, 72, 10);
    if (close_button(ui, texts, kit::take_right(head, 176, 10))) answer = Leave{};
    if (!view.page.empty() &&
        kit::button(ui, kit::take_right(head, 150, 10), view.page,
                    {.key = kit::Key::page_down, .id = kit::id_of("more hits")})) {
        answer = search::NextPage{};
    }
    const kit::FieldAnswer field = kit::text_field(ui, head,
                                                   {.text = view.text,
                                                    .placeholder = texts.tr("Name, pinyin or code"),
                                                    .icon = kit::Icon::search,
                                                    .active = true,
                                                    .id = kit::id_of("search")});
    if (auto action = draw_hits(ui, texts, view, rest)) answer = *action;
    if (auto action = moved(ui)) answer = *action;
    if (field.changed) answer = search::Typed{*field.changed};
    if (field.entered) answer = search::PickSelected{};
    if (keyboard) keyboard(ui, view.keyboard);
    return answer;
}

std::optional<ResumeAnswer> draw(kit::Ui& ui, const kit::TextTable& texts, const ResumeView& view) {
    std::optional<ResumeAnswer> answer;
    const kit::Dialog dialog(ui, {.size = {860, 688}, .title = texts.tr("Resume a held basket")});
    kit::Rect rest = dialog.body();
    kit::Rect foot = kit::take_bottom(rest, 72, 14);
    if (close_button(ui, texts, kit::take_right(foot, 200, 12))) answer = Leave{};
    if (!view.page.empty() &&
        kit::button(ui, kit::take_right(foot, 200, 12), texts.tr("More {}", view.page),
                    {.grade = kit::Grade::main,
                     .key = kit::Key::page_down,
                     .size = 22,
                     .id = kit::id_of("more holds")})) {
        answer = resume::NextPage{};
    }
    if (view.rows.empty()) {
        kit::empty_state(ui, rest,
                         {.icon = kit::Icon::list,
                          .title = texts.tr("No basket is on hold"),
                          .hint = texts.tr("Hold puts the basket aside while a customer fetches "
                                           "something")});
        return answer;
    }
    if (!view.notice.empty()) {
        kit::banner(ui, foot,
                    {.words = view.notice, .role = Role::warn, .icon = kit::Icon::warning});
    }
    for (std::size_t i = 0; i < view.rows.size(); ++i) {
        const ResumeView::Row& row = view.rows[i];
        const auto place = static_cast<int>(i);
        if (kit::list_row(ui, kit::cell(rest, {1, 6, 8}, place),
                          {.title = row.title,
                           .note = row.note,
                           .value = row.total,
                           .value_role = row.enabled ? Role::primary : Role::muted,
                           .enabled = row.enabled,
                           .key = kit::digit_key(place + 1),
                           .id = kit::id_of(row.hold, 0x401D)})) {
            answer = resume::Take{row.hold};
        }
    }
    return answer;
}

}  // namespace fangxin::terminal::till
