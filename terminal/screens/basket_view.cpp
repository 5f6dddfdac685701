#include "terminal/screens/basket_view.hpp"

#include "terminal/kit/icons.hpp"
#include "terminal/kit/panels.hpp"

#include <array>

namespace fangxin::terminal::till {

namespace {

kit::RowAction shown(const BasketView::Button& button, const kit::TextTable& texts) {
    switch (button.action) {
        case LineAction::less:
            return {"−1", kit::Key::minus, button.enabled};
        case LineAction::quantity:
            return {texts.tr("Quantity"), kit::Key::f7, button.enabled};
        case LineAction::more:
            return {"+1", kit::Key::plus, button.enabled};
        case LineAction::price:
            return {texts.tr_c("of a line", "Price"), kit::Key::f8, button.enabled};
        case LineAction::take_out:
            break;
    }
    return {texts.tr("Void"), kit::Key::remove, button.enabled, kit::Role::block};
}

void draw_member(kit::Ui& ui, const BasketView& view, kit::Rect rect) {
    using kit::Role;
    ui.fill({rect.x + 1, rect.y, rect.w - 2, rect.h - 1}, Role::primary_soft, 12);
    kit::Rect inner = kit::inset(rect, kit::Padding{16, 4});
    kit::draw_icon(ui, kit::take_left(inner, 28, 12), kit::Icon::person, Role::primary);
    const float points = ui.width_of(view.points, {20, kit::Weight::bold}) + 1;
    ui.text(kit::take_right(inner, points, 16), view.points,
            {.weight = kit::Weight::bold, .role = Role::primary, .align = kit::Align::right});
    ui.text(inner, view.member, {.may_shorten = true});
}

}  // namespace

std::optional<BasketAction> draw(kit::Ui& ui, const kit::TextTable& texts, const BasketView& view,
                                 kit::Rect rect) {
    kit::card(ui, rect);
    if (!view.member.empty()) draw_member(ui, view, kit::take_bottom(rect, ui.grown(48)));
    if (view.rows.empty()) {
        kit::empty_state(ui, kit::inset(rect, 16),
                         {.title = texts.tr("The basket is empty"),
                          .hint = texts.tr("Scan the first item, or tap a quick key")});
        return std::nullopt;
    }
    const std::array columns = {kit::Column{"#", 34, kit::Align::left},
                                kit::Column{texts.tr("Goods"), 0, kit::Align::left},
                                kit::Column{texts.tr("Quantity"), 112, kit::Align::right},
                                kit::Column{texts.tr("Price ¥"), 112, kit::Align::right},
                                kit::Column{texts.tr("Amount ¥"), 150, kit::Align::right}};
    std::vector<kit::RowAction> actions;
    for (const BasketView::Button& button : view.buttons)
        actions.push_back(shown(button, texts));
    const kit::TableAnswer answer =
        kit::table(ui, {rect.x + 1, rect.y + 1, rect.w - 2, rect.h - 7},
                   {.name = "basket",
                    .columns = columns,
                    .row_count = view.rows.size(),
                    .row = [&view](std::size_t i) { return view.rows[i]; },
                    .selected = view.selected,
                    .actions = actions,
                    .arrows = view.can_select,
                    .follow_last = true});
    if (answer.action) return basket::Change{view.buttons[*answer.action].action};
    if (answer.chosen && view.can_select) return basket::Choose{view.numbers[*answer.chosen]};
    return std::nullopt;
}

}  // namespace fangxin::terminal::till
