#include "terminal/screens/pay_model.hpp"

#include "domain/amount_text.hpp"
#include "domain/money.hpp"
#include "terminal/kit/field.hpp"

#include <algorithm>
#include <array>

namespace fangxin::terminal::till {

namespace {

constexpr std::size_t most_digits = 7;  // yuan; more is a slip of the finger

/// `150` 15000, `150.` 15000, `150.5` 15050; nothing typed is 0.
std::int64_t fen_of(const std::string& typed) {
    std::int64_t fen = 0;
    int decimals = -1;
    for (const char c : typed) {
        if (c == '.') {
            decimals = 0;
            continue;
        }
        fen = fen * 10 + (c - '0');
        if (decimals >= 0) ++decimals;
    }
    for (int i = std::max(decimals, 0); i < 2; ++i)
        fen *= 10;
    return fen;
}

void press_digit(std::string& typed, char digit) {
    const auto dot = typed.find('.');
    if (dot != std::string::npos ? typed.size() - dot > 2 : typed.size() >= most_digits) return;
    if (typed == "0") typed.clear();
    typed += digit;
}

void press(std::string& typed, const std::string& value) {
    if (value == "clear") {
        typed.clear();
    } else if (value == "back") {
        typed = kit::without_last(typed);
    } else if (value == ".") {
        if (typed.find('.') == std::string::npos) typed += typed.empty() ? "0." : ".";
    } else {
        for (const char digit : value)
            press_digit(typed, digit);
    }
}

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
        press(state.typed, key->value);
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
