// Recalls and terminals: what this till knows of them, and what the server told besides.
#include "terminal/desk/admin_facts.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::terminal {

const std::vector<HeardTerminal>& AdminReader::heard() {
    // This till is always one of them.
    if (read_->heard.empty()) read_->heard = heard_terminals(station_, figures_);
    return read_->heard;
}

admin::RecallFact AdminReader::recall_fact(const domain::Block& block) {
    admin::RecallFact fact{.block = block,
                           .item_name = read_->names.name(block.item),
                           .made_by = person_name(block.made_by),
                           .made_at = station_.at(block.made_at_ms)};
    fact.terminals = answers_to(station_, block, heard(), figures_, texts_);
    if (figures_ != nullptr && figures_->block == block.id) {
        fact.trace = admin::ReceiptTrace{figures_->certain_receipts, figures_->possible_receipts};
    }
    return fact;
}

void AdminReader::add_covered(admin::RecallFact& fact) {
    const auto& found = read_->names.item(fact.block.item);
    if (!found) return;
    domain::Block block = fact.block;
    block.lifted = false;  // what it covered, also after it
    for (const domain::Batch& batch : station_.shop().batches_of(block.item)) {
        if (!domain::covers(block, batch, found->item)) continue;
        admin::CoveredBatch covered{.lot = batch.lot,
                                    .production = batch.production,
                                    .expiry = batch.expiry,
                                    .unit = found->item.unit,
                                    .withdrawal_confirmed = batch.withdrawal_confirmed};
        if (auto stock = station_.shop().stock(batch.id)) {
            covered.stock_milli = stock->quantity_milli;
        }
        fact.batches.push_back(std::move(covered));
    }
}

const std::vector<admin::RecallFact>& AdminReader::all_recalls() {
    if (read_->recalls) return *read_->recalls;
    std::vector<admin::RecallFact>& all = read_->recalls.emplace();
    for (const domain::Block& block : blocks()) {
        if (block.kind != domain::BlockKind::recall) continue;
        all.push_back(recall_fact(block));
    }
    std::ranges::stable_sort(all, std::greater{},
                             [](const admin::RecallFact& fact) { return fact.made_at.utc_ms; });
    return all;
}

admin::RecallsFacts AdminReader::recalls(const std::string& live) {
    admin::RecallsFacts facts{
        .recalls = all_recalls(), .may_recall = may_recall(), .now = station_.now()};
    for (admin::RecallFact& each : facts.recalls) {
        if (each.block.id == live) add_covered(each);
    }
    return facts;
}

const admin::TerminalsFacts& AdminReader::terminals() {
    if (read_->terminals) return *read_->terminals;
    admin::TerminalsFacts& facts = read_->terminals.emplace();
    facts.now = station_.now();
    std::int64_t newest = 0;
    const std::vector<HeardTerminal>& all = heard();
    for (const HeardTerminal& each : all)
        newest = std::max(newest, each.block_cursor);
    for (const HeardTerminal& each : all) {
        admin::TerminalFact fact{.id = each.terminal,
                                 .name = terminal_name(each.terminal, texts_),
                                 .is_this = each.terminal == station_.options().terminal,
                                 .known = each.known,
                                 .online = each.online,
                                 .version = each.version,
                                 .block_cursor = each.block_cursor,
                                 .newest_block = newest,
                                 .conflict = each.conflict};
        if (each.seen_ms) fact.last_seen = station_.at(*each.seen_ms);
        if (fact.is_this) {
            fact.unsent = station_.unsent();
            fact.version = FANGXIN_VERSION;
            if (!station_.conflict().empty()) fact.conflict = station_.conflict();
        }
        for (const domain::Block& block : blocks()) {
            if (each.block_cursor >= newest || block.lifted) continue;
            if (cursor_of(block.id) <= each.block_cursor) continue;
            fact.missing.push_back({fmt::format("{} {}", read_->names.name(block.item),
                                                admin::extent_words(block, texts_)),
                                    station_.at(block.made_at_ms)});
        }
        std::ranges::stable_sort(fact.missing, {}, [](const admin::TerminalFact::Missing& missing) {
            return missing.since.utc_ms;
        });
        facts.terminals.push_back(std::move(fact));
    }
    add_identities(facts);
    return facts;
}

/// Who waits to be enrolled, and who is let in: only the server knows.
void AdminReader::add_identities(admin::TerminalsFacts& facts) {
    facts.may_enrol =
        station_.online() && station_.may(domain::Action::terminal_enrol).code.empty();
    facts.may_revoke = station_.may(domain::Action::terminal_revoke).code.empty();
    if (figures_ == nullptr) return;
    for (const sync::WaitingFigure& each : figures_->waiting) {
        facts.waiting.push_back({each.terminal, terminal_name(each.terminal, texts_),
                                 each.fingerprint, each.address, station_.at(each.asked_ms)});
    }
    for (const sync::TerminalFigure& told : figures_->terminals) {
        for (admin::TerminalFact& fact : facts.terminals) {
            if (fact.id != told.terminal) continue;
            fact.identity = told.identity;
            fact.repairs = told.repairs;
            if (!fact.unsent && told.unsent > 0) fact.unsent = told.unsent;
            if (told.until_ms > 0) fact.certificate_until = station_.at(told.until_ms);
            if (fact.conflict.empty() && told.identity == "revoked") fact.conflict = "revoked";
        }
    }
}

std::int64_t AdminReader::cursor_of(const std::string& block) {
    auto [cursor, fresh] = read_->cursors.try_emplace(block, 0);
    if (fresh) cursor->second = station_.shop().cursor_of(block);
    return cursor->second;
}

std::vector<admin::AdminFacts::Waiting> AdminReader::waiting() {
    auto count = [](auto number) { return static_cast<int>(number); };
    const auto& open = complaints();
    return {
        {admin::Area::recalls, count(std::ranges::count_if(all_recalls(), admin::is_waited_for))},
        {admin::Area::complaints,
         count(std::ranges::count_if(
             open.complaints,
             [&](const admin::ComplaintFact& fact) { return is_overdue(fact, open.now); }))},
        {admin::Area::terminals,
         count(std::ranges::count_if(terminals().terminals, admin::is_in_trouble))},
        {admin::Area::faults,
         count(std::ranges::count_if(faults().faults, [&](const admin::FaultFact& fact) {
             return is_overdue(fact, open.now);
         }))}};
}

}  // namespace fangxin::terminal
