#include "terminal/admin/journal_model.hpp"

#include "terminal/admin/figures_text.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace fangxin::admin {

namespace {

using kit::Role;

struct NamedWords {
    std::string_view name;
    kit::Msgid words;
};
constexpr std::array kind_table{
    NamedWords{"sale", kit::Msgid{"of the journal", "Sale"}},
    NamedWords{"sale_voided", kit::Msgid{"of the journal", "Sale voided"}},
    NamedWords{"sale_refused", kit::Msgid{"of the journal", "Sale blocked"}},
    NamedWords{"basket_held", kit::Msgid{"of the journal", "Basket held"}},
    NamedWords{"basket_resumed", kit::Msgid{"of the journal", "Basket resumed"}},
    NamedWords{"receipt_reprinted", kit::Msgid{"of the journal", "Receipt printed again"}},
    NamedWords{"shift_opened", kit::Msgid{"of the journal", "Shift opened"}},
    NamedWords{"shift_closed", kit::Msgid{"of the journal", "Shift closed"}},
    NamedWords{"day_closed", kit::Msgid{"of the journal", "Day closed"}},
    NamedWords{"cash_moved", kit::Msgid{"of the journal", "Cash in or out"}},
    NamedWords{"drawer_opened", kit::Msgid{"of the journal", "Drawer opened"}},
    NamedWords{"payment_begun", kit::Msgid{"of the journal", "Payment asked for"}},
    NamedWords{"payment_ended", kit::Msgid{"of the journal", "Payment answered"}},
    NamedWords{"stored_value_added", kit::Msgid{"of the journal", "Stored value paid in"}},
    NamedWords{"batch_marked_down", kit::Msgid{"of the journal", "Marked down"}},
    NamedWords{"blocks_applied", kit::Msgid{"of the journal", "Recalls in force here"}},
    NamedWords{"block_kept", kit::Msgid{"of the journal", "Recall told again"}},
    NamedWords{"block_lifted", kit::Msgid{"of the journal", "Block lifted"}},
    NamedWords{"recall_made", kit::Msgid{"of the journal", "Recall"}},
    NamedWords{"batch_received", kit::Msgid{"of the journal", "Goods received"}},
    NamedWords{"batch_quarantined", kit::Msgid{"of the journal", "Batch quarantined"}},
    NamedWords{"batch_released", kit::Msgid{"of the journal", "Batch released"}},
    NamedWords{"batch_withdrawn", kit::Msgid{"of the journal", "Taken off the shelf"}},
    NamedWords{"batch_corrected", kit::Msgid{"of the journal", "Batch corrected"}},
    NamedWords{"batch_tested", kit::Msgid{"of the journal", "Test result"}},
    NamedWords{"complaint_taken", kit::Msgid{"of the journal", "Complaint"}},
    NamedWords{"contact_shown", kit::Msgid{"of the journal", "Contact looked at"}},
    NamedWords{"logged_in", kit::Msgid{"of the journal", "Logged in"}},
    NamedWords{"logged_out", kit::Msgid{"of the journal", "Logged out"}},
    NamedWords{"login_failed", kit::Msgid{"of the journal", "Wrong PIN"}},
    NamedWords{"account_opened", kit::Msgid{"of the journal", "Account opened again"}},
    NamedWords{"clock", kit::Msgid{"of the journal", "Clock"}},
    NamedWords{"device", kit::Msgid{"of the journal", "Device"}},
    NamedWords{"instrument_set", kit::Msgid{"of the journal", "Instrument entered"}},
    NamedWords{"scale_bound", kit::Msgid{"of the journal", "Scale bound"}},
    NamedWords{"scale_checked", kit::Msgid{"of the journal", "Daily check of a scale"}},
    NamedWords{"scale_told", kit::Msgid{"of the journal", "Scale zeroed or tared"}},
    NamedWords{"setting_set", kit::Msgid{"of the journal", "Setting changed"}},
    NamedWords{"terminal_told", kit::Msgid{"of the journal", "Terminal's devices"}},
    NamedWords{"fault_raised", kit::Msgid{"of the journal", "Fault reported"}},
    NamedWords{"fault_taken", kit::Msgid{"of the journal", "Fault taken"}},
    NamedWords{"fault_passed", kit::Msgid{"of the journal", "Fault passed"}},
    NamedWords{"fault_fixed", kit::Msgid{"of the journal", "Fault fixed"}},
    NamedWords{"enrolment_opened", kit::Msgid{"of the journal", "Enrolment code made"}},
    NamedWords{"enrolment_asked", kit::Msgid{"of the journal", "Enrolment asked for"}},
    NamedWords{"enrolment_failed", kit::Msgid{"of the journal", "Enrolment failed"}},
    NamedWords{"terminal_approved", kit::Msgid{"of the journal", "Terminal approved"}},
    NamedWords{"terminal_refused", kit::Msgid{"of the journal", "Terminal refused"}},
    NamedWords{"terminal_revoked", kit::Msgid{"of the journal", "Terminal revoked"}},
    NamedWords{"certificate_issued", kit::Msgid{"of the journal", "Certificate issued"}},
    NamedWords{"log_key_known", kit::Msgid{"of the journal", "Key of a terminal's log"}},
    NamedWords{"table_repaired", kit::Msgid{"of the journal", "Table repaired"}},
    NamedWords{"epoch_opened", kit::Msgid{"of the journal", "New log opened"}},
    NamedWords{"book_restored", kit::Msgid{"of the journal", "Backup put back"}},
    NamedWords{"op_replayed", kit::Msgid{"of the journal", "Entry applied later"}},
    NamedWords{"table_rebuilt", kit::Msgid{"of the journal", "Table rebuilt"}},
    NamedWords{"old_rows_dropped", kit::Msgid{"of the journal", "Old rows removed"}}};

constexpr std::array group_table{NamedWords{"", kit::Msgid{"All kinds"}},
                                 NamedWords{"sales", kit::Msgid{"Sales and receipts"}},
                                 NamedWords{"quality", kit::Msgid{"Goods and recalls"}},
                                 NamedWords{"complaints", kit::Msgid{"Complaints"}},
                                 NamedWords{"instruments", kit::Msgid{"Instruments and devices"}},
                                 NamedWords{"accounts", kit::Msgid{"People and terminals"}}};

constexpr std::array break_table{
    NamedWords{"changed", kit::Msgid{"Entry {} is not what was written"}},
    NamedWords{"missing", kit::Msgid{"Entry {} is missing"}},
    NamedWords{"cut", kit::Msgid{"The log is cut off at entry {}"}},
    NamedWords{"beyond_end", kit::Msgid{"Entry {} was put behind the log's end"}},
    NamedWords{"signature", kit::Msgid{"Up to entry {} the log is not what was signed"}}};

/// How the server says why an entry has no effect, or was only noted, by how that begins.
constexpr std::array why_table{
    NamedWords{"person ", kit::Msgid{"This person had no right to do it"}},
    NamedWords{"no person ", kit::Msgid{"Nobody of this number is on record: {}"}},
    NamedWords{"a terminal of this role", kit::Msgid{"No terminal of this kind can do it"}},
    NamedWords{"this is decided on the server", kit::Msgid{"It is decided at the server only"}},
    NamedWords{"a recall is lifted on the server", kit::Msgid{"It is decided at the server only"}},
    NamedWords{"only the server does this", kit::Msgid{"It is decided at the server only"}},
    NamedWords{"this person may not decide", kit::Msgid{"This person had no right to do it"}},
    NamedWords{"a terminal does not open its own log",
               kit::Msgid{"No terminal opens a new log for itself"}},
    NamedWords{"that log has not parted", kit::Msgid{"That terminal's log was in order"}},
    NamedWords{"its number is not", kit::Msgid{"It came under another number"}},
    NamedWords{"no batch ", kit::Msgid{"It waits for the batch {}"}},
    NamedWords{"no hold ", kit::Msgid{"It waits for the held basket {}"}},
    NamedWords{"no fault ", kit::Msgid{"It waits for the fault {}"}},
    NamedWords{"unknown_kind ", kit::Msgid{"It waits for a newer program"}},
    NamedWords{"bad_record ", kit::Msgid{"It is not what its kind says: {}"}},
    NamedWords{"bad_json", kit::Msgid{"It is torn"}},
    NamedWords{"cannot_store", kit::Msgid{"The database cannot hold it"}}};

std::string why_words(const std::string& why, const kit::TextTable& texts) {
    const auto* row = std::ranges::find_if(
        why_table, [&](const NamedWords& each) { return why.starts_with(each.name); });
    if (row == why_table.end()) return why;
    const std::string rest = why.substr(row->name.size());
    const bool names_one = std::string_view(row->words.text).find("{}") != std::string_view::npos;
    return names_one ? texts.tr(row->words, rest) : std::string(texts.tr(row->words));
}

/// `{"code":"69","reasons":["recalled"]}` → `code: 69, reasons: recalled`.
std::string plain_words(std::string_view data) {
    std::string words;
    bool quoted = false;
    for (std::size_t i = 0; i < data.size(); ++i) {
        const char c = data[i];
        if (c == '\\' && i + 1 < data.size()) {
            words.push_back(data[++i]);
        } else if (c == '"') {
            quoted = !quoted;
        } else if (quoted || std::string_view("{}[]:,").find(c) == std::string_view::npos) {
            words.push_back(c);
        } else if (c == ':' || c == ',') {
            words += c == ':' ? ": " : ", ";
        }
    }
    return words;
}

std::vector<kit::RowTag> tags_of(const JournalFact& fact, const kit::TextTable& texts) {
    if (fact.status == "rejected") return {{texts.tr("Refused"), Role::block}};
    if (fact.status == "flagged") return {{texts.tr("Without the right"), Role::warn}};
    if (fact.status == "known") return {{texts.tr("Booked before"), Role::muted}};
    if (fact.status == "pending") return {{texts.tr("Waits"), Role::warn}};
    return {};
}

std::string when_words(const JournalFact& fact, const domain::StoreTime& now) {
    return fact.at ? when_text({*fact.at, now}) : fact.when;
}

kit::Row row_of(const JournalFact& fact, const domain::StoreTime& now,
                const kit::TextTable& texts) {
    kit::Row row;
    row.cells = {{.text = when_words(fact, now), .size = 18},
                 {.text = kind_words_of(fact.kind, texts)},
                 {.text = fact.terminal, .size = 18},
                 {.text = fact.person, .size = 18}};
    row.tags = tags_of(fact, texts);
    row.note = plain_words(fact.begins);
    return row;
}

NoticeView proof_of(const EntryFact& proved, const kit::TextTable& texts) {
    if (proved.broken == 0) {
        const std::string words =
            proved.signed_to >= proved.seq
                ? texts.tr("Unchanged: all from here to entry {} adds up, and is signed",
                           proved.proved_to)
                : texts.tr("Unchanged: all from here to entry {} adds up", proved.proved_to);
        return {words, Role::ok, kit::Icon::check};
    }
    const auto* row = std::ranges::find(break_table, proved.break_is, &NamedWords::name);
    const kit::Msgid words = row == break_table.end() ? break_table[0].words : row->words;
    return {texts.tr(words, proved.broken), Role::block, kit::Icon::warning};
}

/// In groups of eight, as people compare them.
std::string hash_words(const std::string& hex) {
    std::string words;
    for (std::size_t i = 0; i < hex.size(); i += 8)
        words += (words.empty() ? "" : " ") + hex.substr(i, 8);
    return words;
}

DetailView detail_of(const JournalFact& fact, const JournalFacts& facts,
                     const kit::TextTable& texts) {
    DetailView detail{.title = kind_words_of(fact.kind, texts), .tags = tags_of(fact, texts)};
    const auto add = [&](const char* name, std::string value) {
        if (!value.empty()) detail.facts.push_back({.key = name, .value = std::move(value)});
    };
    add(texts.tr("When"), when_words(fact, facts.now));
    add(texts.tr("Terminal"), fact.terminal);
    add(texts.tr("Person"), fact.person);
    if (!facts.entry || facts.entry->id != fact.id) {
        const bool failed = !facts.entry_trouble.empty();
        detail.notice = NoticeView{
            failed ? facts.entry_trouble : texts.tr("The server is proving it…"),
            failed ? Role::warn : Role::primary, failed ? kit::Icon::warning : kit::Icon::clock};
        return detail;
    }
    const EntryFact& proved = *facts.entry;
    detail.notice = proof_of(proved, texts);
    add(texts.tr("Number"), proved.epoch == 1 ? fmt::format("{}", proved.seq)
                                              : fmt::format("{} / {}", proved.epoch, proved.seq));
    add(texts.tr("Because"), why_words(proved.why, texts));
    SectionView written{.title = texts.tr("As it was written"), .facts = {}, .lines = {}};
    for (const auto& [name, value] : proved.data)
        written.facts.push_back({.key = name, .value = value});
    detail.sections.push_back(std::move(written));
    SectionView proof{.title = texts.tr("Its hash"), .facts = {}, .lines = {}};
    proof.lines.push_back({hash_words(proved.hash), Role::muted, kit::Icon::none});
    if (!proved.signed_by.empty())
        proof.lines.push_back({texts.tr("Signed up to entry {} by the key {}", proved.signed_to,
                                        proved.signed_by.substr(0, 16)),
                               Role::muted, kit::Icon::none});
    detail.sections.push_back(std::move(proof));
    detail.key_width = 120;
    return detail;
}

PickerView picker_of(const ListState& state, const kit::TextTable& texts) {
    PickerView picker{.title = texts.tr("Kind of entry"), .open = state.picking};
    for (const NamedWords& group : group_table) {
        if (group.name == state.picked) picker.selected = picker.choices.size();
        picker.choices.push_back({std::string(group.name), texts.tr(group.words)});
    }
    picker.words = picker.choices[picker.selected].words;
    return picker;
}

void say_why_empty(ListPageView& view, const JournalFacts& facts, const kit::TextTable& texts) {
    if (!facts.trouble.empty()) {
        view.empty_icon = kit::Icon::warning;
        view.empty_title = texts.tr("The journal cannot be asked now");
        view.empty_hint = facts.trouble;
    } else if (facts.awaited) {
        view.empty_icon = kit::Icon::clock;
        view.empty_title = texts.tr("The server is looking…");
    } else {
        view.empty_icon = kit::Icon::search;
        view.empty_title = texts.tr("No entry of this kind");
        view.empty_hint = facts.more
                              ? texts.tr("There are older ones: press on")
                              : texts.tr("Another kind, other days or fewer words find more");
    }
}

}  // namespace

std::string journal_id(const std::string& terminal, std::int64_t epoch, std::int64_t seq) {
    return fmt::format("{}/{}/{}", terminal, epoch, seq);
}

JournalSearch read_search(std::string_view typed) {
    JournalSearch search;
    while (!typed.empty()) {
        const std::size_t end = std::min(typed.find(' '), typed.size());
        const std::string_view word = typed.substr(0, end);
        typed.remove_prefix(std::min(end + 1, typed.size()));
        if (word.empty()) continue;
        if (auto date = domain::parse_date(word)) {
            std::string day = domain::format_date(*date);
            if (search.from.empty() || day < search.from) search.from = day;
            if (search.until.empty() || day > search.until) search.until = std::move(day);
        } else {
            search.text += (search.text.empty() ? "" : " ") + std::string(word);
        }
    }
    return search;
}

std::string kind_words_of(const std::string& kind, const kit::TextTable& texts) {
    const auto* row = std::ranges::find(kind_table, kind, &NamedWords::name);
    if (row != kind_table.end()) return texts.tr(row->words);
    return kind.empty() ? texts.tr("It cannot be read") : kind;
}

ListPageView present_journal(const ListState& state, const JournalFacts& facts,
                             const kit::TextTable& texts) {
    ListPageView view{.name = "admin journal"};
    view.search = SearchView{.text = state.search,
                             .placeholder = texts.tr("Number, words, day 2026-11-24"),
                             .composing = {},
                             .active = state.searching};
    view.picker = picker_of(state, texts);
    view.columns = {{.title = texts.tr("When"), .width = 124},
                    {.title = texts.tr("What")},
                    {.title = texts.tr_c("of a list", "Terminal"), .width = 116},
                    {.title = texts.tr("Person"), .width = 116}};
    for (const JournalFact& each : facts.entries) {
        add_row(view, state, each.id, row_of(each, facts.now, texts));
        if (each.id == state.chosen) view.detail = detail_of(each, facts, texts);
    }
    const auto count = static_cast<std::int64_t>(facts.entries.size());
    view.count = texts.tr_n("{} entry", "{} entries", count);
    if (facts.more && facts.looked_at)
        view.count =
            fmt::format("{} · {}", view.count,
                        texts.tr("looked back to {}", when_text({*facts.looked_at, facts.now})));
    if (facts.more)
        view.action = ActionView{.words = texts.tr("Older ones"),
                                 .sub = {},
                                 .key = kit::Key::f11,
                                 .enabled = !facts.awaited};
    view.detail_hint = texts.tr("Choose an entry to read it and have it proved");
    say_why_empty(view, facts, texts);
    return view;
}

}  // namespace fangxin::admin
