#include "terminal/screens/weigh_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/marks.hpp"
#include "terminal/kit/panels.hpp"

#include <algorithm>
#include <array>

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
    const kit::Type type{20, kit::Weight::regular};
    const float gross = std::min(foot.w / 2, ui.width_of(view.gross, type) + 2);
    ui.text(kit::take_left(foot, gross, 10), view.gross, {.role = Role::muted, .shrink = true});
    ui.text(foot, view.tare, {.role = Role::muted, .align = kit::Align::right, .shrink = true});
    kit::big_number(ui, inner,
                    {.digits = view.weight,
                     .behind = "kg",
                     .size = view.weight.size() > 7 ? 72.0F : 88.0F,
                     .role = view.weight_role});
}

using Answer = std::optional<WeighAction>;

/// What is told to the scale and to us; where it is locked, the way to the key instead.
Answer draw_tools(kit::Ui& ui, const kit::TextTable& texts, const WeighView& view, kit::Rect rect) {
    Answer answer;
    if (!view.way_on.empty()) {
        if (kit::button(ui, rect, view.way_on,
                        {.key = kit::Key::f8, .size = 22, .id = kit::id_of("way on")})) {
            answer = weigh::GoOn{};
        }
        return answer;
    }
    struct Tool {
        const char* words;
        kit::Key key;
        bool enabled;
        WeighAction action;
    };
    const std::array tools{
        Tool{texts.tr_c("of a scale", "Zero"), kit::Key::f1, view.can_zero, weigh::Zero{}},
        Tool{texts.tr_c("of a scale", "Tare"), kit::Key::f7, view.can_tare, weigh::TakeTare{}},
        Tool{texts.tr_c("of a scale", "Key tare"), kit::Key::f8, view.can_key_tare,
             weigh::OpenPad{}},
        Tool{texts.tr_c("of a scale", "No tare"), kit::Key::f11, view.can_clear,
             weigh::ClearTare{}}};
    for (std::size_t i = 0; i < tools.size(); ++i) {
        const Tool& tool = tools[i];
        // No room for the caps of their keys beside the words.
        const bool pressed =
            kit::button(ui, kit::cell(rect, {4, 1, 8}, static_cast<int>(i)), tool.words,
                        {.enabled = tool.enabled, .size = 20, .id = kit::id_of("scale", i)});
        if (pressed || (tool.enabled && !view.pad && ui.take_key(tool.key))) answer = tool.action;
    }
    return answer;
}

Answer draw_pad(kit::Ui& ui, const kit::TextTable& texts, const WeighView::Pad& pad) {
    Answer answer;
    const kit::Dialog dialog(ui, {.size = {460, 660}, .title = texts.tr("Tare in grams")});
    kit::Rect rest = dialog.body();
    kit::Rect foot = kit::take_bottom(rest, 76, 12);
    const kit::Rect well = kit::take_top(rest, 72, 6);
    ui.fill(well, Role::raised, 12);
    ui.border(well, Role::primary, {12, 2});
    kit::big_number(ui, kit::inset(well, kit::Padding{20, 0}),
                    {.digits = pad.typed, .behind = "g", .size = 44});
    ui.text(kit::take_top(rest, 34, 8), pad.hint,
            {.size = 18, .role = Role::muted, .shrink = true});
    const auto keys = kit::pin_pad(texts.tr("Clear"));
    if (auto key = kit::keypad(ui, rest, {3, 4, 8}, keys)) {
        answer = weigh::PadKey{std::string(*key)};
    }
    if (kit::button(ui, kit::take_left(foot, 172, 10), texts.tr("Cancel"),
                    {.grade = kit::Grade::main, .key = kit::Key::escape, .size = 22})) {
        answer = weigh::ClosePad{};
    }
    const bool sure = kit::button(ui, foot, texts.tr("Confirm"),
                                  {.look = kit::Look::primary,
                                   .grade = kit::Grade::main,
                                   .key = kit::Key::f12,
                                   .enabled = pad.can_confirm});
    const bool entered = ui.memory().focus == 0 && ui.take_key(kit::Key::enter);
    if (sure || (entered && pad.can_confirm)) answer = weigh::ConfirmTare{};
    return answer;
}

Answer draw_buttons(kit::Ui& ui, const kit::TextTable& texts, const WeighView& view,
                    kit::Rect buttons) {
    Answer answer;
    if (kit::button(ui, kit::take_left(buttons, 138, 12), texts.tr("Cancel"),
                    {.grade = kit::Grade::final, .key = kit::Key::escape})) {
        answer = weigh::GiveUp{};
    }
    const bool added = kit::button(ui, buttons, texts.tr_c("of weighed goods", "Add"),
                                   {.look = kit::Look::primary,
                                    .grade = kit::Grade::final,
                                    .key = kit::Key::f12,
                                    .enabled = view.can_add});
    const bool entered = !view.pad && ui.memory().focus == 0 && ui.take_key(kit::Key::enter);
    if (added || (entered && view.can_add)) answer = weigh::Add{};
    return answer;
}

}  // namespace

std::optional<WeighAction> draw(kit::Ui& ui, const kit::TextTable& texts, const WeighView& view,
                                kit::Rect rect) {
    kit::card(ui, rect);
    kit::Rect inner = kit::inset(rect, kit::Padding{27, 18});
    const kit::Rect buttons = kit::take_bottom(inner, 96, 12);
    kit::Rect head = kit::take_top(inner, 48, 8);
    const float price = ui.width_of(view.price, {24, kit::Weight::regular}) + 1;
    ui.text(kit::take_right(head, price, 12), view.price,
            {.size = 24, .role = Role::muted, .align = kit::Align::right});
    ui.text(head, view.name,
            {.size = 34, .weight = kit::Weight::bold, .may_shorten = true, .shrink = true});
    draw_scale(ui, view, kit::take_top(inner, 190, 10));
    Answer action = draw_tools(ui, texts, view, kit::take_top(inner, 60, 8));
    kit::Rect amount = kit::take_top(inner, 76, 6);
    ui.text(kit::take_left(amount, 120), texts.tr("Amount"),
            {.size = 24, .role = Role::muted, .shrink = true});
    ui.text(amount, view.amount,
            {.size = 60,
             .weight = kit::Weight::bold,
             .role = view.can_add ? Role::text : Role::muted,
             .align = kit::Align::right,
             .shrink = true});
    kit::Rect certificate = kit::take_bottom(inner, ui.is_large_text() ? 32.0F : 28.0F, 8);
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
    if (auto pressed = draw_buttons(ui, texts, view, buttons)) action = pressed;
    if (view.pad) action = draw_pad(ui, texts, *view.pad);
    return action;
}

}  // namespace fangxin::terminal::till
