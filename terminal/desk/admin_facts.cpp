#include "terminal/desk/admin_facts.hpp"

#include "sync/codec.hpp"
#include "sync/ops.hpp"
#include "sync/server_peer.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace fangxin::terminal {

namespace {

using admin::Area;

constexpr std::size_t most_found = 500;
constexpr std::size_t most_choices = 30;

std::vector<domain::Reason> reasons_of(std::string_view text) {
    std::vector<domain::Reason> reasons;
    while (!text.empty()) {
        std::size_t end = std::min(text.find(';'), text.size());
        if (auto reason = domain::from_text<domain::Reason>(text.substr(0, end))) {
            reasons.push_back(*reason);
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return reasons;
}

}  // namespace

std::vector<Area> areas_of(domain::Role role) {
    using enum Area;
    switch (domain::report_scope_of(role)) {
        case domain::ReportScope::everything:
            return {today, items, batches, recalls, attempts, complaints, terminals};
        case domain::ReportScope::quality:
            return {today, items, batches, recalls, attempts, complaints};
        case domain::ReportScope::complaints:
            return {items, batches, recalls, complaints};
        case domain::ReportScope::own_till:
            return {items, batches, recalls, attempts};
        case domain::ReportScope::own_work:
            return {items, batches, recalls};
        case domain::ReportScope::instruments:
            return {items};
        case domain::ReportScope::accounts:
            return {terminals};
        case domain::ReportScope::none:
            break;
    }
    return {};
}

std::string AdminReader::person_name(const std::string& number) {
    if (number == sync::server_log_name) return texts_.tr("Server");
    auto person = station_.shop().person(number);
    return person ? person->name : number;
}

std::string AdminReader::supplier_name(const std::string& code) {
    auto supplier = station_.shop().supplier(code);
    return supplier ? supplier->name : code;
}

std::string AdminReader::category_name(const std::string& code) {
    auto category = station_.shop().category(code);
    if (!category) return code;
    bool zh = texts_.language() == domain::Language::zh;
    return zh || category->name_en.empty() ? category->name_zh : category->name_en;
}

bool AdminReader::may_recall() const {
    return station_.person() &&
           domain::right_of(station_.person()->role, domain::Action::recall_make) !=
               domain::Right::none;
}

admin::ItemsFacts AdminReader::items(const std::string& typed, const std::string& category) {
    sync::ShopReader& shop = station_.shop();
    admin::ItemsFacts facts;
    for (const domain::Category& each : shop.categories()) {
        facts.categories.push_back({each.code, category_name(each.code)});
    }
    std::vector<domain::Item> found =
        typed.empty() ? shop.items_of(category, most_found) : goods_.find(typed, most_found);
    if (!typed.empty() && !category.empty()) {
        std::erase_if(found, [&](const domain::Item& item) { return item.category != category; });
    }
    bool all_counted = typed.empty() || !category.empty();
    facts.found_in_all = typed.empty() ? static_cast<std::size_t>(shop.items_in(category))
                         : all_counted ? found.size()
                                       : goods_.found();
    for (domain::Item& item : found) {
        admin::ItemFact fact;
        fact.name = name_of(item, texts_.language());
        fact.category = category_name(item.category);
        fact.supplier = supplier_name(item.supplier);
        fact.codes = shop.codes_of(item.code);
        fact.blocked = std::ranges::any_of(
            shop.blocks_of(item.code), [](const domain::Block& block) { return !block.lifted; });
        fact.item = std::move(item);
        facts.found.push_back(std::move(fact));
    }
    return facts;
}

admin::BatchesFacts AdminReader::batches() {
    sync::ShopReader& shop = station_.shop();
    ItemNames names(station_);
    auto blocks = shop.all_blocks();
    admin::BatchesFacts facts{.may_recall = may_recall(), .now = station_.now()};
    std::map<std::string, std::string> suppliers;
    for (domain::Batch& batch : shop.all_batches()) {
        const auto& found = names.item(batch.item);
        admin::BatchFact fact{.item_name = names.name(batch.item),
                              .unit = found ? found->item.unit : domain::Unit::piece,
                              .decision = names.decision(batch, blocks),
                              .age = names.age(batch)};
        auto [supplier, fresh] = suppliers.try_emplace(batch.supplier);
        if (fresh) supplier->second = supplier_name(batch.supplier);
        fact.supplier = supplier->second;
        if (auto stock = shop.stock(batch.id)) fact.stock_milli = stock->quantity_milli;
        for (const domain::Block& block : blocks) {
            if (block.item != batch.item || !found || !domain::covers(block, batch, found->item)) {
                continue;
            }
            fact.blocks.push_back(
                {block, person_name(block.made_by), station_.at(block.made_at_ms)});
        }
        fact.batch = std::move(batch);
        facts.batches.push_back(std::move(fact));
    }
    for (const sync::UnrecordedBatch& each : shop.unrecorded()) {
        admin::BatchFact fact{.item_name = names.name(each.item),
                              .unrecorded_since = station_.at(each.first_seen_ms)};
        fact.batch = {.id = each.id,
                      .item = each.item,
                      .lot = each.lot,
                      .production = each.production,
                      .expiry = each.expiry,
                      .decision = domain::Decision::released};
        facts.batches.push_back(std::move(fact));
    }
    std::ranges::stable_sort(facts.batches, {}, [](const admin::BatchFact& fact) {
        return fact.batch.expiry ? domain::format_day_minute(*fact.batch.expiry) : "9999";
    });
    return facts;
}

admin::RecallMakeFacts AdminReader::making(const admin::RecallDraft& draft) {
    sync::ShopReader& shop = station_.shop();
    admin::RecallMakeFacts facts{.now = station_.now()};
    if (station_.person()) {
        facts.right = domain::right_of(station_.person()->role, domain::Action::recall_make);
    }
    for (const domain::Item& item : goods_.find(draft.search, most_choices)) {
        facts.found.push_back(
            {item.code, name_of(item, texts_.language()),
             fmt::format("{} · {}", item.code, admin::price_words(item, texts_))});
    }
    if (!draft.item.empty()) facts.item = shop.item(draft.item);
    if (facts.item) {
        facts.item_name = name_of(*facts.item, texts_.language());
        for (domain::Batch& batch : shop.batches_of(draft.item)) {
            auto stock = shop.stock(batch.id);
            facts.batches.push_back(
                {std::move(batch), stock ? std::optional(stock->quantity_milli) : std::nullopt});
        }
    }
    auto all = terminals().terminals;
    facts.terminals = static_cast<int>(all.size());
    facts.terminals_online =
        static_cast<int>(std::ranges::count_if(all, &admin::TerminalFact::online));
    return facts;
}

admin::AttemptsFacts AdminReader::attempts() {
    admin::AttemptsFacts facts{.now = station_.now()};
    for (const sync::Attempt& each : station_.shop().attempts()) {
        facts.attempts.push_back({.id = each.id,
                                  .terminal = terminal_name(each.terminal, texts_),
                                  .person = person_name(each.person),
                                  .at = station_.at(each.at_ms),
                                  .code = each.code,
                                  .item_name = each.name,
                                  .batch = each.batch,
                                  .reasons = reasons_of(each.reasons)});
    }
    std::ranges::stable_sort(facts.attempts, std::greater{},
                             [](const admin::AttemptFact& fact) { return fact.at.utc_ms; });
    return facts;
}

admin::ComplaintsFacts AdminReader::complaints() {
    ItemNames names(station_);
    bool sees_contact = station_.may(domain::Action::complaint_work).code.empty();
    admin::ComplaintsFacts facts{.now = station_.now()};
    for (const sync::Complaint& each : station_.shop().complaints()) {
        facts.complaints.push_back({.id = each.id,
                                    .state = each.state,
                                    .channel = each.channel,
                                    .customer = each.customer,
                                    .contact = sees_contact ? each.contact : masked(each.contact),
                                    .contact_masked = !sees_contact,
                                    .receipt = each.receipt,
                                    .item_name = each.item.empty() ? "" : names.name(each.item),
                                    .batch = each.batch,
                                    .what = each.what,
                                    .severity = each.severity,
                                    .taken_by = person_name(each.taken_by),
                                    .terminal = terminal_name(each.terminal, texts_),
                                    .taken_at = station_.at(each.taken_at_ms),
                                    .answer_due = station_.at(each.answer_due_ms)});
    }
    return facts;
}

}  // namespace fangxin::terminal
