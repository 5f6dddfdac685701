// What the pages ask, done: each a call that the headless interface makes too.
#include "handheld/desk/handheld_desk.hpp"
#include "handheld/screens/receive_draft.hpp"
#include "terminal/station/recalls.hpp"
#include "terminal/station/words.hpp"

namespace fangxin::handheld {

using terminal::SidePages;

void HandheldDesk::answer(const home::Action& action) {
    changed_ = true;
    auto effect = update(home_, facts_.home(), action);
    if (effect) std::visit([this](const auto& each) { act(each); }, *effect);
}

void HandheldDesk::answer(const receive::Action& action) {
    changed_ = true;
    auto effect = update(receive_, facts_.receive(receive_), action, workplace_.texts());
    if (receive_.page != ReceivePage::item && writing_ && writing_->is_search) end_writing();
    draft_.keep(station_.store(), receive_);
    if (effect) std::visit([this](const auto& each) { act(each); }, *effect);
}

void HandheldDesk::answer(const lookup::Action& action) {
    changed_ = true;
    if (pages_.empty()) return;
    const auto* page = std::get_if<page::Lookup>(&pages_.back());
    if (page == nullptr) return;
    auto effect = update(facts_.lookup(page->of), action);
    if (effect) std::visit([this](const auto& each) { act(each); }, *effect);
}

void HandheldDesk::answer(const batches::Action& action) {
    changed_ = true;
    if (pages_.empty()) return;
    auto* page = std::get_if<page::Batches>(&pages_.back());
    if (page == nullptr) return;
    auto effect = update(page->state, facts_.batches(), action, workplace_.texts());
    if (effect) std::visit([this](const auto& each) { act(each); }, *effect);
}

void HandheldDesk::answer(const decision::Action& action) {
    changed_ = true;
    if (pages_.empty()) return;
    auto* page = std::get_if<page::Decide>(&pages_.back());
    if (page == nullptr) return;  // its page was left while a second person was asked
    const DecisionFacts facts = decision_facts(*page);
    auto effect = update(page->state, facts, action, workplace_.texts());
    if (effect) std::visit([this](const auto& each) { act(each); }, *effect);
}

void HandheldDesk::answer(const recall::Action& action) {
    changed_ = true;
    if (pages_.empty()) return;
    auto* page = std::get_if<page::Recall>(&pages_.back());
    if (page == nullptr) return;
    auto effect = update(page->state, facts_.recall(page->state), action, workplace_.texts());
    bool searches = page->state.page == RecallPage::item;
    if (!searches && writing_ && writing_->is_search) end_writing();
    if (effect) std::visit([this](const auto& each) { act(each); }, *effect);
}

void HandheldDesk::act(const home::StartReceiving& effect) {
    begin_receiving({.item = effect.item, .lot = effect.lot, .date = effect.date});
}

void HandheldDesk::act(const home::OpenBatches& effect) {
    page::Batches page;
    if (effect.near_expiry_only) page.state.filter = BatchFilter::near_expiry;
    go_to(std::move(page));
}

/// One that is on record is worked on in the shop's admin area; here one sees to its goods.
void HandheldDesk::act(const home::OpenComplaint& effect) {
    if (effect.complaint.empty()) return workplace_.open(SidePages::Page::complaint);
    auto taken = facts_.complaint(effect.complaint);
    if (taken && !taken->batch.empty()) return go_to(page::Lookup{{.id = taken->batch}});
    if (taken && !taken->item.empty()) return go_to(page::Lookup{{.code = taken->item}});
    workplace_.refuse(kit::Msgid("It names no goods: after-sales answers it"));
}

void HandheldDesk::act(const home::Go& effect) {
    switch (effect.way) {
        case home::Way::recall:
            return go_to(page::Recall{});
        case home::Way::fault:
            return workplace_.open(SidePages::Page::fault);
        case home::Way::settings:
            return workplace_.open(SidePages::Page::settings);
        case home::Way::lock:
            return workplace_.lock();
        case home::Way::log_out:
            station_.logout("asked");
            return workplace_.follow_person();
        default:
            return open_camera(CameraUse::codes);
    }
}

/// From a page of goods another one takes its place, so that the way back stays short.
void HandheldDesk::look_up(const std::string& code) {
    GoodsSubject subject{.code = code};
    bool beside = !pages_.empty() && std::holds_alternative<page::Lookup>(pages_.back());
    if (beside) pages_.pop_back();
    facts_.forget();
    const LookupFacts& facts = facts_.lookup(subject);
    using domain::VerdictKind;
    bool sellable = facts.verdict == VerdictKind::allow || facts.verdict == VerdictKind::warn ||
                    facts.verdict == VerdictKind::verify;
    heard(facts.result == Lookup::found && sellable);
    go_to(page::Lookup{std::move(subject)});
}

void HandheldDesk::act(const lookup::Do& effect) {
    if (effect.deed == GoodsDeed::receive) {
        const auto* page = pages_.empty() ? nullptr : std::get_if<page::Lookup>(&pages_.back());
        return begin_receiving(
            {.item = effect.item, .code = page ? page->of.code : std::string(), .lot = effect.lot});
    }
    if (effect.deed == GoodsDeed::complaint) return workplace_.open_complaint_of(effect.item);
    // Not after four questions.
    if (effect.deed == GoodsDeed::correct && !devices_.has_camera()) return say_no_photo();
    go_to(page::Decide{.deed = effect.deed, .batch = effect.batch, .state = begin(effect.deed)});
}

/// A delivery that is under way is finished first; without an item it is just gone on with.
void HandheldDesk::begin_receiving(const Wanted& wanted) {
    if (receive_.page == ReceivePage::booked) receive_ = {};
    go_to(page::Receive{});
    if (wanted.item.empty()) return;
    auto found = facts_.item(wanted.code.empty() ? wanted.item : wanted.code);
    if (!found) return answer(receive::Action{receive::Refused{"no_such_item", wanted.item}});
    const bool scanned = found->item.code != wanted.code;
    receive::ItemFound goods{std::move(*found), scanned ? wanted.code : "", wanted.lot,
                             wanted.date};
    const bool is_other_item = !receive_.item.empty() && receive_.item != goods.item.item.code;
    if (is_other_item || is_other_batch(receive_, goods, station_.now())) {
        receive_.refusal = is_other_item ? "other_item" : "other_batch";
        receive_.refusal_detail.clear();
        return heard(false);
    }
    answer(receive::Action{std::move(goods)});
}

/// Why nothing is found by this code, in words that no code can break.
Error HandheldDesk::trouble_with(const std::string& code) const {
    const auto scanned = domain::parse_code(code, station_.code_context());
    if (scanned.error) return {"bad_code", std::string(domain::to_text(*scanned.error))};
    if (scanned.kind == domain::CodeKind::payment) return {"payment_code", ""};
    return {"no_such_item", terminal::shown_code(code)};
}

void HandheldDesk::act(const receive::FindItem& effect) {
    auto found = facts_.item(effect.code);
    if (!found) {
        const Error trouble = trouble_with(effect.code);
        return answer(receive::Action{receive::Refused{trouble.code, trouble.detail}});
    }
    bool scanned = !receive_.scanned.empty() || found->item.code != effect.code;
    answer(receive::Action{
        receive::ItemFound{std::move(*found), scanned ? effect.code : "", "", std::nullopt}});
}

void HandheldDesk::act(const recall::FindItem& effect) {
    auto found = facts_.item(effect.code);
    if (!found) {
        const Error trouble = trouble_with(effect.code);
        return answer(recall::Action{recall::Refused{trouble.code, trouble.detail}});
    }
    domain::ScannedCode code = domain::parse_code(effect.code, station_.code_context());
    answer(recall::Action{recall::ItemFound{found->item.code, code.error ? "" : code.lot}});
}

void HandheldDesk::with_right(Rightful rightful) {
    terminal::Refusal refusal = station_.may(rightful.action);
    if (refusal.code.empty()) return rightful.then("");
    if (refusal.code != "needs_second_person") return rightful.refused(refusal.code);
    workplace_.ask_second_person(
        {.action = rightful.action,
         .what = rightful.what,
         .confirmed = [then = rightful.then](const domain::Person& second) { then(second.number); },
         .given_up = [refused = rightful.refused] { refused("needs_second_person"); }});
}

void HandheldDesk::act(const receive::Book& effect) {
    const auto& item = facts_.receive(receive_).item;
    const kit::TextTable& texts = workplace_.texts();
    with_right({.action = domain::Action::receive,
                .what = deed_name(GoodsDeed::receive, texts) + " · " + (item ? item->name : ""),
                .then = [this, effect](const std::string&) { book(effect, ""); },
                .refused =
                    [this](const std::string& error) {
                        answer(receive::Action{receive::Refused{error, ""}});
                    }});
}

void HandheldDesk::book(const receive::Book& delivery, const std::string& approver) {
    auto day = [](const std::optional<domain::DayMinute>& date) {
        return date ? domain::format_day_minute(*date) : std::string();
    };
    Received received{.item = delivery.item,
                      .lot = delivery.lot,
                      .production = day(delivery.production),
                      .expiry = day(delivery.expiry),
                      .quantity_milli = delivery.quantity_milli,
                      .supplier = delivery.supplier,
                      .decision = std::string(domain::to_text(delivery.decision)),
                      .reason = delivery.reason,
                      .approver = approver};
    auto along = [number = draft_.next(), text = write_draft(receive_)](sync::Database& writer,
                                                                        const std::string& batch) {
        DeliveryDraft::booked(writer, number, text, batch);
    };
    Done done = work_.receive(received, along);
    facts_.forget();
    if (done.error == "life_used" && approver.empty()) return ask_manager(delivery, done);
    if (!done.error.empty()) {
        return answer(receive::Action{receive::Refused{done.error, done.detail}});
    }
    auto decision = domain::from_text<domain::Decision>(done.decision);
    answer(receive::Action{
        receive::Booked{done.batch, decision.value_or(domain::Decision::released)}});
}

/// RECV-6: the goods work says that somebody else has to let them in.
void HandheldDesk::ask_manager(const receive::Book& delivery, const Done& refused) {
    const auto& item = facts_.receive(receive_).item;
    const kit::TextTable& texts = workplace_.texts();
    workplace_.ask_second_person(
        {.action = GoodsWork::let_in_late,
         .what = texts.tr("Receive late in its life: {}", item ? item->name : delivery.item),
         .confirmed = [this,
                       delivery](const domain::Person& second) { book(delivery, second.number); },
         .given_up =
             [this, refused] {
                 answer(receive::Action{receive::Refused{refused.error, refused.detail}});
             }});
}

void HandheldDesk::act(const decision::Do& effect) {
    const DecisionFacts& facts = facts_.decision(effect.deed, effect.batch);
    with_right({.action = action_of(effect.deed),
                .what = deed_name(effect.deed, workplace_.texts()) + " · " + facts.name,
                .then = [this, effect](const std::string& approver) { decide(effect, approver); },
                .refused =
                    [this](const std::string& error) {
                        answer(decision::Action{decision::Refused{error, ""}});
                    }});
}

void HandheldDesk::decide(const decision::Do& deed, const std::string& approver) {
    Done done = carry_out(deed, approver);
    facts_.forget();
    if (!done.error.empty()) {
        return answer(decision::Action{decision::Refused{done.error, done.detail}});
    }
    auto decision = domain::from_text<domain::Decision>(done.decision);
    answer(decision::Action{decision::Decided{decision.value_or(domain::Decision::released)}});
}

Done HandheldDesk::carry_out(const decision::Do& deed, const std::string& approver) {
    auto day = [](const std::optional<domain::DayMinute>& date) {
        return date ? domain::format_day_minute(*date) : std::string();
    };
    switch (deed.deed) {
        case GoodsDeed::withdraw:
            return work_.withdraw(deed.batch, deed.quantity_milli, approver);
        case GoodsDeed::quarantine:
            return work_.quarantine(deed.batch, deed.reason);
        case GoodsDeed::take_back:
            return work_.take_back(deed.batch, deed.reason);
        case GoodsDeed::release:
            return work_.release(deed.batch, deed.reason);
        case GoodsDeed::correct:
            return work_.correct({.batch = deed.batch,
                                  .lot = deed.lot,
                                  .production = day(deed.production),
                                  .expiry = day(deed.expiry),
                                  .reason = deed.reason,
                                  .photo = deed.photo});
        case GoodsDeed::test_result:
            return work_.test(deed.batch, std::string(domain::to_text(deed.result)), deed.kind);
        case GoodsDeed::receive:
        case GoodsDeed::complaint:
            break;
    }
    return {.error = "bad_value"};
}

void HandheldDesk::act(const recall::Make& effect) {
    const page::Recall* page = std::get_if<page::Recall>(&pages_.back());
    std::string name = page ? facts_.recall(page->state).name : effect.order.item;
    const kit::TextTable& texts = workplace_.texts();
    with_right(
        {.action = domain::Action::recall_make,
         .what = std::string(texts.tr_c("on the handheld", "Recall")) + " · " + name,
         .then = [this, effect](const std::string& approver) { make(effect.order, approver); },
         .refused =
             [this](const std::string& error) {
                 answer(recall::Action{recall::Refused{error, ""}});
             }});
}

void HandheldDesk::make(const terminal::RecallOrder& order, const std::string& approver) {
    auto made = terminal::make_recall(station_, order, approver);
    look_anew();
    if (made) return answer(recall::Action{recall::Made{*made}});
    answer(recall::Action{recall::Refused{made.error().code, made.error().detail}});
}

}  // namespace fangxin::handheld
