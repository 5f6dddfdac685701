#include "terminal/desk/admin_facts.hpp"

#include "domain/masked_text.hpp"
#include "sync/server_peer.hpp"

#include <algorithm>
#include <fmt/format.h>

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

/// What has no date comes last.
bool expires_before(const std::optional<domain::DayMinute>& a,
                    const std::optional<domain::DayMinute>& b) {
    constexpr int whole_day = 24 * 60;
    if (!a || !b) return a.has_value() && !b;
    return std::pair{a->date, a->minute.value_or(whole_day)} <
           std::pair{b->date, b->minute.value_or(whole_day)};
}

}  // namespace

std::vector<Area> areas_of(domain::Role role) {
    using enum Area;
    switch (domain::report_scope_of(role)) {
        case domain::ReportScope::everything:
            return {today,     items,  batches, recalls,     attempts, complaints,
                    terminals, faults, devices, instruments, journal,  labels};
        case domain::ReportScope::quality:
            return {today, items, batches, recalls, attempts, complaints, journal};
        case domain::ReportScope::complaints:
            return {items, batches, recalls, complaints, journal};
        case domain::ReportScope::own_till:
            return {items, batches, recalls, attempts, faults, instruments, journal};
        case domain::ReportScope::own_work:
            return {items, batches, recalls, journal};
        case domain::ReportScope::instruments:
            return {items, instruments, faults, devices, journal};
        case domain::ReportScope::accounts:
            return {terminals, devices, journal};
        case domain::ReportScope::none:
            break;
    }
    return {};
}

void AdminReader::begin(const sync::Figures* figures) {
    figures_ = figures;
    read_ = std::make_unique<Read>(station_);
}

domain::ReportScope AdminReader::scope() const {
    return station_.person() ? domain::report_scope_of(station_.person()->role)
                             : domain::ReportScope::none;
}

const std::string& AdminReader::person_name(const std::string& number) {
    auto [name, fresh] = read_->people.try_emplace(number, number);
    if (!fresh) return name->second;
    if (number == sync::server_log_name) {
        name->second = texts_.tr("Server");
    } else if (auto person = station_.shop().person(number)) {
        name->second = person->name;
    }
    return name->second;
}

const std::string& AdminReader::supplier_name(const std::string& code) {
    auto [name, fresh] = read_->suppliers.try_emplace(code, code);
    if (!fresh || code.empty()) return name->second;
    if (auto supplier = station_.shop().supplier(code)) name->second = supplier->name;
    return name->second;
}

const std::string& AdminReader::category_name(const std::string& code) {
    auto [name, fresh] = read_->categories.try_emplace(code, code);
    if (!fresh) return name->second;
    if (auto category = station_.shop().category(code)) {
        name->second = domain::name_in(texts_.language(), {category->name_zh, category->name_en});
    }
    return name->second;
}

const std::vector<domain::Block>& AdminReader::blocks() {
    if (!read_->blocks) {
        read_->blocks = station_.shop().all_blocks();
        for (const domain::Block& each : *read_->blocks)
            read_->blocks_of[each.item].push_back(each);
    }
    return *read_->blocks;
}

const std::vector<domain::Block>& AdminReader::blocks_of(const std::string& item) {
    static const std::vector<domain::Block> none;
    blocks();
    auto found = read_->blocks_of.find(item);
    return found == read_->blocks_of.end() ? none : found->second;
}

bool AdminReader::may_recall() const {
    return station_.may(domain::Action::recall_make).code.empty();
}

admin::ItemsFacts AdminReader::items(const admin::ListState& shown) {
    sync::ShopReader& shop = station_.shop();
    const std::string& typed = shown.search;
    const std::string& category = shown.picked;
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
        if (item.code == shown.chosen) fact.codes = shop.codes_of(item.code);
        fact.blocked = std::ranges::any_of(
            blocks_of(item.code), [](const domain::Block& block) { return !block.lifted; });
        fact.item = std::move(item);
        facts.found.push_back(std::move(fact));
    }
    return facts;
}

admin::BatchFact AdminReader::batch_fact(domain::Batch batch) {
    domain::BatchStanding standing = read_->names.standing(batch, blocks_of(batch.item));
    admin::BatchFact fact{.item_name = read_->names.name(batch.item),
                          .decision = standing.decision,
                          .age = standing.age,
                          .cause = read_->names.withdrawal_cause(batch, standing)};
    fact.batch = std::move(batch);
    fact.batch.expiry = standing.expiry;
    return fact;
}

admin::BatchesFacts AdminReader::batches() {
    sync::ShopReader& shop = station_.shop();
    admin::BatchesFacts facts{.may_recall = may_recall(), .now = station_.now()};
    for (domain::Batch& batch : shop.all_batches()) {
        admin::BatchFact fact = batch_fact(std::move(batch));
        fact.supplier = supplier_name(fact.batch.supplier);
        const auto& found = read_->names.item(fact.batch.item);
        for (const domain::Block& block : blocks_of(fact.batch.item)) {
            if (!found || !domain::covers(block, fact.batch, found->item)) continue;
            fact.blocks.push_back(
                {block, person_name(block.made_by), station_.at(block.made_at_ms)});
        }
        facts.batches.push_back(std::move(fact));
    }
    for (const sync::UnrecordedBatch& each : shop.unrecorded()) {
        admin::BatchFact fact{.item_name = read_->names.name(each.item),
                              .unrecorded_since = station_.at(each.first_seen_ms)};
        fact.batch = {.id = each.id,
                      .item = each.item,
                      .lot = each.lot,
                      .production = each.production,
                      .expiry = each.expiry,
                      .decision = domain::Decision::released};
        facts.batches.push_back(std::move(fact));
    }
    std::ranges::stable_sort(facts.batches, [](const auto& a, const auto& b) {
        return expires_before(a.batch.expiry, b.batch.expiry);
    });
    return facts;
}

std::string AdminReader::batches_version() {
    sync::Query newest = station_.reader().query(
        "SELECT coalesce((SELECT max(ver) FROM batches), 0) || ' ' || "
        "(SELECT count(*) FROM batches) || ' ' || "
        "coalesce((SELECT max(ver) FROM blocks), 0) || ' ' || "
        "coalesce((SELECT max(ver) FROM unrecorded_batches), 0) || ' ' || "
        "coalesce((SELECT max(ver) FROM items), 0) || ' ' || "
        "coalesce((SELECT max(ver) FROM categories), 0) || ' ' || "
        "coalesce((SELECT max(ver) FROM suppliers), 0) || ' ' || "
        "coalesce((SELECT group_concat(tbl || key || epoch || '-' || seq) FROM overlay WHERE tbl "
        "IN ('batches', 'blocks', 'unrecorded_batches')), '')");
    return newest.step() ? newest.text(0) : "";
}

admin::RecallMakeFacts AdminReader::making(const admin::RecallDraft& draft) {
    sync::ShopReader& shop = station_.shop();
    admin::RecallMakeFacts facts{.may_recall = may_recall(), .now = station_.now()};
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
    facts.terminals = static_cast<int>(heard().size());
    facts.terminals_online =
        static_cast<int>(std::ranges::count_if(heard(), &HeardTerminal::online));
    return facts;
}

admin::AttemptsFacts AdminReader::attempts(std::int64_t since_ms) {
    admin::AttemptsFacts facts{.now = station_.now()};
    bool own_only = scope() == domain::ReportScope::own_till;
    for (const sync::Attempt& each : station_.shop().attempts(since_ms)) {
        if (own_only && each.terminal != station_.options().terminal) continue;
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

bool AdminReader::concerns(const domain::Block& block, const sync::Complaint& complaint) {
    if (complaint.batch.empty() || block.batch == complaint.batch) return true;
    auto batch = station_.shop().batch(complaint.batch);
    const auto& found = read_->names.item(complaint.item);
    domain::Block made = block;
    made.lifted = false;
    return batch && found && domain::covers(made, *batch, found->item);
}

/// It was taken, and what was stopped since then of what it is about.
std::vector<admin::ComplaintFact::Step> AdminReader::steps_of(const sync::Complaint& complaint) {
    std::vector<admin::ComplaintFact::Step> steps{{.at = station_.at(complaint.taken_at_ms),
                                                   .person = person_name(complaint.taken_by),
                                                   .words = texts_.tr("Taken")}};
    if (complaint.item.empty()) return steps;
    for (const domain::Block& block : blocks_of(complaint.item)) {
        if (block.made_at_ms < complaint.taken_at_ms || !concerns(block, complaint)) continue;
        steps.push_back({.at = station_.at(block.made_at_ms),
                         .person = person_name(block.made_by),
                         .words = fmt::format("{} · {}", admin::kind_words(block, texts_),
                                              admin::extent_words(block, texts_))});
    }
    return steps;
}

const admin::ComplaintsFacts& AdminReader::complaints() {
    if (read_->complaints) return *read_->complaints;
    bool sees_contact = station_.may(domain::Action::complaint_work).code.empty();
    admin::ComplaintsFacts& facts = read_->complaints.emplace();
    facts.now = station_.now();
    for (const sync::Complaint& each : station_.shop().complaints()) {
        facts.complaints.push_back(
            {.id = each.id,
             .state = each.state,
             .channel = each.channel,
             .customer = each.customer,
             .contact = sees_contact ? each.contact : domain::masked_contact(each.contact),
             .contact_masked = !sees_contact,
             .can_show_contact = sees_contact && !each.contact_sealed.empty(),
             .receipt = each.receipt,
             .item_name = each.item.empty() ? "" : read_->names.name(each.item),
             .batch = each.batch,
             .what = each.what,
             .severity = each.severity,
             .taken_by = person_name(each.taken_by),
             .terminal = terminal_name(each.terminal, texts_),
             .taken_at = station_.at(each.taken_at_ms),
             .answer_due = station_.at(each.answer_due_ms),
             .steps = steps_of(each)});
    }
    return facts;
}

}  // namespace fangxin::terminal
