#include "handheld/screens/recall_model.hpp"

#include "domain/code.hpp"
#include "domain/lot.hpp"
#include "terminal/kit/field.hpp"

#include <algorithm>
#include <array>

namespace fangxin::handheld {

using kit::Msgid;
using recall::Effect;

namespace {

/// A notice does not say which kind of date it means: the nearest day, to come or gone.
constexpr DateAsked any_day{domain::DatePrinted::expiry, std::nullopt};

constexpr std::array reasons{Msgid{"Notice of the maker"}, Msgid{"Notice of the market office"},
                             Msgid{"Failed a test"}, Msgid{"Customers fell ill"},
                             Msgid{"Foreign matter found"}};

std::optional<std::string> refusal_on(RecallPage page, const RecallState& state,
                                      const domain::StoreTime& now) {
    switch (page) {
        case RecallPage::scope:
            if (state.scope == RecallScope::none) return "decision_wanted";
            return std::nullopt;
        case RecallPage::lot:
            if (state.lot.empty()) return "lot_wanted";
            if (!domain::is_lot(state.lot)) return "bad_lot";
            return std::nullopt;
        case RecallPage::from:
            if (!state.from.digits.empty() && !date_meant(state.from, any_day, now)) {
                return "bad_date";
            }
            return std::nullopt;
        case RecallPage::to: {
            const RecallDays days = recall_days(state, now);
            if (!state.to.digits.empty() && !days.to) return "bad_date";
            if (!days.from && !days.to) return "date_wanted";
            if (days.from && days.to && *days.to < *days.from) return "dates_turned";
            return std::nullopt;
        }
        case RecallPage::level:
            if (state.level == domain::RecallLevel::none) return "level_wanted";
            return std::nullopt;
        case RecallPage::reason:
            if (state.reason.chosen == -1) return "reason_wanted";
            return std::nullopt;
        default:
            return std::nullopt;
    }
}

class Update {
  public:
    Update(RecallState& state, const RecallFacts& facts, const kit::TextTable& texts)
        : state_(state), facts_(facts), texts_(texts) {}

    std::optional<Effect> operator()(const recall::ItemFound& found) {
        if (found.item != state_.item) state_ = RecallState{.item = found.item};
        state_.search.clear();
        state_.refusal.clear();
        if (!found.lot.empty()) {
            state_.lot = found.lot;
            state_.scope = RecallScope::lot;
        }
        state_.page = RecallPage::scope;
        return recall::Heard{true};
    }
    std::optional<Effect> operator()(const recall::Refused& refused) {
        state_.busy = false;
        state_.refusal = refused.error;
        state_.refusal_detail = refused.detail;
        return recall::Heard{false};
    }
    std::optional<Effect> operator()(const recall::Made& made) {
        state_.busy = false;
        state_.recall = made.recall;
        state_.page = RecallPage::live;
        return recall::Heard{true};
    }
    std::optional<Effect> operator()(const recall::Scanned& scanned) {
        if (state_.page == RecallPage::item) return recall::FindItem{scanned.code};
        if (state_.page != RecallPage::lot) return recall::Heard{false};
        const auto code = domain::parse_code(scanned.code, {.today = facts_.head.now.date()});
        const std::string lot = !code.lot.empty()   ? code.lot
                                : code.gtin.empty() ? domain::folded_lot(code.text)
                                                    : std::string();
        if (!domain::is_lot(lot)) return recall::Heard{false};
        state_.lot = lot;
        state_.refusal.clear();
        return recall::Heard{true};
    }
    std::optional<Effect> operator()(const recall::Wrote& wrote) {
        if (wrote.field == recall::Field::search) {
            state_.search = wrote.text;
        } else if (!wrote.text.empty()) {
            state_.reason = {own_reason, wrote.text};
            return next();
        }
        return std::nullopt;
    }
    std::optional<Effect> operator()(const recall::FieldTouched&) {
        return recall::Write{recall::Field::search, texts_.tr_c("on the handheld", "Find an item"),
                             state_.search};
    }
    std::optional<Effect> operator()(const recall::HitChosen& chosen) {
        if (chosen.index >= facts_.hits.size()) return std::nullopt;
        return recall::FindItem{facts_.hits[chosen.index].item};
    }
    std::optional<Effect> operator()(const recall::Chosen& chosen) {
        if (state_.page == RecallPage::scope && chosen.index < 3) {
            constexpr std::array scopes{RecallScope::lot, RecallScope::dates,
                                        RecallScope::whole_item};
            state_.scope = scopes[chosen.index];
            return next();
        }
        if (state_.page == RecallPage::level && chosen.index < 3) {
            constexpr std::array levels{domain::RecallLevel::I, domain::RecallLevel::II,
                                        domain::RecallLevel::III};
            state_.level = levels[chosen.index];
            return next();
        }
        return std::nullopt;
    }
    std::optional<Effect> operator()(const recall::Keyed& keyed) {
        state_.refusal.clear();
        if (state_.page == RecallPage::lot) {
            const bool erases = keyed.key == "back" || keyed.key == "clear";
            kit::key_in(state_.lot, erases ? keyed.key : domain::folded_lot(keyed.key),
                        domain::longest_lot_bytes);
        } else if (state_.page == RecallPage::from) {
            kit::key_in(state_.from.digits, keyed.key, date_digits);
        } else if (state_.page == RecallPage::to) {
            kit::key_in(state_.to.digits, keyed.key, date_digits);
        }
        return std::nullopt;
    }
    std::optional<Effect> operator()(const recall::ReasonChosen& chosen) {
        if (chosen.index >= reasons.size()) {
            return recall::Write{recall::Field::reason, texts_.tr_c("on the handheld", "Reason"),
                                 state_.reason.own};
        }
        state_.reason = {static_cast<int>(chosen.index), {}};
        return next();
    }
    std::optional<Effect> operator()(const recall::CameraAsked&) { return recall::OpenCamera{}; }
    std::optional<Effect> operator()(const recall::Next&) {
        if (state_.page == RecallPage::live) return recall::Leave{};
        if (state_.page == RecallPage::confirm) return make();
        if (state_.page == RecallPage::item && state_.item.empty()) return std::nullopt;
        return next();
    }
    std::optional<Effect> operator()(const recall::Skipped&) {
        if (state_.page == RecallPage::from) state_.from = {};
        if (state_.page == RecallPage::to) state_.to = {};
        return next();
    }
    std::optional<Effect> operator()(const recall::Back&) {
        if (state_.busy) return std::nullopt;
        state_.refusal.clear();
        const auto pages = pages_for(state_.scope);
        const auto at = std::ranges::find(pages, state_.page);
        if (at == pages.begin() || at == pages.end()) return recall::Leave{};
        state_.page = *(at - 1);
        return std::nullopt;
    }

  private:
    std::optional<Effect> next() {
        if (auto refusal = refusal_on(state_.page, state_, facts_.head.now)) {
            state_.refusal = *refusal;
            return std::nullopt;
        }
        state_.refusal.clear();
        const auto pages = pages_for(state_.scope);
        const auto at = std::ranges::find(pages, state_.page);
        if (at != pages.end() && at + 1 != pages.end()) state_.page = *(at + 1);
        return std::nullopt;
    }
    std::optional<Effect> make() {
        if (state_.busy) return std::nullopt;
        for (const RecallPage page : pages_for(state_.scope)) {
            if (auto refusal = refusal_on(page, state_, facts_.head.now)) {
                state_.page = page;
                state_.refusal = *refusal;
                return recall::Heard{false};
            }
        }
        state_.busy = true;
        state_.refusal.clear();
        terminal::RecallOrder order{.item = state_.item,
                                    .level = state_.level,
                                    .reason = reason_of(state_.reason, reasons, texts_)};
        // What was keyed for another scope before is not meant.
        if (state_.scope == RecallScope::lot) order.lot = state_.lot;
        if (state_.scope == RecallScope::dates) {
            const RecallDays days = recall_days(state_, facts_.head.now);
            order.from = days.from;
            order.to = days.to;
        }
        return recall::Make{std::move(order)};
    }

    RecallState& state_;
    const RecallFacts& facts_;
    const kit::TextTable& texts_;
};

}  // namespace

std::span<const Msgid> recall_reasons() { return reasons; }

RecallDays recall_days(const RecallState& state, const domain::StoreTime& now) {
    return {date_meant(state.from, any_day, now), date_meant(state.to, any_day, now)};
}

std::vector<RecallPage> pages_for(RecallScope scope) {
    std::vector pages{RecallPage::item, RecallPage::scope};
    if (scope == RecallScope::lot) pages.push_back(RecallPage::lot);
    if (scope == RecallScope::dates) {
        pages.insert(pages.end(), {RecallPage::from, RecallPage::to});
    }
    pages.insert(pages.end(), {RecallPage::level, RecallPage::reason, RecallPage::confirm});
    return pages;
}

std::optional<Effect> update(RecallState& state, const RecallFacts& facts,
                             const recall::Action& action, const kit::TextTable& texts) {
    return std::visit(Update(state, facts, texts), action);
}

}  // namespace fangxin::handheld
