#include "terminal/screens/scale_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/marks.hpp"
#include "terminal/kit/panels.hpp"

#include <algorithm>
#include <array>

namespace fangxin::terminal::till {

namespace {

using kit::Key;
using kit::Rect;
using kit::Role;
using Rows = std::vector<ScaleView::Row>;

kit::Icon icon_of(Role role) {
    if (role == Role::ok) return kit::Icon::check;
    return role == Role::block ? kit::Icon::cross : kit::Icon::exclamation;
}

class Drawing {
  public:
    Drawing(kit::Ui& ui, const kit::TextTable& texts, const ScaleView& view)
        : ui_(ui), texts_(texts), view_(view) {}

    std::optional<ScaleAction> page(Rect rest) {
        rest = kit::inset(rest, 16);
        Rect foot = kit::take_bottom(rest, 84, 14);
        buttons(foot);
        Rect right = kit::take_right(rest, 660, 16);
        if (view_.check) {
            check(rest, *view_.check);
        } else {
            overview(rest);
        }
        papers(right);
        if (view_.masses) masses(*view_.masses);
        if (view_.reasons) reasons(*view_.reasons);
        return action_;
    }

  private:
    bool in_dialog() const { return view_.masses || view_.reasons; }

    void buttons(Rect foot) {
        const bool running = view_.check && view_.check->running;
        const std::string back = running ? texts_.tr("Stop the check") : texts_.tr("Back");
        if (kit::button(ui_, kit::take_left(foot, 230, 12), back,
                        {.grade = kit::Grade::final,
                         .key = in_dialog() ? Key::none : Key::escape,
                         .icon = kit::Icon::back,
                         .size = 24,
                         .id = kit::id_of("back")})) {
            action_ = scale::Back{};
            if (view_.check) action_ = scale::LeaveCheck{};
        }
        if (kit::button(ui_, kit::take_right(foot, 250, 12), texts_.tr("Print this"),
                        {.grade = kit::Grade::final,
                         .key = Key::f9,
                         .icon = kit::Icon::printer,
                         .enabled = view_.can_print,
                         .size = 22})) {
            action_ = scale::Print{};
        }
        if (kit::button(ui_, kit::take_left(foot, 170, 12), texts_.tr_c("of a scale", "Zero"),
                        {.grade = kit::Grade::final,
                         .key = Key::f1,
                         .enabled = view_.weigh.can_zero,
                         .size = 24,
                         .id = kit::id_of("zero")})) {
            action_ = scale::Zero{};
        }
        main_button(foot);
    }

    /// One at a time: what is to be done next.
    void main_button(Rect rect) {
        const kit::ButtonStyle style{.look = kit::Look::primary,
                                     .grade = kit::Grade::final,
                                     .key = in_dialog() ? Key::none : Key::f12,
                                     .size = 24,
                                     .id = kit::id_of("next")};
        if (view_.check && view_.check->running) {
            kit::ButtonStyle gives_up = style;
            gives_up.look = kit::Look::danger;
            gives_up.key = Key::f8;
            const bool pressed =
                kit::button(ui_, rect, texts_.tr("The scale does not show it"), gives_up);
            if (pressed) action_ = scale::GiveUp{};
        } else if (view_.can_bind) {
            if (kit::button(ui_, rect, texts_.tr("Bind this scale…"), style)) {
                action_ = scale::BeginBind{};
            }
        } else {
            kit::ButtonStyle checks = style;
            checks.enabled = view_.can_check;
            const bool again = view_.check && !view_.check->again.empty();
            const std::string words = again ? view_.check->again : texts_.tr("Daily check…");
            if (kit::button(ui_, rect, words, checks)) action_ = scale::BeginCheck{};
        }
    }

    void status(Rect& inner, Role role, std::string_view heading, std::string_view what) {
        Rect head = kit::take_top(inner, 64, 10);
        kit::sign(ui_, kit::centered(kit::take_left(head, 56, 16), {56, 56}), icon_of(role),
                  {.role = role, .round = true});
        ui_.text(head, heading,
                 {.size = 32, .weight = kit::Weight::bold, .role = role, .shrink = true});
        if (what.empty()) return;
        ui_.text(kit::take_top(inner, 96, 10), what,
                 {.size = 20, .vertical = kit::Vertical::top, .lines = 3, .shrink = true});
    }

    void weight(Rect rect) {
        ui_.fill(rect, Role::raised, 12);
        ui_.border(rect, Role::line, {12, 1});
        Rect inner = kit::inset(rect, kit::Padding{20, 10});
        Rect head = kit::take_top(inner, 32);
        float x = head.x;
        for (const WeighView::Mark& mark : view_.weigh.marks)
            x += kit::tag(ui_, {x, head.center().y}, mark.words, {.role = mark.role}) + 8;
        ui_.text({x, head.y, head.right() - x, head.h}, view_.weigh.limits,
                 {.size = 18, .role = Role::muted, .align = kit::Align::right, .shrink = true});
        kit::big_number(ui_, inner,
                        {.digits = view_.weigh.weight,
                         .behind = "kg",
                         .size = 80,
                         .role = view_.weigh.weight_role});
    }

    void overview(Rect rect) {
        kit::card(ui_, rect);
        Rect inner = kit::inset(rect, kit::Padding{24, 18});
        status(inner, view_.status_role, view_.status, view_.advice);
        weight(kit::take_top(inner, 160, 14));
        for (const ScaleView::Row& row : view_.today) {
            ui_.text(kit::take_top(inner, ui_.grown(24)), row.name,
                     {.size = 16, .role = Role::muted, .shrink = true});
            ui_.text(kit::take_top(inner, ui_.grown(30), 8), row.value,
                     {.size = 20, .role = row.role, .may_shorten = true, .shrink = true});
        }
        if (view_.why_nothing.empty()) return;
        ui_.text(kit::take_bottom(inner, ui_.grown(28)), view_.why_nothing,
                 {.size = 18, .role = Role::muted, .shrink = true});
    }

    void steps(Rect rect, int now) {
        const std::array words{texts_.tr_c("of a scale", "Empty"), texts_.tr("With the mass"),
                               texts_.tr("Empty again")};
        for (std::size_t i = 0; i < words.size(); ++i) {
            const int step = static_cast<int>(i);
            Rect place = kit::cell(rect, {3, 1, 10}, step);
            const Role role = step < now ? Role::ok : step == now ? Role::primary : Role::line;
            ui_.fill(kit::take_top(place, 8, 6), role, 4);
            ui_.text(place, words[i],
                     {.size = 18,
                      .weight = step == now ? kit::Weight::bold : kit::Weight::regular,
                      .role = step == now ? Role::text : Role::muted,
                      .align = kit::Align::center,
                      .shrink = true});
        }
    }

    void check(Rect rect, const ScaleView::Check& of) {
        const Role border = of.running ? Role::line : of.role;
        kit::card(ui_, rect, {Role::surface, border, of.running ? 1.0F : 3.0F});
        Rect inner = kit::inset(rect, kit::Padding{24, 18});
        steps(kit::take_top(inner, 46, 14), of.step);
        status(inner, of.role, of.heading, of.what);
        if (of.running) return weight(kit::take_top(inner, 190, 14));
        for (const ScaleView::Row& row : of.figures) {
            Rect line = kit::take_top(inner, ui_.grown(36), 4);
            ui_.text(kit::take_left(line, line.w * 0.55F, 10), row.name,
                     {.size = 20, .role = Role::muted, .shrink = true});
            ui_.text(line, row.value,
                     {.size = 22,
                      .weight = kit::Weight::bold,
                      .role = row.role,
                      .align = kit::Align::right,
                      .shrink = true});
        }
    }

    float row_height(const ScaleView::Row& row, float width) {
        const kit::Type type{18, kit::Weight::regular};
        return std::max(ui_.grown(27), ui_.height_of(row.value, type, {width, 4}) + 3);
    }

    static constexpr float name_width = 170;

    float heights(const Rows& rows, float width) {
        float sum = ui_.grown(38);
        for (const ScaleView::Row& row : rows)
            sum += row_height(row, width);
        return sum;
    }

    void section(Rect& at, std::string_view title, const Rows& rows) {
        const float names = ui_.grown(name_width);
        ui_.text(kit::take_top(at, ui_.grown(38)), title,
                 {.size = 20, .weight = kit::Weight::bold, .shrink = true});
        for (const ScaleView::Row& row : rows) {
            Rect line = kit::take_top(at, row_height(row, at.w - names));
            Rect name = kit::take_left(line, names);
            name.h = ui_.grown(27);
            ui_.text(name, row.name, {.size = 17, .role = Role::muted, .shrink = true});
            ui_.text(line, row.value,
                     {.size = 18, .role = row.role, .lines = 4, .may_shorten = true});
        }
    }

    /// What an inspector reads and compares; more than fits is scrolled to.
    void papers(Rect rect) {
        kit::card(ui_, rect);
        const Rect inner = kit::inset(rect, kit::Padding{20, 12});
        const float width = inner.w - 16 - ui_.grown(name_width);
        const Rows none{{"", view_.no_changes, Role::muted}};
        const Rows& changes = view_.changes.empty() ? none : view_.changes;
        const float height =
            heights(view_.seal, width) + heights(view_.entry, width) + heights(changes, width);
        const kit::Ui::ScrollArea area{kit::id_of("papers"), inner, height};
        const float offset = ui_.begin_scroll(area);
        Rect at{inner.x, inner.y - offset, inner.w - 16, height};
        section(at, texts_.tr("Legal metrology: the weighing program"), view_.seal);
        section(at, texts_.tr("The scale in the register"), view_.entry);
        section(at, texts_.tr("Last changes"), changes);
        ui_.end_scroll(area);
    }

    void masses(const ScaleView::Masses& of) {
        const kit::Dialog dialog(ui_, {.size = {760, 620}, .title = texts_.tr("Which mass?")});
        Rect rest = dialog.body();
        Rect foot = kit::take_bottom(rest, 84, 14);
        Rect left = kit::take_left(rest, 300, 24);
        const auto count = static_cast<int>(of.choices.size());
        for (int i = 0; i < count; ++i) {
            const ScaleView::Choice& choice = of.choices[static_cast<std::size_t>(i)];
            if (kit::button(ui_, kit::cell(left, {1, std::max(count, 4), 12}, i), choice.words,
                            {.look = i == 0 ? kit::Look::primary : kit::Look::normal,
                             .grade = kit::Grade::final,
                             .size = 30,
                             .id = kit::id_of("mass", static_cast<unsigned>(i))})) {
                action_ = scale::TakeMass{choice.mass_mg};
            }
        }
        const Rect well = kit::take_top(rest, 72, 10);
        ui_.fill(well, Role::raised, 12);
        ui_.border(well, Role::primary, {12, 2});
        kit::big_number(ui_, kit::inset(well, kit::Padding{20, 0}),
                        {.digits = of.typed, .behind = "g", .size = 44});
        const auto keys = kit::pin_pad(texts_.tr("Clear"));
        if (auto key = kit::keypad(ui_, rest, {3, 4, 8}, keys)) {
            action_ = scale::PadKey{std::string(*key)};
        }
        if (kit::button(ui_, kit::take_left(foot, 200, 12), texts_.tr("Cancel"),
                        {.grade = kit::Grade::final, .key = Key::escape, .size = 24})) {
            action_ = scale::Back{};
        }
        const bool sure = kit::button(ui_, foot, texts_.tr("Check with this mass"),
                                      {.look = kit::Look::primary,
                                       .grade = kit::Grade::final,
                                       .key = Key::f12,
                                       .enabled = of.can_confirm,
                                       .size = 24});
        const bool entered = ui_.memory().focus == 0 && ui_.take_key(Key::enter);
        if (sure || (entered && of.can_confirm)) action_ = scale::ConfirmMass{};
    }

    void reasons(const std::vector<std::string>& of) {
        const kit::Dialog dialog(
            ui_, {.size = {660, 560}, .title = texts_.tr("Why is this scale bound here?")});
        Rect rest = dialog.body();
        const Rect foot = kit::take_bottom(rest, 72, 14);
        const auto count = static_cast<int>(of.size());
        for (int i = 0; i < count; ++i) {
            const std::string& reason = of[static_cast<std::size_t>(i)];
            if (kit::button(
                    ui_, kit::cell(rest, {1, count, 12}, i), reason,
                    {.grade = kit::Grade::main, .key = kit::digit_key(i + 1), .size = 24})) {
                action_ = scale::BindBecause{reason};
            }
        }
        if (kit::button(ui_, foot, texts_.tr("Cancel"),
                        {.grade = kit::Grade::main, .key = Key::escape, .size = 22})) {
            action_ = scale::Back{};
        }
    }

    kit::Ui& ui_;
    const kit::TextTable& texts_;
    const ScaleView& view_;
    std::optional<ScaleAction> action_;
};

}  // namespace

std::optional<ScaleAction> draw(kit::Ui& ui, const kit::TextTable& texts, const ScaleView& view,
                                kit::Rect rest) {
    return Drawing(ui, texts, view).page(rest);
}

}  // namespace fangxin::terminal::till
