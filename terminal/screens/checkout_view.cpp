#include "terminal/screens/checkout_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/marks.hpp"
#include "terminal/kit/panels.hpp"
#include "terminal/screens/basket_view.hpp"
#include "terminal/screens/block_view.hpp"
#include "terminal/screens/lookup_view.hpp"
#include "terminal/screens/member_view.hpp"
#include "terminal/screens/override_view.hpp"
#include "terminal/screens/pay_view.hpp"
#include "terminal/screens/quick_keys_view.hpp"
#include "terminal/screens/verify_view.hpp"
#include "terminal/screens/weigh_view.hpp"
#include "terminal/station/screens/keyboard_view.hpp"
#include "terminal/station/screens/strip_view.hpp"

#include <algorithm>

namespace fangxin::terminal::till {

namespace {

using kit::Role;
using Answer = std::optional<CheckoutAction>;

/// An action of a part, as one of the whole.
template <class Part>
void take(Answer& answer, const std::optional<Part>& part) {
    if (part) answer = CheckoutAction(*part);
}

void draw_total(kit::Ui& ui, const kit::TextTable& texts, const SellingView::Total& total,
                kit::Rect rect) {
    kit::card(ui, rect);
    kit::Rect inner = kit::inset(rect, kit::Padding{24, 10});
    kit::Rect head = kit::take_top(inner, 38);
    const float label = ui.width_of(texts.tr("Total"), {20, kit::Weight::regular}) + 1;
    ui.text(kit::take_right(head, label, 12), texts.tr("Total"), {.role = Role::muted});
    const float items = ui.width_of(total.items, {20, kit::Weight::regular}) + 1;
    ui.text(kit::take_left(head, items), total.items, {.role = Role::muted});
    if (!total.saved.empty()) {
        const std::string saved = texts.tr(" · saved ");
        const float words = ui.width_of(saved, {20, kit::Weight::regular}) + 1;
        ui.text(kit::take_left(head, words), saved, {.role = Role::muted});
        ui.text(head, total.saved, {.weight = kit::Weight::bold, .role = Role::ok});
    }
    const float size = total.digits.size() <= 8 ? 84.0F : total.digits.size() <= 10 ? 66.0F : 52.0F;
    kit::big_number(ui, inner, {.before = "¥", .digits = total.digits, .size = size});
}

/// A quantity said before the scan stands where the next item will.
void draw_times(kit::Ui& ui, const kit::TextTable& texts, const std::string& times,
                kit::Rect rect) {
    kit::card(ui, rect, {Role::primary_soft, Role::primary, 2});
    kit::Rect inner = kit::inset(rect, kit::Padding{24, 8});
    const float width = ui.width_of(times, {44, kit::Weight::bold}) + 2;
    ui.text(kit::take_left(inner, width, 20), times,
            {.size = 44, .weight = kit::Weight::bold, .role = Role::primary});
    ui.text(inner, texts.tr("Scan or tap the next item"), {.size = 20, .lines = 2, .shrink = true});
}

void draw_last(kit::Ui& ui, const kit::TextTable& texts, const SellingView& view, kit::Rect rect) {
    if (!view.times.empty()) return draw_times(ui, texts, view.times, rect);
    kit::card(ui, rect);
    kit::Rect inner = kit::inset(rect, kit::Padding{20, 10});
    const SellingView::Last& last = view.last;
    if (last.name.empty()) {
        ui.text(inner, texts.tr("Ready: scan, or tap a key below"),
                {.size = 22, .role = Role::muted, .align = kit::Align::center, .shrink = true});
        return;
    }
    kit::sign(ui, kit::centered(kit::take_left(inner, 56, 16), {56, 56}), last.sign.icon,
              {.role = last.sign.role, .round = true});
    if (!last.price.empty()) {
        const float price = std::min(170.0F, ui.width_of(last.price, {30, kit::Weight::bold}) + 1);
        ui.text(
            kit::take_right(inner, price, 10), last.price,
            {.size = 30, .weight = kit::Weight::bold, .align = kit::Align::right, .shrink = true});
    }
    const float title = ui.is_large_text() ? 40.0F : 38.0F;
    ui.text(kit::take_top(inner, title), last.name,
            {.size = 25, .weight = kit::Weight::bold, .may_shorten = true});
    const bool calm = last.sign.role == Role::ok;
    ui.text(inner, last.note,
            {.size = 17, .role = calm ? Role::muted : last.sign.role, .may_shorten = true});
}

bool draw_pay(kit::Ui& ui, const SellingView::Pay& pay, kit::Rect rect) {
    if (pay.reason.empty()) {
        return kit::button(ui, rect, pay.words,
                           {.look = kit::Look::primary,
                            .grade = kit::Grade::final,
                            .key = kit::Key::f12,
                            .id = kit::id_of("pay")});
    }
    // A button that cannot be pressed has to say why, legibly: it is a card with words then.
    const bool calm = pay.reason_role == Role::muted;
    kit::card(ui, rect,
              {calm ? Role::raised : kit::soft_of(pay.reason_role),
               calm ? Role::line : pay.reason_role, calm ? 1.0F : 2.0F, 12});
    kit::Rect inner = kit::inset(rect, kit::Padding{20, 10});
    ui.text(kit::take_top(inner, inner.h / 2), pay.words,
            {.size = 26,
             .weight = kit::Weight::bold,
             .role = Role::muted,
             .align = kit::Align::center,
             .shrink = true});
    ui.text(inner, pay.reason,
            {.size = 22, .role = pay.reason_role, .align = kit::Align::center, .shrink = true});
    return false;
}

Answer draw_selling(kit::Ui& ui, const kit::TextTable& texts, const SellingView& view,
                    kit::Rect right) {
    Answer answer;
    draw_total(ui, texts, view.total, kit::take_top(right, 150, 12));
    draw_last(ui, texts, view, kit::take_top(right, 86, 12));
    if (draw_pay(ui, view.pay, kit::take_bottom(right, 96, 12))) answer = PressedPay{};
    take(answer, draw(ui, texts, view.quick, right));
    return answer;
}

terminal::Strip strip_of(const CheckoutFacts::Toast& toast) {
    const bool good = toast.role == Role::ok;
    return {toast.words, good ? kit::Icon::check : kit::Icon::exclamation};
}

kit::Key key_of(Function function) {
    switch (function) {
        case Function::hold:
            return kit::Key::f2;
        case Function::resume:
            return kit::Key::f3;
        case Function::search:
            return kit::Key::f4;
        case Function::price_check:
            return kit::Key::f5;
        case Function::member:
            return kit::Key::f6;
        case Function::quantity:
            return kit::Key::f9;
        case Function::more:
            break;
    }
    return kit::Key::f10;
}

Answer draw_functions(kit::Ui& ui, const CheckoutView& view, kit::Rect rect) {
    Answer answer;
    const auto count = static_cast<int>(view.functions.size());
    for (int i = 0; i < count; ++i) {
        const CheckoutView::FunctionKey& key = view.functions[static_cast<std::size_t>(i)];
        if (kit::button(ui, kit::cell(rect, {count, 1, 8}, i), key.words,
                        {.grade = kit::Grade::main,
                         .key = key_of(key.function),
                         .enabled = key.enabled,
                         .size = 22,
                         .id = kit::id_of("function", static_cast<unsigned>(i))})) {
            answer = Pressed{key.function};
        }
    }
    return answer;
}

Answer draw_panel(kit::Ui& ui, const kit::TextTable& texts, const CheckoutView& view,
                  kit::Rect right) {
    Answer answer;
    std::visit(
        [&](const auto& panel) {
            if constexpr (std::is_same_v<std::decay_t<decltype(panel)>, SellingView>) {
                answer = draw_selling(ui, texts, panel, right);
            } else {
                take(answer, draw(ui, texts, panel, right));
            }
        },
        view.panel);
    return answer;
}

/// Leave becomes the checkout's own word for it.
template <class... Parts>
void take(Answer& answer, const std::optional<std::variant<Leave, Parts...>>& touch) {
    if (!touch) return;
    std::visit(
        [&](const auto& part) {
            if constexpr (std::is_same_v<std::decay_t<decltype(part)>, Leave>) {
                answer = LeftDialog{};
            } else {
                answer = CheckoutAction(part);
            }
        },
        *touch);
}

void draw_dialog(kit::Ui& ui, const kit::TextTable& texts, const CheckoutView& view,
                 const KeyboardSlot& keyboard, Answer& answer) {
    std::visit(
        [&](const auto& dialog) {
            using View = std::decay_t<decltype(dialog)>;
            if constexpr (std::is_same_v<View, SearchView>) {
                take(answer, draw(ui, texts, dialog, keyboard));
            } else if constexpr (!std::is_same_v<View, std::monostate>) {
                take(answer, draw(ui, texts, dialog));
            }
        },
        view.dialog);
}

}  // namespace

Answer draw(kit::Ui& ui, const kit::TextTable& texts, const CheckoutView& view, kit::Rect rest,
            const KeyboardSlot& keyboard) {
    Answer answer;
    // Enter presses what has the focus; a block and a payment have to have a key of their own.
    if (std::holds_alternative<BlockView>(view.panel) ||
        std::holds_alternative<PayView>(view.panel)) {
        ui.memory().focus = 0;
    }
    kit::Rect keyboard_place;
    const bool in_dialog = !std::holds_alternative<std::monostate>(view.dialog);
    kit::Rect area = kit::inset(rest, 16);
    const kit::Rect right = kit::take_right(area, 480, 16);
    if (view.keyboard_over_basket) {
        keyboard_place = kit::take_bottom(area, keyboard_height, 12);
    } else {
        take(answer, draw_functions(ui, view, kit::take_bottom(area, 96, 16)));
    }
    // The basket gives way to it: it covers nothing that is read.
    if (view.toast && !in_dialog) {
        draw_strip(ui, strip_of(*view.toast), kit::take_bottom(area, 64, 12));
    }
    take(answer, draw(ui, texts, view.basket, area));
    take(answer, draw_panel(ui, texts, view, right));
    // After the panel: what is typed, Enter and Esc are its own first.
    if (view.keyboard_over_basket && keyboard) keyboard(ui, keyboard_place);
    draw_dialog(ui, texts, view, keyboard, answer);
    if (view.toast && in_dialog) draw_strip_over_dialog(ui, strip_of(*view.toast));
    return answer;
}

}  // namespace fangxin::terminal::till
