#include "terminal/screens/block_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/panels.hpp"

#include <algorithm>

namespace fangxin::terminal::till {

namespace {

using kit::Role;

/// One line as large as it fits, or else two of the smallest size.
struct Fit {
    float size = 0;
    int lines = 1;
    float height = 0;
};
struct Sizes {
    float largest = 0;
    float smallest = 0;
    kit::Weight weight = kit::Weight::regular;
};
Fit fit(kit::Ui& ui, std::string_view words, float width, const Sizes& sizes) {
    Fit found{sizes.largest};
    while (found.size > sizes.smallest && ui.width_of(words, {found.size, sizes.weight}) > width)
        found.size -= 1;
    if (ui.width_of(words, {found.size, sizes.weight}) > width) found.lines = 2;
    found.height = ui.height_of(words, {found.size, sizes.weight}, {width, found.lines});
    return found;
}

constexpr float sign_size = 84;
constexpr float title_height = 54;

Fit fit_reasons(kit::Ui& ui, const BlockView& view, float width) {
    return fit(ui, view.reasons, width - sign_size - 18, {22, ui.is_large_text() ? 16.0F : 18.0F});
}

void draw_head(kit::Ui& ui, const kit::TextTable& texts, const BlockView& view, kit::Rect rect) {
    const Fit reasons = fit_reasons(ui, view, rect.w);
    kit::sign(ui, kit::take_left(rect, sign_size, 18), kit::Icon::cross,
              {.role = Role::block, .round = true, .strong = true});
    ui.text(kit::take_top(rect, title_height), texts.tr("Not for sale"),
            {.size = 42, .weight = kit::Weight::bold, .role = Role::block, .shrink = true});
    ui.text(rect, view.reasons, {.size = reasons.size, .lines = reasons.lines, .shrink = true});
}

void draw_item(kit::Ui& ui, const BlockView& view, kit::Rect& rest) {
    kit::KeyValueStyle style{.row_height = 30, .lines = 2};
    // Large text leaves little for the words below: the facts grow less.
    if (ui.is_large_text()) style = {.key_width = 96, .row_height = 23, .size = 18, .lines = 2};
    const float value_width = rest.w - 36 - ui.grown(style.key_width);
    float rows = 0;
    for (const kit::KeyValue& row : view.rows) {
        const kit::Type type{style.size, row.bold ? kit::Weight::bold : kit::Weight::regular};
        rows += std::max(ui.grown(style.row_height),
                         ui.height_of(row.value, type, {value_width, style.lines}));
    }
    const Fit name = fit(ui, view.name, rest.w - 36,
                         {28, ui.is_large_text() ? 20.0F : 22.0F, kit::Weight::bold});
    const float name_height = name.height + 4;
    const kit::Rect card = kit::take_top(rest, name_height + rows + 18, 10);
    ui.fill(card, Role::surface, 12);
    kit::Rect inner = kit::inset(card, kit::Padding{18, 8});
    ui.text(
        kit::take_top(inner, name_height), view.name,
        {.size = name.size, .weight = kit::Weight::bold, .lines = name.lines, .may_shorten = true});
    kit::key_values(ui, inner, view.rows, style);
}

/// The words in the largest size in which both fit: what is read aloud is never cut.
struct WordSizes {
    float size = 24;
    float say = 0;
    float action = 0;
};
WordSizes sizes_in(kit::Ui& ui, const BlockView& view, kit::Rect room) {
    WordSizes sizes;
    for (sizes.size = 24; sizes.size > 12; sizes.size -= 1) {
        const kit::Type type{sizes.size, kit::Weight::regular};
        sizes.say = ui.height_of(view.say, type, {room.w, 5}) + 1;
        sizes.action = ui.height_of(view.action, type, {room.w, 4}) + 1;
        if (sizes.say + sizes.action <= room.h) break;
    }
    return sizes;
}

void draw_words(kit::Ui& ui, const kit::TextTable& texts, const BlockView& view, kit::Rect rest) {
    const float label = 24;
    const kit::TextStyle muted{
        .size = ui.is_large_text() ? 15.0F : 17.0F, .role = Role::muted, .shrink = true};
    const WordSizes sizes = sizes_in(ui, view, {0, 0, rest.w, rest.h - 2 * label - 4});
    ui.text(kit::take_top(rest, label), texts.tr("You can say to the customer"), muted);
    ui.text(kit::take_top(rest, sizes.say, 4), view.say, {.size = sizes.size, .lines = 5});
    ui.text(kit::take_top(rest, label), texts.tr("What to do"), muted);
    ui.text(kit::take_top(rest, sizes.action), view.action, {.size = sizes.size, .lines = 4});
}

}  // namespace

std::optional<BlockAction> draw(kit::Ui& ui, const kit::TextTable& texts, const BlockView& view,
                                kit::Rect rect) {
    std::optional<BlockAction> action;
    kit::card(ui, rect, {Role::block_soft, Role::block, 3});
    kit::Rect inner = kit::inset(rect, kit::Padding{29, ui.is_large_text() ? 18.0F : 24.0F});
    const bool tight = ui.is_large_text() || rect.h < 700 || view.rows.size() > 4;
    const kit::Rect understood = kit::take_bottom(inner, tight ? 84 : 96, tight ? 8 : 12);
    const kit::Rect slip = kit::take_bottom(inner, tight ? 56 : 68, 10);
    const float head = title_height + fit_reasons(ui, view, inner.w).height + 2;
    draw_head(ui, texts, view, kit::take_top(inner, std::max(sign_size, head), 12));
    draw_item(ui, view, inner);
    draw_words(ui, texts, view, inner);
    if (kit::button(ui, slip, view.slip,
                    {.key = kit::Key::f7,
                     .icon = kit::Icon::printer,
                     .enabled = view.can_print,
                     .size = 24,
                     .id = kit::id_of("withdrawal slip")})) {
        action = block::PrintSlip{};
    }
    if (kit::button(ui, understood, texts.tr("Understood"),
                    {.look = kit::Look::danger, .grade = kit::Grade::final, .key = kit::Key::f8})) {
        action = block::Understood{};
    }
    return action;
}

}  // namespace fangxin::terminal::till
