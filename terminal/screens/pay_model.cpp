#include "terminal/screens/pay_model.hpp"

#include "domain/amount_text.hpp"
#include "domain/money.hpp"
#include "terminal/screens/money_typed.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace fangxin::terminal::till {

namespace {

std::int64_t due_of(const PayFacts& facts) {
    return facts.total_fen + domain::rounding_down_to_jiao(facts.total_fen);
}

}  // namespace

std::vector<std::int64_t> cash_suggestions(std::int64_t due_fen) {
    std::vector<std::int64_t> all{due_fen};
    for (const std::int64_t note : std::array<std::int64_t, 3>{1'000, 5'000, 10'000}) {
        std::int64_t next = (due_fen / note + 1) * note;
        while (std::ranges::find(all, next) != all.end())
            next += note;
        all.push_back(next);
    }
    std::ranges::sort(all);
    return all;
}

PayView present(const PayState& state, const PayFacts& facts, const kit::TextTable& texts) {
    PayView view;
    const std::int64_t due = due_of(facts);
    const std::int64_t tendered = fen_of(state.typed);
    view.due = domain::yuan(due, "¥");
    if (due != facts.total_fen) {
        view.rounding = texts.tr("Rounded down {}", domain::yuan(facts.total_fen - due, "¥"));
    }
    for (const std::int64_t fen : cash_suggestions(due))
        view.suggestions.push_back(domain::yuan(fen));
    view.nothing_typed = state.typed.empty();
    view.tendered = domain::yuan(tendered, "¥");
    view.can_finish = !state.typed.empty() && tendered >= due;
    if (view.can_finish) {
        view.finish = texts.tr("Finish · change {}", domain::yuan(tendered - due, "¥"));
    } else if (state.typed.empty()) {
        view.finish = texts.tr("Key what the customer gives");
    } else {
        view.finish = texts.tr("{} more is due", domain::yuan(due - tendered, "¥"));
    }
    return view;
}

std::optional<Effect> update(PayState& state, const PayFacts& facts, const PayAction& action) {
    const std::int64_t due = due_of(facts);
    if (const auto* suggest = std::get_if<pay::Suggest>(&action)) {
        const std::vector<std::int64_t> all = cash_suggestions(due);
        if (suggest->place < all.size()) state.typed = domain::yuan(all[suggest->place]);
    } else if (const auto* key = std::get_if<pay::PadKey>(&action)) {
        press_money(state.typed, key->value);
    } else if (std::holds_alternative<pay::Finish>(action)) {
        const std::int64_t tendered = fen_of(state.typed);
        if (!state.typed.empty() && tendered >= due) return effect::PayCash{tendered};
    }
    return std::nullopt;
}

PaidView present(const PaidFacts& facts, const kit::TextTable& texts) {
    PaidView view;
    view.change = domain::yuan(facts.change_fen);
    view.due = domain::yuan(facts.total_fen - facts.rounding_fen, "¥");
    view.paid = domain::yuan(facts.paid_fen, "¥");
    view.receipt = facts.receipt;
    if (facts.points) view.points = fmt::format("{:+} → {}", facts.points_earned, *facts.points);
    switch (facts.printing) {
        case Printing::none:
            view.printing = texts.tr("No printer: the receipt is kept and can be printed later");
            view.can_reprint = false;
            break;
        case Printing::printing:
            view.printing = texts.tr("The receipt is being printed…");
            view.printing_role = kit::Role::primary;
            break;
        case Printing::printed:
            view.printing = texts.tr("Receipt printed");
            view.printing_role = kit::Role::ok;
            break;
        case Printing::waiting:
            view.printing = texts.tr("The receipt waits for the printer: check paper and power");
            view.printing_role = kit::Role::warn;
            break;
    }
    return view;
}

}  // namespace fangxin::terminal::till
