#include "terminal/screens/weigh_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/marks.hpp"
#include "terminal/kit/panels.hpp"

namespace fangxin::terminal::till {

namespace {

using kit::Role;

kit::Icon icon_of(Role role) {
    if (role == Role::ok) return kit::Icon::check;
    return role == Role::block ? kit::Icon::cross : kit::Icon::exclamation;
}

void draw_scale(kit::Ui& ui, const WeighView& view, kit::Rect rect) {
    ui.fill(rect, Role::raised, 12);
    ui.border(rect, Role::line, {12, 1});
    kit::Rect inner = kit::inset(rect, kit::Padding{20, 10});
    kit::Rect head = kit::take_top(inner, 32);
    float x = head.x;
    for (const WeighView::Mark& mark : view.marks) {
        x += kit::tag(ui, {x, head.center().y}, mark.words,
                      {.role = mark.role,
                       .icon = mark.role == Role::ok ? kit::Icon::check : kit::Icon::none}) +
             8;
    }
    ui.text({x, head.y, head.right() - x, head.h}, view.limits,
            {.size = 18, .role = Role::muted, .align = kit::Align::right, .shrink = true});
    kit::Rect foot = kit::take_bottom(inner, 32);
    ui.text(foot, view.gross, {.role = Role::muted, .shrink = true});
    ui.text(foot, view.tare, {.role = Role::muted, .align = kit::Align::right, .shrink = true});
    kit::big_number(ui, inner,
                    {.digits = view.weight,
                     .behind = "kg",
                     .size = view.weight.size() > 7 ? 72.0F : 88.0F,
                     .role = view.weight_role});
}

}  // namespace

std::optional<WeighAction> draw(kit::Ui& ui, const kit::TextTable& texts, const WeighView& view,
                                kit::Rect rect) {
    std::optional<WeighAction> action;
    kit::card(ui, rect);
    kit::Rect inner = kit::inset(rect, kit::Padding{27, 22});
    kit::Rect buttons = kit::take_bottom(inner, 96, 16);
    kit::Rect head = kit::take_top(inner, 56, 10);
    const float price = ui.width_of(view.price, {24, kit::Weight::regular}) + 1;
    ui.text(kit::take_right(head, price, 12), view.price,
            {.size = 24, .role = Role::muted, .align = kit::Align::right});
    ui.text(head, view.name,
            {.size = 34, .weight = kit::Weight::bold, .may_shorten = true, .shrink = true});
    draw_scale(ui, view, kit::take_top(inner, 204, 16));
    kit::Rect amount = kit::take_top(inner, 92, 14);
    ui.text(kit::take_left(amount, 120), texts.tr("Amount"),
            {.size = 24, .role = Role::muted, .shrink = true});
    ui.text(amount, view.amount,
            {.size = 64,
             .weight = kit::Weight::bold,
             .role = view.can_add ? Role::text : Role::muted,
             .align = kit::Align::right,
             .shrink = true});
    kit::Rect certificate = kit::take_bottom(inner, ui.is_large_text() ? 32.0F : 28.0F, 14);
    kit::draw_icon(ui, kit::centered(kit::take_left(certificate, 20, 8), {18, 18}),
                   icon_of(view.certificate.role), view.certificate.role);
    ui.text(certificate, view.certificate.words,
            {.size = 18, .role = view.certificate.role, .shrink = true});
    if (!view.why_not.empty()) {
        const float height = std::min(inner.h, 84.0F);
        kit::banner(
            ui, kit::take_top(inner, height),
            {.words = view.why_not, .role = view.why_not_role, .icon = icon_of(view.why_not_role)});
    }
    if (kit::button(ui, kit::take_left(buttons, 138, 12), texts.tr("Cancel"),
                    {.grade = kit::Grade::final, .key = kit::Key::escape})) {
        action = weigh::GiveUp{};
    }
    const bool added = kit::button(ui, buttons, texts.tr_c("of weighed goods", "Add"),
                                   {.look = kit::Look::primary,
                                    .grade = kit::Grade::final,
                                    .key = kit::Key::f12,
                                    .enabled = view.can_add});
    const bool entered = ui.memory().focus == 0 && ui.take_key(kit::Key::enter);
    if (added || (entered && view.can_add)) action = weigh::Add{};
    return action;
}

}  // namespace fangxin::terminal::till
