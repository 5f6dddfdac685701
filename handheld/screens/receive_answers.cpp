// What the answers of a delivery say together, and why one of them does not do.
#include "domain/code.hpp"
#include "domain/delivery.hpp"
#include "domain/lot.hpp"
#include "handheld/screens/receive_model.hpp"

#include <algorithm>
#include <array>

namespace fangxin::handheld {

using domain::Decision;

namespace {

DateAsked asked_of(const ReceiveItem& item) {
    return {item.item.date_printed, item.item.shelf_life};
}

constexpr std::array reasons{kit::Msgid{"Packs damaged"}, kit::Msgid{"Too warm on arrival"},
                             kit::Msgid{"Label wrong or missing"},
                             kit::Msgid{"Looks or smells wrong"}, kit::Msgid{"Papers missing"}};

ReceiveRefusal refusal_of(domain::DoorRefusal why, std::string detail = {}) {
    return {std::string(domain::to_text(why)), std::move(detail)};
}

std::optional<ReceiveRefusal> date_refusal(const ReceiveState& state, const ReceiveItem& item,
                                           const domain::StoreTime& now) {
    if (!domain::has_dates(item.category)) return std::nullopt;
    const domain::PackIdentity pack = pack_of(state, item, now);
    const bool keyed = !state.date.digits.empty();
    if (keyed && !pack.production && !pack.expiry) return refusal_of(domain::DoorRefusal::bad_date);
    const auto refused = domain::refused_dates(pack, item.item, item.category, now);
    if (!refused) return std::nullopt;
    return refusal_of(refused->why, refused->date ? day_text(*refused->date) : std::string());
}

std::optional<ReceiveRefusal> quantity_refusal(const ReceiveState& state, domain::Unit unit) {
    const auto milli = milli_of(state.quantity, unit);
    if (!milli || *milli == 0) return ReceiveRefusal{"quantity_wanted", {}};
    if (const auto refused = domain::refused_quantity(*milli)) return refusal_of(*refused);
    return std::nullopt;
}

std::optional<ReceiveRefusal> supplier_refusal(const ReceiveState& state,
                                               const ReceiveFacts& facts) {
    if (facts.suppliers.empty()) return std::nullopt;
    const auto chosen = std::ranges::find(facts.suppliers, state.supplier, &SupplierFacts::code);
    if (chosen == facts.suppliers.end()) return ReceiveRefusal{"supplier_wanted", {}};
    if (!chosen->papers_out.empty()) return ReceiveRefusal{"supplier_papers", chosen->papers_out};
    return std::nullopt;
}

}  // namespace

std::span<const kit::Msgid> receive_reasons() { return reasons; }

std::vector<ReceivePage> pages_for(const std::optional<ReceiveItem>& item) {
    std::vector pages{ReceivePage::item};
    if (!item || domain::has_dates(item->category)) pages.push_back(ReceivePage::dates);
    if (!item || domain::has_lots(item->category)) pages.push_back(ReceivePage::lot);
    pages.insert(pages.end(),
                 {ReceivePage::quantity, ReceivePage::supplier, ReceivePage::decision});
    return pages;
}

namespace {

/// What keys and codes say; nothing that is computed of it.
domain::PackIdentity stated(const ReceiveState& state, const ReceiveItem& item,
                            const domain::StoreTime& now) {
    domain::PackIdentity pack{state.lot, state.coded_production, state.coded_expiry};
    if (const auto date = date_meant(state.date, asked_of(item), now)) {
        const domain::DayMinute day{*date, std::nullopt};
        const bool is_production = item.item.date_printed == domain::DatePrinted::production;
        (is_production ? pack.production : pack.expiry) = day;
    }
    return pack;
}

domain::PackIdentity said_by(const domain::ScannedCode& code) {
    return {code.lot, code.production, code.expiry ? code.expiry : code.best_before};
}

/// What both say is the same: they can be packs of one batch.
bool agree(const domain::PackIdentity& one, const domain::PackIdentity& other) {
    const auto same_day = [](const auto& a, const auto& b) {
        return !a || !b || a->date == b->date;
    };
    const bool same_lot =
        one.lot.empty() || other.lot.empty() || domain::same_lot(one.lot, other.lot);
    return same_lot && same_day(one.production, other.production) &&
           same_day(one.expiry, other.expiry);
}

}  // namespace

bool is_other_batch(const ReceiveState& state, const receive::ItemFound& found,
                    const domain::StoreTime& now) {
    if (state.item != found.item.item.code) return false;
    domain::PackIdentity pack;
    const auto code = domain::parse_code(found.code, {.today = now.date()});
    if (!found.code.empty() && !code.error) pack = said_by(code);
    if (!found.lot.empty()) pack.lot = found.lot;
    const bool made = found.item.item.date_printed == domain::DatePrinted::production;
    if (found.date) (made ? pack.production : pack.expiry) = found.date;
    return !agree(stated(state, found.item, now), pack);
}

domain::PackIdentity pack_of(const ReceiveState& state, const ReceiveItem& item,
                             const domain::StoreTime& now) {
    domain::PackIdentity pack = stated(state, item, now);
    if (!pack.expiry && pack.production && item.item.shelf_life) {
        pack.expiry = domain::expiry_from(*pack.production, *item.item.shelf_life);
    }
    return pack;
}

std::optional<ReceiveRefusal> refusal_on(ReceivePage page, const ReceiveState& state,
                                         const ReceiveFacts& facts) {
    if (!facts.item) return ReceiveRefusal{"no_such_item", state.item};
    const ReceiveItem& item = *facts.item;
    switch (page) {
        case ReceivePage::dates:
            return date_refusal(state, item, facts.head.now);
        case ReceivePage::lot:
            if (const auto refused = domain::refused_lot(state.lot, item.category)) {
                return refusal_of(*refused);
            }
            return std::nullopt;
        case ReceivePage::quantity:
            return quantity_refusal(state, item.item.unit);
        case ReceivePage::supplier:
            return supplier_refusal(state, facts);
        case ReceivePage::decision:
            if (!state.decision) return ReceiveRefusal{"decision_wanted", {}};
            if (*state.decision == Decision::quarantined && state.reason.chosen == -1) {
                return ReceiveRefusal{"reason_wanted", {}};
            }
            return std::nullopt;
        default:
            return std::nullopt;
    }
}

}  // namespace fangxin::handheld
