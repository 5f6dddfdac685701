// What the pages ask, done: each a call that the headless interface makes too.
#include "handheld/desk/handheld_desk.hpp"
#include "handheld/screens/receive_draft.hpp"
#include "terminal/station/recalls.hpp"

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
    const DecisionFacts& facts = facts_.decision(page->deed, page->batch);
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
    begin_receiving(effect.item, effect.lot, effect.date);
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
    say(workplace_.texts().tr("It names no goods: after-sales answers it"));
}

void HandheldDesk::act(const home::Go& effect) {
    switch (effect.way) {
        case home::Way::recall:
            return go_to(page::Recall{});
        case home::Way::settings:
            return workplace_.open(SidePages::Page::settings);
        case home::Way::lock:
            return workplace_.lock();
        case home::Way::log_out:
            station_.logout("asked");
            return workplace_.follow_person();
        default:
            return say_no_camera();
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
        return begin_receiving(effect.item, effect.lot, std::nullopt);
    }
    if (effect.deed == GoodsDeed::complaint) return workplace_.open_complaint_of(effect.item);
    if (effect.deed == GoodsDeed::correct) return say_no_photo();  // not after four questions
    go_to(page::Decide{effect.deed, effect.batch, begin(effect.deed)});
}

/// A delivery that is under way is finished first; without an item it is just gone on with.
void HandheldDesk::begin_receiving(const std::string& item, const std::string& lot,
                                   const std::optional<domain::DayMinute>& date) {
    if (receive_.page == ReceivePage::booked) receive_ = {};
    go_to(page::Receive{});
    if (item.empty()) return;
    if (!receive_.item.empty() && receive_.item != item) {
        receive_.refusal = "other_item";
        receive_.refusal_detail.clear();
        return heard(false);
    }
    if (auto found = facts_.item(item)) {
        answer(receive::Action{receive::ItemFound{std::move(*found), "", lot, date}});
    } else {
        answer(receive::Action{receive::Refused{"no_such_item", item}});
    }
}

namespace {

/// Why nothing is found by this code.
std::string trouble_with(const std::string& code, domain::Date today) {
    return domain::parse_code(code, {.today = today}).error ? "bad_code" : "no_such_item";
}

}  // namespace

void HandheldDesk::act(const receive::FindItem& effect) {
    auto found = facts_.item(effect.code);
    if (!found) {
        return answer(receive::Action{
            receive::Refused{trouble_with(effect.code, station_.now().date()), effect.code}});
    }
    bool scanned = !receive_.scanned.empty() || found->item.code != effect.code;
    answer(receive::Action{
        receive::ItemFound{std::move(*found), scanned ? effect.code : "", "", std::nullopt}});
}

void HandheldDesk::act(const recall::FindItem& effect) {
    auto found = facts_.item(effect.code);
    domain::Date today = station_.now().date();
    if (!found) {
        return answer(
            recall::Action{recall::Refused{trouble_with(effect.code, today), effect.code}});
    }
    domain::ScannedCode code = domain::parse_code(effect.code, {.today = today});
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
                .then = [this, effect](const std::string&) { book(effect); },
                .refused =
                    [this](const std::string& error) {
                        answer(receive::Action{receive::Refused{error, ""}});
                    }});
}

void HandheldDesk::book(const receive::Book& delivery) {
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
                      .reason = delivery.reason};
    auto along = [number = draft_.next(), text = write_draft(receive_)](sync::Database& writer,
                                                                        const std::string& batch) {
        DeliveryDraft::booked(writer, number, text, batch);
    };
    Done done = work_.receive(received, along);
    facts_.forget();
    if (!done.error.empty()) {
        return answer(receive::Action{receive::Refused{done.error, done.detail}});
    }
    auto decision = domain::from_text<domain::Decision>(done.decision);
    answer(receive::Action{
        receive::Booked{done.batch, decision.value_or(domain::Decision::released)}});
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
