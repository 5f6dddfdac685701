#include "terminal/admin/admin_view.hpp"

#include "terminal/admin/form_view.hpp"
#include "terminal/admin/list_page_view.hpp"
#include "terminal/admin/recall_live_view.hpp"
#include "terminal/admin/recall_make_view.hpp"
#include "terminal/admin/today_view.hpp"
#include "terminal/kit/button.hpp"
#include "terminal/kit/panels.hpp"
#include "terminal/station/screens/strip_view.hpp"

namespace fangxin::admin {

namespace {

using kit::Rect;
using kit::Role;

constexpr float column_width = 212;
constexpr float large_column_width = 236;
constexpr float entry_height = 56;
constexpr float page_margin = 16;
constexpr float notice_height = 44;
constexpr float refusal_room = 200;

template <class Answer>
void keep(std::optional<AdminAction>& action, std::optional<Answer> answer) {
    if (answer) action = AdminAction(std::move(*answer));
}

class AdminDrawing {
  public:
    AdminDrawing(kit::Ui& ui, const kit::TextTable& texts, const AdminView& view)
        : ui_(ui), texts_(texts), view_(view) {}

    std::optional<AdminAction> run(Rect rest) {
        // Esc ends the writing before it leads anywhere.
        if (view_.typing && ui_.take_key(kit::Key::escape)) action_ = BackTouched{};
        const Rect column =
            take_left(rest, ui_.is_large_text() ? large_column_width : column_width);
        ui_.fill(column, Role::surface);
        ui_.canvas().line({column.right() - 1, column.y}, {column.right() - 1, column.bottom()},
                          ui_.color(Role::line), 1);
        const Rect no_area = areas(column);
        rest = kit::inset(rest, page_margin);
        // Where something is written, the keyboard lies over the place that no area has; where
        // there are many areas, there is no such place.
        const bool has_room = !view_.typing && no_area.h >= refusal_room;
        const bool over_page = !has_room && !view_.in_dialog && !view_.refusal.empty();
        std::optional<NoticeView> notice = view_.notice;
        if (over_page) notice = NoticeView{view_.refusal, Role::warn, kit::Icon::exclamation};
        if (notice) {
            kit::banner(ui_, take_top(rest, notice_height, 12),
                        {.words = notice->words, .role = notice->role, .icon = notice->icon});
        }
        // The page last: its dialogs lie over the column.
        std::visit([&](const auto& page) { this->page(page, rest); }, view_.page);
        if (!view_.refusal.empty() && !over_page) refusal(no_area);
        return std::move(action_);
    }

  private:
    /// The rest of the column.
    Rect areas(Rect column) {
        // Twelve areas have just room on the usual screen.
        const auto count = static_cast<float>(view_.entries.size());
        const bool tight = count * (entry_height + 2) > column.h - 100 && !ui_.is_large_text();
        const float gap = tight ? 0 : 2;
        Rect rest = kit::inset(column, kit::Padding{10, tight ? 0.0F : 10.0F});
        rest.w -= 1;
        const Rect back = take_bottom(rest, 72, tight ? 0 : 8);
        if (kit::button(ui_, back, view_.back,
                        {.grade = kit::Grade::main,
                         .key = view_.back_by_escape ? kit::Key::escape : kit::Key::none,
                         .size = 20}))
            action_ = LeaveTouched{};
        const float needs = count * (entry_height + gap);
        if (needs <= rest.h) {
            for (const AdminView::Entry& each : view_.entries)
                entry(take_top(rest, entry_height, gap), each);
            return rest;
        }
        const kit::Ui::ScrollArea area{kit::id_of("admin areas"), rest, needs};
        Rect all{rest.x, rest.y - ui_.begin_scroll(area), rest.w, needs};
        for (const AdminView::Entry& each : view_.entries)
            entry(take_top(all, entry_height, gap), each);
        ui_.end_scroll(area);
        return {rest.x, rest.bottom(), rest.w, 0};
    }

    void entry(Rect rect, const AdminView::Entry& of) {
        const kit::Touch touch = ui_.target({.what = of.words,
                                             .rect = rect,
                                             .id = kit::id_of("area", static_cast<int>(of.area)),
                                             .key = of.key,
                                             .spacing = kit::Spacing::joined});
        if (of.selected) ui_.fill(rect, Role::primary_soft, 12);
        if (touch.down) ui_.press_veil(rect, 12);
        if (touch.focused) ui_.border(kit::inset(rect, 2), Role::focus, {10, 3});
        Rect inner = kit::inset(rect, kit::Padding{12, 0});
        if (ui_.shows_key_caps() && of.key != kit::Key::none) {
            const Rect cap = take_right(inner, kit::key_cap_width(ui_, of.key), 6);
            kit::key_cap(ui_, {cap.x, cap.center().y}, of.key);
        }
        if (of.count > 0) {
            const Rect at = take_right(
                inner, (ui_.is_large_text() ? 36.0F : 28.0F) + (of.count > 9 ? 12 : 0), 2);
            kit::badge(ui_, {at.right(), at.center().y}, of.count);
        }
        ui_.text(inner, of.words,
                 {.size = 20,
                  .weight = of.selected ? kit::Weight::bold : kit::Weight::regular,
                  .role = of.selected ? Role::primary : Role::text,
                  .shrink = true});
        if (touch.activated) action_ = AreaChosen{of.area};
    }

    /// Nothing that one works with is covered or moved: it stands where no area is, or over a
    /// dialog.
    void refusal(Rect room) {
        if (!view_.in_dialog) {
            room = take_bottom(room, ui_.is_large_text() ? 228.0F : 200.0F);
            kit::card(ui_, room, {.fill = Role::warn_soft, .border = Role::warn});
            room = kit::inset(room, kit::Padding{12, 10});
            kit::draw_icon(ui_, kit::centered(take_top(room, 30, 6), {26, 26}),
                           kit::Icon::exclamation, Role::warn);
            ui_.text(room, view_.refusal,
                     {.size = 18,
                      .role = Role::warn,
                      .vertical = kit::Vertical::top,
                      .lines = 6,
                      .may_shorten = true});
            return;
        }
        terminal::draw_strip_over_dialog(ui_, {view_.refusal});
    }

    void page(const AdminView::Loading& of, Rect rect) {
        kit::card(ui_, rect);
        Rect middle = kit::centered(rect, {rect.w - 40, 120});
        kit::spinner(ui_, take_top(middle, 64, 16));
        ui_.text(middle, of.words,
                 {.size = 22, .role = Role::muted, .align = kit::Align::center, .shrink = true});
    }

    void page(const AdminView::Trouble& of, Rect rect) {
        kit::card(ui_, rect);
        Rect middle = kit::centered(rect, {rect.w - 40, 320});
        const Rect again = kit::centered(take_bottom(middle, 72, 12), {280, 72});
        if (kit::button(
                ui_, again, of.retry,
                {.look = kit::Look::primary, .grade = kit::Grade::main, .key = kit::Key::f12}))
            action_ = RetryTouched{};
        kit::empty_state(ui_, middle,
                         {.icon = kit::Icon::warning, .title = of.title, .hint = of.hint});
    }

    void page(const TodayView& of, Rect rect) { keep(action_, admin::draw(ui_, of, rect)); }
    void page(const ListPageView& of, Rect rect) {
        keep(action_, admin::draw(ui_, texts_, of, rect));
    }
    void page(const RecallLiveView& of, Rect rect) {
        if (admin::draw(ui_, of, rect)) action_ = BackTouched{};
    }
    void page(const RecallMakeView& of, Rect rect) {
        auto answer = admin::draw(ui_, of, rect);
        if (!answer) return;
        if (auto* made = std::get_if<RecallMakeAction>(&*answer)) {
            action_ = AdminAction(std::move(*made));
        } else {
            action_ = BackTouched{};
        }
    }

    void page(const FormView& of, Rect rect) {
        auto answer = admin::draw(ui_, of, rect);
        if (!answer) return;
        if (auto* written = std::get_if<FormAction>(&*answer)) {
            action_ = AdminAction(std::move(*written));
        } else {
            action_ = BackTouched{};
        }
    }

    kit::Ui& ui_;
    const kit::TextTable& texts_;
    const AdminView& view_;
    std::optional<AdminAction> action_;
};

}  // namespace

std::optional<AdminAction> draw(kit::Ui& ui, const kit::TextTable& texts, const AdminView& view,
                                Rect rect) {
    return AdminDrawing(ui, texts, view).run(rect);
}

}  // namespace fangxin::admin
