#include "terminal/station/screens/complaint_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/field.hpp"
#include "terminal/kit/marks.hpp"
#include "terminal/kit/panels.hpp"
#include "terminal/station/screens/keyboard_view.hpp"
#include "terminal/station/screens/widths.hpp"

#include <algorithm>
#include <span>

namespace fangxin::terminal {

namespace {

using kit::Key;
using kit::Rect;
using kit::Role;

constexpr std::array<Key, complaint_fields> field_keys = {Key::f8, Key::f9, Key::f10, Key::f11,
                                                          Key::home};

WritingField field_of(const ComplaintView::Field& field, ComplaintField id) {
    bool latin = field.numeric || id == ComplaintField::receipt;
    return {.id = std::string(domain::to_text(id)),
            .kind = field.numeric ? kit::KeyboardKind::number : kit::KeyboardKind::text,
            .wished = latin ? kit::KeyboardLanguage::latin : kit::KeyboardLanguage::chinese,
            .longest = field.longest};
}

class Drawing {
  public:
    Drawing(kit::Ui& ui, const ComplaintView& view, const Writing& writing)
        : ui_(ui), view_(view), writing_(writing) {}

    std::optional<ComplaintAction> wide(Rect rect) {
        rect = kit::inset(rect, 16);
        Rect foot = kit::take_bottom(rect, 88, 16);
        trouble(rect);
        for (int i = 0; i < 3; ++i) {
            Rect card = kit::cell(rect, {.columns = 3, .rows = 1, .gap = 16}, i);
            kit::card(ui_, card);
            Rect inner = kit::inset(card, 20);
            ui_.text(kit::take_top(inner, 40, 12), view_.titles[static_cast<std::size_t>(i)],
                     {.size = 24, .weight = kit::Weight::bold});
            page(inner, static_cast<ComplaintPage>(i));
        }
        back(kit::take_left(foot, 240, 16), complaint::Leave{});
        Rect button = kit::take_right(foot, 480, 16);
        save(button, 28);
        ui_.text(foot, view_.save_hint, {.role = Role::muted, .align = kit::Align::right});
        return action_;
    }

    std::optional<ComplaintAction> narrow(Rect rect) {
        rect = kit::inset(rect, 12);
        Rect foot = kit::take_bottom(rect, 88, 8);
        Rect head = kit::take_top(rect, 40, 8);
        ui_.text(kit::take_right(head, 70), view_.step,
                 {.role = Role::muted, .align = kit::Align::right});
        ui_.text(head, view_.titles[static_cast<std::size_t>(view_.page)],
                 {.size = 26, .weight = kit::Weight::bold, .shrink = true});
        trouble(rect);
        page(rect, view_.page);
        back(kit::take_left(foot, 150, 12), complaint::Back{});
        if (view_.page == ComplaintPage::customer) {
            ui_.text(kit::take_bottom(rect, 40), view_.save_hint,
                     {.role = Role::muted, .align = kit::Align::center, .shrink = true});
            save(foot, 24);
        } else if (kit::button(ui_, foot, view_.next,
                               {.look = kit::Look::primary,
                                .grade = kit::Grade::final,
                                .key = Key::f12,
                                .size = 28})) {
            action_ = complaint::Next{};
        }
        return action_;
    }

    /// As many lines as a box of this height has room for.
    int lines_in(float height) {
        return static_cast<int>((height - 26) / (ui_.type_size(22) * kit::line_height));
    }

    /// The field that is written, large, and nothing beside it.
    void written(Rect rect, ComplaintField id) {
        const ComplaintView::Field& field = view_.fields[static_cast<std::size_t>(id)];
        rect = kit::inset(rect, rect.w >= wide_from ? 20.0F : 12.0F);
        ui_.text(kit::take_top(rect, 44, 8), field.label,
                 {.size = 26, .weight = kit::Weight::bold});
        bool is_box = id == ComplaintField::what;
        float height = is_box ? std::min(rect.h, 240.0F) : 72.0F;
        kit::text_field(ui_, kit::take_top(rect, height, 12),
                        {.text = field.text,
                         .placeholder = is_box ? std::string_view() : field.placeholder,
                         .composing = writing_.composing(),
                         .active = true,
                         .lines = is_box ? lines_in(height) : 1,
                         .longest = field.longest,
                         .id = kit::id_of("written")});
        note(rect, field);
    }

  private:
    void trouble(Rect& rect) {
        if (view_.trouble.empty()) return;
        kit::banner(ui_, kit::take_top(rect, 68, 12),
                    {.words = view_.trouble, .role = Role::block, .icon = kit::Icon::warning});
    }

    void page(Rect& rect, ComplaintPage page) {
        if (page == ComplaintPage::what) {
            choices(kit::take_top(rect, 104, 14), view_.channel_label, view_.channels, Key::f1);
            float box = std::clamp(rect.h - 104 - 14, 140.0F, 230.0F);
            field(kit::take_top(rect, box, 14), ComplaintField::what);
            choices(kit::take_top(rect, 104), view_.severity_label, view_.severities, Key::f5);
        } else if (page == ComplaintPage::goods) {
            field(kit::take_top(rect, 104, 4), ComplaintField::item);
            note(kit::take_top(rect, ui_.is_large_text() ? 72.0F : 60.0F, 10),
                 view_.fields[static_cast<std::size_t>(ComplaintField::item)]);
            field(kit::take_top(rect, 104), ComplaintField::receipt);
        } else {
            field(kit::take_top(rect, 104, 14), ComplaintField::customer);
            field(kit::take_top(rect, 104, 14), ComplaintField::contact);
        }
    }

    void label(Rect rect, std::string_view words) {
        ui_.text(rect, words, {.size = 18, .role = Role::muted, .shrink = true});
    }

    void choices(Rect rect, std::string_view words, std::span<const ComplaintView::Choice> each,
                 Key first) {
        Rect head = kit::take_top(rect, 32);
        for (std::size_t i = each.size(); ui_.shows_key_caps() && i > 0; --i) {
            Key key = static_cast<Key>(static_cast<std::size_t>(first) + i - 1);
            Rect cap = kit::take_right(head, kit::key_cap_width(ui_, key), 4);
            kit::key_cap(ui_, {cap.x, cap.center().y - 1}, key);
        }
        label(head, words);
        kit::Grid grid{.columns = static_cast<int>(each.size()), .rows = 1};
        for (std::size_t i = 0; i < each.size(); ++i) {
            Key key = static_cast<Key>(static_cast<std::size_t>(first) + i);
            if (!kit::button(ui_, kit::cell(rect, grid, static_cast<int>(i)), each[i].words,
                             {.grade = kit::Grade::main,
                              .selected = each[i].chosen,
                              .size = 20,
                              .id = kit::id_of(words, i)}) &&
                !ui_.take_key(key))
                continue;
            if (first == Key::f1) {
                action_ = complaint::ChooseChannel{static_cast<ComplaintChannel>(i)};
            } else {
                action_ = complaint::ChooseSeverity{static_cast<ComplaintSeverity>(i)};
            }
        }
    }

    void field(Rect rect, ComplaintField id) {
        const ComplaintView::Field& of = view_.fields[static_cast<std::size_t>(id)];
        Key key = field_keys[static_cast<std::size_t>(id)];
        Rect head = kit::take_top(rect, 32);
        if (ui_.shows_key_caps()) {
            Rect cap = kit::take_right(head, kit::key_cap_width(ui_, key), 8);
            kit::key_cap(ui_, {cap.x, cap.center().y - 1}, key);
        }
        label(head, of.label);
        auto answer = kit::text_field(ui_, rect,
                                      {.text = of.text,
                                       .placeholder = of.placeholder,
                                       .lines = id == ComplaintField::what ? lines_in(rect.h) : 1,
                                       .id = kit::id_of(domain::to_text(id), 0xF1E1D)});
        if (answer.touched || ui_.take_key(key)) action_ = complaint::Touch{id};
    }

    void note(Rect rect, const ComplaintView::Field& of) {
        if (of.note.empty()) return;
        Role role = of.note_is_bad ? Role::block : Role::ok;
        Rect place = kit::take_top(rect, std::min(rect.h, ui_.is_large_text() ? 72.0F : 60.0F));
        kit::draw_icon(ui_, kit::centered(kit::take_left(place, 24, 10), {22, 22}),
                       of.note_is_bad ? kit::Icon::cross : kit::Icon::check, role);
        ui_.text(place, of.note, {.role = role, .lines = 2, .may_shorten = true, .shrink = true});
    }

    void back(Rect rect, const ComplaintAction& leads) {
        if (kit::button(ui_, rect, view_.back,
                        {.grade = kit::Grade::final, .key = Key::escape, .icon = kit::Icon::back}))
            action_ = leads;
    }

    void save(Rect rect, float size) {
        if (kit::button(ui_, rect, view_.save,
                        {.look = kit::Look::primary,
                         .grade = kit::Grade::final,
                         .key = Key::f12,
                         .enabled = view_.can_save,
                         .size = size}))
            action_ = complaint::Save{};
    }

    kit::Ui& ui_;
    const ComplaintView& view_;
    const Writing& writing_;
    std::optional<ComplaintAction> action_;
};

}  // namespace

std::optional<ComplaintAction> draw(kit::Ui& ui, const kit::TextTable& texts,
                                    const ComplaintView& view, Writing& writing, kit::Rect rect) {
    Drawing drawing(ui, view, writing);
    if (view.writing) {
        const ComplaintView::Field& field = view.fields[static_cast<std::size_t>(*view.writing)];
        writing.open(field_of(field, *view.writing), field.text);
        const kit::Rect keyboard = kit::take_bottom(rect, keyboard_height);
        WritingAnswer answer = writing.take_typed(ui);
        drawing.written(rect, *view.writing);
        writing.draw_keys(ui, texts, keyboard, answer);
        if (answer.changed || answer.done) return complaint::Wrote{answer.changed, answer.done};
        return std::nullopt;
    }
    writing.close();
    if (view.page == ComplaintPage::done) {
        const auto answer = draw(ui, view.done, rect);
        if (answer == SavedAnswer::another) return complaint::Another{};
        return answer ? std::optional<ComplaintAction>(complaint::Back{}) : std::nullopt;
    }
    return rect.w >= wide_from ? drawing.wide(rect) : drawing.narrow(rect);
}

}  // namespace fangxin::terminal
