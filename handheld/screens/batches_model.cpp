#include "handheld/screens/batches_model.hpp"

#include "terminal/station/screens/typed_words.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace fangxin::handheld {

using domain::Decision;
using kit::Role;
using kit::TextTable;

namespace {

constexpr std::size_t most_rows = 200;

bool passes(BatchFilter filter, const BatchFacts& facts) {
    switch (filter) {
        case BatchFilter::all:
            return true;
        case BatchFilter::near_expiry:
            return facts.age == domain::Age::near_expiry && facts.decision == Decision::released &&
                   facts.batch.in_stock;
        case BatchFilter::expired:
            return facts.age == domain::Age::expired && !domain::is_gone(facts.decision) &&
                   !facts.batch.withdrawal_confirmed;
        case BatchFilter::blocked:
            return facts.decision == Decision::recalled ||
                   facts.decision == Decision::quarantined ||
                   (facts.batch.test == domain::TestResult::failed &&
                    !domain::is_gone(facts.decision));
        case BatchFilter::inspecting:
            return facts.decision == Decision::inspecting;
    }
    return false;
}

std::vector<BatchesView::Filter> present_filters(const BatchesState& state,
                                                 const BatchesFacts& facts,
                                                 const TextTable& texts) {
    const std::array words{texts.tr_c("batches", "All"), texts.tr_c("batches", "Near"),
                           texts.tr_c("batches", "Expired"), texts.tr_c("batches", "Blocked"),
                           texts.tr_c("batches", "Inspecting")};
    constexpr std::array roles{Role::primary, Role::warn, Role::block, Role::block, Role::warn};
    std::vector<BatchesView::Filter> filters;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto filter = static_cast<BatchFilter>(i);
        const auto count = std::ranges::count_if(
            facts.batches, [&](const BatchFacts& each) { return passes(filter, each); });
        filters.push_back({.filter = filter,
                           .count = count > 999 ? "999+" : fmt::format("{}", count),
                           .words = words[i],
                           .role = count > 0 ? roles[i] : Role::muted,
                           .selected = filter == state.filter});
    }
    return filters;
}

/// The worst that can be said of it in two words.
Mark mark_of(const BatchFacts& facts, const TextTable& texts) {
    if (facts.batch.test == domain::TestResult::failed && !domain::is_gone(facts.decision) &&
        facts.decision == Decision::released) {
        return {texts.tr("test failed"), Role::block};
    }
    const auto age = age_mark(facts.age, texts);
    const bool says_age =
        age && (facts.decision == Decision::released || facts.decision == Decision::inspecting);
    return says_age ? *age : decision_mark(facts.decision, texts);
}

BatchesView::Row present_row(std::size_t index, const BatchesFacts& facts, const TextTable& texts) {
    const BatchFacts& batch = facts.batches[index];
    BatchesView::Row row{.index = index, .name = batch.name, .mark = mark_of(batch, texts)};
    const auto add = [&](const std::string& part) {
        if (part.empty()) return;
        if (!row.note.empty()) row.note += " · ";
        row.note += part;
    };
    add(batch.batch.lot);
    if (batch.expiry) {
        add(day_text(*batch.expiry));
        add(days_left(*batch.expiry, facts.head.now, texts).words);
    } else if (batch.batch.received) {
        add(texts.tr("received {}", domain::format_date(*batch.batch.received)));
    }
    if (batch.stock_milli) add(quantity_text({*batch.stock_milli, batch.unit}, texts));
    return row;
}

bool expires_before(const BatchFacts& one, const BatchFacts& other) {
    if (!one.expiry || !other.expiry) return one.expiry.has_value() && !other.expiry;
    if (one.expiry->date != other.expiry->date) return one.expiry->date < other.expiry->date;
    return one.expiry->minute.value_or(24 * 60) < other.expiry->minute.value_or(24 * 60);
}

}  // namespace

BatchesView present(const BatchesState& state, const BatchesFacts& facts, const TextTable& texts) {
    BatchesView view;
    view.head = present_head(texts.tr_c("a way", "Batches"), facts.head, texts);
    view.loading = facts.reading == ReadState::loading;
    view.is_unreadable = facts.reading == ReadState::failed;
    view.search = state.search;
    view.placeholder = texts.tr_c("on the handheld", "Name, pinyin or lot");
    if (view.is_unreadable) {
        view.empty_title = texts.tr("The batches cannot be read");
        view.empty_hint = texts.tr("Scanning and receiving still work: call the manager");
    }
    if (facts.reading != ReadState::ready) return view;
    view.filters = present_filters(state, facts, texts);
    const terminal::TypedWords typed(state.search);
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < facts.batches.size(); ++i) {
        const BatchFacts& each = facts.batches[i];
        if (passes(state.filter, each) &&
            typed.find(each.name + " " + each.batch.lot + " " + each.batch.id))
            order.push_back(i);
    }
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        return expires_before(facts.batches[a], facts.batches[b]);
    });
    for (const std::size_t index : order) {
        if (view.rows.size() == most_rows) break;
        view.rows.push_back(present_row(index, facts, texts));
    }
    if (order.size() > most_rows) {
        view.more = texts.tr("{} more: write a name or a lot", order.size() - most_rows);
    }
    const bool is_searched = !state.search.empty() || state.filter != BatchFilter::all;
    view.empty_title = is_searched ? texts.tr("No such batch") : texts.tr("No batch is on record");
    view.empty_hint = is_searched ? texts.tr("Write less, or choose All")
                                  : texts.tr("Receive a delivery: it appears here");
    return view;
}

namespace {

using batches::Effect;

struct Update {
    BatchesState& state;
    const BatchesFacts& facts;
    const TextTable& texts;

    std::optional<Effect> operator()(const batches::FilterChosen& chosen) const {
        state.filter = chosen.filter;
        return std::nullopt;
    }
    std::optional<Effect> operator()(const batches::Wrote& wrote) const {
        state.search = wrote.text;
        return std::nullopt;
    }
    std::optional<Effect> operator()(const batches::FieldTouched&) const {
        return batches::Write{texts.tr_c("on the handheld", "Find a batch"), state.search};
    }
    std::optional<Effect> operator()(const batches::Opened& opened) const {
        if (opened.index >= facts.batches.size()) return std::nullopt;
        return batches::OpenBatch{facts.batches[opened.index].batch.id};
    }
    std::optional<Effect> operator()(const batches::Scanned& scanned) const {
        return batches::LookUp{scanned.code};
    }
    std::optional<Effect> operator()(const batches::Left&) const { return batches::Leave{}; }
};

}  // namespace

std::optional<Effect> update(BatchesState& state, const BatchesFacts& facts,
                             const batches::Action& action, const TextTable& texts) {
    return std::visit(Update{state, facts, texts}, action);
}

}  // namespace fangxin::handheld
