// The answer to "which date is on the pack?" (rules 2.5).
#include "domain/lot.hpp"
#include "terminal/checkout/checkout.hpp"

namespace fangxin::terminal {

namespace {

/// Sets the date that the item prints; false if the text is no date.
bool read_date(const std::string& text, Station& station, const domain::Item& item,
               domain::PackIdentity& identity) {
    std::optional<domain::DayMinute> date = domain::parse_day_minute(text);
    if (!date) {
        auto day = station.shop().date_keyed(text, {.item = item.code, .now = station.now()});
        if (!day) return false;
        date = domain::DayMinute{*day, std::nullopt};
    }
    auto& into = item.date_printed == domain::DatePrinted::production ? identity.production
                                                                      : identity.expiry;
    into = date;
    return true;
}

/// A scan as answer: the square code of the same item, naming its batch.
bool read_code(const std::string& text, const AskVerify& asked, Station& station,
               domain::PackIdentity& identity) {
    domain::ScannedCode code = domain::parse_code(text, station.code_context());
    if (code.error || code.gtin.empty()) return false;
    auto found = station.shop().by_code(code.gtin);
    if (!found || found->item.code != asked.candidate.found.item.code) return false;
    domain::PackEvidence evidence = evidence_of(code);
    if (!evidence.names_something()) return false;
    identity = evidence.identity;
    return true;
}

}  // namespace

Outcome Checkout::verify(const VerifyAnswer& given) {
    if (auto outcome = may_sell(); !outcome.error.empty()) return outcome;
    return then_ask(answer(given));
}

Outcome Checkout::answer(const VerifyAnswer& answer) {
    auto* open = std::get_if<AskVerify>(&prompt_);
    if (!open) return refused("nothing_to_verify");
    AskVerify asked = *open;
    const domain::Item& item = asked.candidate.found.item;
    if (answer.unreadable) {  // not sold
        if (asked.line) (void)domain::void_line(basket_, *asked.line);
        prompt_ = std::monostate{};
        save_draft();
        return {.detail = "not_sold", .item = item};
    }
    if (!answer.lot.empty() && !domain::is_lot(answer.lot)) return refused("bad_lot");
    domain::PackEvidence& evidence = asked.candidate.evidence;
    if (!asked.verdict.ask_lot) evidence.identity = {};
    if (!answer.lot.empty()) evidence.identity.lot = answer.lot;
    if (!answer.date.empty() && !read_date(answer.date, station_, item, evidence.identity)) {
        return refused("bad_date", answer.date);
    }
    evidence.read_by_person = true;
    if (!answer.code.empty()) {
        if (!read_code(answer.code, asked, station_, evidence.identity)) {
            return refused("answer_first");
        }
        evidence.read_by_person = false;
    }
    if (!evidence.names_something()) return refused("no_answer");
    auto verdict = judge(asked.candidate);
    if (!verdict) return failed(verdict.error());
    prompt_ = std::monostate{};
    if (asked.line) return answer_line(std::move(asked), std::move(*verdict));
    return decide(std::move(asked.candidate), std::move(*verdict));
}

/// The question was about a line that is in the basket already.
Outcome Checkout::answer_line(AskVerify asked, domain::Verdict verdict) {
    Outcome outcome{.verdict = verdict, .item = asked.candidate.found.item, .line = asked.line};
    (void)domain::answer_verify(basket_, *asked.line, asked.candidate.evidence, verdict);
    if (verdict.kind == domain::VerdictKind::verify) {
        prompt_ = AskVerify{.candidate = std::move(asked.candidate),
                            .verdict = std::move(verdict),
                            .line = asked.line};
    } else if (verdict.kind == domain::VerdictKind::block) {
        // An attempt as any other; the line stays, red, until it is voided.
        outcome = refuse(std::move(asked.candidate), std::move(verdict));
        outcome.line = asked.line;
    }
    save_draft();
    return outcome;
}

}  // namespace fangxin::terminal
