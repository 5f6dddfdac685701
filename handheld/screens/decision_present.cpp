// What the pages of a decision say.
#include "handheld/screens/decision_model.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::handheld {

using domain::Reason;
using domain::TestResult;
using kit::Icon;
using kit::Role;
using kit::TextTable;

namespace {

/// The others are a note on the line, or are about the till.
bool stops_a_sale(Reason reason) {
    switch (reason) {
        case Reason::clock_unknown:
        case Reason::near_expiry:
        case Reason::unrecorded_batch:
        case Reason::age_check:
            return false;
        default:
            return true;
    }
}

class Present {
  public:
    Present(const DecisionState& state, const DecisionFacts& facts, const TextTable& texts)
        : state_(state), facts_(facts), texts_(texts) {}

    DecisionView run() {
        view_.page = state_.page;
        view_.busy = state_.busy;
        view_.name = facts_.name;
        view_.note = pack();
        view_.refusal = refusal_text(state_.refusal, state_.refusal_detail, texts_);
        view_.role = role();
        view_.next = texts_.tr_c("on the handheld", "Next");
        add_head();
        add_page();
        return std::move(view_);
    }

  private:
    std::string pack() const {
        std::string text = facts_.lot;
        if (facts_.expiry) {
            if (!text.empty()) text += " · ";
            text += texts_.tr("until {}", day_text(*facts_.expiry));
        }
        return text;
    }

    void add_head() {
        view_.head = present_head(deed_name(facts_.deed, texts_), facts_.head, texts_);
        view_.head.can_go_back = !state_.busy;
        const auto pages = pages_of(facts_.deed);
        const auto at = std::ranges::find(pages, state_.page);
        if (at == pages.end()) return;
        view_.progress =
            static_cast<float>(at - pages.begin() + 1) / static_cast<float>(pages.size());
    }

    /// Stopping a sale is grave, giving it free is not, the rest is work.
    Role role() const {
        switch (facts_.deed) {
            case GoodsDeed::quarantine:
                return Role::block;
            case GoodsDeed::test_result:
                return state_.result == TestResult::failed ? Role::block : Role::primary;
            case GoodsDeed::correct:
            case GoodsDeed::withdraw:
                return Role::primary;
            default:
                return Role::ok;
        }
    }

    void add_page() {
        switch (state_.page) {
            case DecisionPage::quantity:
                view_.asks = texts_.tr("How much was taken off the shelf?");
                view_.is_weighed = facts_.unit == domain::Unit::kg;
                view_.unit = view_.is_weighed ? std::string("kg")
                                              : std::string(texts_.tr_c("on the handheld", "pcs"));
                view_.reading = state_.quantity.empty() ? "0" : state_.quantity;
                view_.skip = texts_.tr_c("on the handheld", "Not counted");
                return;
            case DecisionPage::dates:
                return add_dates();
            case DecisionPage::lot:
                view_.asks = texts_.tr("Which lot is on the pack?");
                view_.reading = state_.lot;
                view_.placeholder = facts_.lot.empty()
                                        ? std::string(texts_.tr("Key or scan the lot"))
                                        : texts_.tr("so far {}", facts_.lot);
                view_.skip = texts_.tr("Lot is right");
                return;
            case DecisionPage::result:
                view_.asks = texts_.tr("How did the test end?");
                view_.choices = {
                    {texts_.tr_c("on the handheld", "Passed"), texts_.tr("Kept with the batch"),
                     Icon::check, Role::ok, state_.result == TestResult::passed},
                    {texts_.tr_c("on the handheld", "Failed"),
                     texts_.tr("Stops the sale at every till"), Icon::cross, Role::block,
                     state_.result == TestResult::failed}};
                view_.next.clear();
                return;
            case DecisionPage::reason:
                view_.asks = facts_.deed == GoodsDeed::test_result
                                 ? texts_.tr("Which test was it?")
                                 : texts_.tr_c("on the handheld", "Why?");
                view_.reasons = present_reasons(state_.reason, reasons_for(facts_.deed), texts_);
                if (state_.reason.chosen == -1) view_.next.clear();
                return;
            case DecisionPage::photo:
                view_.asks = texts_.tr("Take a photo of date and lot on the pack");
                view_.picture = facts_.picture;
                view_.has_photo = !facts_.photo.empty();
                if (!view_.has_photo) view_.next.clear();
                return;
            case DecisionPage::confirm:
                return add_confirm();
            case DecisionPage::done:
                return add_done();
        }
    }

    void add_dates() {
        const bool made = facts_.date.kind == domain::DatePrinted::production;
        view_.asks = made ? texts_.tr("Which production date is on the pack?")
                          : texts_.tr("Until when is it good, as printed?");
        view_.placeholder = texts_.tr("Month and day, or year month day");
        view_.reading = dashed(state_.date.digits);
        view_.skip = texts_.tr("Date is right");
        const auto dates = dates_meant(state_.date, facts_.date, facts_.head.now);
        for (std::size_t i = 0; i < dates.size(); ++i) {
            view_.choices.push_back(
                {.words = domain::format_date(dates[i]),
                 .selected = dates.size() == 1 || state_.date.pick == static_cast<int>(i)});
        }
    }

    void add_answer(const char* key, std::string value) {
        if (!value.empty()) view_.answers.push_back({key, std::move(value), Role::text, true});
    }

    void add_confirm() {
        view_.asks = texts_.tr("Is that right?");
        if (const auto date = date_meant(state_.date, facts_.date, facts_.head.now)) {
            const bool made = facts_.date.kind == domain::DatePrinted::production;
            add_answer(made ? texts_.tr_c("on the handheld", "Produced")
                            : texts_.tr_c("on the handheld", "Good until"),
                       domain::format_date(*date));
            if (made && facts_.date.life) {
                add_answer(texts_.tr_c("on the handheld", "Good until"),
                           day_text(domain::expiry_from({*date, std::nullopt}, *facts_.date.life)));
            }
        }
        if (!state_.lot.empty()) {
            add_answer(
                texts_.tr_c("on the handheld", "Lot"),
                facts_.lot.empty() ? state_.lot : fmt::format("{} → {}", facts_.lot, state_.lot));
        }
        if (facts_.deed == GoodsDeed::withdraw) {
            const auto milli = milli_of(state_.quantity, facts_.unit).value_or(0);
            add_answer(texts_.tr_c("on the handheld", "Quantity"),
                       milli == 0 ? std::string(texts_.tr_c("on the handheld", "Not counted"))
                                  : quantity_text({milli, facts_.unit}, texts_));
        }
        if (state_.result != TestResult::none) {
            add_answer(texts_.tr_c("on the handheld", "Result"),
                       state_.result == TestResult::passed
                           ? texts_.tr_c("on the handheld", "Passed")
                           : texts_.tr_c("on the handheld", "Failed"));
        }
        const bool is_test = facts_.deed == GoodsDeed::test_result;
        add_answer(is_test ? texts_.tr_c("on the handheld", "Test")
                           : texts_.tr_c("on the handheld", "Reason"),
                   reason_of(state_.reason, reasons_for(facts_.deed), texts_));
        add_consequences();
        if (facts_.needs_second_person) {
            view_.consequences.emplace_back(texts_.tr("A second person confirms with a PIN"));
        }
        view_.next = state_.busy ? std::string(texts_.tr("Please wait…")) : verb();
    }

    std::string verb() const {
        if (facts_.deed == GoodsDeed::test_result) return texts_.tr("Record the result");
        if (facts_.deed == GoodsDeed::withdraw) return texts_.tr("It is off the shelf");
        return deed_name(facts_.deed, texts_);
    }

    /// Offline it waits for the line, and a person has to know that.
    void add_news(const char* online) {
        view_.consequences.emplace_back(
            facts_.head.connected
                ? online
                : texts_.tr("No server: the tills hear of it when the line is back"));
    }
    void add_stop() {
        const auto stops = stops_now();
        if (stops.empty())
            return add_news(texts_.tr("Stops the sale at every till within a second"));
        view_.consequences.push_back(texts_.tr("It is out of sale already: {}", titles_of(stops)));
    }

    std::vector<Reason> stops_now() const {
        std::vector<Reason> stops = facts_.reasons;
        std::erase_if(stops, [](Reason reason) { return !stops_a_sale(reason); });
        return stops;
    }
    std::string titles_of(const std::vector<Reason>& reasons) const {
        std::string titles;
        for (const Reason reason : reasons) {
            if (!titles.empty()) titles += " · ";
            titles += said(domain::words_of(reason).title, texts_);
        }
        return titles;
    }
    /// What the tills do once these reasons are gone: others may stand.
    void add_what_stays(std::initializer_list<Reason> lifted) {
        auto stops = stops_now();
        if (stops.empty()) return;
        std::erase_if(stops, [&](Reason reason) { return std::ranges::count(lifted, reason) > 0; });
        if (stops.empty()) return add_news(texts_.tr("Every till sells it again within a second"));
        view_.consequences.push_back(texts_.tr("It stays out of sale: {}", titles_of(stops)));
    }

    void add_withdrawal() {
        auto& lines = view_.consequences;
        const auto stops = stops_now();
        lines.emplace_back(texts_.tr("You confirm that no pack is left on the shelf"));
        if (facts_.is_recall || !stops.empty()) {
            add_news(texts_.tr("The tills no longer ask for the date because of it"));
        }
        if (facts_.is_recall) {
            lines.emplace_back(texts_.tr("The recall stays in force"));
            return;
        }
        if (stops.empty()) {
            add_news(texts_.tr("Every till refuses this batch from now on"));
        } else {
            lines.push_back(texts_.tr("It stays out of sale: {}", titles_of(stops)));
        }
        const auto milli = milli_of(state_.quantity, facts_.unit).value_or(0);
        if (milli > 0) {
            lines.push_back(
                texts_.tr("{} leave the stock", quantity_text({milli, facts_.unit}, texts_)));
        }
    }

    void add_test() {
        if (state_.result == TestResult::failed) return add_stop();
        auto& lines = view_.consequences;
        if (std::ranges::count(facts_.reasons, Reason::failed_test) == 0) {
            lines.emplace_back(texts_.tr("Is kept with the batch, and releases nothing"));
            return;
        }
        lines.emplace_back(texts_.tr("The stop of the failed test is lifted"));
        add_what_stays({Reason::failed_test});
    }

    /// As sync/effects.cpp carries it out.
    void add_consequences() {
        auto& lines = view_.consequences;
        switch (facts_.deed) {
            case GoodsDeed::quarantine:
                add_stop();
                lines.emplace_back(texts_.tr("Take the packs off the shelf, into the crate"));
                return;
            case GoodsDeed::take_back:
                lines.emplace_back(texts_.tr("Lifts what your role quarantined, nothing else"));
                if (facts_.is_held_by_other_roles) return add_what_stays({});
                return add_what_stays({Reason::quarantined});
            case GoodsDeed::release:
                lines.emplace_back(texts_.tr("Every quarantine of this batch is lifted"));
                return add_what_stays(
                    {Reason::quarantined, Reason::not_released, Reason::withdrawn});
            case GoodsDeed::withdraw:
                return add_withdrawal();
            case GoodsDeed::correct:
                add_news(texts_.tr("Tills judge by the new values within a second"));
                lines.emplace_back(texts_.tr("The old ones stay in the journal, with the photo"));
                return;
            case GoodsDeed::test_result:
                return add_test();
            default:
                return;
        }
    }

    void add_done() {
        view_.asks = texts_.tr_c("on the handheld", "Done");
        view_.decided = decision_mark(state_.decided.value_or(domain::Decision::released), texts_);
        view_.next = texts_.tr_c("on the handheld", "Done");
        view_.head.can_go_back = true;
    }

    const DecisionState& state_;
    const DecisionFacts& facts_;
    const TextTable& texts_;
    DecisionView view_;
};

}  // namespace

DecisionView present(const DecisionState& state, const DecisionFacts& facts,
                     const TextTable& texts) {
    return Present(state, facts, texts).run();
}

}  // namespace fangxin::handheld
