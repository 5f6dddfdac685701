#include "terminal/screens/block_model.hpp"

#include "terminal/screens/till_words.hpp"

#include <algorithm>

namespace fangxin::terminal::till {

namespace {

using domain::Reason;

/// `2026-11-22 (yesterday)`: how long ago, where it is a matter of days.
std::string expiry_text(const domain::DayMinute& expiry, domain::Date today,
                        const kit::TextTable& texts) {
    std::string date = domain::day_text(expiry);
    const auto days = (today - expiry.date).count();
    if (days == 0) return texts.tr("{} (today)", date);
    if (days == 1) return texts.tr("{} (yesterday)", date);
    if (days > 1) return texts.tr("{} ({} days ago)", date, days);
    return date;
}

std::string clauses_of(const std::vector<Reason>& reasons, const kit::TextTable& texts) {
    std::vector<std::string> clauses;
    for (Reason reason : reasons) {
        std::string clause = in(domain::words_of(reason).clause, texts);
        if (std::ranges::find(clauses, clause) == clauses.end()) {
            clauses.push_back(std::move(clause));
        }
    }
    std::string all;
    for (const std::string& clause : clauses)
        all += (all.empty() ? "" : " · ") + clause;
    return all;
}

std::vector<kit::KeyValue> rows_of(const BlockFacts& facts, const kit::TextTable& texts) {
    std::vector<kit::KeyValue> rows;
    const domain::PackIdentity& pack = facts.pack;
    if (pack.lot.empty()) {
        rows.push_back({texts.tr("Code"), facts.code});
    } else {
        rows.push_back({texts.tr("Lot"), pack.lot});
    }
    if (pack.production) {
        rows.push_back({texts.tr("Produced"), domain::day_text(*pack.production)});
    }
    if (pack.expiry) {
        const bool is_why =
            std::ranges::find(facts.reasons, Reason::expired) != facts.reasons.end();
        rows.push_back({texts.tr("Good until"), expiry_text(*pack.expiry, facts.today, texts),
                        is_why ? kit::Role::block : kit::Role::text, is_why});
    }
    const std::string clauses = clauses_of(facts.reasons, texts);
    if (!clauses.empty()) rows.push_back({texts.tr("Clause"), clauses});
    return rows;
}

}  // namespace

BlockView present(const BlockFacts& facts, const kit::TextTable& texts) {
    BlockView view;
    view.name = facts.name;
    view.rows = rows_of(facts, texts);
    view.reasons = titles_of(facts.reasons, texts);
    // Several reasons are all named; what is said and done is of the worst.
    const Reason worst = facts.reasons.empty() ? Reason::stop_sale : facts.reasons.front();
    if (view.reasons.empty()) view.reasons = in(domain::words_of(worst).title, texts);
    view.say = texts.tr("“{}”", in(domain::words_of(worst).say, texts));
    view.action = in(domain::words_of(worst).action, texts);
    view.can_print = facts.has_printer && !facts.slip_printed;
    view.slip = texts.tr("Print withdrawal slip");
    if (facts.slip_printed) view.slip = texts.tr("Withdrawal slip printed");
    if (!facts.has_printer) view.slip = texts.tr("No printer: write the slip by hand");
    return view;
}

std::optional<Effect> update(const BlockFacts& facts, const BlockAction& action) {
    if (std::holds_alternative<block::Understood>(action)) return effect::Acknowledge{};
    if (!facts.has_printer || facts.slip_printed) return std::nullopt;
    return effect::PrintWithdrawalSlip{};
}

}  // namespace fangxin::terminal::till
