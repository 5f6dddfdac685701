#include "handheld/screens/recall_view.hpp"

#include "handheld/screens/head_view.hpp"
#include "handheld/screens/pads.hpp"
#include "handheld/screens/page_parts.hpp"
#include "terminal/kit/table.hpp"

namespace fangxin::handheld {

namespace {

using kit::Icon;
using kit::Key;
using kit::Look;
using kit::Rect;
using kit::Role;
using recall::Action;

class Drawing {
  public:
    Drawing(kit::Ui& ui, const kit::TextTable& texts, const RecallView& view, Rect rect)
        : ui_(ui), texts_(texts), view_(view), rest_(rect) {}

    std::optional<Action> run() {
        if (draw_head(ui_, texts_, view_.head, rest_)) action_ = recall::Back{};
        draw_progress(ui_, rest_, view_.progress);
        foot();
        const bool is_tight = view_.page == RecallPage::lot && !view_.refusal.empty();
        draw_question(ui_, rest_,
                      {.about = view_.name,
                       .asks = is_tight ? std::string_view() : std::string_view(view_.asks)});
        if (is_tight) kit::take_top(rest_, 6);
        draw_refusal(ui_, rest_, view_.refusal);
        page();
        return action_;
    }

  private:
    void foot() {
        std::vector<FootButton> buttons;
        const bool is_item = view_.page == RecallPage::item;
        if (is_item) {
            buttons.push_back(
                {texts_.tr_c("on the handheld", "Camera"), {.key = Key::f3, .icon = Icon::camera}});
        }
        if (!view_.skip.empty()) buttons.push_back({view_.skip, {.key = Key::f9}});
        if (!view_.next.empty()) {
            const bool grave = view_.page == RecallPage::confirm;
            buttons.push_back({view_.next,
                               {.look = grave ? Look::danger : Look::primary,
                                .key = Key::f12,
                                .enabled = !view_.busy,
                                .id = kit::id_of("on")}});
        }
        const auto pressed = draw_foot(ui_, rest_, buttons);
        if (!pressed) return;
        if (*pressed == 0 && is_item) {
            action_ = recall::CameraAsked{};
        } else if (*pressed == 0 && !view_.skip.empty()) {
            action_ = recall::Skipped{};
        } else {
            action_ = recall::Next{};
        }
    }

    void page() {
        switch (view_.page) {
            case RecallPage::item:
                return item();
            case RecallPage::scope:
            case RecallPage::level:
                return choices();
            case RecallPage::lot:
                if (const auto key = draw_lot_pad(ui_, rest_)) action_ = recall::Keyed{*key};
                return reading();
            case RecallPage::from:
            case RecallPage::to:
                return day();
            case RecallPage::reason:
                if (const auto reason = draw_reasons(ui_, rest_, view_.reasons)) {
                    action_ = recall::ReasonChosen{*reason};
                }
                return;
            case RecallPage::confirm:
                return confirm();
            case RecallPage::live:
                return live();
        }
    }

    void confirm() {
        draw_confirm(ui_, rest_, {.rows = view_.answers},
                     {texts_.tr("What this does"), Role::block, view_.consequences}, view_.busy);
    }
    void item() {
        const auto found = draw_search(ui_, view_.search, rest_);
        if (found.typed) action_ = recall::Wrote{recall::Field::search, *found.typed};
        if (found.wants_keyboard) action_ = recall::FieldTouched{};
        if (found.hit) action_ = recall::HitChosen{*found.hit};
    }
    void choices() {
        Rect page = kit::inset(rest_, kit::Padding{.across = page_margin});
        for (std::size_t i = 0; i < view_.choices.size(); ++i) {
            const RecallView::Choice& choice = view_.choices[i];
            const bool chosen = draw_choice(ui_, page, 104,
                                            {.words = choice.words,
                                             .note = choice.note,
                                             .icon = choice.icon,
                                             .role = Role::block,
                                             .selected = choice.selected,
                                             .number = static_cast<int>(i) + 1});
            if (chosen) action_ = recall::Chosen{i};
        }
    }
    void reading() {
        take_reading(ui_, rest_, {.text = view_.reading, .placeholder = view_.placeholder});
    }
    void day() {
        const auto key =
            draw_digit_pad(ui_, rest_, {.clear = texts_.tr("Clear"), .above = 80 + 48});
        if (key) action_ = recall::Keyed{*key};
        reading();
        ui_.text(kit::take_top(rest_, grown(ui_, 34)), view_.meant,
                 {.size = 22, .weight = kit::Weight::bold, .align = kit::Align::center});
    }
    void live() {
        const Rect bar = kit::inset(kit::take_top(rest_, 22), kit::Padding{page_margin, 4});
        kit::progress_bar(ui_, bar, view_.acknowledged);
        if (view_.terminals.empty()) {
            kit::spinner(ui_, kit::centered(rest_, {64, 64}));
            return;
        }
        draw_rows(ui_,
                  {.name = "terminals",
                   .rect = rest_,
                   .count = view_.terminals.size(),
                   .row_height = grown(ui_, 76),
                   .gap = 8},
                  [&](std::size_t i, Rect at) {
                      terminal(at, view_.terminals[i]);
                      return false;
                  });
    }
    void terminal(Rect at, const RecallView::Terminal& row) {
        kit::card(ui_, at);
        Rect inner = kit::inset(at, kit::Padding{14, 8});
        kit::sign(ui_, kit::centered(kit::take_left(inner, 52, 14), {52, 52}), row.icon,
                  {.role = row.role});
        const float width = ui_.width_of(row.value, {22, kit::Weight::bold}) + 1;
        ui_.text(kit::take_right(inner, width, 10), row.value,
                 {.size = 22, .weight = kit::Weight::bold, .role = row.role});
        ui_.text(kit::take_top(inner, inner.h * 0.54F), row.name,
                 {.size = 22, .weight = kit::Weight::bold, .may_shorten = true});
        ui_.text(inner, row.note, {.size = 17, .role = Role::muted, .shrink = true});
    }

    kit::Ui& ui_;
    const kit::TextTable& texts_;
    const RecallView& view_;
    Rect rest_;
    std::optional<Action> action_;
};

}  // namespace

std::optional<Action> draw(kit::Ui& ui, const kit::TextTable& texts, const RecallView& view,
                           Rect rect) {
    return Drawing(ui, texts, view, rect).run();
}

}  // namespace fangxin::handheld
