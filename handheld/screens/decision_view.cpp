#include "handheld/screens/decision_view.hpp"

#include "handheld/screens/head_view.hpp"
#include "handheld/screens/pads.hpp"
#include "handheld/screens/page_parts.hpp"
#include "terminal/kit/table.hpp"

#include <algorithm>

namespace fangxin::handheld {

namespace {

using decision::Action;
using kit::Icon;
using kit::Key;
using kit::Look;
using kit::Rect;
using kit::Role;
using kit::Weight;

class Drawing {
  public:
    Drawing(kit::Ui& ui, const kit::TextTable& texts, const DecisionView& view, Rect rect)
        : ui_(ui), texts_(texts), view_(view), rest_(rect) {}

    std::optional<Action> run() {
        if (draw_head(ui_, texts_, view_.head, rest_)) action_ = decision::Back{};
        draw_progress(ui_, rest_, view_.progress);
        foot();
        if (view_.page == DecisionPage::done) {
            done();
            return action_;
        }
        const bool is_tight = view_.page == DecisionPage::lot && !view_.refusal.empty();
        draw_question(
            ui_, rest_,
            {.about = view_.name,
             .note = is_tight || view_.page == DecisionPage::lot ? std::string_view()
                                                                 : std::string_view(view_.note),
             .asks = is_tight ? std::string_view() : std::string_view(view_.asks)});
        if (is_tight) kit::take_top(rest_, 6);
        draw_refusal(ui_, rest_, view_.refusal);
        page();
        return action_;
    }

  private:
    void foot() {
        std::vector<FootButton> buttons;
        const bool is_confirm = view_.page == DecisionPage::confirm;
        if (!view_.skip.empty()) buttons.push_back({view_.skip, {.key = Key::f9}});
        if (!view_.next.empty()) {
            const bool grave = is_confirm && view_.role == Role::block;
            buttons.push_back({view_.next,
                               {.look = grave ? Look::danger : Look::primary,
                                .key = Key::f12,
                                .enabled = !view_.busy,
                                .id = kit::id_of("on")}});
        }
        if (view_.page == DecisionPage::photo) {
            buttons.insert(buttons.begin(),
                           {view_.has_photo ? texts_.tr_c("on the handheld", "Again")
                                            : texts_.tr("Take the photo"),
                            {.look = view_.has_photo ? Look::normal : Look::primary,
                             .key = Key::f3,
                             .icon = Icon::camera}});
        }
        const auto pressed = draw_foot(ui_, rest_, buttons);
        if (!pressed) return;
        const bool first = *pressed == 0;
        if (first && view_.page == DecisionPage::photo) {
            action_ = decision::PhotoAsked{};
        } else if (first && !view_.skip.empty()) {
            action_ = decision::Skipped{};
        } else {
            action_ = decision::Next{};
        }
    }

    void page() {
        switch (view_.page) {
            case DecisionPage::quantity:
                return quantity();
            case DecisionPage::dates:
                return dates();
            case DecisionPage::lot:
                if (const auto key = draw_lot_pad(ui_, rest_)) action_ = decision::Keyed{*key};
                return reading();
            case DecisionPage::result:
                return results();
            case DecisionPage::reason:
                if (const auto reason = draw_reasons(ui_, rest_, view_.reasons)) {
                    action_ = decision::ReasonChosen{*reason};
                }
                return;
            case DecisionPage::photo:
                kit::photo(
                    ui_, kit::inset(rest_, kit::Padding{page_margin, 4}), view_.picture,
                    view_.has_photo ? texts_.tr("The photo is kept") : texts_.tr("No photo yet"));
                return;
            case DecisionPage::confirm:
                return confirm();
            case DecisionPage::done:
                return;
        }
    }

    void quantity() {
        const auto answer = draw_quantity(ui_, rest_,
                                          {.reading = view_.reading,
                                           .unit = view_.unit,
                                           .clear = texts_.tr("Clear"),
                                           .is_weighed = view_.is_weighed});
        if (answer.key) action_ = decision::Keyed{*answer.key};
        if (answer.step_up) action_ = decision::Stepped{*answer.step_up};
    }
    void dates() {
        const auto key =
            draw_digit_pad(ui_, rest_, {.clear = texts_.tr("Clear"), .above = 80 + 72});
        if (key) action_ = decision::Keyed{*key};
        reading();
        std::vector<Year> years;
        for (const DecisionView::Choice& choice : view_.choices)
            years.push_back({choice.words, choice.selected});
        if (const auto year = draw_years(ui_, rest_, years)) action_ = decision::Chosen{*year};
    }
    void reading() {
        take_reading(ui_, rest_, {.text = view_.reading, .placeholder = view_.placeholder});
    }
    void results() {
        Rect page = kit::inset(rest_, kit::Padding{.across = page_margin});
        for (std::size_t i = 0; i < view_.choices.size(); ++i) {
            const DecisionView::Choice& choice = view_.choices[i];
            const bool chosen = draw_choice(ui_, page, 112,
                                            {.words = choice.words,
                                             .note = choice.note,
                                             .icon = choice.icon,
                                             .role = choice.role,
                                             .selected = choice.selected,
                                             .number = static_cast<int>(i) + 1});
            if (chosen) action_ = decision::Chosen{i};
        }
    }

    void confirm() {
        draw_confirm(ui_, rest_, {.rows = view_.answers},
                     {texts_.tr("What this does"), view_.role, view_.consequences}, view_.busy);
    }

    void done() {
        const Rect sign = kit::take_top(rest_, 240);
        kit::sign(ui_, kit::centered({sign.x, sign.y + 70, sign.w, 104}, {104, 104}), Icon::check,
                  {.role = Role::ok, .round = true, .strong = true});
        Rect page = kit::inset(rest_, kit::Padding{.across = page_margin});
        ui_.text(kit::take_top(page, grown(ui_, 44), 4), view_.decided.words,
                 {.size = 32,
                  .weight = Weight::bold,
                  .role = view_.decided.role,
                  .align = kit::Align::center,
                  .shrink = true});
        ui_.text(kit::take_top(page, grown(ui_, 34), 2), view_.name,
                 {.size = 22, .align = kit::Align::center, .may_shorten = true});
        ui_.text(
            kit::take_top(page, grown(ui_, 30)), view_.note,
            {.size = 19, .role = Role::muted, .align = kit::Align::center, .may_shorten = true});
    }

    kit::Ui& ui_;
    const kit::TextTable& texts_;
    const DecisionView& view_;
    Rect rest_;
    std::optional<Action> action_;
};

}  // namespace

std::optional<Action> draw(kit::Ui& ui, const kit::TextTable& texts, const DecisionView& view,
                           Rect rect) {
    return Drawing(ui, texts, view, rect).run();
}

}  // namespace fangxin::handheld
