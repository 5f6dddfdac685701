#include "terminal/admin/terminals_model.hpp"

#include "terminal/admin/figures_text.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace fangxin::admin {

namespace {

using kit::Role;

bool has_all_blocks(const TerminalFact& fact) { return fact.block_cursor >= fact.newest_block; }

struct ConflictWords {
    std::string_view code;
    kit::Msgid what;
    kit::Msgid next;
};
constexpr std::array conflict_table{
    ConflictWords{"rolled_back",
                  kit::Msgid{"Its disk was set back to an older copy: it has forgotten sales that "
                             "the server knows"},
                  kit::Msgid{"Do not sell there. Count its drawer, then set it up as a new "
                             "terminal"}},
    ConflictWords{"chain", kit::Msgid{"Its log differs from what the server has of it"},
                  kit::Msgid{"Do not sell there. Keep its disk for the technician and set up "
                             "another"}},
    ConflictWords{"damaged", kit::Msgid{"Its data was damaged and set aside"},
                  kit::Msgid{"Leave it connected until it has everything again, then check its "
                             "last receipts"}},
    ConflictWords{"revoked", kit::Msgid{"It was revoked and may not connect"},
                  kit::Msgid{"Enrol it again if it is to be used"}}};
constexpr ConflictWords other_conflict{"", kit::Msgid{"The server refuses what it sends"},
                                       kit::Msgid{"Call the technician with the words below"}};

const ConflictWords& words_of_conflict(const std::string& code) {
    const auto row = std::ranges::find(conflict_table, code, &ConflictWords::code);
    return row == conflict_table.end() ? other_conflict : *row;
}

kit::RowTag line_tag(const TerminalFact& fact, const kit::TextTable& texts) {
    if (!fact.known) return {texts.tr("Not known now"), Role::muted};
    if (fact.online) return {texts.tr("Online"), Role::ok};
    return {fact.last_seen ? texts.tr("Offline") : texts.tr("Never connected"), Role::warn};
}

std::vector<kit::RowTag> tags_of(const TerminalFact& fact, const kit::TextTable& texts) {
    std::vector<kit::RowTag> tags{line_tag(fact, texts)};
    if (!fact.conflict.empty()) tags.push_back({texts.tr("Log conflict"), Role::block});
    if (fact.is_this) tags.push_back({texts.tr("This terminal"), Role::primary});
    return tags;
}

std::string seen_words(const TerminalFact& fact, const domain::StoreTime& now,
                       const kit::TextTable& texts) {
    if (fact.online) return texts.tr("now");
    return fact.last_seen ? when_text({*fact.last_seen, now}) : "—";
}

std::string blocks_words(const TerminalFact& fact, const kit::TextTable& texts) {
    if (has_all_blocks(fact)) return texts.tr("has all");
    const auto count = static_cast<std::int64_t>(fact.missing.size());
    return count > 0 ? texts.tr("{} missing", count) : texts.tr("not all");
}

kit::Row row_of(const TerminalFact& fact, const domain::StoreTime& now,
                const kit::TextTable& texts) {
    kit::Row row;
    row.cells = {{.text = fact.name},
                 {.text = seen_words(fact, now, texts), .size = 18},
                 {.text = blocks_words(fact, texts),
                  .size = 18,
                  .role = has_all_blocks(fact) ? Role::ok : Role::block}};
    row.tags = tags_of(fact, texts);
    return row;
}

SectionView blocks_section(const TerminalFact& fact, const domain::StoreTime& now,
                           const kit::TextTable& texts) {
    SectionView section{.title = texts.tr("Recalls and quarantines"), .facts = {}, .lines = {}};
    if (has_all_blocks(fact)) {
        section.lines.push_back(
            {texts.tr("It has every one that is in force"), Role::ok, kit::Icon::check});
        return section;
    }
    for (const auto& each : fact.missing) {
        section.lines.push_back(
            {texts.tr("{}, missing since {}", each.words, when_text({each.since, now})),
             Role::block, kit::Icon::warning});
    }
    section.lines.push_back(
        {texts.tr("Connect it, or stop selling there until it is"), Role::text, kit::Icon::none});
    return section;
}

DetailView detail_of(const TerminalFact& fact, const domain::StoreTime& now,
                     const kit::TextTable& texts) {
    DetailView detail{.title = fact.name, .tags = tags_of(fact, texts)};
    if (!fact.conflict.empty()) {
        detail.notice = NoticeView{texts.tr(words_of_conflict(fact.conflict).what), Role::block,
                                   kit::Icon::exclamation};
    }
    const auto add = [&](const char* name, std::string value) {
        if (!value.empty()) detail.facts.push_back({.key = name, .value = std::move(value)});
    };
    add(texts.tr("Number"), fact.id);
    add(texts.tr("Last heard"), seen_words(fact, now, texts));
    if (fact.unsent) add(texts.tr("Not sent"), fmt::format("{}", *fact.unsent));
    add(texts.tr("Version"), fact.version);
    add(texts.tr("Block list"), texts.tr("{} of {}", fact.block_cursor, fact.newest_block));
    if (!fact.conflict.empty()) {
        const ConflictWords& words = words_of_conflict(fact.conflict);
        SectionView section{.title = texts.tr("What to do"), .facts = {}, .lines = {}};
        section.lines.push_back({texts.tr(words.next), Role::text, kit::Icon::none});
        if (words.code.empty())
            section.lines.push_back({fact.conflict, Role::muted, kit::Icon::none});
        detail.sections.push_back(std::move(section));
    }
    detail.sections.push_back(blocks_section(fact, now, texts));
    return detail;
}

}  // namespace

bool is_in_trouble(const TerminalFact& fact) {
    return (fact.known && !fact.online) || !fact.conflict.empty() || !has_all_blocks(fact);
}

ListPageView present_terminals(const ListState& state, const TerminalsFacts& facts,
                               const kit::TextTable& texts) {
    ListPageView view{.name = "admin terminals"};
    const auto troubled = std::ranges::count_if(facts.terminals, is_in_trouble);
    view.chips = {{fmt::format("{} {}", texts.tr_c("of a filter", "All"), facts.terminals.size()),
                   state.filter == 0},
                  {texts.tr("Needs attention {}", troubled), state.filter == 1}};
    view.columns = {{.title = texts.tr_c("of a list", "Terminal")},
                    {.title = texts.tr("Last heard"), .width = 120},
                    {.title = texts.tr("Recalls"), .width = 124, .align = kit::Align::right}};
    std::vector<const TerminalFact*> shown;
    for (const TerminalFact& each : facts.terminals) {
        if (state.filter == 0 || is_in_trouble(each)) shown.push_back(&each);
    }
    std::ranges::stable_sort(shown, [](const auto* a, const auto* b) {
        return is_in_trouble(*a) && !is_in_trouble(*b);
    });
    for (const TerminalFact* each : shown) {
        add_row(view, state, each->id, row_of(*each, facts.now, texts));
        if (each->id == state.chosen) view.detail = detail_of(*each, facts.now, texts);
    }
    view.count = texts.tr_n("{} terminal", "{} terminals", static_cast<std::int64_t>(shown.size()));
    view.detail_hint = texts.tr("Choose a terminal to see all of it");
    view.empty_icon = kit::Icon::check;
    view.empty_title =
        facts.terminals.empty() ? texts.tr("No terminal is known yet") : texts.tr("All is well");
    view.empty_hint = facts.terminals.empty()
                          ? texts.tr("They appear when they have spoken to the server")
                          : texts.tr("Every terminal is connected and has all recalls");
    return view;
}

}  // namespace fangxin::admin
