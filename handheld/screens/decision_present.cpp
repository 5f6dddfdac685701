// What the pages of a decision say.
#include "handheld/screens/decision_model.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::handheld {

using domain::TestResult;
using kit::Icon;
using kit::KeyValue;
using kit::Role;
using kit::TextTable;

namespace {

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
    void add_stop() { add_news(texts_.tr("Stops the sale at every till within a second")); }

    void add_consequences() {
        auto& lines = view_.consequences;
        switch (facts_.deed) {
            case GoodsDeed::quarantine:
                add_stop();
                lines.emplace_back(texts_.tr("Take the packs off the shelf, into the crate"));
                return;
            case GoodsDeed::take_back:
                lines.emplace_back(texts_.tr("Lifts what your role quarantined, nothing else"));
                return;
            case GoodsDeed::release:
                add_news(texts_.tr("Every till sells it again within a second"));
                lines.emplace_back(texts_.tr("Every quarantine of this batch is lifted"));
                return;
            case GoodsDeed::withdraw:
                lines.emplace_back(texts_.tr("You confirm that no pack is left on the shelf"));
                lines.emplace_back(texts_.tr("The tills stop asking customers about the date"));
                return;
            case GoodsDeed::correct:
                add_news(texts_.tr("Tills judge by the new values within a second"));
                lines.emplace_back(texts_.tr("The old ones stay in the journal, with the photo"));
                return;
            case GoodsDeed::test_result:
                if (state_.result == TestResult::failed) return add_stop();
                lines.emplace_back(texts_.tr("Is kept with the batch, and releases nothing"));
                return;
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
