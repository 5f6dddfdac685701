#include "terminal/admin/recalls_model.hpp"

#include "terminal/admin/figures_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::admin {

namespace {

using kit::Role;

bool fits(const RecallFact& fact, RecallFilter filter) {
    return filter == RecallFilter::all || !fact.block.lifted;
}

std::string reached_words(const RecallFact& fact, const kit::TextTable& texts) {
    return texts.tr("{} of {}", reached(fact), fact.terminals.size());
}

kit::Row row_of(const RecallFact& fact, const domain::StoreTime& now, const kit::TextTable& texts) {
    kit::Row row;
    row.cells = {{.text = level_words(fact.block.level, texts), .weight = kit::Weight::bold},
                 {.text = fact.item_name},
                 {.text = when_text({fact.made_at, now}), .size = 18},
                 {.text = fact.made_by, .size = 18},
                 {.text = reached_words(fact, texts),
                  .size = 18,
                  .role = is_waited_for(fact) ? Role::block : Role::ok}};
    row.tags = {state_tag(fact.block, texts)};
    row.note = extent_words(fact.block, texts);
    return row;
}

NoticeView waiting_notice(const RecallFact& fact, const kit::TextTable& texts) {
    if (fact.block.lifted) {
        return {texts.tr("It was lifted: tills judge these packs as before"), Role::muted,
                kit::Icon::check};
    }
    if (fact.terminals.empty()) {
        return {texts.tr("No terminal has confirmed it yet"), Role::block, kit::Icon::warning};
    }
    const auto missing = static_cast<std::int64_t>(fact.terminals.size()) - reached(fact);
    if (missing == 0)
        return {texts.tr("Every terminal refuses these packs"), Role::ok, kit::Icon::check};
    return {
        texts.tr_n("{} terminal has it not: do not sell there until it is connected",
                   "{} terminals have it not: do not sell there until they are connected", missing),
        Role::block, kit::Icon::warning};
}

DetailView detail_of(const RecallFact& fact, const domain::StoreTime& now,
                     const kit::TextTable& texts) {
    DetailView detail{
        .title = fact.item_name,
        .tags = {{level_words(fact.block.level, texts), Role::block}, state_tag(fact.block, texts)},
        .notice = waiting_notice(fact, texts)};
    detail.facts = {{.key = texts.tr("Packs"), .value = extent_words(fact.block, texts)},
                    {.key = texts.tr("When"), .value = when_text({fact.made_at, now})},
                    {.key = texts.tr("By"), .value = fact.made_by},
                    {.key = texts.tr("Reached"), .value = reached_words(fact, texts)},
                    {.key = texts.tr("Number"), .value = fact.block.id}};
    detail.sections.push_back({.title = texts.tr("Reason"),
                               .facts = {},
                               .lines = {{.words = fact.block.reason, .role = Role::text}}});
    detail.actions.push_back(
        {.words = texts.tr("Follow it live"), .key = kit::Key::f12, .look = kit::Look::primary});
    return detail;
}

RecallLiveView::Batch batch_of(const CoveredBatch& batch, const kit::TextTable& texts) {
    RecallLiveView::Batch view{.lot = batch.lot.empty() ? texts.tr("no lot") : batch.lot};
    const auto day = [](const std::optional<domain::DayMinute>& date) {
        return date ? domain::format_date(date->date) : std::string("—");
    };
    view.dates = texts.tr("{} to {}", day(batch.production), day(batch.expiry));
    view.stock = batch.stock_milli ? quantity_text({*batch.stock_milli, batch.unit}, texts) : "—";
    view.tag = batch.withdrawal_confirmed ? kit::RowTag{texts.tr("Off the shelf"), Role::ok}
                                          : kit::RowTag{texts.tr("Still to withdraw"), Role::warn};
    return view;
}

void add_trace(RecallLiveView& view, const RecallFact& fact, const kit::TextTable& texts) {
    view.trace_title = texts.tr("Receipts that contain it");
    if (!fact.trace) {
        view.trace = {{.key = texts.tr("Certain"), .value = texts.tr("only with the server")}};
        return;
    }
    view.trace = {{.key = texts.tr("Certain"),
                   .value = texts.tr("{}, code or date was read", fact.trace->certain),
                   .bold = true},
                  {.key = texts.tr("Possible"),
                   .value = texts.tr("{}, the pack was not told apart", fact.trace->possible)}};
}

}  // namespace

ListPageView present_recalls(const ListState& state, const RecallsFacts& facts,
                             const kit::TextTable& texts) {
    ListPageView view{.name = "admin recalls"};
    const auto in_force = std::ranges::count_if(
        facts.recalls, [](const RecallFact& each) { return !each.block.lifted; });
    view.chips = {{texts.tr("In force {}", in_force), state.filter == 0},
                  {fmt::format("{} {}", texts.tr_c("of a filter", "All"), facts.recalls.size()),
                   state.filter == 1}};
    view.action = ActionView{.words = texts.tr("Make a recall…"),
                             .key = kit::Key::f11,
                             .look = kit::Look::danger,
                             .enabled = facts.may_recall};
    view.columns = {{.title = texts.tr("Level"), .width = 92},
                    {.title = texts.tr("Item")},
                    {.title = texts.tr("When"), .width = 110},
                    {.title = texts.tr("By"), .width = 78},
                    {.title = texts.tr("Reached"), .width = 74, .align = kit::Align::right}};
    const RecallFilter filter = state.filter == 0 ? RecallFilter::in_force : RecallFilter::all;
    std::size_t found = 0;
    for (const RecallFact& each : facts.recalls) {
        if (!fits(each, filter)) continue;
        ++found;
        if (is_full(view)) continue;
        add_row(view, state, each.block.id, row_of(each, facts.now, texts));
        if (each.block.id == state.chosen) view.detail = detail_of(each, facts.now, texts);
    }
    view.count =
        count_text({view.rows.size(), found},
                   texts.tr_n("{} recall", "{} recalls", static_cast<std::int64_t>(found)), texts);
    view.detail_hint = texts.tr("Choose a recall to follow it");
    view.empty_icon = kit::Icon::check;
    view.empty_title = texts.tr("No recall is running");
    view.empty_hint = facts.may_recall
                          ? texts.tr("Make one when a supplier or an office warns of goods")
                          : texts.tr("An inspector or the manager makes one");
    return view;
}

std::optional<RecallLiveView> present_live(const std::string& id, const RecallsFacts& facts,
                                           const kit::TextTable& texts) {
    const auto found = std::ranges::find_if(
        facts.recalls, [&](const RecallFact& each) { return each.block.id == id; });
    if (found == facts.recalls.end()) return std::nullopt;
    const RecallFact& fact = *found;
    RecallLiveView view{.title = fact.item_name, .back = texts.tr("All recalls")};
    view.tags = {{level_words(fact.block.level, texts), Role::block},
                 {extent_words(fact.block, texts), Role::muted},
                 state_tag(fact.block, texts)};
    view.made = fmt::format("{} · {} · {}", when_text({fact.made_at, facts.now}), fact.made_by,
                            fact.block.id);
    view.reason = fact.block.reason;
    view.waiting = waiting_notice(fact, texts);
    view.terminals_title = texts.tr("Terminals {}", reached_words(fact, texts));
    view.terminals_empty = texts.tr("No terminal is known yet");
    for (const TerminalAnswer& each : fact.terminals)
        view.terminals.push_back({each.name, answer_words(each, facts.now, texts)});
    std::ranges::stable_sort(view.terminals, [](const auto& a, const auto& b) {
        return !a.answer.done && b.answer.done;
    });
    view.batches_title = texts.tr("Batches it covers");
    view.batches_empty = texts.tr("No batch on record: packs are refused by what they say");
    for (const CoveredBatch& each : fact.batches)
        view.batches.push_back(batch_of(each, texts));
    add_trace(view, fact, texts);
    view.lifting = texts.tr("A recall is lifted on the server only");
    return view;
}

}  // namespace fangxin::admin
