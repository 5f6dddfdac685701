#include "handheld/screens/lookup_view.hpp"

#include "handheld/screens/head_view.hpp"
#include "handheld/screens/page_parts.hpp"
#include "terminal/kit/table.hpp"

#include <algorithm>

namespace fangxin::handheld {

namespace {

using kit::Rect;
using kit::Role;
using kit::Weight;
using lookup::Action;

constexpr float side = 16;
constexpr float other_height = 76;

struct VerdictSizes {
    float head = 0;
    std::vector<float> says;
    float action = 0;
    float whole = 0;
};

/// A law by its name takes a line of its own.
bool is_long(kit::Ui& ui, std::string_view clause, float width) {
    return ui.width_of(clause, {16, Weight::regular}) > width * 0.4F;
}

VerdictSizes sizes_of(kit::Ui& ui, const LookupView::Verdict& verdict, float width) {
    VerdictSizes sizes;
    const float inner = width - 2 * side;
    sizes.head = std::max(44.0F, ui.height_of(verdict.words, {24, Weight::bold}, {inner - 54, 2}));
    sizes.whole = sizes.head + 24;
    for (const LookupView::Reason& reason : verdict.reasons) {
        sizes.says.push_back(ui.height_of(reason.say, {17, Weight::regular}, {inner, 3}));
        sizes.whole += 8 + grown(ui, 30) + sizes.says.back();
        if (is_long(ui, reason.clause, inner)) sizes.whole += grown(ui, 26);
    }
    if (!verdict.action.empty()) {
        sizes.action = ui.height_of(verdict.action, {18, Weight::bold}, {inner - 30, 2});
        sizes.whole += 10 + sizes.action;
    }
    return sizes;
}

void draw_verdict(kit::Ui& ui, Rect& rest, const LookupView::Verdict& verdict) {
    Rect page = kit::inset(rest, kit::Padding{.across = page_margin});
    const VerdictSizes sizes = sizes_of(ui, verdict, page.w);
    const Rect at = kit::take_top(page, sizes.whole);
    kit::card(ui, at,
              {.fill = kit::soft_of(verdict.role), .border = verdict.role, .border_width = 2});
    Rect inner = kit::inset(at, kit::Padding{side, 12});
    Rect head = kit::take_top(inner, sizes.head);
    const Rect sign = kit::take_left(head, 42, 12);
    kit::sign(ui, kit::centered(sign, {42, 42}), verdict.icon,
              {.role = verdict.role, .round = true, .strong = true});
    ui.text(head, verdict.words,
            {.size = 24, .weight = Weight::bold, .role = verdict.role, .lines = 2, .shrink = true});
    for (std::size_t i = 0; i < verdict.reasons.size(); ++i) {
        const LookupView::Reason& reason = verdict.reasons[i];
        kit::take_top(inner, 8);
        Rect line = kit::take_top(inner, grown(ui, 30));
        const bool apart = is_long(ui, reason.clause, inner.w);
        const float wanted = ui.width_of(reason.clause, {16, Weight::regular}) + 1;
        const kit::TextStyle clause{.size = 16, .role = verdict.role};
        if (!apart) ui.text(kit::take_right(line, wanted, 8), reason.clause, clause);
        ui.text(line, reason.title, {.size = 20, .weight = Weight::bold, .shrink = true});
        if (apart) ui.text(kit::take_top(inner, grown(ui, 26)), reason.clause, clause);
        ui.text(kit::take_top(inner, sizes.says[i]), reason.say,
                {.size = 17, .vertical = kit::Vertical::top, .lines = 3});
    }
    if (!verdict.action.empty()) {
        kit::take_top(inner, 10);
        Rect line = kit::take_top(inner, sizes.action);
        kit::draw_icon(ui, kit::centered(kit::take_left(line, 22, 8), {22, 22}), kit::Icon::forward,
                       verdict.role);
        ui.text(line, verdict.action,
                {.size = 18, .weight = Weight::bold, .role = verdict.role, .lines = 2});
    }
    kit::take_top(rest, sizes.whole, 10);
}

bool draw_other(kit::Ui& ui, Rect at, const LookupView::Other& other, std::size_t number) {
    return kit::list_row(ui, at,
                         {.title = other.title,
                          .note = other.note,
                          .value = other.mark.words,
                          .value_role = other.mark.role,
                          .id = kit::id_of("other batch", number + 1)});
}

std::optional<Action> draw_deeds(kit::Ui& ui, const LookupView& view, Rect& rest) {
    if (view.deeds.empty()) return std::nullopt;
    const int count = static_cast<int>(view.deeds.size());
    const int columns = count == 1 ? 1 : count == 3 || count > 4 ? 3 : 2;
    const int rows = (count + columns - 1) / columns;
    // With a key cap three to a row are too narrow for words beside it: it stands below them.
    const float key_height = columns == 3 ? 84 : 72;
    const auto row_count = static_cast<float>(rows);
    const float height = row_count * key_height + (row_count - 1) * 8;
    const Rect foot = kit::take_bottom(rest, height + 24);
    ui.fill(foot, Role::background);
    ui.divider({foot.x, foot.y}, foot.w);
    const Rect area = kit::inset(foot, kit::Padding{page_margin, 12});
    std::optional<Action> action;
    for (int i = 0; i < count; ++i) {
        const LookupView::Deed& deed = view.deeds[static_cast<std::size_t>(i)];
        if (kit::button(ui, kit::cell(area, {.columns = columns, .rows = rows, .gap = 8}, i),
                        deed.words,
                        {.look = deed.is_pressing ? kit::Look::danger : kit::Look::normal,
                         .grade = kit::Grade::main,
                         .key = kit::digit_key(i + 1),
                         .size = 24})) {
            action = lookup::DeedChosen{deed.deed};
        }
    }
    return action;
}

float content_height(kit::Ui& ui, const LookupView& view, float width) {
    float height = 12 + grown(ui, 36) + grown(ui, 26) + 10;
    if (view.verdict) height += sizes_of(ui, *view.verdict, width).whole + 10;
    if (!view.facts.empty()) height += height_of(ui, {.rows = view.facts}, width) + 10;
    if (!view.others.empty()) {
        height +=
            grown(ui, 34) + static_cast<float>(view.others.size()) * (grown(ui, other_height) + 8);
    }
    return height;
}

std::optional<Action> draw_found(kit::Ui& ui, const LookupView& view, Rect rect) {
    std::optional<Action> action;
    const float width = rect.w - 2 * page_margin;
    const kit::Ui::ScrollArea area{kit::id_of("lookup"), rect, content_height(ui, view, width)};
    const float offset = ui.begin_scroll(area);
    Rect rest{rect.x, rect.y - offset, rect.w, area.content_height};
    draw_question(ui, rest, {.about = view.name, .note = view.note});
    kit::take_top(rest, 10);
    if (view.verdict) draw_verdict(ui, rest, *view.verdict);
    if (!view.facts.empty()) draw_facts(ui, rest, {.rows = view.facts});
    if (!view.others.empty()) {
        Rect page = kit::inset(rest, kit::Padding{.across = page_margin});
        ui.text(kit::take_top(page, grown(ui, 34)), view.others_title,
                {.size = 18, .role = Role::muted});
        for (std::size_t i = 0; i < view.others.size(); ++i) {
            const Rect at = kit::take_top(page, grown(ui, other_height), 8);
            if (draw_other(ui, at, view.others[i], i)) action = lookup::OtherChosen{i};
        }
    }
    ui.end_scroll(area);
    return action;
}

}  // namespace

std::optional<Action> draw(kit::Ui& ui, const kit::TextTable& texts, const LookupView& view,
                           Rect rect) {
    std::optional<Action> action;
    if (draw_head(ui, texts, view.head, rect)) action = lookup::Left{};
    if (view.looking) {
        kit::spinner(ui, kit::centered(rect, {64, 64}));
        return action;
    }
    if (view.empty) {
        kit::empty_state(
            ui, rect,
            {.icon = view.empty->icon, .title = view.empty->title, .hint = view.empty->hint});
        return action;
    }
    if (auto from = draw_deeds(ui, view, rect)) action = from;
    if (auto from = draw_found(ui, view, rect)) action = from;
    return action;
}

}  // namespace fangxin::handheld
