#include "terminal/screens/block_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/panels.hpp"

#include <algorithm>

namespace fangxin::terminal::till {

namespace {

using kit::Role;

float scaled(const kit::Ui& ui, float units) { return ui.is_large_text() ? units * 1.25F : units; }

bool takes_two_lines(kit::Ui& ui, const BlockView& view, float width) {
    return ui.width_of(view.reasons, {22, kit::Weight::regular}) > width;
}

void draw_head(kit::Ui& ui, const kit::TextTable& texts, const BlockView& view, kit::Rect rect) {
    kit::sign(ui, kit::take_left(rect, 84, 18), kit::Icon::cross,
              {.role = Role::block, .round = true, .strong = true});
    const bool two_lines = takes_two_lines(ui, view, rect.w);
    ui.text(kit::take_top(rect, two_lines ? 42 : 52), texts.tr("Not for sale"),
            {.size = two_lines ? 30.0F : 42.0F,
             .weight = kit::Weight::bold,
             .role = Role::block,
             .shrink = true});
    ui.text(rect, view.reasons,
            {.size = two_lines ? 16.0F : 22.0F, .lines = two_lines ? 2 : 1, .shrink = true});
}

void draw_item(kit::Ui& ui, const BlockView& view, kit::Rect& rest) {
    const float key_width = scaled(ui, 110);
    float rows = 0;
    for (const kit::KeyValue& row : view.rows) {
        const kit::Type type{20, row.bold ? kit::Weight::bold : kit::Weight::regular};
        rows +=
            std::max(scaled(ui, 30), ui.height_of(row.value, type, {rest.w - 36 - key_width, 2}));
    }
    const float name = scaled(ui, 38);
    const kit::Rect card = kit::take_top(rest, name + rows + 18, 10);
    ui.fill(card, Role::surface, 12);
    kit::Rect inner = kit::inset(card, kit::Padding{18, 8});
    ui.text(kit::take_top(inner, name), view.name,
            {.size = 28, .weight = kit::Weight::bold, .may_shorten = true, .shrink = true});
    kit::key_values(ui, inner, view.rows, {.row_height = 30, .lines = 2});
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
    const float label = scaled(ui, 24);
    const WordSizes sizes = sizes_in(ui, view, {0, 0, rest.w, rest.h - 2 * label - 4});
    ui.text(kit::take_top(rest, label), texts.tr("You can say to the customer"),
            {.size = 17, .role = Role::muted, .shrink = true});
    ui.text(kit::take_top(rest, sizes.say, 4), view.say, {.size = sizes.size, .lines = 5});
    ui.text(kit::take_top(rest, label), texts.tr("What to do"),
            {.size = 17, .role = Role::muted, .shrink = true});
    ui.text(kit::take_top(rest, sizes.action), view.action, {.size = sizes.size, .lines = 4});
}

}  // namespace

std::optional<BlockAction> draw(kit::Ui& ui, const kit::TextTable& texts, const BlockView& view,
                                kit::Rect rect) {
    std::optional<BlockAction> action;
    kit::card(ui, rect, {Role::block_soft, Role::block, 3});
    kit::Rect inner = kit::inset(rect, kit::Padding{29, 24});
    const bool tight = ui.is_large_text() || rect.h < 700 || view.rows.size() > 4;
    const kit::Rect understood = kit::take_bottom(inner, tight ? 84 : 96, tight ? 8 : 12);
    const kit::Rect slip = kit::take_bottom(inner, tight ? 56 : 68, 10);
    const bool tall_head = ui.is_large_text() && takes_two_lines(ui, view, inner.w - 102);
    draw_head(ui, texts, view, kit::take_top(inner, tall_head ? 104 : 84, 12));
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
