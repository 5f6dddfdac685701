#include "terminal/admin/batches_model.hpp"

#include "terminal/admin/figures_text.hpp"
#include "terminal/station/screens/typed_words.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace fangxin::admin {

namespace {

using domain::Age;
using domain::Decision;
using kit::Role;

constexpr std::array filters{BatchFilter::all,         BatchFilter::near_expiry,
                             BatchFilter::to_withdraw, BatchFilter::blocked,
                             BatchFilter::inspecting,  BatchFilter::unrecorded};

std::string words_of(BatchFilter filter, const kit::TextTable& texts) {
    switch (filter) {
        case BatchFilter::all:
            return texts.tr_c("of a filter", "All");
        case BatchFilter::near_expiry:
            return texts.tr_c("of a batch", "Near expiry");
        case BatchFilter::to_withdraw:
            return texts.tr_c("of a batch", "Withdraw");
        case BatchFilter::blocked:
            return texts.tr_c("of a batch", "Blocked");
        case BatchFilter::inspecting:
            return texts.tr_c("of a batch", "Inspecting");
        case BatchFilter::unrecorded:
            return texts.tr_c("of a batch", "Not on record");
    }
    return {};
}

std::vector<kit::RowTag> tags_of(const BatchFact& fact, const kit::TextTable& texts) {
    if (fact.unrecorded_since) return {{texts.tr_c("of a batch", "Not on record"), Role::warn}};
    std::vector<kit::RowTag> tags;
    // Released once is no comfort for what has expired since.
    if (fact.decision != Decision::released || fact.age != Age::expired)
        tags.push_back(decision_tag(fact.decision, texts));
    if (fact.batch.test == domain::TestResult::failed)
        tags.push_back({texts.tr("Failed a test"), Role::block});
    if (domain::is_gone(fact.decision)) return tags;
    if (fact.age == Age::expired)
        tags.push_back({texts.tr_c("of a batch", "Expired"), Role::block});
    if (fact.age == Age::near_expiry)
        tags.push_back({texts.tr_c("of a batch", "Near expiry"), Role::warn});
    return tags;
}

std::string date_words(const std::optional<domain::DayMinute>& date) {
    return date ? domain::day_text(*date) : "—";
}

/// The table shows the day; the minute is in the details.
std::string day_words(const std::optional<domain::DayMinute>& date) {
    return date ? domain::format_date(date->date) : "—";
}

kit::Row row_of(const BatchFact& fact, const domain::StoreTime& now, const kit::TextTable& texts) {
    kit::Row row;
    row.cells = {{.text = fact.item_name},
                 {.text = fact.batch.lot.empty() ? "—" : fact.batch.lot, .size = 18},
                 {.text = day_words(fact.batch.production), .size = 18},
                 {.text = day_words(fact.batch.expiry), .size = 18}};
    row.tags = tags_of(fact, texts);
    if (fact.batch.expiry && !domain::is_gone(fact.decision))
        row.note = terminal::days_left(*fact.batch.expiry, now, texts).words;
    return row;
}

SectionView block_section(const BlockFact& fact, const domain::StoreTime& now,
                          const kit::TextTable& texts) {
    SectionView section{.title = kind_words(fact.block, texts), .facts = {}, .lines = {}};
    if (!fact.block.reason.empty())
        section.lines.push_back({.words = fact.block.reason, .role = Role::text});
    section.facts = {{.key = texts.tr("By"), .value = fact.made_by},
                     {.key = texts.tr("Since"), .value = when_text({fact.made_at, now})},
                     {.key = texts.tr("Number"), .value = fact.block.id}};
    if (fact.block.withdrawal_confirmed) {
        section.lines.push_back(
            {texts.tr("Confirmed: no pack is left on the shelf"), Role::ok, kit::Icon::check});
    } else {
        section.lines.push_back({texts.tr("Nobody has confirmed that the shelf is empty"),
                                 Role::warn, kit::Icon::warning});
    }
    return section;
}

DetailView detail_of(const BatchFact& fact, const BatchesFacts& all, const kit::TextTable& texts) {
    const domain::Batch& batch = fact.batch;
    DetailView detail{.title = fact.item_name, .tags = tags_of(fact, texts)};
    if (fact.unrecorded_since) {
        detail.notice = NoticeView{
            texts.tr("Sold on {} though nobody has received it: book it in on a handheld",
                     when_text({*fact.unrecorded_since, all.now})),
            Role::warn, kit::Icon::warning};
    } else if (fact.cause == domain::WithdrawalCause::expired) {
        detail.notice = NoticeView{texts.tr("Every till refuses it: take it off the shelf"),
                                   Role::block, kit::Icon::exclamation};
    }
    const auto add = [&](const char* name, std::string value) {
        if (!value.empty()) detail.facts.push_back({.key = name, .value = std::move(value)});
    };
    add(texts.tr("Lot"), batch.lot);
    add(texts.tr("Produced"), date_words(batch.production));
    add(texts.tr("Expires"), date_words(batch.expiry));
    if (batch.expiry)
        add(texts.tr("Left"), terminal::days_left(*batch.expiry, all.now, texts).words);
    if (batch.received)
        add(texts.tr_c("of a batch", "Received"), domain::format_date(*batch.received));
    add(texts.tr("Supplier"), fact.supplier);
    add(texts.tr("Batch"), batch.id);
    for (const BlockFact& each : fact.blocks)
        detail.sections.push_back(block_section(each, all.now, texts));
    if (all.may_recall && fact.decision != Decision::recalled && !domain::is_gone(fact.decision)) {
        detail.actions.push_back({.words = texts.tr("Recall it…"), .key = kit::Key::f11});
    }
    return detail;
}

void add_empty(ListPageView& view, const ListState& state, const BatchesFacts& facts,
               const kit::TextTable& texts) {
    if (facts.batches.empty()) {
        view.empty_icon = kit::Icon::shelf;
        view.empty_title = texts.tr("No batches on record yet");
        view.empty_hint = texts.tr("They come with the first delivery that a handheld receives");
    } else if (!state.search.empty()) {
        view.empty_icon = kit::Icon::search;
        view.empty_title = texts.tr("Nothing found");
        view.empty_hint = texts.tr("Search by fewer letters, or among all batches");
    } else {
        view.empty_icon = kit::Icon::check;
        view.empty_title = texts.tr("No such batch");
        view.empty_hint = texts.tr("Nothing to do here");
    }
}

}  // namespace

kit::RowTag decision_tag(Decision decision, const kit::TextTable& texts) {
    const terminal::Mark mark = terminal::decision_mark(decision, texts);
    return {mark.words, mark.role};
}

bool fits(const BatchFact& fact, BatchFilter filter) {
    const bool unrecorded = fact.unrecorded_since.has_value();
    const bool on_sale = !unrecorded && !domain::is_gone(fact.decision);
    switch (filter) {
        case BatchFilter::all:
            return true;
        case BatchFilter::to_withdraw:
            return fact.cause != domain::WithdrawalCause::none;
        case BatchFilter::near_expiry:
            return on_sale && fact.age == Age::near_expiry;
        case BatchFilter::blocked:
            return fact.decision == Decision::recalled || fact.decision == Decision::quarantined ||
                   (on_sale &&
                    (!fact.blocks.empty() || fact.batch.test == domain::TestResult::failed));
        case BatchFilter::inspecting:
            return !unrecorded && fact.decision == Decision::inspecting;
        case BatchFilter::unrecorded:
            return unrecorded;
    }
    return true;
}

const BatchFact* chosen_batch(const ListState& state, const BatchesFacts& facts) {
    for (const BatchFact& each : facts.batches) {
        if (each.batch.id == state.chosen) return &each;
    }
    return nullptr;
}

ListPageView present_batches(const ListState& state, const BatchesFacts& facts,
                             const kit::TextTable& texts) {
    ListPageView view{.name = "admin batches"};
    view.search = SearchView{.text = state.search,
                             .placeholder = texts.tr("Name, pinyin, lot or batch"),
                             .active = state.searching};
    for (std::size_t i = 0; i < filters.size(); ++i) {
        const auto count = std::ranges::count_if(
            facts.batches, [&](const BatchFact& each) { return fits(each, filters[i]); });
        view.chips.push_back(
            {fmt::format("{} {}", words_of(filters[i], texts), count), i == state.filter});
    }
    view.columns = {{.title = texts.tr_c("of goods", "Name")},
                    {.title = texts.tr("Lot"), .width = 100},
                    {.title = texts.tr("Produced"), .width = 104, .align = kit::Align::right},
                    {.title = texts.tr("Expires"), .width = 104, .align = kit::Align::right}};
    const terminal::TypedWords typed(state.search);
    std::size_t found = 0;
    for (const BatchFact& each : facts.batches) {
        if (!fits(each, filters[std::min(state.filter, filters.size() - 1)])) continue;
        if (!state.search.empty() &&
            !typed.find(each.item_name + " " + each.batch.lot + " " + each.batch.id))
            continue;
        ++found;
        if (is_full(view)) continue;
        add_row(view, state, each.batch.id, row_of(each, facts.now, texts));
        if (each.batch.id == state.chosen) view.detail = detail_of(each, facts, texts);
    }
    view.count =
        count_text({view.rows.size(), found},
                   texts.tr_n("{} batch", "{} batches", static_cast<std::int64_t>(found)), texts);
    view.detail_hint = texts.tr("Choose a batch to see all of it");
    add_empty(view, state, facts, texts);
    return view;
}

}  // namespace fangxin::admin
