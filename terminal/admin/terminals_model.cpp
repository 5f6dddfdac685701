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
                  kit::Msgid{"Do not sell there. Count its drawer, then let it begin a new log: "
                             "nothing that it has is lost"}},
    ConflictWords{"two machines", kit::Msgid{"Two machines use its identity"},
                  kit::Msgid{"Revoke it, and enrol the one that is to be used"}},
    ConflictWords{"chain", kit::Msgid{"Its log differs from what the server has of it"},
                  kit::Msgid{"Do not sell there. Keep a copy of its disk for the technician, then "
                             "let it begin a new log"}},
    ConflictWords{"damaged", kit::Msgid{"Its data was damaged and set aside"},
                  kit::Msgid{"Leave it connected until it has everything again, then check its "
                             "last receipts"}},
    ConflictWords{"revoked", kit::Msgid{"It was revoked and may not connect"},
                  kit::Msgid{"Enrol it again if it is to be used"}}};
constexpr ConflictWords other_conflict{"", kit::Msgid{"The server refuses what it sends"},
                                       kit::Msgid{"Call the technician with the words below"}};

/// The server says it in a sentence, the terminal itself by a code.
std::string_view code_of_conflict(std::string_view conflict) {
    if (conflict.starts_with("rolled back")) return "rolled_back";
    const bool is_of_chain = conflict.starts_with("this log differs") ||
                             conflict.starts_with("the signature") ||
                             conflict.starts_with("the terminal's hash");
    return is_of_chain ? "chain" : conflict.starts_with("two machines") ? "two machines" : conflict;
}

/// Its log parted from the server's, and it may go on in a new one.
bool is_parted(const TerminalFact& fact) {
    const std::string_view code = code_of_conflict(fact.conflict);
    return code == "rolled_back" || code == "chain";
}

const ConflictWords& words_of_conflict(const std::string& conflict) {
    const auto row =
        std::ranges::find(conflict_table, code_of_conflict(conflict), &ConflictWords::code);
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
    if (fact.repairs > 0) add(texts.tr("Tables repaired"), fmt::format("{}", fact.repairs));
    add(texts.tr("Version"), fact.version);
    if (fact.certificate_until)
        add(texts.tr("Certificate until"), domain::format_date(fact.certificate_until->date()));
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

std::string id_of_waiting(const WaitingFact& fact) {
    return fmt::format("waiting {} {}", fact.terminal, fact.fingerprint);
}

kit::Row waiting_row(const WaitingFact& fact, const domain::StoreTime& now,
                     const kit::TextTable& texts) {
    kit::Row row;
    row.cells = {{.text = fact.name},
                 {.text = when_text({fact.since, now}), .size = 18},
                 {.text = texts.tr("waits"), .size = 18, .role = Role::warn}};
    row.tags = {{texts.tr("Wants to be enrolled"), Role::warn}};
    return row;
}

DetailView waiting_detail(const WaitingFact& fact, const TerminalsFacts& facts,
                          const kit::TextTable& texts) {
    DetailView detail{.title = fact.name, .tags = {{texts.tr("Wants to be enrolled"), Role::warn}}};
    detail.notice = NoticeView{
        texts.tr("Go to that terminal. Approve only if its screen shows exactly these signs"),
        Role::warn, kit::Icon::warning};
    for (std::string_view left = fact.fingerprint; !left.empty();) {
        const std::size_t end = std::min(left.find('-'), left.size());
        detail.boxes.push_back({std::string(left.substr(0, end)), "", Role::primary});
        left.remove_prefix(std::min(end + 1, left.size()));
    }
    detail.facts = {{.key = texts.tr("Number"), .value = fact.terminal},
                    {.key = texts.tr("Address"), .value = fact.address},
                    {.key = texts.tr("Since"), .value = when_text({fact.since, facts.now})}};
    if (facts.may_enrol) {
        detail.actions = {{.words = texts.tr("Same: approve"),
                           .sub = {},
                           .key = kit::Key::f12,
                           .look = kit::Look::primary},
                          {.words = texts.tr("Refuse"), .sub = {}, .look = kit::Look::danger}};
    }
    return detail;
}

DetailView code_detail(const CodeFact& code, const domain::StoreTime& now,
                       const kit::TextTable& texts) {
    DetailView detail{.title = texts.tr("Code for a new terminal")};
    const std::int64_t left_s = (code.until.utc_ms - now.utc_ms) / 1000;
    detail.tags = {left_s > 0 ? kit::RowTag{texts.tr("{} min left", (left_s + 59) / 60), Role::ok}
                              : kit::RowTag{texts.tr("too old"), Role::block}};
    detail.picture = code.picture;
    SectionView text{.title = texts.tr("The same as text"), .facts = {}, .lines = {}};
    text.lines.push_back({code.text, Role::muted, kit::Icon::none});
    detail.sections.push_back(std::move(text));
    return detail;
}

kit::Row code_row_of(const CodeFact& code, const domain::StoreTime& now,
                     const kit::TextTable& texts) {
    const bool is_good = now.utc_ms < code.until.utc_ms;
    kit::Row row;
    row.cells = {{.text = texts.tr("Code for a new terminal")},
                 {.text = domain::clock_text(code.until), .size = 18},
                 {.text = is_good ? texts.tr("good") : texts.tr("too old"),
                  .size = 18,
                  .role = is_good ? Role::ok : Role::block}};
    return row;
}

void add_newcomers(ListPageView& view, const ListState& state, const TerminalsFacts& facts,
                   const kit::TextTable& texts) {
    for (const WaitingFact& each : facts.waiting) {
        const std::string id = id_of_waiting(each);
        add_row(view, state, id, waiting_row(each, facts.now, texts));
        if (id == state.chosen) view.detail = waiting_detail(each, facts, texts);
    }
    if (!facts.code) return;
    add_row(view, state, std::string(code_row), code_row_of(*facts.code, facts.now, texts));
    if (state.chosen == code_row) view.detail = code_detail(*facts.code, facts.now, texts);
}

}  // namespace

const WaitingFact* chosen_waiting(const ListState& state, const TerminalsFacts& facts) {
    const auto found = std::ranges::find(facts.waiting, state.chosen, &id_of_waiting);
    return found == facts.waiting.end() ? nullptr : &*found;
}

std::vector<TerminalDeed> deeds_of(const ListState& state, const TerminalsFacts& facts) {
    if (chosen_waiting(state, facts) != nullptr) {
        if (!facts.may_enrol) return {};
        return {TerminalDeed::approve, TerminalDeed::refuse};
    }
    const auto found = std::ranges::find(facts.terminals, state.chosen, &TerminalFact::id);
    // Whoever revoked the one in front of him could approve none again here.
    if (found == facts.terminals.end() || found->is_this) return {};
    std::vector<TerminalDeed> deeds;
    if (is_parted(*found) && facts.may_enrol) deeds.push_back(TerminalDeed::open_log);
    if (found->identity == "allowed" && facts.may_revoke) deeds.push_back(TerminalDeed::revoke);
    return deeds;
}

FormDraft begin_enrolling() {
    return {.kind = FormKind::enrol_terminal,
            .subject = {},
            .values = {{"kind", "till"}},
            .order = {},
            .field = {},
            .trouble = {}};
}

namespace {
FormDraft with_reason(FormKind kind, const std::string& terminal) {
    return {.kind = kind,
            .subject = terminal,
            .values = {},
            .order = {"reason"},
            .field = "reason",
            .trouble = {}};
}
}  // namespace

FormDraft begin_revoking(const std::string& terminal) {
    return with_reason(FormKind::revoke_terminal, terminal);
}

FormDraft begin_opening_log(const std::string& terminal) {
    return with_reason(FormKind::open_log, terminal);
}

FormView present_terminal_form(const FormDraft& draft, const TerminalsFacts& facts,
                               const kit::TextTable& texts) {
    FormView view{.back = texts.tr("Back"), .trouble = draft.trouble};
    FormFields fields(view, draft);
    if (draft.kind != FormKind::enrol_terminal) {
        const bool revokes = draft.kind == FormKind::revoke_terminal;
        const auto found = std::ranges::find(facts.terminals, draft.subject, &TerminalFact::id);
        const std::string name = found == facts.terminals.end() ? draft.subject : found->name;
        view.title = revokes ? texts.tr("Revoke {}", name) : texts.tr("A new log for {}", name);
        view.notes = {{revokes ? texts.tr("It is cut off at once, for ever. What it sold and has "
                                          "not sent stays on it until it is enrolled anew")
                               : texts.tr("Only after its drawer was counted. It goes on in a new "
                                          "log, with what the server does not have yet"),
                       revokes ? Role::block : Role::warn, kit::Icon::warning}};
        FormView::Field& reason = fields.typed("reason", texts.tr("Reason"));
        reason.wide = reason.chinese = true;
        view.done = {.words = revokes ? texts.tr("Revoke it") : texts.tr("Begin the new log"),
                     .look = revokes ? kit::Look::danger : kit::Look::primary,
                     .enabled = !draft.value("reason").empty()};
        return view;
    }
    view.title = texts.tr("Enrol a terminal");
    view.notes = {{texts.tr("A code is good for ten minutes and one terminal. It is shown here to "
                            "be scanned there"),
                   Role::primary, kit::Icon::none}};
    fields.picked("kind", texts.tr("What it is"),
                  {{"till", texts.tr("A till")}, {"handheld", texts.tr("A handheld")}});
    view.done = {.words = texts.tr("Make the code")};
    return view;
}

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
    if (facts.may_enrol)
        view.action = ActionView{.words = texts.tr("Enrol a terminal"), .key = kit::Key::f11};
    add_newcomers(view, state, facts, texts);
    std::vector<const TerminalFact*> shown;
    for (const TerminalFact& each : facts.terminals) {
        if (state.filter == 0 || is_in_trouble(each)) shown.push_back(&each);
    }
    std::ranges::stable_sort(shown, [](const auto* a, const auto* b) {
        return is_in_trouble(*a) && !is_in_trouble(*b);
    });
    for (const TerminalFact* each : shown) {
        add_row(view, state, each->id, row_of(*each, facts.now, texts));
        if (each->id != state.chosen) continue;
        view.detail = detail_of(*each, facts.now, texts);
        for (const TerminalDeed deed : deeds_of(state, facts)) {
            const bool revokes = deed == TerminalDeed::revoke;
            view.detail->actions.push_back(
                {.words = revokes ? texts.tr("Revoke…") : texts.tr("New log…"),
                 .sub = {},
                 .key = view.detail->actions.empty() ? kit::Key::f12 : kit::Key::none,
                 .look = revokes ? kit::Look::danger : kit::Look::normal});
        }
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
