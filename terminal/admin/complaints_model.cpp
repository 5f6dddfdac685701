#include "terminal/admin/complaints_model.hpp"

#include "terminal/admin/figures_text.hpp"
#include "terminal/station/screens/typed_words.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace fangxin::admin {

namespace {

using kit::Role;

constexpr std::array filters{ComplaintFilter::open, ComplaintFilter::overdue, ComplaintFilter::all};

struct StateWords {
    std::string_view state;
    kit::Msgid words;
    Role role;
};
constexpr std::array state_table{
    StateWords{"received", kit::Msgid{"of a complaint", "Received"}, Role::warn},
    StateWords{"accepted", kit::Msgid{"of a complaint", "Accepted"}, Role::primary},
    StateWords{"declined", kit::Msgid{"of a complaint", "Declined"}, Role::muted},
    StateWords{"in_progress", kit::Msgid{"of a complaint", "In progress"}, Role::primary},
    StateWords{"resolved", kit::Msgid{"of a complaint", "Resolved"}, Role::ok},
    StateWords{"satisfaction", kit::Msgid{"of a complaint", "Customer asked"}, Role::ok},
    StateWords{"closed", kit::Msgid{"of a complaint", "Closed"}, Role::muted},
    StateWords{"reopened", kit::Msgid{"of a complaint", "Opened again"}, Role::warn},
};

struct NamedWords {
    std::string_view name;
    kit::Msgid words;
};
constexpr std::array channel_table{
    NamedWords{"in_person", kit::Msgid{"In person"}}, NamedWords{"phone", kit::Msgid{"By phone"}},
    NamedWords{"letter", kit::Msgid{"By letter"}}, NamedWords{"box", kit::Msgid{"Complaint box"}}};
constexpr std::array severity_table{NamedWords{"low", kit::Msgid{"of a complaint", "Minor"}},
                                    NamedWords{"normal", kit::Msgid{"of a complaint", "Normal"}},
                                    NamedWords{"high", kit::Msgid{"of a complaint", "Serious"}}};

template <std::size_t N>
std::string words_in(const std::array<NamedWords, N>& table, const std::string& name,
                     const kit::TextTable& texts) {
    const auto row = std::ranges::find(table, name, &NamedWords::name);
    return row == table.end() ? name : texts.tr(row->words);
}

kit::RowTag state_tag(const ComplaintFact& fact, const kit::TextTable& texts) {
    const auto row = std::ranges::find(state_table, fact.state, &StateWords::state);
    if (row == state_table.end()) return {fact.state, Role::muted};
    return {texts.tr(row->words), row->role};
}

std::vector<kit::RowTag> tags_of(const ComplaintFact& fact, const domain::StoreTime& now,
                                 const kit::TextTable& texts) {
    std::vector<kit::RowTag> tags;
    if (is_overdue(fact, now)) tags.push_back({texts.tr("Overdue"), Role::block});
    tags.push_back(state_tag(fact, texts));
    if (fact.severity == "high")
        tags.push_back({words_in(severity_table, fact.severity, texts), Role::block});
    return tags;
}

kit::Row row_of(const ComplaintFact& fact, const domain::StoreTime& now,
                const kit::TextTable& texts) {
    kit::Row row;
    row.cells = {{.text = fact.what},
                 {.text = when_text({fact.taken_at, now}), .size = 18},
                 {.text = "—", .size = 18, .role = Role::muted}};
    if (fact.state == "received") {
        row.cells[2] = {.text = due_text({fact.answer_due, now}, texts),
                        .size = 18,
                        .role = is_overdue(fact, now) ? Role::block : Role::text};
    }
    row.tags = tags_of(fact, now, texts);
    row.note = fact.item_name;
    return row;
}

DetailView detail_of(const ComplaintFact& fact, const domain::StoreTime& now,
                     const kit::TextTable& texts) {
    DetailView detail{.title = fact.id, .tags = tags_of(fact, now, texts)};
    if (fact.state == "received") {
        const bool late = is_overdue(fact, now);
        detail.notice =
            NoticeView{late ? texts.tr("No answer yet, {}: call the customer now",
                                       due_text({fact.answer_due, now}, texts))
                            : texts.tr("First answer {}", due_text({fact.answer_due, now}, texts)),
                       late ? Role::block : Role::primary, kit::Icon::clock};
    }
    const auto add = [&](const char* name, std::string value) {
        if (!value.empty()) detail.facts.push_back({.key = name, .value = std::move(value)});
    };
    add(texts.tr("Customer"), fact.customer);
    add(texts.tr("Contact"), fact.contact);
    add(texts.tr("Channel"), words_in(channel_table, fact.channel, texts));
    add(texts.tr("Severity"), words_in(severity_table, fact.severity, texts));
    add(texts.tr("Taken"), fmt::format("{} · {}", when_text({fact.taken_at, now}), fact.taken_by));
    add(texts.tr("Till"), fact.terminal);
    add(texts.tr("Item"), fact.item_name);
    add(texts.tr("Batch"), fact.batch);
    add(texts.tr("Receipt"), fact.receipt);
    detail.sections.push_back({.title = texts.tr("What happened"),
                               .facts = {},
                               .lines = {{.words = fact.what, .role = Role::text}}});
    if (!fact.contact.empty() && fact.contact_masked) {
        detail.sections.back().lines.push_back(
            {texts.tr("Only those who work on complaints see the whole contact"), Role::muted,
             kit::Icon::lock});
    }
    if (fact.can_show_contact)
        detail.actions = {{.words = texts.tr("Show the contact"),
                           .sub = texts.tr("that you look is noted"),
                           .key = kit::Key::f12,
                           .enabled = !fact.contact_awaited}};
    SectionView steps{.title = texts.tr("Steps"), .facts = {}, .lines = {}};
    for (const auto& step : fact.steps) {
        steps.facts.push_back({.key = when_text({step.at, now}),
                               .value = fmt::format("{} · {}", step.words, step.person)});
    }
    if (!steps.facts.empty()) detail.sections.push_back(std::move(steps));
    return detail;
}

bool fits(const ComplaintFact& fact, ComplaintFilter filter, const domain::StoreTime& now) {
    if (filter == ComplaintFilter::open) return is_open(fact);
    if (filter == ComplaintFilter::overdue) return is_overdue(fact, now);
    return true;
}

std::string words_of(ComplaintFilter filter, const kit::TextTable& texts) {
    if (filter == ComplaintFilter::open) return texts.tr_c("of complaints", "Open");
    if (filter == ComplaintFilter::overdue) return texts.tr("Overdue");
    return texts.tr_c("of a filter", "All");
}

}  // namespace

bool is_open(const ComplaintFact& fact) {
    return fact.state != "closed" && fact.state != "declined";
}

bool is_overdue(const ComplaintFact& fact, const domain::StoreTime& now) {
    return fact.state == "received" && now.utc_ms > fact.answer_due.utc_ms;
}

bool shows_contact(const std::string& chosen, const ComplaintsFacts& facts) {
    const auto found = std::ranges::find(facts.complaints, chosen, &ComplaintFact::id);
    return found != facts.complaints.end() && found->can_show_contact && !found->contact_awaited;
}

ListPageView present_complaints(const ListState& state, const ComplaintsFacts& facts,
                                const kit::TextTable& texts) {
    ListPageView view{.name = "admin complaints"};
    view.search = SearchView{.text = state.search,
                             .placeholder = texts.tr("Words, item or number"),
                             .active = state.searching};
    const ComplaintFilter chosen = filters[std::min(state.filter, filters.size() - 1)];
    for (const ComplaintFilter each : filters) {
        const auto count = std::ranges::count_if(
            facts.complaints, [&](const auto& fact) { return fits(fact, each, facts.now); });
        view.chips.push_back({fmt::format("{} {}", words_of(each, texts), count), each == chosen});
    }
    view.columns = {{.title = texts.tr("What happened")},
                    {.title = texts.tr("Taken"), .width = 116},
                    {.title = texts.tr("Answer"), .width = 156}};
    const terminal::TypedWords typed(state.search);
    std::vector<const ComplaintFact*> shown;
    for (const ComplaintFact& each : facts.complaints) {
        const std::string all = each.what + " " + each.item_name + " " + each.id;
        if (fits(each, chosen, facts.now) && typed.find(all)) shown.push_back(&each);
    }
    std::ranges::stable_sort(shown, [](const auto* a, const auto* b) {
        const bool a_waits = a->state == "received";
        const bool b_waits = b->state == "received";
        if (a_waits != b_waits) return a_waits;
        return a->answer_due.utc_ms < b->answer_due.utc_ms;
    });
    for (const ComplaintFact* each : shown) {
        if (is_full(view)) break;
        add_row(view, state, each->id, row_of(*each, facts.now, texts));
        if (each->id == state.chosen) view.detail = detail_of(*each, facts.now, texts);
    }
    view.count = count_text(
        {view.rows.size(), shown.size()},
        texts.tr_n("{} complaint", "{} complaints", static_cast<std::int64_t>(shown.size())),
        texts);
    view.detail_hint = texts.tr("Choose a complaint to see all of it");
    const bool none = facts.complaints.empty();
    view.empty_icon = none || state.search.empty() ? kit::Icon::speech : kit::Icon::search;
    view.empty_title = none ? texts.tr("No complaints") : texts.tr("Nothing found");
    view.empty_hint = none ? texts.tr("Tills and handhelds take them in, with the receipt scanned")
                           : texts.tr("Look among all complaints to see others");
    return view;
}

}  // namespace fangxin::admin
