#include "handheld/screens/receive_model.hpp"

#include "domain/code.hpp"
#include "domain/delivery.hpp"
#include "domain/lot.hpp"
#include "terminal/kit/field.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace fangxin::handheld {

using domain::Decision;
using receive::Effect;

namespace {

/// Where an error of the goods work is to be mended.
ReceivePage page_of(std::string_view error, ReceivePage now) {
    struct Place {
        std::string_view error;
        ReceivePage page;
    };
    constexpr std::array places{Place{"no_such_item", ReceivePage::item},
                                Place{"bad_code", ReceivePage::item},
                                Place{"bad_date", ReceivePage::dates},
                                Place{"batch_expired", ReceivePage::dates},
                                Place{"date_wanted", ReceivePage::dates},
                                Place{"lot_wanted", ReceivePage::lot},
                                Place{"bad_lot", ReceivePage::lot},
                                Place{"quantity_out_of_range", ReceivePage::quantity},
                                Place{"supplier_papers", ReceivePage::supplier},
                                Place{"no_such_supplier", ReceivePage::supplier},
                                Place{"batch_known", ReceivePage::decision}};
    const auto place = std::ranges::find(places, error, &Place::error);
    return place == places.end() ? now : place->page;
}

class Update {
  public:
    Update(ReceiveState& state, const ReceiveFacts& facts, const kit::TextTable& texts)
        : state_(state), facts_(facts), texts_(texts), known_(facts) {}

    std::optional<Effect> operator()(const receive::ItemFound& found) {
        const std::string scanned = std::exchange(state_.scanned, {});
        if (!scanned.empty() && scanned == found.code) {
            if (found.item.item.code == state_.item) {
                return receive::Heard{take_pack(scanned, found.item)};
            }
            refuse({"other_item", {}});
            return receive::Heard{false};
        }
        if (found.item.item.code != state_.item) {
            state_ = ReceiveState{.item = found.item.item.code};
        } else if (is_other_batch(state_, found, facts_.head.now)) {
            state_ = ReceiveState{.item = state_.item, .supplier = state_.supplier};
        }
        state_.search.clear();
        known_.item = found.item;
        if (!found.code.empty()) {
            state_.code = found.code;
            read_code(domain::parse_code(found.code, {.today = facts_.head.now.date()}));
        }
        if (!found.lot.empty()) state_.lot = found.lot;
        if (found.date) {
            const bool made = found.item.item.date_printed == domain::DatePrinted::production;
            (made ? state_.coded_production : state_.coded_expiry) = found.date;
        }
        choose_usual_supplier(found.item);
        go_on(ReceivePage::item);
        return receive::Heard{state_.refusal.empty()};
    }
    std::optional<Effect> operator()(const receive::Refused& refused) {
        state_.busy = false;
        if (!std::exchange(state_.scanned, {}).empty()) {
            refuse({refused.error, refused.detail});
            return receive::Heard{false};
        }
        state_.page = page_of(refused.error, state_.page);
        state_.back_to_summary =
            state_.page != ReceivePage::item && state_.page != ReceivePage::summary;
        state_.refusal = refused.error;
        state_.refusal_detail = refused.detail;
        return receive::Heard{false};
    }
    std::optional<Effect> operator()(const receive::Booked& booked) {
        state_.busy = false;
        state_.batch = booked.batch;
        state_.booked = booked.decision;
        state_.page = ReceivePage::booked;
        return receive::Heard{true};
    }
    std::optional<Effect> operator()(const receive::Scanned& scanned) {
        if (state_.busy) return receive::Heard{false};
        if (state_.page == ReceivePage::booked) finish(receive::After::next_item);
        if (state_.page == ReceivePage::item) return receive::FindItem{scanned.code};
        return take_scan(scanned.code);
    }
    std::optional<Effect> operator()(const receive::Wrote& wrote) {
        if (wrote.field == receive::Field::search) {
            state_.search = wrote.text;
        } else if (!wrote.text.empty()) {
            state_.reason = {own_reason, wrote.text};
            next();
        }
        return std::nullopt;
    }
    std::optional<Effect> operator()(const receive::FieldTouched& touched) {
        if (touched.field == receive::Field::search) {
            return receive::Write{touched.field, texts_.tr_c("on the handheld", "Find an item"),
                                  state_.search};
        }
        return receive::Write{touched.field, texts_.tr("Why put aside"), state_.reason.own};
    }
    std::optional<Effect> operator()(const receive::HitChosen& chosen) {
        if (chosen.index >= facts_.hits.size()) return std::nullopt;
        return receive::FindItem{facts_.hits[chosen.index].item};
    }
    std::optional<Effect> operator()(const receive::Keyed& keyed) {
        state_.refusal.clear();
        if (!facts_.item) return std::nullopt;
        if (state_.page == ReceivePage::dates) {
            state_.coded_production = state_.coded_expiry = std::nullopt;
            state_.date.pick = 0;
            kit::key_in(state_.date.digits, keyed.key, date_digits);
        } else if (state_.page == ReceivePage::lot) {
            state_.lot_is_coded = false;
            const bool erases = keyed.key == "back" || keyed.key == "clear";
            kit::key_in(state_.lot, erases ? keyed.key : domain::folded_lot(keyed.key),
                        domain::longest_lot_bytes);
        } else if (state_.page == ReceivePage::quantity) {
            key_in_quantity(state_.quantity, keyed.key, facts_.item->item.unit);
        }
        return std::nullopt;
    }
    std::optional<Effect> operator()(const receive::Stepped& stepped) {
        if (!facts_.item) return std::nullopt;
        state_.refusal.clear();
        step_quantity(state_.quantity, stepped.up ? 1'000 : -1'000, facts_.item->item.unit);
        return std::nullopt;
    }
    std::optional<Effect> operator()(const receive::Chosen& chosen) {
        state_.refusal.clear();
        if (state_.page == ReceivePage::dates) {
            state_.date.pick = static_cast<int>(chosen.index);
        } else if (state_.page == ReceivePage::supplier && chosen.index < facts_.suppliers.size()) {
            state_.supplier = facts_.suppliers[chosen.index].code;
            next();
        } else if (state_.page == ReceivePage::decision && chosen.index < 3) {
            constexpr std::array decisions{Decision::released, Decision::inspecting,
                                           Decision::quarantined};
            const bool again = state_.decision == decisions[chosen.index];
            state_.decision = decisions[chosen.index];
            if (again && state_.decision == Decision::quarantined) state_.decision.reset();
            if (state_.decision && state_.decision != Decision::quarantined) next();
        }
        return std::nullopt;
    }
    std::optional<Effect> operator()(const receive::ReasonChosen& chosen) {
        if (chosen.index >= receive_reasons().size()) {
            return (*this)(receive::FieldTouched{receive::Field::reason});
        }
        state_.reason = {static_cast<int>(chosen.index), {}};
        next();
        return std::nullopt;
    }
    std::optional<Effect> operator()(const receive::PageOpened& opened) {
        if (state_.busy) return std::nullopt;
        state_.page = opened.page;
        state_.back_to_summary = opened.page != ReceivePage::item;
        state_.refusal.clear();
        return std::nullopt;
    }
    std::optional<Effect> operator()(const receive::Next&) {
        if (state_.page == ReceivePage::summary) return book();
        next();
        return std::nullopt;
    }
    std::optional<Effect> operator()(const receive::Skipped&) {
        if (state_.page == ReceivePage::dates) state_.date = {};
        if (state_.page == ReceivePage::lot) state_.lot.clear();
        next();
        return std::nullopt;
    }
    std::optional<Effect> operator()(const receive::Back&) {
        state_.refusal.clear();
        if (state_.busy) return std::nullopt;
        if (state_.page == ReceivePage::booked) return finish(receive::After::finished);
        if (state_.page == ReceivePage::item) return receive::Leave{};
        if (state_.back_to_summary) {
            state_.back_to_summary = false;
            state_.page = ReceivePage::summary;
            return std::nullopt;
        }
        const auto pages = pages_for(facts_.item);
        const auto at = std::ranges::find(pages, state_.page);
        state_.page = at == pages.begin() ? ReceivePage::item : *(at - 1);
        return std::nullopt;
    }
    std::optional<Effect> operator()(const receive::CameraAsked&) { return receive::OpenCamera{}; }
    std::optional<Effect> operator()(const receive::Finished& finished) {
        return finish(finished.after);
    }

  private:
    std::optional<Effect> finish(receive::After after) {
        const ReceiveState before = std::exchange(state_, {});
        if (after == receive::After::finished) return receive::Leave{};
        if (after == receive::After::same_item) {
            state_.item = before.item;
            state_.code = before.code;
            state_.supplier = before.supplier;
            state_.page = pages_for(facts_.item)[1];
        }
        return std::nullopt;
    }
    void read_code(const domain::ScannedCode& code) {
        if (code.error) return;
        if (!code.lot.empty()) {
            state_.lot = code.lot;
            state_.lot_is_coded = true;
        }
        const auto expiry = code.expiry ? code.expiry : code.best_before;
        if (!code.production && !expiry) return;
        state_.coded_production = code.production;
        state_.coded_expiry = expiry;
        state_.date = {};
    }
    void choose_usual_supplier(const ReceiveItem& item) {
        if (!state_.supplier.empty()) return;
        const auto usual =
            std::ranges::find(facts_.suppliers, item.item.supplier, &SupplierFacts::code);
        if (usual != facts_.suppliers.end() && usual->papers_out.empty()) {
            state_.supplier = usual->code;
        }
    }
    /// A scan on a page beyond the first: of the pack in hand, of its lot, or of something else.
    std::optional<Effect> take_scan(const std::string& raw) {
        state_.refusal.clear();
        const auto code = domain::parse_code(raw, {.today = facts_.head.now.date()});
        const auto known = domain::parse_code(state_.code, {.today = facts_.head.now.date()});
        if (code.error) {
            refuse({"bad_code", {}});
            return receive::Heard{false};
        }
        const bool says_which_item = !code.gtin.empty() || !code.plu.empty();
        if (says_which_item && (code.gtin.empty() || code.gtin != known.gtin)) {
            state_.scanned = raw;  // a case, or goods that were found by name: the shop knows
            return receive::FindItem{raw};
        }
        if (facts_.item && (says_which_item || (is_on_pack() && says_more(code)))) {
            return receive::Heard{take_pack(raw, *facts_.item)};
        }
        const std::string lot = domain::folded_lot(code.text);
        if (state_.page != ReceivePage::lot || !domain::is_lot(lot)) {
            refuse({"bad_code", {}});
            return receive::Heard{false};
        }
        state_.lot = lot;
        state_.lot_is_coded = true;
        next();
        return receive::Heard{state_.refusal.empty()};
    }
    bool is_on_pack() const {
        return state_.page == ReceivePage::dates || state_.page == ReceivePage::lot;
    }
    static bool says_more(const domain::ScannedCode& code) {
        return !code.lot.empty() || code.production || code.expiry || code.best_before;
    }
    /// A code of the goods in hand: counts them, or says of their lot and dates what it has. False
    /// if it did neither, and why stands on the page.
    bool take_pack(const std::string& raw, const ReceiveItem& item) {
        state_.refusal.clear();
        const auto code = domain::parse_code(raw, {.today = facts_.head.now.date()});
        const receive::ItemFound found{item, raw, "", std::nullopt};
        const bool is_other = is_other_batch(state_, found, facts_.head.now);
        const bool is_counted = milli_of(state_.quantity, item.item.unit).value_or(0) > 0;
        if (is_other && (is_counted || !is_on_pack())) {
            refuse({"other_batch", {}});
        } else if (state_.page == ReceivePage::quantity) {
            count(code, item);
        } else if (!is_on_pack()) {
            refuse({"not_counted", {}});
        } else if (!says_more(code)) {
            refuse({"no_lot_or_date", {}});
        } else {
            if (is_other) forget_code();
            read_code(code);
            next();
        }
        return state_.refusal.empty();
    }
    void count(const domain::ScannedCode& code, const ReceiveItem& item) {
        if (item.item.unit == domain::Unit::piece) {
            return step_quantity(state_.quantity, item.pieces_per_code * 1'000, item.item.unit);
        }
        if (!code.weight_mg) return refuse({"weight_wanted", {}});
        step_quantity(state_.quantity, *code.weight_mg / 1'000, item.item.unit);
    }
    /// What was read of another pack.
    void forget_code() {
        if (std::exchange(state_.lot_is_coded, false)) state_.lot.clear();
        state_.coded_production = state_.coded_expiry = std::nullopt;
    }
    void refuse(const ReceiveRefusal& refusal) {
        state_.refusal = refusal.error;
        state_.refusal_detail = refusal.detail;
    }
    /// What the code says needs no page, unless it is wrong.
    bool is_answered_by_code(ReceivePage page) const {
        const bool dates =
            page == ReceivePage::dates && (state_.coded_production || state_.coded_expiry);
        const bool lot = page == ReceivePage::lot && state_.lot_is_coded;
        return (dates || lot) && !refusal_on(page, state_, known_);
    }
    void next() {
        if (auto refusal = refusal_on(state_.page, state_, known_)) return refuse(*refusal);
        state_.refusal.clear();
        if (state_.back_to_summary) {
            for (const ReceivePage page : pages_for(known_.item)) {
                if (!refusal_on(page, state_, known_)) continue;
                state_.page = page;
                return;
            }
            state_.back_to_summary = false;
            state_.page = ReceivePage::summary;
            return;
        }
        go_on(state_.page);
    }
    void go_on(ReceivePage from) {
        state_.refusal.clear();
        const auto pages = pages_for(known_.item);
        auto at = std::ranges::find(pages, from);
        if (at != pages.end()) ++at;
        while (at != pages.end() && is_answered_by_code(*at))
            ++at;
        state_.page = at == pages.end() ? ReceivePage::summary : *at;
        const bool coded =
            state_.page == ReceivePage::dates && (state_.coded_production || state_.coded_expiry);
        if (!coded) return;
        if (auto refusal = refusal_on(state_.page, state_, known_)) refuse(*refusal);
    }
    std::optional<Effect> book() {
        if (state_.busy) return std::nullopt;
        for (const ReceivePage page : pages_for(known_.item)) {
            if (auto refusal = refusal_on(page, state_, known_)) {
                state_.page = page;
                state_.back_to_summary = true;
                refuse(*refusal);
                return receive::Heard{false};
            }
        }
        state_.busy = true;
        state_.refusal.clear();
        const auto pack = pack_of(state_, *known_.item, known_.head.now);
        return receive::Book{
            .item = state_.item,
            .lot = pack.lot,
            .production = pack.production,
            .expiry = pack.expiry,
            .quantity_milli = milli_of(state_.quantity, known_.item->item.unit).value_or(0),
            .supplier = state_.supplier,
            .decision = *state_.decision,
            .reason = state_.decision == Decision::quarantined
                          ? reason_of(state_.reason, receive_reasons(), texts_)
                          : std::string()};
    }

    ReceiveState& state_;
    const ReceiveFacts& facts_;
    const kit::TextTable& texts_;
    ReceiveFacts known_;  ///< the facts, with an item that has just been found
};

}  // namespace

std::optional<Effect> update(ReceiveState& state, const ReceiveFacts& facts,
                             const receive::Action& action, const kit::TextTable& texts) {
    // A draft whose item is no longer on record begins again with the item.
    if (!facts.item) state.page = ReceivePage::item;
    return std::visit(Update(state, facts, texts), action);
}

}  // namespace fangxin::handheld
