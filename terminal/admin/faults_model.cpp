#include "terminal/admin/faults_model.hpp"

#include "terminal/admin/figures_text.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

namespace fangxin::admin {

namespace {

using domain::FaultSeverity;
using domain::FaultState;
using kit::Role;

constexpr std::array filters{FaultFilter::open, FaultFilter::taken, FaultFilter::fixed,
                             FaultFilter::year};

bool fits(const FaultFact& fact, FaultFilter filter) {
    if (filter == FaultFilter::open) return fact.state == FaultState::open;
    if (filter == FaultFilter::taken) return fact.state == FaultState::taken;
    return filter == FaultFilter::year || fact.state == FaultState::fixed;
}

/// A terminal writes a code; what a person wrote is no code, whatever it looks like.
std::string what_of(const FaultFact& fact, const kit::TextTable& texts) {
    return fact.raised_by.empty() ? fault_words(fact.what, texts) : fact.what;
}

std::string words_of(FaultFilter filter, const kit::TextTable& texts) {
    if (filter == FaultFilter::open) return texts.tr_c("of faults", "Open");
    if (filter == FaultFilter::taken) return texts.tr_c("of faults", "In hand");
    if (filter == FaultFilter::fixed) return texts.tr_c("of faults", "Mended");
    return texts.tr("This year");
}

kit::RowTag state_tag(const FaultFact& fact, const domain::StoreTime& now,
                      const kit::TextTable& texts) {
    if (is_overdue(fact, now)) return {texts.tr("Overdue"), Role::block};
    if (fact.state == FaultState::open) return {texts.tr_c("of faults", "Open"), Role::warn};
    if (fact.state == FaultState::taken) return {texts.tr_c("of faults", "In hand"), Role::primary};
    return {texts.tr_c("of faults", "Mended"), Role::ok};
}

std::vector<kit::RowTag> tags_of(const FaultFact& fact, const domain::StoreTime& now,
                                 const kit::TextTable& texts) {
    std::vector<kit::RowTag> tags{state_tag(fact, now, texts), severity_tag(fact.severity, texts)};
    if (fact.well_at && fact.state != FaultState::fixed)
        tags.push_back({texts.tr("Works again"), Role::ok});
    return tags;
}

kit::Row row_of(const FaultFact& fact, const domain::StoreTime& now, const kit::TextTable& texts) {
    kit::Row row;
    row.cells = {
        {.text = fmt::format("{} · {}", device_words(fact.device, texts), what_of(fact, texts))},
        {.text = fact.terminal, .size = 18},
        {.text = "—", .size = 18, .role = Role::muted}};
    if (fact.state == FaultState::open) {
        row.cells[2] = {.text = due_text({fact.due, now}, texts),
                        .size = 18,
                        .role = is_overdue(fact, now) ? Role::block : Role::text};
    } else if (fact.state == FaultState::taken) {
        row.cells[2] = {.text = fact.taken_by, .size = 18};
    } else if (fact.fixed_at) {
        row.cells[2] = {.text = when_text({*fact.fixed_at, now}), .size = 18};
    }
    row.tags = tags_of(fact, now, texts);
    return row;
}

std::string moment(const std::optional<domain::StoreTime>& at, const std::string& by,
                   const domain::StoreTime& now) {
    if (!at) return {};
    const std::string when = when_text({*at, now});
    return by.empty() ? when : fmt::format("{} · {}", when, by);
}

std::optional<NoticeView> notice_of(const FaultFact& fact, const domain::StoreTime& now,
                                    const kit::TextTable& texts) {
    if (fact.state == FaultState::fixed) return std::nullopt;
    if (fact.well_at) {
        return NoticeView{texts.tr("It works again by itself: say what the cause was"), Role::ok,
                          kit::Icon::check};
    }
    if (fact.state == FaultState::taken) return std::nullopt;
    const bool late = is_overdue(fact, now);
    const std::string due = due_text({fact.due, now}, texts);
    return NoticeView{late ? texts.tr("Nobody is there yet, {}: send somebody now", due)
                           : texts.tr("Somebody on site: {}", due),
                      late ? Role::block : Role::primary, kit::Icon::clock};
}

DetailView detail_of(const FaultFact& fact, const FaultsFacts& facts, const kit::TextTable& texts) {
    const domain::StoreTime& now = facts.now;
    DetailView detail{
        .title = fmt::format("{} · {}", device_words(fact.device, texts), fact.terminal),
        .tags = tags_of(fact, now, texts),
        .notice = notice_of(fact, now, texts)};
    const auto add = [&](const char* name, std::string value, Role role = Role::text) {
        if (!value.empty())
            detail.facts.push_back({.key = name, .value = std::move(value), .role = role});
    };
    add(texts.tr("Number"), fact.id);
    add(texts.tr("Raised"),
        moment(fact.raised_at, fact.raised_by.empty() ? texts.tr("by itself") : fact.raised_by,
               now));
    add(texts.tr_c("of faults", "Due"), when_text({fact.due, now}),
        is_overdue(fact, now) ? Role::block : Role::text);
    add(texts.tr_c("of faults", "In hand"), moment(fact.taken_at, fact.taken_by, now));
    add(texts.tr("Works since"), moment(fact.well_at, "", now));
    add(texts.tr_c("of faults", "Mended"), moment(fact.fixed_at, fact.fixed_by, now));
    SectionView what{.title = texts.tr("What is wrong"), .facts = {}, .lines = {}};
    what.lines.push_back({what_of(fact, texts), Role::text, kit::Icon::none});
    if (!fact.detail.empty()) what.lines.push_back({fact.detail, Role::muted, kit::Icon::none});
    detail.sections.push_back(std::move(what));
    if (fact.state == FaultState::fixed) {
        detail.sections.push_back({.title = texts.tr("Cause"),
                                   .facts = {},
                                   .lines = {{fact.cause, Role::text, kit::Icon::none}}});
        detail.sections.push_back({.title = texts.tr("What was done"),
                                   .facts = {},
                                   .lines = {{fact.fix, Role::text, kit::Icon::none}}});
    }
    for (const FaultDeed deed : deeds_of(fact, facts)) {
        const bool takes = deed == FaultDeed::take;
        detail.actions.push_back({.words = takes ? texts.tr("I am on it") : texts.tr("Mended…"),
                                  .key = takes ? kit::Key::none : kit::Key::f12,
                                  .look = takes ? kit::Look::normal : kit::Look::primary});
    }
    if (detail.actions.empty() && fact.state != FaultState::fixed) {
        detail.sections.back().lines.push_back(
            {texts.tr("A shift lead, the manager or who keeps the instruments closes it"),
             Role::muted, kit::Icon::lock});
    }
    return detail;
}

/// How the year went: counts by severity and by kind of device, the most first.
void add_summary(ListPageView& view, const FaultsFacts& facts, const kit::TextTable& texts) {
    constexpr std::size_t most_devices = 3;
    std::map<FaultSeverity, std::int64_t> by_severity;
    std::map<std::string, std::int64_t> by_device;
    std::int64_t answered = 0;
    std::int64_t in_time = 0;
    for (const FaultFact& each : facts.faults) {
        ++by_severity[each.severity];
        ++by_device[each.device.substr(0, each.device.find('-'))];
        const auto known = answered_in_time(each, facts.now);
        answered += known ? 1 : 0;
        in_time += known.value_or(false) ? 1 : 0;
    }
    if (facts.faults.empty()) return;
    view.bars_title = answered == 0
                          ? texts.tr("Last 12 months")
                          : texts.tr("Last 12 months · {}% in time", in_time * 100 / answered);
    for (const auto& [severity, count] : by_severity)
        view.bars.push_back(
            {severity_words(severity, texts), count, severity_tag(severity, texts).role});
    std::vector<std::pair<std::string, std::int64_t>> devices(by_device.begin(), by_device.end());
    std::ranges::stable_sort(devices,
                             [](const auto& a, const auto& b) { return a.second > b.second; });
    if (devices.size() > most_devices) devices.resize(most_devices);
    for (const auto& [device, count] : devices)
        view.bars.push_back({device_words(device, texts), count, Role::primary});
}

}  // namespace

bool is_overdue(const FaultFact& fact, const domain::StoreTime& now) {
    return fact.state == FaultState::open && now.utc_ms > fact.due.utc_ms;
}

std::optional<bool> answered_in_time(const FaultFact& fact, const domain::StoreTime& now) {
    const auto& there = fact.taken_at ? fact.taken_at : fact.fixed_at;
    if (there) return there->utc_ms <= fact.due.utc_ms;
    if (is_overdue(fact, now)) return false;
    return std::nullopt;
}

ListPageView present_faults(const ListState& state, const FaultsFacts& facts,
                            const kit::TextTable& texts) {
    ListPageView view{.name = "admin faults"};
    const FaultFilter chosen = filters[std::min(state.filter, filters.size() - 1)];
    for (const FaultFilter each : filters) {
        const auto count =
            std::ranges::count_if(facts.faults, [&](const auto& fact) { return fits(fact, each); });
        view.chips.push_back({fmt::format("{} {}", words_of(each, texts), count), each == chosen});
    }
    view.action = ActionView{.words = texts.tr("Report a fault"), .key = kit::Key::f11};
    view.columns = {{.title = texts.tr("Device")},
                    {.title = texts.tr_c("of a list", "Terminal"), .width = 120},
                    {.title = texts.tr_c("of faults", "Due"), .width = 150}};
    std::vector<const FaultFact*> shown;
    for (const FaultFact& each : facts.faults) {
        if (fits(each, chosen)) shown.push_back(&each);
    }
    const bool waits = chosen == FaultFilter::open || chosen == FaultFilter::taken;
    std::ranges::stable_sort(shown, [&](const auto* a, const auto* b) {
        return waits ? a->due.utc_ms < b->due.utc_ms : a->raised_at.utc_ms > b->raised_at.utc_ms;
    });
    for (const FaultFact* each : shown) {
        if (is_full(view)) break;
        add_row(view, state, each->id, row_of(*each, facts.now, texts));
        if (each->id == state.chosen) view.detail = detail_of(*each, facts, texts);
    }
    if (chosen == FaultFilter::year) add_summary(view, facts, texts);
    view.count = count_text(
        {view.rows.size(), shown.size()},
        texts.tr_n("{} fault", "{} faults", static_cast<std::int64_t>(shown.size())), texts);
    view.detail_hint = texts.tr("Choose a fault to see all of it");
    view.empty_icon = kit::Icon::check;
    view.empty_title = texts.tr("No faults here");
    view.empty_hint = texts.tr("Terminals report what they notice; anybody can report more");
    return view;
}

const FaultFact* chosen_fault(const ListState& state, const FaultsFacts& facts) {
    const auto found = std::ranges::find(facts.faults, state.chosen, &FaultFact::id);
    return found == facts.faults.end() ? nullptr : &*found;
}

std::vector<FaultDeed> deeds_of(const FaultFact& fact, const FaultsFacts& facts) {
    if (!facts.may_work || fact.state == FaultState::fixed) return {};
    if (fact.state == FaultState::taken) return {FaultDeed::fix};
    return {FaultDeed::take, FaultDeed::fix};
}

FormDraft begin_raising() {
    return {.kind = FormKind::raise_fault,
            .subject = {},
            .values = {{"severity", "C"}, {"device", "scale"}},
            .order = {"what"},
            .field = {},
            .trouble = {}};
}

FormDraft begin_fixing(const FaultFact& fact) {
    return {.kind = FormKind::fix_fault,
            .subject = fact.id,
            .values = {},
            .order = {"cause", "fix"},
            .field = "cause",
            .trouble = {}};
}

FormView present_fault_form(const FormDraft& draft, const FaultsFacts& facts,
                            const kit::TextTable& texts) {
    FormView view{.back = texts.tr("Back"), .trouble = draft.trouble};
    FormFields fields(view, draft);
    if (draft.kind == FormKind::fix_fault) {
        const FaultFact* fault = chosen_fault({.chosen = draft.subject}, facts);
        view.title = texts.tr("Close the fault");
        if (fault != nullptr) {
            view.title =
                fmt::format("{} · {}", device_words(fault->device, texts), what_of(*fault, texts));
        }
        for (const auto& [id, label] :
             {std::pair{"cause", texts.tr("Cause")}, std::pair{"fix", texts.tr("What was done")}}) {
            FormView::Field& field = fields.typed(id, label);
            field.wide = field.chinese = true;
        }
        view.done = {.words = texts.tr("It is mended"),
                     .enabled = !draft.value("cause").empty() && !draft.value("fix").empty()};
        return view;
    }
    view.title = texts.tr("Report a fault");
    std::vector<FormView::Choice> first;
    std::vector<FormView::Choice> second;
    for (std::size_t i = 0; i < facts.devices.size(); ++i) {
        auto& row = i < (facts.devices.size() + 1) / 2 ? first : second;
        row.push_back({facts.devices[i], device_words(facts.devices[i], texts)});
    }
    fields.picked("device", texts.tr("Device"), std::move(first));
    fields.picked("device", "", std::move(second));
    std::vector<FormView::Choice> severities;
    for (const auto& row : domain::EnumTable<FaultSeverity>::rows)
        severities.push_back({std::string(row.text), severity_words(row.value, texts)});
    fields.picked("severity", texts.tr("Severity"), std::move(severities));
    FormView::Field& what = fields.typed("what", texts.tr("What is wrong"));
    what.wide = what.chinese = true;
    view.done = {.words = texts.tr("Report it"), .enabled = !draft.value("what").empty()};
    return view;
}

}  // namespace fangxin::admin
