#include "handheld/screens/decision_model.hpp"

#include "domain/code.hpp"
#include "domain/lot.hpp"
#include "terminal/kit/field.hpp"

#include <algorithm>
#include <array>

namespace fangxin::handheld {

using decision::Effect;
using kit::Msgid;

namespace {

constexpr std::array by_reason{DecisionPage::reason, DecisionPage::confirm};
constexpr std::array by_quantity{DecisionPage::quantity, DecisionPage::confirm};
constexpr std::array by_test{DecisionPage::result, DecisionPage::reason, DecisionPage::confirm};
constexpr std::array by_correction{DecisionPage::dates, DecisionPage::lot, DecisionPage::reason,
                                   DecisionPage::photo, DecisionPage::confirm};

constexpr std::array quarantine_reasons{
    Msgid{"A customer complained"}, Msgid{"Looks or smells wrong"}, Msgid{"Packs damaged"},
    Msgid{"Cold chain broken"}, Msgid{"Notice of the maker or office"}};
constexpr std::array release_reasons{Msgid{"Checked, all in order"}, Msgid{"Test passed"},
                                     Msgid{"Label put right"}, Msgid{"Was quarantined by mistake"}};
constexpr std::array take_back_reasons{Msgid{"Was quarantined by mistake"},
                                       Msgid{"Checked, all in order"},
                                       Msgid{"It was another batch"}};
constexpr std::array correct_reasons{Msgid{"Mistyped when received"},
                                     Msgid{"The code said something else"},
                                     Msgid{"The pack was hard to read"}};
constexpr std::array test_kinds{Msgid{"Pesticide quick test"}, Msgid{"Veterinary drug quick test"},
                                Msgid{"Formaldehyde and bleach"}, Msgid{"Laboratory report"}};

std::optional<std::string> refusal_on(DecisionPage page, const DecisionState& state,
                                      const DecisionFacts& facts) {
    switch (page) {
        case DecisionPage::quantity: {
            const auto milli = milli_of(state.quantity, facts.unit);
            if (!state.quantity.empty() && (!milli || *milli > domain::most_delivered_milli)) {
                return "quantity_out_of_range";
            }
            return std::nullopt;
        }
        case DecisionPage::dates: {
            if (state.date.digits.empty()) return std::nullopt;
            const auto date = date_meant(state.date, facts.date, facts.head.now);
            if (!date) return "bad_date";
            const bool made = facts.date.kind == domain::DatePrinted::production;
            if (made && *date > facts.head.now.date()) return "production_to_come";
            return std::nullopt;
        }
        case DecisionPage::lot:
            if (!state.lot.empty() && !domain::is_lot(state.lot)) return "bad_lot";
            if (state.lot.empty() && state.date.digits.empty()) return "nothing_changed";
            return std::nullopt;
        case DecisionPage::result:
            if (state.result == domain::TestResult::none) return "decision_wanted";
            return std::nullopt;
        case DecisionPage::reason:
            if (state.reason.chosen == -1) return "reason_wanted";
            return std::nullopt;
        case DecisionPage::photo:
            if (facts.photo.empty()) return "photo_wanted";
            return std::nullopt;
        default:
            return std::nullopt;
    }
}

DecisionPage page_of(std::string_view error, DecisionPage now) {
    struct Place {
        std::string_view error;
        DecisionPage page;
    };
    constexpr std::array places{Place{"bad_date", DecisionPage::dates},
                                Place{"bad_lot", DecisionPage::lot},
                                Place{"photo_wanted", DecisionPage::photo},
                                Place{"quantity_out_of_range", DecisionPage::quantity}};
    const auto place = std::ranges::find(places, error, &Place::error);
    return place == places.end() ? now : place->page;
}

class Update {
  public:
    Update(DecisionState& state, const DecisionFacts& facts, const kit::TextTable& texts)
        : state_(state), facts_(facts), texts_(texts) {}

    std::optional<Effect> operator()(const decision::Keyed& keyed) {
        state_.refusal.clear();
        if (state_.page == DecisionPage::quantity) {
            key_in_quantity(state_.quantity, keyed.key, facts_.unit);
        } else if (state_.page == DecisionPage::dates) {
            state_.date.pick = 0;
            kit::key_in(state_.date.digits, keyed.key, date_digits);
        } else if (state_.page == DecisionPage::lot) {
            const bool erases = keyed.key == "back" || keyed.key == "clear";
            kit::key_in(state_.lot, erases ? keyed.key : domain::folded_lot(keyed.key),
                        domain::longest_lot_bytes);
        }
        return std::nullopt;
    }
    std::optional<Effect> operator()(const decision::Stepped& stepped) {
        state_.refusal.clear();
        step_quantity(state_.quantity, stepped.up ? 1'000 : -1'000, facts_.unit);
        return std::nullopt;
    }
    std::optional<Effect> operator()(const decision::Chosen& chosen) {
        state_.refusal.clear();
        if (state_.page == DecisionPage::dates) state_.date.pick = static_cast<int>(chosen.index);
        if (state_.page != DecisionPage::result) return std::nullopt;
        state_.result = chosen.index == 0 ? domain::TestResult::passed : domain::TestResult::failed;
        return next();
    }
    std::optional<Effect> operator()(const decision::ReasonChosen& chosen) {
        if (chosen.index >= reasons_for(facts_.deed).size()) {
            return decision::Write{texts_.tr_c("on the handheld", "Reason"), state_.reason.own};
        }
        state_.reason = {static_cast<int>(chosen.index), {}};
        return next();
    }
    std::optional<Effect> operator()(const decision::Wrote& wrote) {
        if (wrote.text.empty()) return std::nullopt;
        state_.reason = {own_reason, wrote.text};
        return next();
    }
    std::optional<Effect> operator()(const decision::Scanned& scanned) {
        if (state_.busy || state_.page != DecisionPage::lot) return decision::Heard{false};
        const auto code = domain::parse_code(scanned.code, {.today = facts_.head.now.date()});
        const std::string lot = !code.lot.empty()   ? code.lot
                                : code.gtin.empty() ? domain::folded_lot(code.text)
                                                    : "";
        if (!domain::is_lot(lot)) return decision::Heard{false};
        state_.refusal.clear();
        state_.lot = lot;
        return decision::Heard{true};
    }
    std::optional<Effect> operator()(const decision::PhotoAsked&) { return decision::TakePhoto{}; }
    std::optional<Effect> operator()(const decision::Next&) {
        if (state_.page == DecisionPage::done) return decision::Leave{};
        if (state_.page == DecisionPage::confirm) return decide();
        return next();
    }
    std::optional<Effect> operator()(const decision::Skipped&) {
        if (state_.page == DecisionPage::dates) state_.date = {};
        if (state_.page == DecisionPage::lot) state_.lot.clear();
        if (state_.page == DecisionPage::quantity) state_.quantity.clear();
        return next();
    }
    std::optional<Effect> operator()(const decision::Back&) {
        if (state_.busy) return std::nullopt;
        state_.refusal.clear();
        const auto pages = pages_of(facts_.deed);
        const auto at = std::ranges::find(pages, state_.page);
        if (at == pages.begin() || at == pages.end()) return decision::Leave{};
        state_.page = *(at - 1);
        return std::nullopt;
    }
    std::optional<Effect> operator()(const decision::Refused& refused) {
        state_.busy = false;
        state_.page = page_of(refused.error, state_.page);
        state_.refusal = refused.error;
        state_.refusal_detail = refused.detail;
        return decision::Heard{false};
    }
    std::optional<Effect> operator()(const decision::Decided& decided) {
        state_.busy = false;
        state_.decided = decided.decision;
        state_.page = DecisionPage::done;
        return decision::Heard{true};
    }

  private:
    std::optional<Effect> next() {
        if (auto refusal = refusal_on(state_.page, state_, facts_)) {
            state_.refusal = *refusal;
            return std::nullopt;
        }
        state_.refusal.clear();
        const auto pages = pages_of(facts_.deed);
        const auto at = std::ranges::find(pages, state_.page);
        if (at != pages.end() && at + 1 != pages.end()) state_.page = *(at + 1);
        return std::nullopt;
    }
    std::optional<Effect> decide() {
        if (state_.busy) return std::nullopt;
        for (const DecisionPage page : pages_of(facts_.deed)) {
            if (auto refusal = refusal_on(page, state_, facts_)) {
                state_.page = page;
                state_.refusal = *refusal;
                return decision::Heard{false};
            }
        }
        state_.busy = true;
        state_.refusal.clear();
        decision::Do deed{.deed = facts_.deed, .batch = facts_.batch};
        const bool is_test = facts_.deed == GoodsDeed::test_result;
        const auto reasons = reasons_for(facts_.deed);
        (is_test ? deed.kind : deed.reason) = reason_of(state_.reason, reasons, texts_);
        deed.quantity_milli = milli_of(state_.quantity, facts_.unit).value_or(0);
        if (!state_.lot.empty()) deed.lot = state_.lot;
        if (const auto date = date_meant(state_.date, facts_.date, facts_.head.now)) {
            const domain::DayMinute day{*date, std::nullopt};
            const bool made = facts_.date.kind == domain::DatePrinted::production;
            (made ? deed.production : deed.expiry) = day;
        }
        if (facts_.deed == GoodsDeed::correct) deed.photo = facts_.photo;
        deed.result = state_.result;
        return deed;
    }

    DecisionState& state_;
    const DecisionFacts& facts_;
    const kit::TextTable& texts_;
};

}  // namespace

std::span<const DecisionPage> pages_of(GoodsDeed deed) {
    switch (deed) {
        case GoodsDeed::withdraw:
            return by_quantity;
        case GoodsDeed::test_result:
            return by_test;
        case GoodsDeed::correct:
            return by_correction;
        default:
            return by_reason;
    }
}

std::span<const Msgid> reasons_for(GoodsDeed deed) {
    switch (deed) {
        case GoodsDeed::release:
            return release_reasons;
        case GoodsDeed::take_back:
            return take_back_reasons;
        case GoodsDeed::correct:
            return correct_reasons;
        case GoodsDeed::test_result:
            return test_kinds;
        default:
            return quarantine_reasons;
    }
}

DecisionState begin(GoodsDeed deed) { return {.page = pages_of(deed).front()}; }

std::optional<Effect> update(DecisionState& state, const DecisionFacts& facts,
                             const decision::Action& action, const kit::TextTable& texts) {
    return std::visit(Update(state, facts, texts), action);
}

}  // namespace fangxin::handheld
