// The first page of the admin area: what was sold and refused today, and what is to be done.
#include "sync/codec.hpp"
#include "sync/ops.hpp"
#include "terminal/desk/admin_facts.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

namespace fangxin::terminal {

namespace {

constexpr std::int64_t minute_ms = 60'000;

/// So many days before its expiry a batch may be near it.
std::int64_t longest_warning(const std::vector<domain::Category>& categories) {
    std::int64_t days = 0;
    for (const domain::NearExpiryTier& tier : domain::near_expiry_tiers)
        days = std::max(days, tier.days_before);
    for (const domain::Category& each : categories)
        days = std::max(days, each.near_expiry_days.value_or(0));
    return std::min<std::int64_t>(days, 3'650);
}

/// The instant up to which it is good.
domain::StoreTime end_of(const domain::DayMinute& expiry, const domain::StoreTime& now) {
    constexpr int whole_day = 24 * 60;
    std::int64_t minutes = (expiry.date - now.date()).count() * whole_day +
                           expiry.minute.value_or(whole_day) - now.minute_of_day();
    return {now.utc_ms - now.utc_ms % minute_ms + minutes * minute_ms, now.offset_minutes};
}

std::string batch_words(const std::string& name, const std::string& lot) {
    return lot.empty() ? name : name + " " + lot;
}

/// By then a recall has to be begun (SAFE-7).
std::int64_t deadline_ms(const domain::Block& recall) {
    constexpr std::int64_t hour_ms = 3'600'000;
    return recall.made_at_ms + hour_ms * admin::start_deadline_hours(recall.level);
}

bool is_by_date(const admin::BatchFact& fact) {
    return fact.cause == domain::WithdrawalCause::expired ||
           fact.cause == domain::WithdrawalCause::last_day;
}

}  // namespace

/// Without a server: what was sold at this till. The log is never pruned, so it is read from its
/// end; a clock that was set right may have left a few ops of today before one of yesterday.
void AdminReader::add_own_sales(admin::TodayFacts& facts) {
    std::array<std::int64_t, 24> hours{};
    const std::string today = domain::format_date(facts.now.date());
    const std::string yesterday = domain::format_date(facts.now.date() - std::chrono::days{1});
    sync::Query query =
        station_.reader().query("SELECT kind, at, body FROM ops ORDER BY epoch DESC, seq DESC");
    while (query.step()) {
        const std::string when = query.text(1);
        if (when < yesterday) break;
        if (query.text(0) != "sale" || !when.starts_with(today)) continue;
        auto at = domain::parse_instant(when);
        auto op = sync::read_envelope(query.text(2));
        if (!at || !op) continue;
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
    for (const admin::AttemptFact& each :
         attempts(admin::attempts_since_ms({}, facts.now)).attempts) {
        if (each.at.date() != facts.now.date() || each.reasons.empty()) continue;
        ++refused[each.reasons.front()];
    }
    for (const auto& [reason, count] : refused)
        facts.refused.push_back({reason, count});
}

void AdminReader::add_batches(admin::TodayFacts& facts) {
    std::chrono::days horizon{longest_warning(station_.shop().categories())};
    std::vector<admin::BatchFact> withdrawals;
    for (domain::Batch& batch : station_.shop().watched_batches(facts.now.date() + horizon)) {
        admin::BatchFact fact = batch_fact(std::move(batch));
        if (fits(fact, admin::BatchFilter::near_expiry)) ++facts.near_expiry;
        if (fits(fact, admin::BatchFilter::to_withdraw)) withdrawals.push_back(std::move(fact));
    }
    facts.withdraw_today += static_cast<std::int64_t>(withdrawals.size());
    add_withdrawals(facts, std::move(withdrawals));
}

/// One duty for all of them: a hundred expired batches must not hide a complaint.
void AdminReader::add_withdrawals(admin::TodayFacts& facts,
                                  std::vector<admin::BatchFact> withdrawals) {
    if (withdrawals.empty()) return;
    std::ranges::stable_sort(withdrawals, {}, &admin::BatchFact::cause);
    const admin::BatchFact& worst = withdrawals.front();
    admin::Duty duty{.kind = admin::Duty::Kind::withdraw,
                     .what = batch_words(worst.item_name, worst.batch.lot),
                     .id = worst.batch.id};
    if (withdrawals.size() > 1)
        duty.what = texts_.tr("{} and {} more", duty.what, withdrawals.size() - 1);
    for (const admin::BatchFact& each : withdrawals) {
        if (is_by_date(worst)) {
            if (!each.batch.expiry) continue;
            domain::StoreTime end = end_of(*each.batch.expiry, facts.now);
            if (!duty.due || end.utc_ms < duty.due->utc_ms) duty.due = end;
            continue;
        }
        const auto& found = read_->names.item(each.batch.item);
        for (const domain::Block& block : blocks_of(each.batch.item)) {
            if (!found || !domain::covers(block, each.batch, found->item)) continue;
            bool earlier = !duty.since || block.made_at_ms < duty.since->utc_ms;
            if (earlier) duty.since = station_.at(block.made_at_ms);
            if (block.kind != domain::BlockKind::recall) continue;
            bool sooner = !duty.begin_by || deadline_ms(block) < duty.begin_by->utc_ms;
            if (sooner) duty.begin_by = station_.at(deadline_ms(block));
        }
    }
    facts.duties.push_back(std::move(duty));
}

void AdminReader::add_recalls(admin::TodayFacts& facts) {
    for (const admin::RecallFact& each : all_recalls()) {
        const domain::Block& block = each.block;
        if (block.lifted || block.withdrawal_confirmed) continue;
        facts.running.push_back(each);
        admin::Duty duty{
            .kind = admin::Duty::Kind::recall,
            .what = fmt::format("{} {}", each.item_name, admin::extent_words(block, texts_)),
            .since = each.made_at,
            .id = block.id,
            .begin_by = station_.at(deadline_ms(block))};
        if (!read_->names.is_on_record(block)) {
            ++facts.withdraw_today;
            admin::Duty packs = duty;
            packs.kind = admin::Duty::Kind::recalled_packs;
            facts.duties.push_back(std::move(packs));
        }
        if (is_waited_for(each)) facts.duties.push_back(std::move(duty));
    }
}

void AdminReader::add_unrecorded(admin::TodayFacts& facts) {
    auto unrecorded = station_.shop().unrecorded();
    if (unrecorded.empty()) return;
    const sync::UnrecordedBatch& first = unrecorded.front();
    admin::Duty duty{.kind = admin::Duty::Kind::unrecorded,
                     .what = batch_words(read_->names.name(first.item), first.lot),
                     .since = station_.at(first.first_seen_ms),
                     .id = first.id};
    if (unrecorded.size() > 1)
        duty.what = texts_.tr("{} and {} more", duty.what, unrecorded.size() - 1);
    facts.duties.push_back(std::move(duty));
}

void AdminReader::add_complaints(admin::TodayFacts& facts) {
    for (const admin::ComplaintFact& each : complaints().complaints) {
        if (is_open(each)) ++facts.open_complaints;
        if (each.state != "received") continue;
        bool sooner =
            !facts.next_answer_due || each.answer_due.utc_ms < facts.next_answer_due->utc_ms;
        if (sooner) facts.next_answer_due = each.answer_due;
        facts.duties.push_back(
            {.kind = admin::Duty::Kind::complaint,
             .what = each.item_name.empty() ? each.what : each.item_name + " " + each.what,
             .due = each.answer_due,
             .since = each.taken_at,
             .id = each.id});
    }
}

/// One duty for all of them, as of withdrawals: a handheld in a drawer must not hide a recall.
void AdminReader::add_terminals(admin::TodayFacts& facts) {
    const admin::TerminalFact* longest = nullptr;
    std::int64_t others = 0;
    for (const admin::TerminalFact& each : terminals().terminals) {
        if (!is_in_trouble(each)) continue;
        others += longest != nullptr ? 1 : 0;
        bool longer = longest == nullptr ||
                      (each.last_seen && (!longest->last_seen ||
                                          each.last_seen->utc_ms < longest->last_seen->utc_ms));
        if (longer) longest = &each;
    }
    if (longest == nullptr) return;
    admin::Duty duty{.kind = admin::Duty::Kind::terminal,
                     .what = longest->name,
                     .since = longest->last_seen,
                     .id = longest->id};
    if (others > 0) duty.what = texts_.tr("{} and {} more", duty.what, others);
    facts.duties.push_back(std::move(duty));
}

admin::TodayFacts AdminReader::today() {
    admin::TodayFacts facts{.sees_sales = scope() == domain::ReportScope::everything,
                            .now = station_.now()};
    if (facts.sees_sales) {
        if (figures_ != nullptr) {
            add_sales(facts);
        } else {
            add_own_sales(facts);
        }
    }
    add_attempts(facts);
    add_recalls(facts);
    add_batches(facts);
    add_unrecorded(facts);
    add_complaints(facts);
    add_terminals(facts);
    add_faults(facts);
    add_instruments(facts);
    std::vector<admin::Area> areas;
    if (station_.person()) areas = areas_of(station_.person()->role);
    std::erase_if(facts.duties, [&](const admin::Duty& duty) {
        return std::ranges::find(areas, admin::area_of(duty.kind)) == areas.end();
    });
    sort_duties(facts.duties, facts.now);
    return facts;
}

}  // namespace fangxin::terminal
