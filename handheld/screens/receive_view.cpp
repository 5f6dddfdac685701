#include "handheld/screens/receive_view.hpp"

#include "handheld/screens/head_view.hpp"
#include "handheld/screens/pads.hpp"
#include "handheld/screens/page_parts.hpp"
#include "terminal/kit/table.hpp"

#include <algorithm>
#include <array>

namespace fangxin::handheld {

namespace {

using kit::Icon;
using kit::Key;
using kit::Look;
using kit::Rect;
using kit::Role;
using kit::Weight;
using receive::Action;

class Drawing {
  public:
    Drawing(kit::Ui& ui, const kit::TextTable& texts, const ReceiveView& view, Rect rect)
        : ui_(ui), texts_(texts), view_(view), rest_(rect) {}

    std::optional<Action> run() {
        if (draw_head(ui_, texts_, view_.head, rest_)) action_ = receive::Back{};
        draw_progress(ui_, rest_, view_.progress);
        switch (view_.page) {
            case ReceivePage::item:
                item();
                break;
            case ReceivePage::dates:
                dates();
                break;
            case ReceivePage::lot:
                lot();
                break;
            case ReceivePage::quantity:
                quantity();
                break;
            case ReceivePage::supplier:
                suppliers();
                break;
            case ReceivePage::decision:
                decisions();
                break;
            case ReceivePage::summary:
                summary();
                break;
            case ReceivePage::booked:
                booked();
                break;
        }
        return action_;
    }

  private:
    void question(std::string_view note) {
        draw_question(ui_, rest_, {.about = view_.name, .note = note, .asks = view_.asks});
    }
    void warning() { draw_notice(ui_, rest_, {view_.warning, Role::warn, Icon::warning}); }
    /// What is known of the pack; what is wrong with it, or should be seen, heads the card.
    FactCard pack_card() const {
        FactCard card{.head = view_.pack_head, .role = view_.pack_role, .rows = view_.pack};
        card.icon = view_.pack_head.empty() ? Icon::none : Icon::check;
        if (!view_.warning.empty()) {
            card.head = view_.warning;
            card.icon = Icon::warning;
        }
        if (!view_.refusal.empty()) {
            card.head = view_.refusal;
            card.icon = Icon::exclamation;
            card.role = Role::block;
        }
        return card;
    }
    float pack_height() {
        return view_.pack.empty() ? 66
                                  : height_of(ui_, pack_card(), rest_.w - 2 * page_margin) + 10;
    }
    /// As much of the card as there is room for, its last line longest.
    void pack() {
        if (view_.pack.empty()) return draw_refusal(ui_, rest_, view_.refusal);
        FactCard card = pack_card();
        const float width = rest_.w - 2 * page_margin;
        while (card.rows.size() > 1 && height_of(ui_, card, width) > rest_.h)
            card.rows = card.rows.subspan(1);
        if (height_of(ui_, card, width) <= rest_.h) return draw_facts(ui_, rest_, card);
        card.head = {};
        card.icon = Icon::none;
        if (!view_.refusal.empty()) {
            draw_refusal(ui_, rest_, view_.refusal);
        } else if (height_of(ui_, card, width) <= rest_.h) {
            draw_facts(ui_, rest_, card);
        }
    }
    /// The way on, and past a question that this pack has no answer to.
    void foot(std::string_view skip) {
        std::vector<FootButton> buttons;
        if (view_.can_skip) buttons.push_back({skip, {.key = Key::f9}});
        if (!view_.next.empty()) {
            buttons.push_back({view_.next,
                               {.look = Look::primary,
                                .key = Key::f12,
                                .enabled = view_.can_go_on,
                                .id = kit::id_of("on")}});
        }
        const auto pressed = draw_foot(ui_, rest_, buttons);
        if (!pressed) return;
        const bool skips = view_.can_skip && *pressed == 0;
        if (skips) {
            action_ = receive::Skipped{};
        } else {
            action_ = receive::Next{};
        }
    }

    void item() {
        std::vector<FootButton> buttons{
            {texts_.tr_c("on the handheld", "Camera"), {.key = Key::f3, .icon = Icon::camera}}};
        if (!view_.next.empty()) {
            buttons.push_back({view_.next, {.look = Look::primary, .key = Key::f12, .size = 24}});
        }
        const auto pressed = draw_foot(ui_, rest_, buttons);
        if (pressed == 0) action_ = receive::CameraAsked{};
        if (pressed == 1) action_ = receive::Next{};
        question({});
        draw_refusal(ui_, rest_, view_.refusal);
        const auto found = draw_search(ui_, view_.search, rest_);
        if (found.typed) action_ = receive::Wrote{receive::Field::search, *found.typed};
        if (found.wants_keyboard) action_ = receive::FieldTouched{receive::Field::search};
        if (found.hit) action_ = receive::HitChosen{*found.hit};
    }

    void dates() {
        foot(texts_.tr_c("on the handheld", "No date"));
        const bool is_full = view_.head.notice || !view_.choices.empty() || ui_.is_large_text();
        question(is_full ? std::string_view() : view_.note);
        const float above = 80 + (view_.choices.empty() ? 0.0F : 72.0F) + pack_height();
        const auto key = draw_digit_pad(ui_, rest_, {.clear = texts_.tr("Clear"), .above = above});
        if (key) action_ = receive::Keyed{*key};
        reading();
        years();
        pack();
    }
    void years() {
        std::vector<Year> years;
        for (const ReceiveView::Choice& choice : view_.choices)
            years.push_back({choice.words, choice.selected});
        if (const auto chosen = draw_years(ui_, rest_, years)) action_ = receive::Chosen{*chosen};
    }
    void reading() {
        take_reading(ui_, rest_, {.text = view_.reading, .placeholder = view_.placeholder});
    }

    void lot() {
        foot(texts_.tr_c("on the handheld", "No lot"));
        // The pad leaves room for the question or for what is wrong with the answer.
        const std::string_view asks = view_.refusal.empty() ? view_.asks : std::string_view();
        draw_question(ui_, rest_, {.about = view_.name, .asks = asks});
        if (asks.empty()) kit::take_top(rest_, 6);
        draw_refusal(ui_, rest_, view_.refusal);
        if (const auto key = draw_lot_pad(ui_, rest_)) action_ = receive::Keyed{*key};
        reading();
    }

    void quantity() {
        foot({});
        question({});
        pack();
        const auto answer = draw_quantity(ui_, rest_,
                                          {.reading = view_.reading,
                                           .unit = view_.unit,
                                           .clear = texts_.tr("Clear"),
                                           .is_weighed = view_.is_weighed});
        if (answer.key) action_ = receive::Keyed{*answer.key};
        if (answer.step_up) action_ = receive::Stepped{*answer.step_up};
    }

    void suppliers() {
        foot({});
        question({});
        draw_refusal(ui_, rest_, view_.refusal);
        if (view_.choices.empty()) {
            kit::empty_state(ui_, rest_,
                             {.icon = Icon::list,
                              .title = texts_.tr("No supplier is on record"),
                              .hint = texts_.tr("Go on without one: the store manager adds them")});
            return;
        }
        const auto chosen = draw_rows(ui_,
                                      {.name = "suppliers",
                                       .rect = rest_,
                                       .count = view_.choices.size(),
                                       .row_height = grown(ui_, 76),
                                       .gap = 8},
                                      [&](std::size_t i, Rect at) { return supplier(i, at); });
        if (chosen) action_ = receive::Chosen{*chosen};
    }
    bool supplier(std::size_t number, Rect at) {
        const ReceiveView::Choice& choice = view_.choices[number];
        const bool pressed = kit::list_row(ui_, at,
                                           {.title = choice.words,
                                            .note = choice.note,
                                            .icon = choice.is_refused ? Icon::cross
                                                    : choice.selected ? Icon::check
                                                                      : Icon::none,
                                            .icon_role = choice.is_refused ? Role::block : Role::ok,
                                            .bold = choice.selected,
                                            .id = kit::id_of("supplier", number + 1)});
        if (choice.selected) ui_.border(at, Role::primary, {14, 2});
        return pressed;
    }

    void decisions() {
        foot({});
        question({});
        draw_refusal(ui_, rest_, view_.refusal);
        constexpr std::array icons{Icon::check, Icon::clock, Icon::cross};
        constexpr std::array roles{Role::ok, Role::warn, Role::block};
        Rect page = kit::inset(rest_, kit::Padding{.across = page_margin});
        for (std::size_t i = 0; i < view_.choices.size(); ++i) {
            const ReceiveView::Choice& choice = view_.choices[i];
            if (view_.reasons && !choice.selected) continue;
            const bool chosen =
                draw_choice(ui_, page, 96,
                            {.words = choice.words,
                             .note = choice.note,
                             .icon = icons[i],
                             .role = roles[i],
                             .selected = choice.selected,
                             .number = view_.reasons ? 0 : static_cast<int>(i) + 1});
            if (chosen) action_ = receive::Chosen{i};
        }
        if (!view_.reasons) return;
        if (auto reason =
                draw_reasons(ui_, {rest_.x, page.y, rest_.w, page.h - 4}, *view_.reasons)) {
            action_ = receive::ReasonChosen{*reason};
        }
    }

    void summary() {
        foot({});
        draw_question(ui_, rest_, {.asks = view_.asks});
        draw_refusal(ui_, rest_, view_.refusal);
        if (view_.refusal.empty()) warning();
        Rect page = kit::inset(rest_, kit::Padding{.across = page_margin});
        const auto count = static_cast<float>(view_.summary.size());
        const float height = std::clamp(page.h / count - 1, 56.0F, 68.0F);
        const Rect card = kit::take_top(page, height * count);
        kit::card(ui_, card);
        Rect inner = card;
        for (std::size_t i = 0; i < view_.summary.size(); ++i) {
            if (i > 0) ui_.divider({inner.x + 16, inner.y}, inner.w - 32);
            row(kit::take_top(inner, height), view_.summary[i], static_cast<int>(i) + 1);
        }
        if (view_.busy) {
            kit::spinner(ui_, kit::centered({rest_.x, card.bottom() + 8, rest_.w, 44}, {36, 36}));
        }
    }
    void row(Rect at, const ReceiveView::SummaryRow& row, int number) {
        const kit::Touch touch = ui_.target({.what = row.words,
                                             .rect = at,
                                             .key = kit::digit_key(number),
                                             .spacing = kit::Spacing::joined,
                                             .enabled = !view_.busy});
        if (touch.activated) action_ = receive::PageOpened{row.page};
        if (touch.down) ui_.fill(kit::inset(at, 2), Role::primary_soft, 12);
        if (touch.focused) ui_.focus_ring(kit::inset(at, 3), 12);
        Rect inner = kit::inset(at, kit::Padding{16, 4});
        ui_.text(kit::take_left(inner, grown(ui_, 84), 8), row.words,
                 {.size = 19, .role = Role::muted, .shrink = true});
        kit::draw_icon(ui_, kit::centered(kit::take_right(inner, 20, 6), {20, 20}), Icon::forward,
                       Role::muted);
        ui_.text(inner, row.value,
                 {.size = 21,
                  .weight = Weight::bold,
                  .role = row.role,
                  .align = kit::Align::right,
                  .may_shorten = true});
    }

    void booked() {
        const Rect sign = kit::take_top(rest_, 168);
        const bool calm = view_.warning.empty();
        kit::sign(ui_, kit::centered(sign, {96, 96}), calm ? Icon::check : Icon::warning,
                  {.role = calm ? Role::ok : Role::warn, .round = true, .strong = true});
        const float text = grown(ui_, 40);
        const Rect page = kit::inset(rest_, kit::Padding{.across = page_margin});
        Rect lines = page;
        ui_.text(kit::take_top(lines, text, 4), view_.asks,
                 {.size = 28, .weight = Weight::bold, .align = kit::Align::center, .shrink = true});
        ui_.text(kit::take_top(lines, grown(ui_, 32), 12), view_.name,
                 {.size = 22, .align = kit::Align::center, .may_shorten = true});
        kit::take_top(rest_, lines.y - page.y);
        warning();
        draw_facts(ui_, rest_, {.role = view_.pack_role, .rows = view_.pack});
        Rect foot =
            kit::inset(kit::take_bottom(rest_, 84 + 2 * 80 + 24), kit::Padding{page_margin, 12});
        if (kit::button(ui_, kit::take_top(foot, 72, 8), texts_.tr("Next batch of this item"),
                        {.grade = kit::Grade::main, .key = Key::f9})) {
            action_ = receive::Finished{receive::After::same_item};
        }
        if (kit::button(ui_, kit::take_top(foot, 72, 8), texts_.tr_c("on the handheld", "Finish"),
                        {.grade = kit::Grade::main, .key = Key::f10})) {
            action_ = receive::Finished{receive::After::finished};
        }
        if (kit::button(
                ui_, foot, view_.next,
                {.look = Look::primary, .grade = kit::Grade::final, .key = Key::f12, .size = 28})) {
            action_ = receive::Finished{receive::After::next_item};
        }
    }

    kit::Ui& ui_;
    const kit::TextTable& texts_;
    const ReceiveView& view_;
    Rect rest_;
    std::optional<Action> action_;
};

}  // namespace

std::optional<Action> draw(kit::Ui& ui, const kit::TextTable& texts, const ReceiveView& view,
                           Rect rect) {
    return Drawing(ui, texts, view, rect).run();
}

}  // namespace fangxin::handheld
