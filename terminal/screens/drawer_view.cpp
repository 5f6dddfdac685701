#include "terminal/screens/drawer_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/marks.hpp"
#include "terminal/kit/panels.hpp"
#include "terminal/kit/table.hpp"

#include <algorithm>
#include <array>

namespace fangxin::terminal::till {

namespace {

using kit::Key;
using kit::Rect;
using kit::Role;

/// The digits are the pad's.
constexpr std::array reason_keys{Key::f1, Key::f2, Key::f3, Key::f4};

class Drawing {
  public:
    Drawing(kit::Ui& ui, const kit::TextTable& texts, const DrawerView& view)
        : ui_(ui), texts_(texts), view_(view) {}

    std::optional<DrawerAction> page(Rect rest) {
        rest = kit::inset(rest, 16);
        const Rect foot = kit::take_bottom(rest, 84, 14);
        switch (view_.page) {
            case DrawerPage::shift:
                shift(rest, foot);
                break;
            case DrawerPage::open:
            case DrawerPage::cash:
                money(rest, foot);
                break;
            case DrawerPage::count:
                count(rest, foot);
                break;
            case DrawerPage::ended:
                ended(rest, foot);
                break;
        }
        return action_;
    }

  private:
    void back(Rect& foot) {
        if (kit::button(ui_, kit::take_left(foot, 230, 12), texts_.tr("Back"),
                        {.grade = kit::Grade::final,
                         .key = Key::escape,
                         .icon = kit::Icon::back,
                         .size = 24,
                         .id = kit::id_of("back")})) {
            action_ = drawer::Back{};
        }
    }

    bool main_button(Rect rect, std::string_view words, bool enabled) {
        return kit::button(ui_, rect, words,
                           {.look = kit::Look::primary,
                            .grade = kit::Grade::final,
                            .key = Key::f12,
                            .enabled = enabled,
                            .size = 26,
                            .id = kit::id_of("next")});
    }

    /// Why the last thing that was asked was not done.
    void trouble(Rect& rest) {
        if (view_.trouble.empty()) return;
        kit::banner(ui_, kit::take_bottom(rest, ui_.grown(60), 12),
                    {.words = view_.trouble, .role = Role::warn, .icon = kit::Icon::warning});
    }

    void heading(Rect& inner) {
        ui_.text(kit::take_top(inner, ui_.grown(46), 12), view_.title,
                 {.size = 30, .weight = kit::Weight::bold, .shrink = true});
    }

    void rows(Rect& inner) {
        std::vector<kit::KeyValue> all;
        for (const DrawerView::Row& row : view_.rows)
            all.push_back({row.name, row.value});
        kit::take_top(inner, kit::key_values(ui_, inner, all, {.row_height = 44}), 16);
    }

    void shift(Rect rest, Rect foot) {
        back(foot);
        if (view_.has_shift) {
            if (main_button(foot, texts_.tr("Count and close the shift…"), true))
                action_ = drawer::Count{};
        } else if (main_button(foot, texts_.tr("Open a shift…"), true)) {
            action_ = drawer::Open{};
        }
        const Rect right = kit::take_right(rest, 470, 16);
        trouble(rest);
        kit::card(ui_, rest);
        Rect inner = kit::inset(rest, kit::Padding{28, 22});
        heading(inner);
        rows(inner);
        if (!view_.note.empty())
            ui_.text(inner, view_.note,
                     {.size = 22,
                      .role = Role::muted,
                      .vertical = kit::Vertical::top,
                      .lines = 4,
                      .shrink = true});
        moves(right);
    }

    void moves(Rect rect) {
        struct Move {
            CashKind kind;
            std::string words;
            Key key;
        };
        const std::array moves{Move{CashKind::paid_in, texts_.tr("Pay cash in…"), Key::f2},
                               Move{CashKind::paid_out, texts_.tr("Pay cash out…"), Key::f3},
                               Move{CashKind::drop, texts_.tr("Drop cash…"), Key::f4},
                               Move{CashKind::no_sale, texts_.tr("Open the drawer…"), Key::f5}};
        for (const Move& move : moves) {
            if (kit::button(ui_, kit::take_top(rect, 72, 8), move.words,
                            {.grade = kit::Grade::main,
                             .key = move.key,
                             .enabled = view_.has_shift,
                             .size = 24,
                             .id = kit::id_of("move", static_cast<unsigned>(move.kind))})) {
                action_ = drawer::Cash{move.kind};
            }
        }
        if (kit::button(ui_, kit::take_top(rect, 72, 12), texts_.tr("Print X report"),
                        {.grade = kit::Grade::main,
                         .key = Key::f9,
                         .icon = kit::Icon::printer,
                         .enabled = view_.has_shift && view_.has_printer,
                         .size = 24})) {
            action_ = drawer::PrintX{};
        }
        others(rect);
    }

    void others(Rect rect) {
        if (view_.others.empty()) return;
        ui_.text(kit::take_top(rect, ui_.grown(30), 8), texts_.tr("Also open at this till"),
                 {.role = Role::muted, .shrink = true});
        constexpr std::size_t most_shown = 2;
        for (std::size_t i = 0; i < std::min(most_shown, view_.others.size()); ++i) {
            const DrawerView::Other& other = view_.others[i];
            if (kit::list_row(ui_, kit::take_top(rect, 64, 8),
                              {.title = other.words,
                               .value = other.can_close ? texts_.tr("Close…") : std::string(),
                               .value_role = Role::primary,
                               .enabled = other.can_close,
                               .key = kit::digit_key(static_cast<int>(i) + 1),
                               .id = kit::id_of(other.id, 0x5F)})) {
                action_ = drawer::Count{other.id};
            }
        }
    }

    void pad(Rect rect, bool with_point) {
        const auto keys =
            with_point ? kit::money_pad(texts_.tr("Clear")) : kit::pin_pad(texts_.tr("Clear"));
        const kit::Grid grid = with_point ? kit::Grid{4, 4, 8} : kit::Grid{3, 4, 8};
        if (auto key = kit::keypad(ui_, rect, grid, keys))
            action_ = drawer::PadKey{std::string(*key)};
    }

    void money(Rect rest, Rect foot) {
        back(foot);
        const bool opens = view_.page == DrawerPage::open;
        const std::string words =
            opens ? texts_.tr("Open with {}", view_.typed) : texts_.tr("Confirm");
        if (main_button(foot, words, view_.can_confirm)) action_ = drawer::Confirm{};
        trouble(rest);
        const Rect right = kit::take_right(rest, 480, 16);
        kit::card(ui_, rest);
        Rect inner = kit::inset(rest, kit::Padding{28, 22});
        heading(inner);
        if (view_.needs_amount) {
            const Rect well = kit::take_top(inner, 96, 16);
            ui_.fill(well, Role::raised, 12);
            ui_.border(well, Role::primary, {12, 2});
            ui_.text(kit::inset(well, kit::Padding{24, 0}), view_.typed,
                     {.size = 52, .weight = kit::Weight::bold, .align = kit::Align::right});
        }
        if (!view_.note.empty())
            ui_.text(kit::take_top(inner, ui_.grown(40), 8), view_.note,
                     {.size = 22, .role = Role::muted, .shrink = true});
        for (std::size_t i = 0; i < std::min(reason_keys.size(), view_.reasons.size()); ++i) {
            const bool chosen = i == view_.reason;
            if (kit::button(ui_, kit::take_top(inner, 72, 10), view_.reasons[i],
                            {.grade = kit::Grade::main,
                             .key = reason_keys[i],
                             .icon = chosen ? kit::Icon::check : kit::Icon::none,
                             .size = 24,
                             .id = kit::id_of("reason", i)})) {
                action_ = drawer::Reason{i};
            }
        }
        if (view_.needs_amount) pad(right, true);
    }

    void denomination(Rect rect, std::size_t place) {
        const DrawerView::Denomination& each = view_.counts[place];
        if (kit::button(ui_, rect, "",
                        {.grade = kit::Grade::normal,
                         .key = Key::none,
                         .id = kit::id_of("denomination", place)})) {
            action_ = drawer::Select{place};
        }
        if (each.selected) ui_.border(rect, Role::primary, {12, 3});
        Rect inner = kit::inset(rect, kit::Padding{16, 4});
        ui_.text(kit::take_left(inner, inner.w * 0.3F), each.words, {.size = 22, .shrink = true});
        ui_.text(kit::take_right(inner, inner.w * 0.52F), each.amount,
                 {.size = 20, .role = Role::muted, .align = kit::Align::right, .shrink = true});
        ui_.text(
            inner, "× " + each.pieces,
            {.size = 24, .weight = kit::Weight::bold, .align = kit::Align::right, .shrink = true});
    }

    void count(Rect rest, Rect foot) {
        back(foot);
        if (main_button(foot, texts_.tr("Close the shift with {}", view_.sum), view_.can_confirm))
            action_ = drawer::Confirm{};
        Rect right = kit::take_right(rest, 400, 16);
        Rect head = kit::take_top(right, 96, 12);
        kit::card(ui_, head);
        ui_.text(
            kit::inset(head, kit::Padding{20, 8}), view_.sum,
            {.size = 44, .weight = kit::Weight::bold, .align = kit::Align::right, .shrink = true});
        pad(right, false);
        kit::card(ui_, rest);
        Rect inner = kit::inset(rest, kit::Padding{24, 16});
        heading(inner);
        const bool calm = view_.trouble.empty();
        ui_.text(kit::take_top(inner, ui_.grown(30), 12), calm ? view_.note : view_.trouble,
                 {.role = calm ? Role::muted : Role::warn, .shrink = true});
        const auto rows = static_cast<int>((view_.counts.size() + 1) / 2);
        for (std::size_t i = 0; i < view_.counts.size(); ++i) {
            const int column = static_cast<int>(i) / rows;
            const int row = static_cast<int>(i) % rows;
            denomination(kit::cell(inner, {2, rows, 10}, row * 2 + column), i);
        }
        if (ui_.memory().focus == 0 && ui_.take_key(Key::down)) step(1);
        if (ui_.memory().focus == 0 && ui_.take_key(Key::up)) step(-1);
        if (ui_.memory().focus == 0 && ui_.take_key(Key::enter)) step(1);
    }

    void step(int by) {
        std::size_t at = 0;
        while (at < view_.counts.size() && !view_.counts[at].selected)
            ++at;
        const auto count = static_cast<int>(view_.counts.size());
        action_ =
            drawer::Select{static_cast<std::size_t>((static_cast<int>(at) + by + count) % count)};
    }

    void ended(Rect rest, Rect foot) {
        if (main_button(foot, texts_.tr("Done"), true) || ui_.take_key(Key::escape))
            action_ = drawer::Confirm{};
        kit::card(ui_, rest);
        Rect inner = kit::centered(kit::inset(rest, 24), {720, 460});
        Rect head = kit::take_top(inner, 84, 16);
        const bool good = view_.difference_role == Role::ok;
        kit::sign(ui_, kit::centered(kit::take_left(head, 76, 20), {72, 72}),
                  good ? kit::Icon::check : kit::Icon::exclamation,
                  {.role = view_.difference_role, .round = true});
        ui_.text(head, view_.title, {.size = 36, .weight = kit::Weight::bold, .shrink = true});
        rows(inner);
        ui_.text(kit::take_top(inner, ui_.grown(64)), view_.difference,
                 {.size = 40,
                  .weight = kit::Weight::bold,
                  .role = view_.difference_role,
                  .shrink = true});
    }

    kit::Ui& ui_;
    const kit::TextTable& texts_;
    const DrawerView& view_;
    std::optional<DrawerAction> action_;
};

}  // namespace

std::optional<DrawerAction> draw(kit::Ui& ui, const kit::TextTable& texts, const DrawerView& view,
                                 kit::Rect rest) {
    return Drawing(ui, texts, view).page(rest);
}

}  // namespace fangxin::terminal::till
