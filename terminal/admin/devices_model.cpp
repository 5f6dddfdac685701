#include "terminal/admin/devices_model.hpp"

#include "domain/text_width.hpp"
#include "terminal/admin/figures_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::admin {

namespace {

using kit::Role;

std::int64_t count_of(const SetupFact& fact, std::string_view state) {
    return std::ranges::count(fact.devices, state, &DeviceFact::state);
}

/// An icon, a colour and a word: three say it.
NoticeView state_line(const DeviceFact& fact, const domain::StoreTime& now,
                      const kit::TextTable& texts) {
    const std::string since = when_text({fact.since, now});
    if (fact.state == "found")
        return {texts.tr("Works, since {}", since), Role::ok, kit::Icon::check};
    if (fact.state == "removed")
        return {texts.tr("Taken out of the devices file, {}", since), Role::muted,
                kit::Icon::minus};
    if (fact.state == "unknown")
        return {texts.tr("Not tried yet"), Role::muted, kit::Icon::question};
    const std::string why = fact.reason.empty() ? "" : fault_words(fact.reason, texts);
    if (fact.state == "warned")
        return {fmt::format("{} · {}", why, since), Role::warn, kit::Icon::warning};
    return {why.empty() ? texts.tr("Gone, since {}", since) : texts.tr("{} (since {})", why, since),
            Role::block, kit::Icon::exclamation};
}

std::vector<kit::RowTag> tags_of(const SetupFact& fact, const kit::TextTable& texts) {
    std::vector<kit::RowTag> tags;
    const std::int64_t lost = count_of(fact, "lost");
    const std::int64_t warned = count_of(fact, "warned");
    if (lost > 0) tags.push_back({texts.tr("{} do not work", lost), Role::block});
    if (warned > 0) tags.push_back({texts.tr("{} warn", warned), Role::warn});
    if (lost == 0 && warned == 0) tags.push_back({texts.tr("All work"), Role::ok});
    if (fact.is_this) tags.push_back({texts.tr("This terminal"), Role::primary});
    return tags;
}

kit::Row row_of(const SetupFact& fact, const domain::StoreTime& now, const kit::TextTable& texts) {
    kit::Row row;
    row.cells = {{.text = fact.name},
                 {.text = fact.program, .size = 18},
                 {.text = when_text({fact.told_at, now}), .size = 18}};
    row.tags = tags_of(fact, texts);
    return row;
}

DetailView detail_of(const SetupFact& fact, const domain::StoreTime& now,
                     const kit::TextTable& texts) {
    DetailView detail{.title = fact.name, .tags = tags_of(fact, texts)};
    const auto add = [](std::vector<kit::KeyValue>& to, const char* name,
                        const std::string& value) {
        if (!value.empty()) to.push_back({.key = name, .value = value});
    };
    add(detail.facts, texts.tr("Number"), fact.id);
    add(detail.facts, texts.tr("Version"), fact.program);
    add(detail.facts, texts.tr("System"), fact.system);
    add(detail.facts, texts.tr("Weighing"), fact.weighing);
    add(detail.facts, texts.tr("Told"), when_text({fact.told_at, now}));
    for (const DeviceFact& each : fact.devices) {
        SectionView section{.title = device_words(each.device, texts), .facts = {}, .lines = {}};
        add(section.facts, texts.tr("Driver"), each.driver);
        add(section.facts, texts.tr("Address"), each.address);
        add(section.facts, texts.tr("Identity"), each.identity);
        section.lines.push_back(state_line(each, now, texts));
        detail.sections.push_back(std::move(section));
    }
    if (!fact.configuration.empty()) {
        SectionView file{.title = texts.tr("Devices file"), .facts = {}, .lines = {}};
        for (const std::string_view line : domain::lines_of(fact.configuration))
            file.lines.push_back({std::string(line), Role::text, kit::Icon::none});
        detail.sections.push_back(std::move(file));
    }
    detail.sections.push_back(changes_section(fact.changes, now, texts));
    return detail;
}

}  // namespace

bool has_lost_device(const SetupFact& fact) { return count_of(fact, "lost") > 0; }

ListPageView present_devices(const ListState& state, const DevicesFacts& facts,
                             const kit::TextTable& texts) {
    ListPageView view{.name = "admin devices", .detail_width = 384};
    const auto troubled = std::ranges::count_if(facts.terminals, has_lost_device);
    view.chips = {{fmt::format("{} {}", texts.tr_c("of a filter", "All"), facts.terminals.size()),
                   state.filter == 0},
                  {texts.tr("Needs attention {}", troubled), state.filter == 1}};
    view.columns = {{.title = texts.tr_c("of a list", "Terminal")},
                    {.title = texts.tr("Version"), .width = 84},
                    {.title = texts.tr("Told"), .width = 110}};
    std::vector<const SetupFact*> shown;
    for (const SetupFact& each : facts.terminals) {
        if (state.filter == 0 || has_lost_device(each)) shown.push_back(&each);
    }
    std::ranges::stable_sort(shown, [](const auto* a, const auto* b) {
        return has_lost_device(*a) && !has_lost_device(*b);
    });
    for (const SetupFact* each : shown) {
        add_row(view, state, each->id, row_of(*each, facts.now, texts));
        if (each->id == state.chosen) view.detail = detail_of(*each, facts.now, texts);
    }
    view.count = texts.tr_n("{} terminal", "{} terminals", static_cast<std::int64_t>(shown.size()));
    view.detail_hint = texts.tr("Choose a terminal to see its devices");
    const bool none = facts.terminals.empty();
    view.empty_icon = none ? kit::Icon::list : kit::Icon::check;
    view.empty_title =
        none ? texts.tr("No terminal has told of itself yet") : texts.tr("All is well");
    view.empty_hint = none ? texts.tr("Each does when it starts and has the shop's data")
                           : texts.tr("Every device works");
    return view;
}

}  // namespace fangxin::admin
