#include "terminal/admin/list_page_view.hpp"

#include "terminal/kit/field.hpp"
#include "terminal/kit/panels.hpp"

#include <algorithm>

namespace fangxin::admin {

namespace {

using kit::Rect;
using kit::Role;

constexpr float bar_height = 56;
constexpr float gap = 8;
constexpr float detail_width = 368;
constexpr float large_detail_width = 328;  // tags need the room
constexpr float foot_height = 34;
constexpr std::size_t chips_beside_search = 4;
constexpr std::size_t longest_search = 60;
constexpr kit::Key search_key = kit::Key::f8;
constexpr kit::Key chips_key = kit::Key::f9;
constexpr kit::Key picker_key = kit::Key::f10;

kit::ButtonStyle style_of(const ActionView& action) {
    return {.look = action.look,
            .grade = kit::Grade::main,
            .key = action.key,
            .sub = action.sub,
            .enabled = action.enabled,
            .size = 22};
}

class PageDrawing {
  public:
    PageDrawing(kit::Ui& ui, const kit::TextTable& texts, const ListPageView& view)
        : ui_(ui), texts_(texts), view_(view) {}

    std::optional<ListAction> run(Rect rest) {
        head(rest);
        const float usual = ui_.is_large_text() ? large_detail_width : detail_width;
        Rect side = take_right(rest, std::max(usual, view_.detail_width), 16);
        table_card(rest);
        if (!view_.bars.empty()) {
            const auto rows = static_cast<float>(view_.bars.size());
            Rect bars = take_top(side, ui_.grown(48) + rows * ui_.grown(34) + 14, 16);
            kit::card(ui_, bars);
            bars = kit::inset(bars, kit::Padding{20, 10});
            ui_.text(take_top(bars, ui_.grown(36)), view_.bars_title,
                     {.weight = kit::Weight::bold, .shrink = true});
            draw_bars(ui_, bars, view_.bars);
        }
        detail(side);
        if (view_.picker && view_.picker->open) picker();
        return action_;
    }

  private:
    void head(Rect& rest) {
        Rect bar = take_top(rest, bar_height, gap);
        if (view_.action) {
            const Rect at = take_right(bar, 220, gap);
            kit::ButtonStyle style = style_of(*view_.action);
            style.grade = kit::Grade::normal;
            style.size = 20;
            if (kit::button(ui_, at, view_.action->words, style)) action_ = PageActed{};
        }
        if (view_.picker) {
            const Rect at = take_right(bar, 256, gap);
            if (kit::button(ui_, at, view_.picker->words,
                            {.key = picker_key,
                             .icon = kit::Icon::down,
                             .selected = view_.picker->selected != 0}))
                action_ = PickerOpened{};
        }
        const bool own_row = view_.chips.size() > chips_beside_search;
        if (view_.search) {
            const float width = own_row || view_.chips.empty() ? bar.w : std::min(bar.w, 340.0F);
            if (auto typed = draw_search(ui_, take_left(bar, width, gap), *view_.search))
                action_ = std::move(typed);
        }
        if (!view_.chips.empty()) {
            const Rect at = own_row ? take_top(rest, bar_height, gap) : bar;
            if (const auto index = draw_chips(ui_, at, view_.chips, chips_key))
                action_ = ChipChosen{*index};
        }
        take_top(rest, 4);
    }

    void table_card(Rect rect) {
        kit::card(ui_, rect);
        if (view_.rows.empty()) {
            kit::empty_state(
                ui_, kit::inset(rect, 20),
                {.icon = view_.empty_icon, .title = view_.empty_title, .hint = view_.empty_hint});
            return;
        }
        Rect inner = kit::inset(rect, 2);
        const Rect foot = take_bottom(inner, ui_.grown(foot_height));
        std::vector<kit::Column> columns;
        for (const ColumnView& column : view_.columns)
            columns.push_back({column.title, column.width, column.align});
        const kit::TableAnswer answer =
            kit::table(ui_, inner,
                       {.name = view_.name,
                        .columns = columns,
                        .row_count = view_.rows.size(),
                        .row = [this](std::size_t index) { return view_.rows[index]; },
                        .selected = view_.selected,
                        .row_height = view_.row_height + (ui_.is_large_text() ? 12.0F : 0),
                        .header_height = ui_.grown(40)});
        if (answer.chosen) action_ = RowChosen{view_.ids[*answer.chosen]};
        ui_.divider({foot.x, foot.y}, foot.w);
        ui_.text(kit::inset(foot, kit::Padding{18, 0}), view_.count,
                 {.size = 17, .role = Role::muted, .shrink = true});
    }

    void detail(Rect rect) {
        kit::card(ui_, rect);
        if (!view_.detail) {
            kit::empty_state(ui_, kit::inset(rect, 16),
                             {.icon = kit::Icon::list, .title = {}, .hint = view_.detail_hint});
            return;
        }
        const DetailView& of = *view_.detail;
        Rect inner = kit::inset(rect, kit::Padding{20, 16});
        actions(inner, of);
        const float needs = ui_.height_of(of.title, {22, kit::Weight::bold}, {inner.w, 2});
        ui_.text(take_top(inner, needs + 2, 10), of.title,
                 {.size = 22, .weight = kit::Weight::bold, .lines = 2, .may_shorten = true});
        tags(inner, of);
        if (of.notice) {
            const float lines =
                ui_.height_of(of.notice->words, {18, kit::Weight::regular}, {inner.w - 66, 6});
            notice(take_top(inner, lines + 18, 12), *of.notice);
        }
        if (!of.boxes.empty()) boxes(take_top(inner, ui_.grown(64), 12), of);
        if (of.picture) {
            const float side = std::min(inner.w, inner.h * 0.66F);
            kit::photo(ui_, take_top(inner, side, 12), of.picture, "");
        }
        sections(inner, of);
    }

    void boxes(Rect rect, const DetailView& of) {
        const auto count = static_cast<float>(of.boxes.size());
        std::size_t longest = 1;
        for (const DigitBox& each : of.boxes)
            longest = std::max(longest, each.digit.size());
        const float width = std::min(30.0F * static_cast<float>(longest), rect.w / count);
        for (const DigitBox& each : of.boxes) {
            Rect box = take_left(rect, width);
            Rect letter = each.letter.empty() ? Rect{} : take_bottom(box, rect.h * 0.42F);
            ui_.fill(kit::inset(box, kit::Padding{1, 0}), kit::soft_of(each.role), 4);
            ui_.text(box, each.digit,
                     {.size = 21, .weight = kit::Weight::bold, .align = kit::Align::center});
            if (each.letter.empty()) continue;
            ui_.text(letter, each.letter,
                     {.size = 17, .role = each.role, .align = kit::Align::center});
        }
    }

    void actions(Rect& inner, const DetailView& of) {
        if (of.actions.size() > 2) return paired_actions(inner, of);
        for (std::size_t i = of.actions.size(); i > 0; --i) {
            const ActionView& action = of.actions[i - 1];
            const Rect at = take_bottom(inner, 72, i == 1 ? 14 : gap);
            if (kit::button(ui_, at, action.words, style_of(action))) action_ = RowActed{i - 1};
        }
    }

    void paired_actions(Rect& inner, const DetailView& of) {
        const std::size_t rows = (of.actions.size() + 1) / 2;
        const float height = static_cast<float>(rows) * (72 + gap) - gap;
        const Rect all = take_bottom(inner, height, 14);
        for (std::size_t i = 0; i < of.actions.size(); ++i) {
            const Rect at = kit::cell(all, {2, static_cast<int>(rows), gap}, static_cast<int>(i));
            kit::ButtonStyle style = style_of(of.actions[i]);
            style.size = 20;
            if (kit::button(ui_, at, of.actions[i].words, style)) action_ = RowActed{i};
        }
    }

    void tags(Rect& inner, const DetailView& of) {
        if (of.tags.empty()) return;
        Rect line = take_top(inner, ui_.grown(26), 8);
        for (const kit::RowTag& each : of.tags) {
            const float width = kit::tag_width(ui_, each.words, {.role = each.role});
            if (width > line.w) break;
            kit::tag(ui_, {line.x, line.center().y}, each.words, {.role = each.role});
            take_left(line, width, 6);
        }
    }

    void notice(Rect rect, const NoticeView& of) {
        ui_.fill(rect, kit::soft_of(of.role), 12);
        Rect inner = kit::inset(rect, kit::Padding{14, 8});
        if (of.icon != kit::Icon::none) {
            kit::draw_icon(ui_, kit::centered(take_left(inner, 26, 10), {24, 24}), of.icon,
                           of.role);
        }
        ui_.text(inner, of.words, {.size = 18, .role = of.role, .lines = 6});
    }

    void sections(Rect rect, const DetailView& of) {
        std::vector<SectionView> all;
        all.push_back({.title = {}, .facts = of.facts, .lines = {}});
        all.insert(all.end(), of.sections.begin(), of.sections.end());
        SectionDrawing place{.rect = rect, .key_width = of.key_width, .measure_only = true};
        place.rect.w -= 6;
        float height = 0;
        for (const SectionView& each : all)
            height += draw_section(ui_, each, place);
        const kit::Ui::ScrollArea area{kit::id_of(view_.name, 0xDE7A11), rect, height};
        place.rect.y -= ui_.begin_scroll(area);
        place.measure_only = false;
        for (const SectionView& each : all)
            place.rect.y += draw_section(ui_, each, place);
        ui_.end_scroll(area);
    }

    void picker() {
        const PickerView& of = *view_.picker;
        constexpr int columns = 3;
        const auto count = static_cast<int>(of.choices.size());
        const int rows = (count + columns - 1) / columns;
        const int shown_rows = std::min(rows, 7);
        const float body = static_cast<float>(shown_rows) * (bar_height + gap);
        kit::Dialog dialog(ui_, {.size = {820, body + 212}, .title = of.title});
        Rect rest = dialog.body();
        if (kit::button(ui_, take_bottom(rest, 72, 12), texts_.tr("Cancel"),
                        {.grade = kit::Grade::main, .key = kit::Key::escape}))
            action_ = PickerClosed{};
        rest = kit::inset(rest, kit::Padding{0, 4});
        const float content = static_cast<float>(rows) * (bar_height + gap);
        const kit::Ui::ScrollArea area{kit::id_of(view_.name, 0x91C4E2), rest, content};
        const float offset = ui_.begin_scroll(area);
        const Rect all{rest.x + 4, rest.y - offset + 2, rest.w - 14, content - gap};
        for (int i = 0; i < count; ++i) {
            const PickerView::Choice& choice = of.choices[static_cast<std::size_t>(i)];
            const bool selected = of.selected == static_cast<std::size_t>(i);
            const Rect at = kit::cell(all, {columns, rows, gap}, i);
            if (kit::button(ui_, at, choice.words, {.selected = selected}))
                action_ = Picked{choice.id};
        }
        ui_.end_scroll(area);
    }

    kit::Ui& ui_;
    const kit::TextTable& texts_;
    const ListPageView& view_;
    std::optional<ListAction> action_;
};

}  // namespace

std::optional<ListAction> draw(kit::Ui& ui, const kit::TextTable& texts, const ListPageView& view,
                               Rect rect) {
    return PageDrawing(ui, texts, view).run(rect);
}

std::optional<std::size_t> draw_chips(kit::Ui& ui, Rect rect, const std::vector<ChipView>& chips,
                                      kit::Key key) {
    std::optional<std::size_t> touched;
    const auto selected = std::ranges::find(chips, true, &ChipView::selected) - chips.begin();
    const std::size_t next = (static_cast<std::size_t>(selected) + 1) % chips.size();
    const kit::Grid grid{static_cast<int>(chips.size()), 1, gap};
    // One key goes on from chip to chip: struck twice it means it, though another chip has it then.
    if (ui.take_key(key)) touched = next;
    for (std::size_t i = 0; i < chips.size(); ++i) {
        const bool has_key = i == next && chips.size() > 1;
        const kit::ButtonStyle style{
            .key = has_key ? key : kit::Key::none, .selected = chips[i].selected, .size = 19};
        const Rect at = kit::cell(rect, grid, static_cast<int>(i));
        if (kit::button(ui, at, chips[i].words, style)) touched = i;
    }
    return touched;
}

float draw_section(kit::Ui& ui, const SectionView& section, const SectionDrawing& drawing) {
    constexpr float size = 18;
    const float line = ui.grown(28);
    Rect rest = drawing.rect;
    if (!section.title.empty()) {
        take_top(rest, 8);
        const Rect title = take_top(rest, ui.grown(34));
        if (!drawing.measure_only) {
            ui.divider({title.x, title.y}, title.w);
            ui.text(title, section.title,
                    {.size = 18, .weight = kit::Weight::bold, .shrink = true});
        }
    }
    const float key_width = ui.grown(drawing.key_width);
    for (const kit::KeyValue& each : section.facts) {
        const kit::Weight weight = each.bold ? kit::Weight::bold : kit::Weight::regular;
        const float width = rest.w - key_width - 8;
        const float needs = ui.height_of(each.value, {size, weight}, {width, 8});
        Rect row = take_top(rest, std::max(line, needs + 4));
        if (drawing.measure_only) continue;
        Rect name = take_left(row, key_width, 8);
        name.h = line;
        ui.text(name, each.key, {.size = size, .role = Role::muted, .shrink = true});
        ui.text(row, each.value, {.size = size, .weight = weight, .role = each.role, .lines = 8});
    }
    for (const NoticeView& each : section.lines) {
        const float icon = each.icon == kit::Icon::none ? 0 : 30;
        const float needs =
            ui.height_of(each.words, {size, kit::Weight::regular}, {rest.w - icon, 8});
        Rect row = take_top(rest, std::max(line, needs + 6));
        if (drawing.measure_only) continue;
        if (icon > 0) {
            Rect sign = take_left(row, 22, 8);
            sign.h = line;
            kit::draw_icon(ui, kit::centered(sign, {20, 20}), each.icon, each.role);
        }
        ui.text(row, each.words, {.size = size, .role = each.role, .lines = 8});
    }
    return rest.y - drawing.rect.y;
}

void draw_bars(kit::Ui& ui, Rect rest, const std::vector<BarView>& bars) {
    std::int64_t most = 1;
    float name_width = 0;
    for (const BarView& bar : bars) {
        most = std::max(most, bar.count);
        name_width = std::max(name_width, ui.width_of(bar.words, {18, kit::Weight::regular}));
    }
    name_width = std::min(name_width + 10, rest.w * 0.66F);
    const float step = std::min(ui.grown(34), rest.h / static_cast<float>(bars.size()));
    for (const BarView& bar : bars) {
        Rect row = take_top(rest, step);
        ui.text(take_left(row, name_width), bar.words, {.size = 18, .shrink = true});
        const Rect number = take_right(row, ui.grown(44));
        const float part = static_cast<float>(bar.count) / static_cast<float>(most);
        ui.fill({row.x, row.center().y - 8, std::max(4.0F, row.w * part), 16}, bar.role, 4);
        ui.text(
            number, std::to_string(bar.count),
            {.size = 18, .weight = kit::Weight::bold, .align = kit::Align::right, .shrink = true});
    }
}

std::optional<ListAction> draw_search(kit::Ui& ui, Rect rect, const SearchView& search) {
    kit::FieldAnswer answer = kit::text_field(ui, rect,
                                              {.text = search.text,
                                               .placeholder = search.placeholder,
                                               .composing = search.composing,
                                               .icon = kit::Icon::search,
                                               .active = search.active,
                                               .longest = longest_search,
                                               .id = kit::id_of("admin search")});
    const float width = kit::key_cap_width(ui, search_key);
    const std::string& words = search.text.empty() ? search.placeholder : search.text;
    const float taken = 70 + ui.width_of(words, {22, kit::Weight::regular}) + width;
    if (!search.active && ui.shows_key_caps() && taken < rect.w - 20) {
        kit::key_cap(ui, {rect.right() - width - 14, rect.center().y}, search_key);
    }
    if (answer.changed) return SearchTyped{std::move(*answer.changed)};
    if (answer.entered) return SearchLeft{};
    const bool by_key = !search.active && ui.take_key(search_key);
    if (answer.touched || by_key) return SearchTouched{};
    return std::nullopt;
}

}  // namespace fangxin::admin
