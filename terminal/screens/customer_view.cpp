#include "terminal/screens/customer_view.hpp"

#include "terminal/kit/marks.hpp"
#include "terminal/kit/panels.hpp"

#include <algorithm>

namespace fangxin::terminal::till {

namespace {

using kit::Align;
using kit::Role;

float fitting(std::string_view digits, float size) {
    const auto length = static_cast<float>(std::max<std::size_t>(digits.size(), 7));
    return size * 7 / length;
}

void draw_greeting(kit::Ui& ui, const CustomerView& view, kit::Rect rect) {
    kit::Rect middle = kit::centered(rect, {rect.w, 260});
    ui.text(kit::take_top(middle, 150, 16), view.headline,
            {.size = 96,
             .weight = kit::Weight::bold,
             .role = Role::primary,
             .align = Align::center,
             .shrink = true});
    ui.text(middle, view.hint,
            {.size = 32,
             .role = Role::muted,
             .align = Align::center,
             .vertical = kit::Vertical::top,
             .shrink = true});
}

void draw_total(kit::Ui& ui, const kit::TextTable& texts, const CustomerView& view,
                kit::Rect rect) {
    ui.fill(rect, Role::primary_soft, 16);
    kit::Rect inner = kit::inset(rect, kit::Padding{32, 16});
    kit::Rect left = kit::take_left(inner, inner.w * 0.36F, 12);
    ui.text(kit::take_top(left, left.h * 0.42F), texts.tr("Total"), {.size = 40, .shrink = true});
    ui.text(kit::take_top(left, left.h / 2), view.items,
            {.size = 26, .role = Role::muted, .shrink = true});
    ui.text(left, view.saved, {.size = 26, .role = Role::text, .shrink = true});
    kit::big_number(ui, inner,
                    {.before = "¥", .digits = view.total, .size = fitting(view.total, 128)});
}

void draw_basket(kit::Ui& ui, const kit::TextTable& texts, const CustomerView& view,
                 kit::Rect rect) {
    draw_total(ui, texts, view, kit::take_bottom(rect, 176, 20));
    kit::card(ui, rect);
    const kit::Rect inner = kit::inset(rect, kit::Padding{32, 14});
    kit::Rect below = inner;
    const auto count = view.lines.size();
    const float newest = 132;
    const float each = (inner.h - newest) / 4;
    // The newest stands large at the bottom, next to the total it has just changed.
    for (std::size_t i = 0; i < count; ++i) {
        const CustomerView::Line& line = view.lines[count - 1 - i];
        const bool is_newest = i == 0;
        kit::Rect at = kit::take_bottom(below, is_newest ? newest : each);
        if (i + 1 < count) ui.divider({at.x, at.y}, at.w);
        const float size = is_newest ? 48.0F : 28.0F;
        const float width = ui.width_of(line.amount, {size, kit::Weight::bold}) + 2;
        ui.text(kit::take_right(at, width, 24), line.amount,
                {.size = size, .weight = kit::Weight::bold, .align = Align::right});
        if (is_newest) {
            at = kit::inset(at, kit::Padding{0, 12});
            ui.text(kit::take_bottom(at, 42), line.how_much,
                    {.size = 26, .role = Role::muted, .shrink = true});
            ui.text(at, line.name, {.size = 40, .weight = kit::Weight::bold, .may_shorten = true});
            continue;
        }
        const float how = ui.width_of(line.how_much, {22, kit::Weight::regular}) + 2;
        ui.text(kit::take_right(at, std::min(how, 320.0F), 24), line.how_much,
                {.size = 22, .role = Role::muted, .align = Align::right, .shrink = true});
        ui.text(at, line.name, {.size = 28, .may_shorten = true});
    }
}

void draw_weighing(kit::Ui& ui, const kit::TextTable& texts, const CustomerView& view,
                   kit::Rect rect) {
    draw_total(ui, texts, view, kit::take_bottom(rect, 176, 20));
    kit::card(ui, rect);
    kit::Rect inner = kit::inset(rect, kit::Padding{40, 24});
    kit::Rect head = kit::take_top(inner, 64, 8);
    const float price = ui.width_of(view.price, {36, kit::Weight::regular}) + 2;
    ui.text(kit::take_right(head, price, 24), view.price,
            {.size = 36, .role = Role::muted, .align = Align::right});
    ui.text(head, view.name,
            {.size = 48, .weight = kit::Weight::bold, .may_shorten = true, .shrink = true});
    kit::Rect foot = kit::take_bottom(inner, 96);
    ui.text(kit::take_left(foot, foot.w * 0.4F, 16), texts.tr("Amount"),
            {.size = 32, .role = Role::muted});
    ui.text(foot, view.amount,
            {.size = 72, .weight = kit::Weight::bold, .align = Align::right, .shrink = true});
    ui.text(kit::take_bottom(inner, 36), view.hint,
            {.size = 24, .role = Role::muted, .align = Align::right});
    kit::big_number(ui, inner,
                    {.digits = view.weight, .behind = "kg", .size = fitting(view.weight, 144)});
}

void draw_paid(kit::Ui& ui, const kit::TextTable& texts, const CustomerView& view, kit::Rect rect) {
    ui.text(kit::take_top(rect, 110, 12), view.headline,
            {.size = 60,
             .weight = kit::Weight::bold,
             .role = Role::primary,
             .align = Align::center,
             .shrink = true});
    ui.text(kit::take_bottom(rect, 64, 8), view.hint,
            {.size = 30, .role = Role::muted, .align = Align::center, .shrink = true});
    kit::card(ui, rect);
    kit::Rect inner = kit::inset(rect, kit::Padding{48, 28});
    for (const auto& [words, amount] : {std::pair{texts.tr("To pay"), &view.total},
                                        std::pair{texts.tr("Received"), &view.paid}}) {
        const kit::Rect at = kit::take_top(inner, 64, 4);
        ui.text(at, words, {.size = 34, .role = Role::muted});
        ui.text(at, *amount, {.size = 40, .align = Align::right});
    }
    ui.divider({inner.x, inner.y}, inner.w);
    ui.text(kit::take_left(inner, inner.w * 0.3F, 16), texts.tr_c("of money", "Change"),
            {.size = 44});
    kit::big_number(ui, inner,
                    {.before = "¥", .digits = view.change, .size = fitting(view.change, 128)});
}

}  // namespace

void draw(kit::Ui& ui, const kit::TextTable& texts, const CustomerView& view, kit::Rect rect) {
    kit::Rect rest = kit::inset(rect, 32);
    ui.text(kit::take_top(rest, 48, 16), view.shop,
            {.size = 28, .weight = kit::Weight::bold, .may_shorten = true});
    switch (view.page) {
        case CustomerView::Page::greeting:
            return draw_greeting(ui, view, rest);
        case CustomerView::Page::basket:
            return draw_basket(ui, texts, view, rest);
        case CustomerView::Page::weighing:
            return draw_weighing(ui, texts, view, rest);
        case CustomerView::Page::paid:
            return draw_paid(ui, texts, view, rest);
    }
}

}  // namespace fangxin::terminal::till
