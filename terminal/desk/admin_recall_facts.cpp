// Recalls, terminals and the first page: what this till knows, and what the server told besides.
#include "sync/codec.hpp"
#include "sync/ops.hpp"
#include "terminal/desk/admin_facts.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

namespace fangxin::terminal {

namespace {

constexpr std::int64_t hour_ms = 3'600'000;

admin::Duty::Kind kind_of(const std::string& task) {
    if (task == "book_batch") return admin::Duty::Kind::unrecorded;
    if (task == "answer_complaint") return admin::Duty::Kind::complaint;
    return admin::Duty::Kind::withdraw;
}

}  // namespace

admin::RecallFact AdminReader::recall_fact(const domain::Block& block,
                                           const std::vector<HeardTerminal>& heard,
                                           ItemNames& names) {
    admin::RecallFact fact{.block = block,
                           .item_name = names.name(block.item),
                           .made_by = person_name(block.made_by),
                           .made_at = station_.at(block.made_at_ms)};
    fact.terminals = answers_to(station_, block, heard, figures_, texts_);
    if (figures_ != nullptr && figures_->block == block.id) {
        fact.trace = admin::ReceiptTrace{figures_->certain_receipts, figures_->possible_receipts};
    }
    return fact;
}

void AdminReader::add_covered(admin::RecallFact& fact, ItemNames& names) {
    const auto& found = names.item(fact.block.item);
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

admin::RecallsFacts AdminReader::recalls(const std::string& live) {
    ItemNames names(station_);
    admin::RecallsFacts facts{.may_recall = may_recall(), .now = station_.now()};
    auto all = heard_terminals(station_, figures_);
    for (const domain::Block& block : station_.shop().all_blocks()) {
        if (block.kind != domain::BlockKind::recall) continue;
        facts.recalls.push_back(recall_fact(block, all, names));
        if (block.id == live) add_covered(facts.recalls.back(), names);
    }
    std::ranges::stable_sort(facts.recalls, std::greater{},
                             [](const admin::RecallFact& fact) { return fact.made_at.utc_ms; });
    return facts;
}

admin::TerminalsFacts AdminReader::terminals() {
    admin::TerminalsFacts facts{.now = station_.now()};
    ItemNames names(station_);
    std::int64_t newest = 0;
    auto all = heard_terminals(station_, figures_);
    for (const HeardTerminal& each : all)
        newest = std::max(newest, each.block_cursor);
    auto blocks = station_.shop().all_blocks();
    for (const HeardTerminal& each : all) {
        admin::TerminalFact fact{.id = each.terminal,
                                 .name = terminal_name(each.terminal, texts_),
                                 .is_this = each.terminal == station_.options().terminal,
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
        for (const domain::Block& block : blocks) {
            if (each.block_cursor >= newest || block.lifted) continue;
            if (station_.shop().cursor_of(block.id) <= each.block_cursor) continue;
            fact.missing.push_back(
                {fmt::format("{} {}", names.name(block.item), admin::extent_words(block, texts_)),
                 station_.at(block.made_at_ms)});
        }
        std::ranges::stable_sort(fact.missing, {}, [](const admin::TerminalFact::Missing& missing) {
            return missing.since.utc_ms;
        });
        facts.terminals.push_back(std::move(fact));
    }
    return facts;
}

/// Without a server: what was sold at this till.
void AdminReader::add_own_sales(admin::TodayFacts& facts) {
    std::array<std::int64_t, 24> hours{};
    sync::Query query =
        station_.reader().query("SELECT at, body FROM ops WHERE kind = 'sale' AND at >= $1");
    query.bind(domain::format_date(facts.now.date()));
    while (query.step()) {
        auto at = domain::parse_instant(query.text(0));
        auto op = sync::read_envelope(query.text(1));
        if (!at || !op || at->date() != facts.now.date()) continue;
        auto sale = sync::from_json<sync::Sale>(op->data);
        if (!sale) continue;
        std::int64_t fen = sale->total_fen - sale->rounding_fen;
        facts.sales_fen += fen;
        ++facts.sales_count;
        hours[static_cast<std::size_t>(at->minute_of_day() / 60)] += fen;
    }
    for (std::size_t hour = 0; hour < hours.size(); ++hour) {
        if (hours[hour] != 0) facts.hours.push_back({static_cast<int>(hour), hours[hour]});
    }
}

void AdminReader::add_sales(admin::TodayFacts& facts) const {
    facts.sales_fen = figures_->sales_fen;
    facts.sales_count = figures_->sales_count;
    if (figures_->week_before_fen > 0) facts.week_before_fen = figures_->week_before_fen;
    for (const sync::HourFigure& each : figures_->hours)
        facts.hours.push_back({static_cast<int>(each.hour), each.fen});
}

void AdminReader::add_attempts(admin::TodayFacts& facts) {
    std::map<domain::Reason, std::int64_t> refused;
    for (const admin::AttemptFact& each : attempts().attempts) {
        if (each.at.date() != facts.now.date() || each.reasons.empty()) continue;
        ++refused[each.reasons.front()];
    }
    for (const auto& [reason, count] : refused)
        facts.refused.push_back({reason, count});
}

void AdminReader::add_goods(admin::TodayFacts& facts) {
    for (const admin::BatchFact& each : batches().batches) {
        if (fits(each, admin::BatchFilter::near_expiry)) ++facts.near_expiry;
    }
    for (const admin::ComplaintFact& each : complaints().complaints) {
        if (!is_open(each)) continue;
        ++facts.open_complaints;
        bool answered = each.state != "received";
        bool sooner =
            !facts.next_answer_due || each.answer_due.utc_ms < facts.next_answer_due->utc_ms;
        if (!answered && sooner) facts.next_answer_due = each.answer_due;
    }
    for (admin::RecallFact& each : recalls("").recalls) {
        bool runs = !each.block.lifted && !each.block.withdrawal_confirmed;
        if (runs) facts.running.push_back(std::move(each));
    }
}

/// What the handheld's home asks for too, and what is wrong with terminals and recalls.
void AdminReader::add_duties(admin::TodayFacts& facts) {
    for (const admin::RecallFact& each : facts.running) {
        if (!is_waited_for(each)) continue;
        std::string what =
            fmt::format("{} {}", each.item_name, admin::extent_words(each.block, texts_));
        std::int64_t start_ms = admin::start_deadline_hours(each.block.level) * hour_ms;
        facts.duties.push_back({.kind = admin::Duty::Kind::recall,
                                .what = std::move(what),
                                .due = station_.at(each.block.made_at_ms + start_ms),
                                .since = each.made_at,
                                .id = each.block.id});
    }
    auto tasks = list_rows(station_, goods_, "tasks", "");
    if (!tasks) return;
    for (const boost::json::value& value : *tasks) {
        const boost::json::object& row = value.get_object();
        admin::Duty duty{.kind = kind_of(text_of(row, "task"))};
        if (duty.kind == admin::Duty::Kind::complaint) continue;
        bool books = duty.kind == admin::Duty::Kind::unrecorded;
        duty.id = text_of(row, books ? "id" : "batch");
        duty.what = fmt::format("{} {}", text_of(row, "name"), text_of(row, "lot"));
        if (!books) ++facts.withdraw_today;
        facts.duties.push_back(std::move(duty));
    }
    for (const admin::ComplaintFact& each : complaints().complaints) {
        if (each.state != "received") continue;
        facts.duties.push_back({.kind = admin::Duty::Kind::complaint,
                                .what = fmt::format("{} {}", each.item_name, each.what),
                                .due = each.answer_due,
                                .since = each.taken_at,
                                .id = each.id});
    }
    for (const admin::TerminalFact& each : terminals().terminals) {
        if (!is_in_trouble(each)) continue;
        facts.duties.push_back({.kind = admin::Duty::Kind::terminal,
                                .what = each.name,
                                .since = each.last_seen,
                                .id = each.id});
    }
}

admin::TodayFacts AdminReader::today() {
    admin::TodayFacts facts{.now = station_.now()};
    if (figures_ != nullptr) {
        add_sales(facts);
    } else {
        add_own_sales(facts);
    }
    add_attempts(facts);
    add_goods(facts);
    add_duties(facts);
    return facts;
}

std::vector<admin::AdminFacts::Waiting> AdminReader::waiting() {
    auto count = [](auto number) { return static_cast<int>(number); };
    auto running = recalls("").recalls;
    auto open = complaints();
    auto all = terminals().terminals;
    return {{admin::Area::recalls, count(std::ranges::count_if(running, admin::is_waited_for))},
            {admin::Area::complaints,
             count(std::ranges::count_if(
                 open.complaints,
                 [&](const admin::ComplaintFact& fact) { return is_overdue(fact, open.now); }))},
            {admin::Area::terminals, count(std::ranges::count_if(all, admin::is_in_trouble))}};
}

}  // namespace fangxin::terminal
