#include "handheld/screens/lookup_model.hpp"

#include "domain/amount_text.hpp"

#include <array>
#include <fmt/format.h>

namespace fangxin::handheld {

using domain::VerdictKind;
using kit::Icon;
using kit::KeyValue;
using kit::Role;
using kit::TextTable;

std::string deed_name(GoodsDeed deed, const TextTable& texts) {
    switch (deed) {
        case GoodsDeed::withdraw:
            return texts.tr_c("a deed", "Withdraw");
        case GoodsDeed::quarantine:
            return texts.tr_c("a deed", "Quarantine");
        case GoodsDeed::take_back:
            return texts.tr_c("a deed", "Lift quarantine");
        case GoodsDeed::release:
            return texts.tr_c("a deed", "Release");
        case GoodsDeed::correct:
            return texts.tr_c("a deed", "Correct");
        case GoodsDeed::test_result:
            return texts.tr_c("a deed", "Test result");
        case GoodsDeed::receive:
            return texts.tr_c("a deed", "Receive");
        case GoodsDeed::complaint:
            return texts.tr_c("a deed", "Complaint");
    }
    return {};
}

std::vector<KeyValue> batch_rows(const BatchFacts& facts, const domain::StoreTime& now,
                                 const TextTable& texts) {
    const domain::Batch& batch = facts.batch;
    std::vector<KeyValue> rows;
    if (!batch.lot.empty())
        rows.push_back({texts.tr_c("on the handheld", "Lot"), batch.lot, Role::text, true});
    if (batch.production)
        rows.push_back({texts.tr_c("on the handheld", "Produced"), day_text(*batch.production)});
    if (facts.expiry) {
        const Mark left = days_left(*facts.expiry, now, texts);
        rows.push_back({texts.tr_c("on the handheld", "Good until"),
                        fmt::format("{} · {}", day_text(*facts.expiry), left.words), left.role,
                        true});
    }
    const Mark decision = decision_mark(facts.decision, texts);
    std::string decided = decision.words;
    if (const auto age = age_mark(facts.age, texts)) decided += " · " + age->words;
    if (batch.test == domain::TestResult::failed)
        decided += std::string(" · ") + texts.tr("test failed");
    if (batch.withdrawal_confirmed) decided += std::string(" · ") + texts.tr("off the shelf");
    rows.push_back({texts.tr_c("on the handheld", "Decision"), decided, decision.role, true});
    if (facts.stock_milli) {
        rows.push_back({texts.tr_c("on the handheld", "Stock"),
                        quantity_text({*facts.stock_milli, facts.unit}, texts),
                        *facts.stock_milli < 0 ? Role::warn : Role::text});
    }
    if (batch.received)
        rows.push_back(
            {texts.tr_c("on the handheld", "Received"), domain::format_date(*batch.received)});
    if (!facts.supplier.empty())
        rows.push_back({texts.tr_c("on the handheld", "Supplier"), facts.supplier});
    return rows;
}

namespace {

LookupView::Verdict present_verdict(const LookupFacts& facts, const TextTable& texts) {
    LookupView::Verdict view;
    switch (facts.verdict) {
        case VerdictKind::allow:
            view = {Icon::check, Role::ok, texts.tr("May be sold")};
            break;
        case VerdictKind::warn:
            view = {Icon::exclamation, Role::warn, texts.tr("May be sold, with a note")};
            break;
        case VerdictKind::verify:
            view = {Icon::question, Role::primary,
                    texts.tr("The till asks for the date on the pack")};
            break;
        case VerdictKind::block:
            view = {Icon::cross, Role::block, texts.tr("May not be sold")};
            break;
        case VerdictKind::unknown:
            view = {Icon::question, Role::warn, texts.tr("No till knows this item")};
            break;
    }
    for (const domain::Reason reason : facts.reasons) {
        const domain::ReasonWords& words = domain::words_of(reason);
        view.reasons.push_back(
            {said(words.title, texts), said(words.clause, texts), said(words.say, texts)});
    }
    if (facts.verdict == VerdictKind::block && !facts.reasons.empty()) {
        view.action = said(domain::words_of(facts.reasons.front()).action, texts);
    }
    if (facts.verdict == VerdictKind::verify) {
        view.action = texts.tr("Withdraw the unsafe batch: then the questions end");
    }
    return view;
}

std::vector<KeyValue> recall_rows(const domain::Block& recall, const TextTable& texts) {
    std::vector<KeyValue> rows;
    if (!recall.lot.empty())
        rows.push_back({texts.tr_c("on the handheld", "Lot"), recall.lot, Role::text, true});
    if (recall.from || recall.to) {
        rows.push_back(
            {texts.tr_c("on the handheld", "Dates"),
             fmt::format("{} – {}", recall.from ? domain::format_date(*recall.from) : "…",
                         recall.to ? domain::format_date(*recall.to) : "…"),
             Role::text, true});
    }
    if (recall.level != domain::RecallLevel::none) {
        rows.push_back({texts.tr_c("on the handheld", "Recall level"),
                        level_words(recall.level, texts), Role::block, true});
    }
    rows.push_back({texts.tr_c("on the handheld", "Reason"), recall.reason});
    return rows;
}

bool wants_withdrawal(const LookupFacts& facts) {
    if (facts.recall) return true;
    if (!facts.batch) return false;
    const BatchFacts& of = *facts.batch;
    return domain::withdrawal_cause(of.batch, {of.decision, of.age, of.expiry},
                                    facts.head.now.date()) != domain::WithdrawalCause::none;
}

void add_deeds(LookupView& view, const LookupFacts& facts, const TextTable& texts) {
    const bool is_pack = facts.batch.has_value();
    const auto decision = is_pack ? facts.batch->decision : domain::Decision::released;
    const bool is_held = decision == domain::Decision::quarantined;
    const bool is_free = decision == domain::Decision::released;
    const bool is_gone =
        decision == domain::Decision::returned || decision == domain::Decision::disposed;
    const bool pressing = wants_withdrawal(facts);
    const auto add = [&](bool may, GoodsDeed deed, bool is_pressing = false) {
        if (may) view.deeds.push_back({deed, deed_name(deed, texts), is_pressing});
    };
    const GoodsRights& may = facts.may;
    const bool can_withdraw = facts.recall || (is_pack && !is_gone);
    add(may.withdraw && can_withdraw, GoodsDeed::withdraw, pressing);
    add(may.quarantine && is_pack && !is_held && !is_gone, GoodsDeed::quarantine);
    const bool held_back = is_pack && !is_free && decision != domain::Decision::recalled;
    add(may.release && held_back && !is_gone, GoodsDeed::release);
    add(may.take_back && !may.release && is_held, GoodsDeed::take_back);
    add(may.correct && is_pack, GoodsDeed::correct);
    add(may.test_result && is_pack, GoodsDeed::test_result);
    add(may.receive, GoodsDeed::receive);
    add(may.complaint, GoodsDeed::complaint);
}

LookupView::Other present_other(const BatchFacts& facts, const domain::StoreTime& now,
                                const TextTable& texts) {
    LookupView::Other other;
    other.title = facts.batch.lot;
    if (other.title.empty() && facts.expiry) other.title = day_text(*facts.expiry);
    if (other.title.empty()) other.title = texts.tr("Batch without a lot");
    if (facts.expiry) {
        other.note = fmt::format("{} · {}", day_text(*facts.expiry),
                                 days_left(*facts.expiry, now, texts).words);
    } else if (facts.batch.received) {
        other.note = texts.tr("received {}", domain::format_date(*facts.batch.received));
    }
    other.mark = decision_mark(facts.decision, texts);
    const auto age = age_mark(facts.age, texts);
    if (age && facts.decision == domain::Decision::released) other.mark = *age;
    return other;
}

LookupView::Empty empty_of(const LookupFacts& facts, const TextTable& texts) {
    if (facts.result == Lookup::bad_code) {
        return {Icon::warning, texts.tr("The code was misread"),
                texts.tr("Scan it again, or key the number under it")};
    }
    return {Icon::question, texts.tr("No item has this code"),
            texts.tr("{}: no till sells it, ask the store manager to add it", facts.code)};
}

}  // namespace

LookupView present(const LookupFacts& facts, const TextTable& texts) {
    LookupView view;
    view.head = present_head(texts.tr_c("on the handheld", "Look up"), facts.head, texts);
    view.looking = facts.result == Lookup::looking;
    if (view.looking) return view;
    if (facts.result != Lookup::found) {
        view.empty = empty_of(facts, texts);
        return view;
    }
    if (facts.batch) view.head.title = texts.tr_c("on the handheld", "Batch");
    if (facts.recall) view.head.title = texts.tr_c("on the handheld", "Recall");
    view.name = facts.name;
    view.note = facts.code.empty() ? facts.item : facts.code;
    if (facts.price_fen > 0) {
        view.note += fmt::format(" · {}/{}", domain::yuan(facts.price_fen, "¥"),
                                 facts.unit == domain::Unit::kg
                                     ? std::string("kg")
                                     : std::string(texts.tr_c("on the handheld", "pc")));
    }
    view.verdict = present_verdict(facts, texts);
    if (facts.batch) view.facts = batch_rows(*facts.batch, facts.head.now, texts);
    if (facts.recall) view.facts = recall_rows(*facts.recall, texts);
    if (!facts.batch) {
        for (const BatchFacts& each : facts.batches)
            view.others.push_back(present_other(each, facts.head.now, texts));
    }
    if (!view.others.empty()) view.others_title = texts.tr("Batches on record");
    add_deeds(view, facts, texts);
    return view;
}

namespace {

using lookup::Effect;

struct Update {
    const LookupFacts& facts;

    std::optional<Effect> operator()(const lookup::DeedChosen& chosen) const {
        lookup::Do deed{.deed = chosen.deed, .item = facts.item};
        if (facts.batch) {
            deed.batch = facts.batch->batch.id;
            deed.lot = facts.batch->batch.lot;
        } else if (facts.recall) {
            deed.batch = facts.recall->id;
            deed.lot = facts.recall->lot;
        }
        return deed;
    }
    std::optional<Effect> operator()(const lookup::OtherChosen& chosen) const {
        if (chosen.index >= facts.batches.size()) return std::nullopt;
        return lookup::OpenBatch{facts.batches[chosen.index].batch.id};
    }
    std::optional<Effect> operator()(const lookup::Scanned& scanned) const {
        return lookup::LookUp{scanned.code};
    }
    std::optional<Effect> operator()(const lookup::Left&) const { return lookup::Leave{}; }
};

}  // namespace

std::optional<Effect> update(const LookupFacts& facts, const lookup::Action& action) {
    return std::visit(Update{facts}, action);
}

}  // namespace fangxin::handheld
