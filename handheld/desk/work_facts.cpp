// What the pages are told that do something: receiving, decisions, recalls.
#include "domain/amount_text.hpp"
#include "handheld/desk/goods_facts.hpp"
#include "terminal/station/lists.hpp"
#include "terminal/station/recall_answers.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace fangxin::handheld {

namespace {

constexpr std::size_t most_hits = 40;

/// Kinds of suppliers' papers as the shop's data name them.
std::string paper_words(const std::string& kind, const kit::TextTable& texts) {
    struct Known {
        std::string_view kind;
        kit::Msgid words;
    };
    constexpr std::array all{
        Known{"business_licence", kit::Msgid{"business licence"}},
        Known{"food_production", kit::Msgid{"food production licence"}},
        Known{"food_trading", kit::Msgid{"food trading licence"}},
        Known{"slaughter_licence", kit::Msgid{"slaughter licence"}},
        Known{"origin_certificate", kit::Msgid{"certificate of origin"}},
        Known{"import_registration", kit::Msgid{"import registration"}},
        Known{"cosmetics_production", kit::Msgid{"cosmetics production licence"}},
        Known{"tobacco_licence", kit::Msgid{"tobacco licence"}},
        Known{"trademark_authorisation", kit::Msgid{"trademark authorisation"}}};
    auto known = std::ranges::find(all, kind, &Known::kind);
    return known == all.end() ? kind : texts.tr(known->words);
}

std::string price_words(const domain::Item& item, const kit::TextTable& texts) {
    std::string unit = item.unit == domain::Unit::kg
                           ? std::string("kg")
                           : std::string(texts.tr_c("on the handheld", "pc"));
    return fmt::format("{} · {}/{}", item.code, domain::yuan(item.price_fen, "¥"), unit);
}

domain::Block as_keyed(const RecallState& state, const domain::StoreTime& now) {
    domain::Block block{.item = state.item};
    if (state.scope == RecallScope::lot) block.lot = state.lot;
    if (state.scope == RecallScope::dates) {
        RecallDays days = recall_days(state, now);
        block.from = days.from;
        block.to = days.to;
    }
    return block;
}

std::string key_of(const RecallState& state) {
    return fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}", state.item, static_cast<int>(state.scope),
                       state.lot, state.from.digits, state.to.digits, state.search, state.recall);
}

}  // namespace

const ReceiveFacts& GoodsFacts::receive(const ReceiveState& state) {
    return kept(receive_, state.item + "\n" + state.code + "\n" + state.search,
                [&, this] { return read_receive(state); });
}

const DecisionFacts& GoodsFacts::decision(GoodsDeed deed, const std::string& batch) {
    return kept(decision_, fmt::format("{}\n{}", static_cast<int>(deed), batch),
                [&, this] { return read_decision(deed, batch); });
}

const RecallFacts& GoodsFacts::recall(const RecallState& state) {
    return kept(recall_, key_of(state), [&, this] { return read_recall(state); });
}

std::optional<ReceiveItem> GoodsFacts::item(const std::string& code) const {
    auto found = terminal::find_item(station_, code);
    if (!found) return std::nullopt;
    return ReceiveItem{.item = found->item,
                       .category = found->category,
                       .name = name_of(found->item),
                       .pieces_per_code = found->quantity};
}

std::vector<ItemHit> GoodsFacts::find(const std::string& text) {
    std::vector<ItemHit> hits;
    for (const domain::Item& item : search_.find(text, most_hits))
        hits.push_back({item.code, name_of(item), price_words(item, texts_)});
    return hits;
}

ReceiveFacts GoodsFacts::read_receive(const ReceiveState& state) {
    ReceiveFacts facts;
    if (!state.item.empty()) facts.item = item(state.item);
    if (facts.item && !state.code.empty()) {
        auto coded = item(state.code);  // a case counts several
        if (coded && coded->item.code == state.item) facts.item = std::move(coded);
    }
    if (!state.search.empty()) facts.hits = find(state.search);
    facts.suppliers = read_suppliers(facts.item ? facts.item->item.supplier : "");
    return facts;
}

/// All of them, the usual one first; papers run out as the goods work sees it.
std::vector<SupplierFacts> GoodsFacts::read_suppliers(const std::string& usual) {
    domain::Date today = station_.now().date();
    std::vector<SupplierFacts> all;
    for (const domain::Supplier& supplier : station_.shop().suppliers()) {
        SupplierFacts facts{.code = supplier.code, .name = supplier.name};
        const auto papers = station_.shop().papers_of(supplier.code);
        if (const domain::SupplierPaper* out = domain::paper_run_out(papers, today)) {
            facts.papers_out = paper_words(out->kind, texts_) + " " + out->number;
        }
        all.push_back(std::move(facts));
    }
    // Not std::ranges': clang 14, which builds the sanitizers, cannot read libstdc++'s.
    std::stable_partition(all.begin(), all.end(),
                          [&](const SupplierFacts& each) { return each.code == usual; });
    return all;
}

DecisionFacts GoodsFacts::read_decision(GoodsDeed deed, const std::string& id) {
    DecisionFacts facts{.deed = deed, .batch = id};
    auto batch = station_.shop().batch(id);
    auto recall = batch ? std::nullopt : station_.shop().block(id);
    if (batch) facts.lot = batch->lot;
    if (recall) facts.lot = recall->lot;
    auto item = station_.shop().item(batch ? batch->item : recall ? recall->item : "");
    if (item) {
        facts.name = name_of(*item);
        facts.date = {item->date_printed, item->shelf_life};
        facts.unit = item->unit;
        if (batch) facts.expiry = domain::expiry_of(*batch, *item);
    }
    if (batch) {
        facts.reasons =
            verdict(batch->item, {.identity = domain::identity_of(*batch), .batch = id}).reasons;
        facts.is_held_by_other_roles = held_by_other_roles(*batch);
    } else if (recall) {
        facts.is_recall = true;
        facts.reasons = {domain::Reason::recalled};
    }
    const auto& person = station_.person();
    facts.needs_second_person =
        person && domain::right_of(person->role, action_of(deed)) == domain::Right::with_second;
    return facts;
}

/// Quarantines that this person's role cannot take back.
bool GoodsFacts::held_by_other_roles(const domain::Batch& batch) const {
    const auto own = work_.own_quarantines(batch.id);
    auto blocks = station_.shop().blocks_of(batch.item);
    return std::ranges::any_of(blocks, [&](const domain::Block& block) {
        return block.kind == domain::BlockKind::quarantine && block.batch == batch.id &&
               !block.lifted && std::ranges::find(own, block.id) == own.end();
    });
}

RecallFacts GoodsFacts::read_recall(const RecallState& state) {
    RecallFacts facts;
    if (!state.search.empty()) facts.hits = find(state.search);
    auto item = station_.shop().item(state.item);
    if (item) facts.name = name_of(*item);
    if (item && state.scope != RecallScope::none) {
        domain::Block block = as_keyed(state, station_.now());
        auto batches = station_.shop().batches_of(item->code);
        facts.covered = std::ranges::count_if(batches, [&](const domain::Batch& batch) {
            return domain::is_in_verdict(batch) && domain::covers(block, batch, *item);
        });
    }
    if (!state.recall.empty()) facts.terminals = read_terminals(state.recall);
    const auto& person = station_.person();
    facts.needs_second_person =
        person &&
        domain::right_of(person->role, domain::Action::recall_make) == domain::Right::with_second;
    return facts;
}

/// Who has it in force and who has not (SAFE-9).
std::vector<terminal::TerminalAnswer> GoodsFacts::read_terminals(const std::string& recall) const {
    auto block = station_.shop().block(recall);
    if (!block) return {};
    const sync::Figures* told = figures_.told();
    return terminal::answers_to(station_, *block, terminal::heard_terminals(station_, told), told,
                                texts_);
}

}  // namespace fangxin::handheld
