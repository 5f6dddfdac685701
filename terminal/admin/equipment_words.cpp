#include "terminal/admin/equipment_words.hpp"

#include "domain/text_width.hpp"
#include "terminal/admin/figures_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

namespace fangxin::admin {

namespace {

using kit::Role;

}  // namespace

kit::RowTag severity_tag(domain::FaultSeverity severity, const kit::TextTable& texts) {
    const Role role = severity == domain::FaultSeverity::A   ? Role::block
                      : severity == domain::FaultSeverity::B ? Role::warn
                                                             : Role::muted;
    return {terminal::severity_words(severity, texts), role};
}

std::optional<std::int64_t> parse_mass_text(std::string_view text) {
    const std::size_t unit_at = std::min(text.find_first_not_of("0123456789."), text.size());
    std::string_view number = text.substr(0, unit_at);
    std::string_view unit = text.substr(unit_at);
    while (unit.starts_with(' '))
        unit.remove_prefix(1);
    const bool in_kg = unit == "kg" || unit == "KG" || unit == "公斤";
    if (!in_kg && unit != "g" && unit != "G" && unit != "克") return std::nullopt;
    const std::size_t point = std::min(number.find('.'), number.size());
    std::string digits(number.substr(0, point));
    std::string behind(number.substr(std::min(point + 1, number.size())));
    const std::size_t places = in_kg ? 6 : 3;
    if (digits.empty() || digits.size() > 6 || behind.size() > places) return std::nullopt;
    behind.resize(places, '0');
    digits += behind;
    std::int64_t milligrams = 0;
    auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), milligrams);
    if (failed != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return milligrams;
}

SectionView changes_section(const std::vector<ChangeFact>& changes, const domain::StoreTime& now,
                            const kit::TextTable& texts) {
    SectionView section{.title = texts.tr("Changes"), .facts = {}, .lines = {}};
    for (const ChangeFact& each : changes) {
        std::string head = when_text({each.at, now});
        if (!each.subject.empty()) head += " · " + each.subject;
        if (!each.person.empty()) head += " · " + each.person;
        section.lines.push_back({std::move(head), Role::muted, kit::Icon::none});
        const auto add = [&](std::string_view text, Role role, kit::Icon icon) {
            for (const std::string_view line : domain::lines_of(text)) {
                std::string words = terminal::change_line(line, texts);
                if (!words.empty()) section.lines.push_back({std::move(words), role, icon});
            }
        };
        add(each.before, Role::muted, kit::Icon::minus);
        add(each.after, Role::text, kit::Icon::plus);
    }
    if (changes.empty()) {
        section.lines.push_back({texts.tr("None on record"), Role::muted, kit::Icon::none});
    }
    return section;
}

}  // namespace fangxin::admin
