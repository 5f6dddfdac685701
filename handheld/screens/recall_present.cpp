// What the pages of a recall say.
#include "handheld/screens/recall_model.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::handheld {

using domain::RecallLevel;
using kit::Icon;
using kit::Role;
using kit::TextTable;

namespace {

class Present {
  public:
    Present(const RecallState& state, const RecallFacts& facts, const TextTable& texts)
        : state_(state), facts_(facts), texts_(texts) {}

    RecallView run() {
        view_.page = state_.page;
        view_.busy = state_.busy;
        view_.name = facts_.name;
        view_.refusal = refusal_text(state_.refusal, state_.refusal_detail, texts_);
        view_.next = texts_.tr_c("on the handheld", "Next");
        add_head();
        add_page();
        return std::move(view_);
    }

  private:
    void add_head() {
        view_.head = present_head(texts_.tr_c("on the handheld", "Recall"), facts_.head, texts_);
        view_.head.can_go_back = !state_.busy;
        const auto pages = pages_for(state_.scope);
        const auto at = std::ranges::find(pages, state_.page);
        if (at == pages.end()) return;
        view_.progress =
            static_cast<float>(at - pages.begin() + 1) / static_cast<float>(pages.size());
    }

    void add_page() {
        switch (state_.page) {
            case RecallPage::item:
                view_.asks = texts_.tr("Which item is recalled?");
                view_.search = present_search(state_.search, facts_.hits, texts_);
                if (state_.item.empty()) view_.next.clear();
                return;
            case RecallPage::scope:
                return add_scopes();
            case RecallPage::lot:
                view_.asks = texts_.tr("Which lot is recalled?");
                view_.reading = state_.lot;
                view_.placeholder = texts_.tr("Key or scan the lot");
                return;
            case RecallPage::from:
                view_.asks = texts_.tr("From which date on the packs?");
                view_.skip = texts_.tr("No first day");
                return add_day(state_.from);
            case RecallPage::to:
                view_.asks = texts_.tr("To which date on the packs?");
                view_.skip = texts_.tr("No last day");
                return add_day(state_.to);
            case RecallPage::level:
                return add_levels();
            case RecallPage::reason:
                view_.asks = texts_.tr("Why is it recalled?");
                view_.reasons = present_reasons(state_.reason, recall_reasons(), texts_);
                if (state_.reason.chosen == -1) view_.next.clear();
                return;
            case RecallPage::confirm:
                return add_confirm();
            case RecallPage::live:
                return add_live();
        }
    }

    void add_scopes() {
        view_.asks = texts_.tr("Which packs of it?");
        const auto is = [&](RecallScope scope) { return state_.scope == scope; };
        view_.choices = {{texts_.tr("One lot"), texts_.tr("Packs that bear this lot"), Icon::list,
                          is(RecallScope::lot)},
                         {texts_.tr("A range of dates"), texts_.tr("By production or expiry date"),
                          Icon::clock, is(RecallScope::dates)},
                         {texts_.tr("The whole item"), texts_.tr("Every pack, whatever it bears"),
                          Icon::warning, is(RecallScope::whole_item)}};
        if (state_.scope == RecallScope::none) view_.next.clear();
    }

    void add_levels() {
        view_.asks = texts_.tr("Which level does the notice say?");
        const auto is = [&](RecallLevel level) { return state_.level == level; };
        view_.choices = {
            {level_words(RecallLevel::I, texts_), texts_.tr("Grave harm or death: 24 hours"),
             Icon::warning, is(RecallLevel::I)},
            {level_words(RecallLevel::II, texts_), texts_.tr("Harm to health: 48 hours"),
             Icon::exclamation, is(RecallLevel::II)},
            {level_words(RecallLevel::III, texts_), texts_.tr("Label or marking: 72 hours"),
             Icon::list, is(RecallLevel::III)}};
        if (state_.level == RecallLevel::none) view_.next.clear();
    }

    void add_day(const DateEntry& entry) {
        view_.placeholder = texts_.tr("Month and day, or year month day");
        view_.reading = dashed(entry.digits);
        const DateAsked any_day{domain::DatePrinted::expiry, std::nullopt};
        if (const auto date = date_meant(entry, any_day, facts_.head.now)) {
            view_.meant = domain::format_date(*date);
        }
    }

    void add_confirm() {
        view_.asks = texts_.tr("Is that right?");
        const auto add = [&](const char* key, std::string value) {
            view_.answers.push_back({key, std::move(value), Role::text, true});
        };
        if (state_.scope == RecallScope::lot) {
            add(texts_.tr_c("on the handheld", "Lot"), state_.lot);
        } else if (state_.scope == RecallScope::dates) {
            const RecallDays days = recall_days(state_, facts_.head.now);
            add(texts_.tr_c("on the handheld", "Dates"),
                fmt::format("{} – {}", days.from ? domain::format_date(*days.from) : "…",
                            days.to ? domain::format_date(*days.to) : "…"));
        } else {
            add(texts_.tr_c("on the handheld", "Packs"), texts_.tr("The whole item"));
        }
        add(texts_.tr_c("on the handheld", "Recall level"), level_words(state_.level, texts_));
        add(texts_.tr_c("on the handheld", "Reason"),
            reason_of(state_.reason, recall_reasons(), texts_));
        auto& lines = view_.consequences;
        lines.emplace_back(
            facts_.head.connected
                ? texts_.tr("Stops the sale at every till within a second")
                : texts_.tr("No server: the tills hear of it when the line is back"));
        if (facts_.covered) {
            lines.push_back(texts_.tr_n("{} batch on record is stopped",
                                        "{} batches on record are stopped", *facts_.covered));
        }
        lines.emplace_back(texts_.tr("Tasks appear to take it off the shelf"));
        lines.emplace_back(texts_.tr("Only the server lifts it again"));
        if (facts_.needs_second_person) {
            lines.emplace_back(texts_.tr("A second person confirms with a PIN"));
        }
        view_.next = state_.busy ? texts_.tr("Please wait…") : texts_.tr("Recall it now");
    }

    void add_live() {
        std::size_t have = 0;
        for (const terminal::TerminalAnswer& each : facts_.terminals) {
            const auto answer = terminal::answer_words(each, facts_.head.now, texts_);
            if (answer.done) ++have;
            view_.terminals.push_back(
                {.name = each.name,
                 .note =
                     answer.done ? std::string(texts_.tr("Has stopped the sale")) : answer.words,
                 .value = answer.done ? answer.words : std::string(texts_.tr("Go there")),
                 .icon = answer.done ? Icon::check : Icon::exclamation,
                 .role = answer.role,
                 .has_stopped = answer.done});
        }
        std::ranges::stable_sort(view_.terminals, [](const auto& one, const auto& other) {
            return !one.has_stopped && other.has_stopped;
        });
        const std::size_t all = facts_.terminals.size();
        view_.acknowledged = all == 0 ? 0 : static_cast<float>(have) / static_cast<float>(all);
        if (!facts_.head.connected) {
            view_.asks = texts_.tr("No server: the tills hear of it when the line is back");
        } else if (all == 0) {
            view_.asks = texts_.tr("Waiting for the tills…");
        } else if (have == all) {
            view_.asks = texts_.tr("All {} terminals have stopped the sale", all);
        } else {
            view_.asks = texts_.tr("{} of {} terminals have stopped the sale", have, all);
        }
        view_.next = texts_.tr_c("on the handheld", "Done");
    }

    const RecallState& state_;
    const RecallFacts& facts_;
    const TextTable& texts_;
    RecallView view_;
};

}  // namespace

RecallView present(const RecallState& state, const RecallFacts& facts, const TextTable& texts) {
    return Present(state, facts, texts).run();
}

}  // namespace fangxin::handheld
