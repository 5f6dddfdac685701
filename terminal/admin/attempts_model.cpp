#include "terminal/admin/attempts_model.hpp"

#include "domain/words.hpp"
#include "terminal/admin/figures_text.hpp"
#include "terminal/admin/today_model.hpp"

#include <algorithm>
#include <array>

namespace fangxin::admin {

namespace {

using domain::Reason;
using kit::Role;

constexpr std::array days{AttemptDays::today, AttemptDays::yesterday, AttemptDays::week,
                          AttemptDays::all};

std::string words_of(AttemptDays which, const kit::TextTable& texts) {
    switch (which) {
        case AttemptDays::today:
            return texts.tr("Today");
        case AttemptDays::yesterday:
            return texts.tr("Yesterday");
        case AttemptDays::week:
            return texts.tr("7 days");
        case AttemptDays::all:
            break;
    }
    return texts.tr_c("of a filter", "All");
}

bool is_in(AttemptDays which, const domain::StoreTime& at, const domain::StoreTime& now) {
    const auto ago = std::chrono::duration_cast<std::chrono::days>(now.date() - at.date()).count();
    switch (which) {
        case AttemptDays::today:
            return ago == 0;
        case AttemptDays::yesterday:
            return ago == 1;
        case AttemptDays::week:
            return ago < 7;
        case AttemptDays::all:
            break;
    }
    return true;
}

bool has(const AttemptFact& fact, const std::string& picked) {
    if (picked.empty()) return true;
    const auto is_picked = [&](Reason each) { return domain::to_text(each) == picked; };
    return std::ranges::any_of(fact.reasons, is_picked);
}

kit::Row row_of(const AttemptFact& fact, const domain::StoreTime& now,
                const kit::TextTable& texts) {
    kit::Row row;
    row.cells = {{.text = when_text({fact.at, now}), .size = 18},
                 {.text = fact.item_name.empty() ? fact.code : fact.item_name},
                 {.text = fact.terminal, .size = 18},
                 {.text = fact.person, .size = 18}};
    if (!fact.reasons.empty())
        row.tags.push_back({reason_title(fact.reasons.front(), texts), Role::block});
    if (fact.reasons.size() > 1)
        row.tags.push_back({reason_title(fact.reasons[1], texts), Role::block});
    return row;
}

DetailView detail_of(const AttemptFact& fact, const domain::StoreTime& now,
                     const kit::TextTable& texts) {
    DetailView detail{.title = fact.item_name.empty() ? fact.code : fact.item_name};
    const auto add = [&](const char* name, std::string value) {
        if (!value.empty()) detail.facts.push_back({.key = name, .value = std::move(value)});
    };
    add(texts.tr("When"), when_text({fact.at, now}));
    add(texts.tr("Till"), fact.terminal);
    add(texts.tr("Cashier"), fact.person);
    add(texts.tr("Batch"), fact.batch);
    add(texts.tr("Scanned"), fact.code);
    const bool chinese = texts.language() == domain::Language::zh;
    for (const Reason each : fact.reasons) {
        const domain::ReasonWords& words = domain::words_of(each);
        SectionView section{.title = reason_title(each, texts), .facts = {}, .lines = {}};
        section.lines = {{.words = std::string(chinese ? words.action.zh : words.action.en),
                          .role = Role::text}};
        section.facts = {{.key = texts.tr("Clause"),
                          .value = std::string(chinese ? words.clause.zh : words.clause.en)}};
        detail.sections.push_back(std::move(section));
    }
    return detail;
}

/// Each attempt counts by its worst reason, so that the bars add up to what was refused.
void add_bars(ListPageView& view, const std::vector<const AttemptFact*>& on_days,
              const kit::TextTable& texts) {
    view.bars_title = texts.tr("By reason");
    for (const auto& row : domain::EnumTable<Reason>::rows) {
        const auto count = std::ranges::count_if(on_days, [&](const AttemptFact* each) {
            return !each->reasons.empty() && each->reasons.front() == row.value;
        });
        if (count > 0) view.bars.push_back({reason_title(row.value, texts), count, Role::block});
    }
    std::ranges::stable_sort(view.bars, std::ranges::greater{}, &BarView::count);
    constexpr std::size_t most_bars = 5;
    if (view.bars.size() > most_bars) view.bars.resize(most_bars);
}

void add_picker(ListPageView& view, const ListState& state, const AttemptsFacts& facts,
                const kit::TextTable& texts) {
    PickerView picker{.title = texts.tr("Reason"), .open = state.picking};
    picker.choices.push_back({{}, texts.tr("All reasons")});
    for (const auto& row : domain::EnumTable<Reason>::rows) {
        const std::string id(row.text);
        const bool occurs = std::ranges::any_of(
            facts.attempts, [&](const AttemptFact& each) { return has(each, id); });
        if (!occurs && id != state.picked) continue;
        if (id == state.picked) picker.selected = picker.choices.size();
        picker.choices.push_back({id, reason_title(row.value, texts)});
    }
    picker.words = picker.choices[picker.selected].words;
    view.picker = std::move(picker);
}

AttemptDays days_of(const ListState& state) {
    return days[std::min(state.filter, days.size() - 1)];
}

}  // namespace

std::int64_t attempts_since_ms(const ListState& state, const domain::StoreTime& now) {
    constexpr std::int64_t longest_day_ms = 25LL * 3'600'000;  // when clocks are set back
    switch (days_of(state)) {
        case AttemptDays::today:
            return now.utc_ms - longest_day_ms;
        case AttemptDays::yesterday:
            return now.utc_ms - 2 * longest_day_ms;
        case AttemptDays::week:
            return now.utc_ms - 7 * longest_day_ms;
        case AttemptDays::all:
            break;
    }
    return 0;
}

ListPageView present_attempts(const ListState& state, const AttemptsFacts& facts,
                              const kit::TextTable& texts) {
    ListPageView view{.name = "admin attempts"};
    const AttemptDays which = days_of(state);
    for (const AttemptDays each : days)
        view.chips.push_back({words_of(each, texts), each == which});
    add_picker(view, state, facts, texts);
    view.columns = {{.title = texts.tr("When"), .width = 108},
                    {.title = texts.tr_c("of goods", "Name")},
                    {.title = texts.tr("Till"), .width = 112},
                    {.title = texts.tr("Cashier"), .width = 88}};
    std::vector<const AttemptFact*> on_days;
    std::size_t found = 0;
    for (const AttemptFact& each : facts.attempts) {
        if (!is_in(which, each.at, facts.now)) continue;
        on_days.push_back(&each);
        if (!has(each, state.picked)) continue;
        ++found;
        if (is_full(view)) continue;
        add_row(view, state, each.id, row_of(each, facts.now, texts));
        if (each.id == state.chosen) view.detail = detail_of(each, facts.now, texts);
    }
    add_bars(view, on_days, texts);
    view.count = count_text(
        {view.rows.size(), found},
        texts.tr_n("{} blocked sale", "{} blocked sales", static_cast<std::int64_t>(found)), texts);
    view.detail_hint = texts.tr("Choose a row to see why");
    view.empty_icon = kit::Icon::check;
    view.empty_title = texts.tr("Nothing was refused");
    view.empty_hint = which == AttemptDays::all ? texts.tr("No till has stopped a sale yet")
                                                : texts.tr("Look at more days to see others");
    return view;
}

}  // namespace fangxin::admin
