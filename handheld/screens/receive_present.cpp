// What the pages of receiving say.
#include "handheld/screens/receive_model.hpp"
#include "terminal/station/words.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace fangxin::handheld {

using domain::Decision;
using kit::Role;
using kit::TextTable;

namespace {

std::string left_and_used(const domain::PackIdentity& pack, const domain::Item& item,
                          const domain::StoreTime& now, const TextTable& texts) {
    std::string words = days_left(*pack.expiry, now, texts).words;
    const auto used = life_used_percent(pack, item, now);
    if (used && *used <= 100) words += " · " + texts.tr("{} % used", *used);
    return words;
}

class Present {
  public:
    Present(const ReceiveState& state, const ReceiveFacts& facts, const TextTable& texts)
        : state_(state), facts_(facts), texts_(texts) {}

    ReceiveView run() {
        if (!facts_.item && state_.page != ReceivePage::item) return without_item();
        view_.page = state_.page;
        view_.busy = state_.busy;
        view_.refusal = refusal_text(state_.refusal, state_.refusal_detail, texts_);
        add_head();
        if (facts_.item) {
            view_.name = facts_.item->name;
            view_.note =
                state_.code.empty() ? facts_.item->item.code : terminal::shown_code(state_.code);
        }
        if (state_.page == ReceivePage::item) {
            add_item_page();
        } else if (facts_.item) {
            add_page(*facts_.item);
        }
        return std::move(view_);
    }

  private:
    /// What a draft is about is no longer on record.
    ReceiveView without_item() const {
        ReceiveState state{.refusal = "no_such_item"};
        return Present(state, facts_, texts_).run();
    }

    void add_head() {
        const auto pages = pages_for(facts_.item);
        const auto at = std::ranges::find(pages, state_.page);
        std::string title;
        if (at != pages.end()) {
            const auto number = at - pages.begin() + 1;
            title = texts_.tr("Receive {}/{}", number, pages.size());
            view_.progress = static_cast<float>(number) / static_cast<float>(pages.size());
        } else if (state_.page == ReceivePage::summary) {
            title = texts_.tr("Receive: check");
            view_.progress = 1;
        } else {
            title = texts_.tr_c("on the handheld", "Booked");
        }
        view_.head = present_head(std::move(title), facts_.head, texts_);
        view_.head.can_go_back = !state_.busy;
    }

    void add_item_page() {
        view_.asks = texts_.tr("Which item?");
        view_.search = present_search(state_.search, facts_.hits, texts_);
        if (facts_.item) view_.next = texts_.tr("Go on with this item");
    }

    void add_pack(const ReceiveItem& item) {
        const domain::StoreTime& now = facts_.head.now;
        const domain::PackIdentity pack = pack_of(state_, item, now);
        if (!pack.lot.empty() && state_.page != ReceivePage::dates) {
            view_.pack.push_back(
                {texts_.tr_c("on the handheld", "Lot"), pack.lot, Role::text, true});
        }
        const bool shows_production = pack.production && state_.page != ReceivePage::quantity;
        if (shows_production) {
            view_.pack.push_back({texts_.tr_c("on the handheld", "Produced"),
                                  day_text(*pack.production), Role::text, true});
        }
        if (pack.expiry) {
            view_.pack.push_back({texts_.tr_c("on the handheld", "Good until"),
                                  fmt::format("{} · {}", day_text(*pack.expiry),
                                              left_and_used(pack, item.item, now, texts_)),
                                  Role::text, true});
            if (domain::is_past(*pack.expiry, now)) view_.pack_role = Role::block;
        }
        const bool coded = state_.lot_is_coded || state_.coded_production || state_.coded_expiry;
        if (coded && !view_.pack.empty() && state_.page != ReceivePage::quantity) {
            view_.pack_head = texts_.tr("Read from the code");
        }
        if (domain::has_used_too_much_life(pack, item.item, item.category, now) &&
            view_.pack_role != Role::block) {
            view_.pack_role = Role::warn;
            const bool is_aside =
                state_.page == ReceivePage::summary && state_.decision == Decision::quarantined;
            if (is_aside) return;
            view_.warning = texts_.tr("Over {} % used up: refuse it or ask the manager",
                                      domain::most_life_used_percent(item.category));
        }
    }

    void add_page(const ReceiveItem& item) {
        switch (state_.page) {
            case ReceivePage::dates:
                add_pack(item);
                return add_dates(item);
            case ReceivePage::lot:
                view_.asks = texts_.tr("Which lot is on the pack?");
                view_.reading = state_.lot;
                view_.placeholder = texts_.tr("Key or scan the lot");
                view_.can_skip = !domain::has_lots(item.category);
                view_.next = texts_.tr_c("on the handheld", "Next");
                return;
            case ReceivePage::quantity:
                add_pack(item);
                return add_quantity(item);
            case ReceivePage::supplier:
                return add_suppliers(item);
            case ReceivePage::decision:
                return add_decisions(item);
            case ReceivePage::summary:
                add_pack(item);
                return add_summary(item);
            case ReceivePage::booked:
                return add_booked(item);
            case ReceivePage::item:
                return;
        }
    }

    void add_dates(const ReceiveItem& item) {
        const bool made = item.item.date_printed == domain::DatePrinted::production;
        view_.asks = made ? texts_.tr("Which production date is on the pack?")
                          : texts_.tr("Until when is it good, as printed?");
        view_.placeholder = texts_.tr("Month and day, or year month day");
        view_.reading = dashed(state_.date.digits);
        const DateAsked asked{item.item.date_printed, item.item.shelf_life};
        const auto dates = dates_meant(state_.date, asked, facts_.head.now);
        if (dates.size() > 1) {
            for (std::size_t i = 0; i < dates.size(); ++i) {
                view_.choices.push_back(
                    {domain::format_date(dates[i]), {}, state_.date.pick == static_cast<int>(i)});
            }
        }
        view_.can_skip = !item.item.shelf_life && state_.date.digits.empty();
        view_.next = texts_.tr_c("on the handheld", "Next");
    }

    void add_quantity(const ReceiveItem& item) {
        view_.is_weighed = item.item.unit == domain::Unit::kg;
        view_.unit = view_.is_weighed ? std::string("kg")
                                      : std::string(texts_.tr_c("on the handheld", "pcs"));
        view_.asks =
            view_.is_weighed ? texts_.tr("How many kilograms?") : texts_.tr("How many pieces?");
        if (item.pieces_per_code > 1) {
            view_.asks = texts_.tr("How many pieces? A case holds {}", item.pieces_per_code);
        }
        view_.reading = state_.quantity.empty() ? "0" : state_.quantity;
        view_.next = texts_.tr_c("on the handheld", "Next");
    }

    void add_suppliers(const ReceiveItem& item) {
        view_.asks = texts_.tr("Who delivered it?");
        for (const SupplierFacts& each : facts_.suppliers) {
            ReceiveView::Choice choice{each.name, {}, each.code == state_.supplier};
            if (!each.papers_out.empty()) {
                choice.note = texts_.tr("Papers run out: {}", each.papers_out);
                choice.is_refused = true;
            } else if (each.code == item.item.supplier) {
                choice.note = texts_.tr("Usual supplier");
            }
            view_.choices.push_back(std::move(choice));
        }
        if (!state_.supplier.empty() || facts_.suppliers.empty())
            view_.next = texts_.tr_c("on the handheld", "Next");
    }

    void add_decisions(const ReceiveItem& item) {
        view_.asks = texts_.tr("What happens to these goods?");
        const auto is = [&](Decision decision) { return state_.decision == decision; };
        const bool own_brand = domain::has_mark(item.item, "private_brand");
        view_.choices = {
            {texts_.tr("All in order"),
             own_brand ? texts_.tr("Own brand: not for sale before its inspection")
                       : texts_.tr("Onto the shelf, for sale at once"),
             is(Decision::released)},
            {texts_.tr("Wait for inspection"), texts_.tr("No till sells it until it is released"),
             is(Decision::inspecting)},
            {texts_.tr("Put aside"), texts_.tr("Stops the whole batch at every till"),
             is(Decision::quarantined)}};
        if (is(Decision::quarantined)) {
            view_.reasons = present_reasons(state_.reason, receive_reasons(), texts_);
            view_.asks = texts_.tr("Why is it put aside?");
        }
        const bool settled = state_.decision && !refusal_on(ReceivePage::decision, state_, facts_);
        if (settled) view_.next = texts_.tr_c("on the handheld", "Next");
    }

    std::string decided() const {
        if (!state_.decision) return {};
        if (*state_.decision != Decision::quarantined) {
            return decision_mark(*state_.decision, texts_).words;
        }
        return fmt::format("{} · {}", decision_mark(Decision::quarantined, texts_).words,
                           reason_of(state_.reason, receive_reasons(), texts_));
    }
    std::string supplier_name() const {
        const auto at = std::ranges::find(facts_.suppliers, state_.supplier, &SupplierFacts::code);
        return at == facts_.suppliers.end() ? state_.supplier : at->name;
    }
    Quantity quantity(const ReceiveItem& item) const {
        return {milli_of(state_.quantity, item.item.unit).value_or(0), item.item.unit};
    }

    void add_summary(const ReceiveItem& item) {
        const domain::PackIdentity pack = pack_of(state_, item, facts_.head.now);
        for (const ReceivePage page : pages_for(item)) {
            switch (page) {
                case ReceivePage::item:
                    add_row(page, texts_.tr_c("on the handheld", "Item"), item.name);
                    break;
                case ReceivePage::dates:
                    add_row(
                        page, texts_.tr_c("on the handheld", "Good until"),
                        pack.expiry
                            ? fmt::format("{} · {}", day_text(*pack.expiry),
                                          days_left(*pack.expiry, facts_.head.now, texts_).words)
                        : pack.production ? day_text(*pack.production)
                                          : texts_.tr("no date"));
                    break;
                case ReceivePage::lot:
                    add_row(page, texts_.tr_c("on the handheld", "Lot"), pack.lot);
                    break;
                case ReceivePage::quantity:
                    add_row(page, texts_.tr_c("on the handheld", "Quantity"),
                            quantity_text(quantity(item), texts_));
                    break;
                case ReceivePage::supplier:
                    add_row(page, texts_.tr_c("on the handheld", "Supplier"), supplier_name());
                    break;
                default:
                    add_row(page, texts_.tr_c("on the handheld", "Decision"), decided());
                    if (state_.decision) {
                        view_.summary.back().role = decision_mark(*state_.decision, texts_).role;
                    }
            }
        }
        view_.asks = texts_.tr("Is everything right? Touch a line to change it");
        view_.next =
            state_.busy ? texts_.tr("Please wait…") : texts_.tr_c("on the handheld", "Book it");
        view_.can_go_on = !state_.busy;
    }
    void add_row(ReceivePage page, const char* words, const std::string& value) {
        view_.summary.push_back({page, words, value});
    }

    void add_booked(const ReceiveItem& item) {
        const Decision decision = state_.booked.value_or(Decision::released);
        const Mark mark = decision_mark(decision, texts_);
        view_.asks = texts_.tr("Booked: {}", quantity_text(quantity(item), texts_));
        view_.pack_role = mark.role;
        view_.pack = {{texts_.tr_c("on the handheld", "Batch"), state_.batch},
                      {texts_.tr_c("on the handheld", "Decision"), mark.words, mark.role, true}};
        if (decision == Decision::recalled) {
            view_.warning = texts_.tr("This batch is recalled: do not put it on the shelf");
        } else if (state_.decision && decision != *state_.decision) {
            view_.warning = texts_.tr("The batch was on record already, and its decision stands");
        }
        view_.next = texts_.tr_c("on the handheld", "Next item");
    }

    const ReceiveState& state_;
    const ReceiveFacts& facts_;
    const TextTable& texts_;
    ReceiveView view_;
};

}  // namespace

ReceiveView present(const ReceiveState& state, const ReceiveFacts& facts, const TextTable& texts) {
    return Present(state, facts, texts).run();
}

}  // namespace fangxin::handheld
