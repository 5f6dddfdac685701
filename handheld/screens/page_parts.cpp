#include "handheld/screens/page_parts.hpp"

#include "terminal/kit/table.hpp"

#include <algorithm>

namespace fangxin::handheld {

using kit::Icon;
using kit::Rect;
using kit::Role;
using kit::Weight;

float grown(kit::Ui& ui, float units) { return ui.is_large_text() ? units * 1.25F : units; }

void draw_question(kit::Ui& ui, Rect& rest, const Question& question) {
    kit::take_top(rest, 12);
    Rect page = kit::inset(rest, kit::Padding{.across = page_margin + 2});
    const float before = page.y;
    if (!question.about.empty()) {
        ui.text(kit::take_top(page, grown(ui, 36)), question.about,
                {.size = 26, .weight = Weight::bold, .may_shorten = true});
    }
    if (!question.note.empty()) {
        ui.text(kit::take_top(page, grown(ui, 26)), question.note,
                {.size = 17, .role = Role::muted, .may_shorten = true});
    }
    if (!question.asks.empty()) {
        kit::take_top(page, question.about.empty() ? 0.0F : 8.0F);
        const float height = ui.height_of(question.asks, {22, Weight::regular}, {page.w, 2});
        ui.text(kit::take_top(page, height, 8), question.asks,
                {.size = 22, .vertical = kit::Vertical::top, .lines = 2});
    }
    kit::take_top(rest, page.y - before);
}

void draw_refusal(kit::Ui& ui, Rect& rest, std::string_view words) {
    draw_notice(ui, rest, {words, Role::block, Icon::exclamation});
}

void draw_notice(kit::Ui& ui, Rect& rest, const kit::Notice& notice) {
    const std::string_view words = notice.words;
    if (words.empty()) return;
    Rect page = kit::inset(rest, kit::Padding{.across = page_margin});
    const float height =
        std::max(56.0F, ui.height_of(words, {20, Weight::regular}, {page.w - 36 - 38, 3}) + 16);
    const Rect at = kit::take_top(page, height);
    ui.fill(at, kit::soft_of(notice.role), 12);
    ui.border(at, notice.role, {12, 1});
    Rect inner = kit::inset(at, kit::Padding{18, 4});
    kit::draw_icon(ui, kit::centered(kit::take_left(inner, 26, 12), {26, 26}), notice.icon,
                   notice.role);
    ui.text(inner, words, {.role = notice.role, .lines = 3, .shrink = true});
    kit::take_top(rest, height, 8);
}

namespace {

constexpr float card_padding = 16;

kit::KeyValueStyle fact_style() {
    return {.key_width = 92, .row_height = 32, .size = 19, .lines = 2};
}

float fact_rows_height(kit::Ui& ui, std::span<const kit::KeyValue> rows, float width) {
    const kit::KeyValueStyle style = fact_style();
    float height = 0;
    for (const kit::KeyValue& row : rows) {
        const Weight weight = row.bold ? Weight::bold : Weight::regular;
        const float room = width - grown(ui, style.key_width);
        height += std::max(grown(ui, style.row_height),
                           ui.height_of(row.value, {style.size, weight}, {room, style.lines}));
    }
    return height;
}

}  // namespace

float height_of(kit::Ui& ui, const FactCard& card, float width) {
    const float head = card.head.empty() ? 0 : grown(ui, 34);
    return 2 * 12 + head + fact_rows_height(ui, card.rows, width - 2 * card_padding);
}

void draw_facts(kit::Ui& ui, Rect& rest, const FactCard& card) {
    Rect page = kit::inset(rest, kit::Padding{.across = page_margin});
    const float height = height_of(ui, card, page.w);
    const Rect at = kit::take_top(page, height);
    const bool plain = card.role == Role::muted;
    kit::card(ui, at,
              {.fill = plain ? Role::surface : kit::soft_of(card.role),
               .border = plain ? Role::line : card.role});
    Rect inner = kit::inset(at, kit::Padding{card_padding, 12});
    if (!card.head.empty()) {
        Rect head = kit::take_top(inner, grown(ui, 34));
        if (card.icon != Icon::none) {
            kit::draw_icon(ui, kit::centered(kit::take_left(head, 22, 8), {22, 22}), card.icon,
                           card.role);
        }
        ui.text(head, card.head,
                {.weight = Weight::bold, .role = plain ? Role::text : card.role, .shrink = true});
    }
    kit::key_values(ui, inner, card.rows, fact_style());
    kit::take_top(rest, height, 10);
}

void draw_progress(kit::Ui& ui, Rect& rest, float part) {
    if (part <= 0) return;
    ui.fill({rest.x, rest.y, rest.w, 6}, Role::primary_soft);
    ui.fill({rest.x, rest.y, rest.w * std::min(part, 1.0F), 6}, Role::primary);
    kit::take_top(rest, 6);
}

namespace {

float height_of(kit::Ui& ui, const Consequences& consequences, float width) {
    float height = 24 + grown(ui, 34);
    for (const std::string& line : consequences.lines)
        height += ui.height_of(line, {20, Weight::regular}, {width - 2 * card_padding - 30, 3}) + 6;
    return height;
}

void draw_consequences(kit::Ui& ui, Rect at, const Consequences& consequences) {
    kit::card(ui, at, {.fill = kit::soft_of(consequences.role), .border = consequences.role});
    Rect inner = kit::inset(at, kit::Padding{card_padding, 12});
    ui.text(kit::take_top(inner, grown(ui, 34)), consequences.head,
            {.weight = Weight::bold, .role = consequences.role, .shrink = true});
    for (const std::string& line : consequences.lines) {
        const float height = ui.height_of(line, {20, Weight::regular}, {inner.w - 30, 3});
        Rect row = kit::take_top(inner, height, 6);
        const Rect dot = kit::take_left(row, 22, 8);
        kit::draw_icon(ui, {dot.x, dot.y + 4, 22, 22}, Icon::forward, consequences.role);
        ui.text(row, line, {.vertical = kit::Vertical::top, .lines = 3});
    }
}

}  // namespace

void draw_confirm(kit::Ui& ui, Rect rect, const FactCard& answers, const Consequences& consequences,
                  bool busy) {
    if (busy) kit::spinner(ui, kit::centered(kit::take_bottom(rect, 52), {36, 36}));
    const float width = rect.w - 2 * page_margin;
    const float upper = answers.rows.empty() ? 0 : height_of(ui, answers, width) + 10;
    const float lower = height_of(ui, consequences, width);
    const kit::Ui::ScrollArea area{kit::id_of("confirm"), rect, upper + lower + 4};
    const float offset = ui.begin_scroll(area);
    Rect rest{rect.x, rect.y - offset, rect.w, area.content_height};
    if (upper > 0) draw_facts(ui, rest, answers);
    draw_consequences(ui, {rest.x + page_margin, rest.y, width, lower}, consequences);
    ui.end_scroll(area);
}

std::optional<std::size_t> draw_foot(kit::Ui& ui, Rect& rest, std::span<const FootButton> buttons) {
    const Rect foot = kit::take_bottom(rest, foot_height);
    if (buttons.empty()) return std::nullopt;
    Rect row = kit::inset(foot, kit::Padding{page_margin, 12});
    std::optional<std::size_t> pressed;
    const auto others = static_cast<float>(buttons.size() - 1);
    const float narrow = others == 0 ? 0 : others > 1 ? 106.0F : 140.0F;
    for (std::size_t i = 0; i < buttons.size(); ++i) {
        const Rect at = i + 1 < buttons.size() ? kit::take_left(row, narrow, 10) : row;
        kit::ButtonStyle style = buttons[i].style;
        if (i + 1 == buttons.size()) style.grade = kit::Grade::final;
        if (style.size == 0) style.size = i + 1 == buttons.size() ? 28.0F : 22.0F;
        if (kit::button(ui, at, buttons[i].words, style)) pressed = i;
    }
    return pressed;
}

bool draw_choice(kit::Ui& ui, Rect& page, float height, const ChoiceRow& choice) {
    const Rect at = kit::take_top(page, grown(ui, height), 10);
    const bool chosen =
        kit::list_row(ui, at,
                      {.title = choice.words,
                       .note = choice.note,
                       .icon = choice.icon,
                       .icon_role = choice.role,
                       .key = choice.number == 0 ? kit::Key::none : kit::digit_key(choice.number),
                       .id = kit::id_of(choice.words, 0xC01)});
    if (choice.selected) ui.border(at, choice.role, {14, 2});
    return chosen;
}

std::optional<std::size_t> draw_rows(kit::Ui& ui, const RowList& list,
                                     const std::function<bool(std::size_t, Rect)>& draw_row) {
    const float step = list.row_height + list.gap;
    const kit::Ui::ScrollArea area{
        .id = kit::id_of(list.name, 0x11A),
        .rect = list.rect,
        .content_height = step * static_cast<float>(list.count) + list.gap,
        .is_of_rows = true};
    const float offset = ui.begin_scroll(area);
    std::optional<std::size_t> pressed;
    const float beyond = ui.beyond(area, step);
    const auto first = static_cast<std::size_t>(std::max(0.0F, offset - beyond) / step);
    for (std::size_t i = first; i < list.count; ++i) {
        const float y = list.rect.y + list.gap + static_cast<float>(i) * step - offset;
        if (y >= list.rect.bottom() + beyond) break;
        const Rect row{list.rect.x + page_margin, y, list.rect.w - 2 * page_margin,
                       list.row_height};
        if (draw_row(i, row)) pressed = i;
    }
    ui.end_scroll(area);
    return pressed;
}

std::optional<std::size_t> draw_reasons(kit::Ui& ui, Rect rect, const ReasonView& view) {
    std::optional<std::size_t> pressed;
    const auto count = static_cast<float>(view.choices.size());
    const float height = std::min(72.0F, (rect.h - (count - 1) * 8) / count);
    Rect rest = kit::inset(rect, kit::Padding{.across = page_margin});
    for (std::size_t i = 0; i < view.choices.size(); ++i) {
        const bool is_last = i + 1 == view.choices.size();
        const kit::Key key = kit::digit_key(static_cast<int>(i + 1));
        if (kit::button(ui, kit::take_top(rest, height, 8), view.choices[i].words,
                        {.key = key,
                         .icon = is_last ? Icon::speech : Icon::none,
                         .selected = view.choices[i].selected,
                         .size = 22,
                         .id = kit::id_of("reason", i + 1)})) {
            pressed = i;
        }
    }
    return pressed;
}

bool draw_tile(kit::Ui& ui, Rect at, const Tile& tile) {
    const kit::Touch touch = ui.target({.what = tile.words, .rect = at, .key = tile.key});
    ui.fill(at, tile.selected ? kit::soft_of(tile.role) : Role::surface, 12);
    if (touch.down) ui.fill(at, Role::raised, 12);
    ui.border(at, tile.selected ? tile.role : Role::line, {12, tile.selected ? 2.0F : 1.0F});
    if (touch.focused) ui.focus_ring(at, 12);
    Rect inner = kit::inset(at, kit::Padding{6, 6});
    ui.text(kit::take_top(inner, inner.h * 0.56F), tile.count,
            {.size = 26,
             .weight = Weight::bold,
             .role = tile.role,
             .align = kit::Align::center,
             .shrink = true});
    ui.text(inner, tile.words,
            {.size = 16, .role = Role::muted, .align = kit::Align::center, .shrink = true});
    return touch.activated;
}

}  // namespace fangxin::handheld
