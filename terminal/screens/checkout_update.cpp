// What the checkout's actions do.
#include "terminal/kit/field.hpp"
#include "terminal/screens/checkout_model.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace fangxin::terminal::till {

namespace {

using Effects = std::vector<Effect>;

Effects of(std::optional<Effect> effect) {
    if (!effect) return {};
    return {std::move(*effect)};
}

bool has_prompt(const CheckoutFacts& facts) {
    return !std::holds_alternative<std::monostate>(facts.prompt);
}

void close_paid(CheckoutState& state, const CheckoutFacts& facts) {
    if (facts.paid) state.closed_receipt = facts.paid->receipt;
}

std::int64_t number_in(const std::string& typed) {
    std::int64_t number = 0;
    std::from_chars(typed.data(), typed.data() + typed.size(), number);
    return number;
}

Effects confirm_quantity(CheckoutState& state) {
    const std::int64_t quantity = number_in(state.typed);
    state.dialog = Dialog::none;
    state.typed.clear();
    if (quantity < 1) return {};
    if (const auto line = std::exchange(state.quantity_of, std::nullopt)) {
        return {effect::SetQuantity{*line, quantity}};
    }
    return {effect::SetNextQuantity{quantity}};
}

/// The code reaches the screen it was scanned on, or is refused aloud; never lost (rules 9).
class OnScan {
  public:
    OnScan(CheckoutState& state, const CheckoutFacts& facts) : state_(state), facts_(facts) {}

    Effects run(const std::string& code) {
        if (facts_.waiting != Waiting::none) return refuse(kit::Msgid("Please wait…"));
        if (has_prompt(facts_)) return {effect::Scan{code}};
        if (state_.paying) return refuse(kit::Msgid("Finish the payment, or go back"));
        switch (state_.dialog) {
            case Dialog::price:
                state_.price = {.asked = code};
                return {effect::LookUp{code}};
            case Dialog::member:
                state_.member = {.typed = {}, .asked = code};
                return {effect::FindMember{code}};
            case Dialog::none:
                return sell(code);
            case Dialog::search:
                state_.search = {};
                state_.dialog = Dialog::none;
                return sell(code);
            case Dialog::quantity:
                if (!state_.quantity_of) return quantity_first(code);
                break;
            default:
                break;
        }
        return refuse(kit::Msgid("Answer or close this window first"));
    }

  private:
    static Effects refuse(kit::Msgid words) { return {effect::RefuseScan{words}}; }

    Effects sell(const std::string& code) {
        close_paid(state_, facts_);
        state_.selected.reset();
        return {effect::Scan{code}};
    }

    /// A number was typed and the item scanned at once: that is what was meant.
    Effects quantity_first(const std::string& code) {
        Effects effects = confirm_quantity(state_);
        for (Effect& scan : sell(code))
            effects.push_back(std::move(scan));
        return effects;
    }

    CheckoutState& state_;
    const CheckoutFacts& facts_;
};

class Update {
  public:
    Update(CheckoutState& state, const CheckoutFacts& facts) : state_(state), facts_(facts) {}

    Effects operator()(const Scanned& scan) { return OnScan(state_, facts_).run(scan.code); }

    Effects operator()(const Pressed& pressed) {
        close_paid(state_, facts_);
        switch (pressed.function) {
            case Function::hold:
                state_.selected.reset();
                return {effect::Hold{}};
            case Function::resume:
                state_.resume = {};
                return open(Dialog::resume);
            case Function::search:
                state_.search = {};
                return open(Dialog::search);
            case Function::price_check:
                state_.price = {};
                return open(Dialog::price);
            case Function::member:
                state_.member = {};
                return open(Dialog::member);
            case Function::quantity:
                state_.quantity_of.reset();
                state_.typed.clear();
                return open(Dialog::quantity);
            case Function::more:
                return open(Dialog::more);
        }
        return {};
    }

    Effects operator()(const PressedPay&) {
        const auto refusal = domain::pay_refusal(facts_.basket);
        if (refusal == domain::PayRefusal::age_check) return open(Dialog::age);
        if (!refusal && !has_prompt(facts_)) state_.paying = PayState{};
        return {};
    }

    Effects operator()(const LeftDialog&) { return open(Dialog::none); }

    Effects operator()(const BasketAction& action) {
        if (const auto* choose = std::get_if<basket::Choose>(&action)) {
            const bool again = state_.selected == choose->line;
            state_.selected = again ? std::nullopt : std::optional(choose->line);
            return {};
        }
        if (!state_.selected) return {};
        return change(std::get<basket::Change>(action).action);
    }

    Effects operator()(const QuickAction& action) {
        const auto item = till::update(state_.quick, facts_.quick, action);
        if (!item) return {};
        return sell(effect::SellItem{*item});
    }

    Effects operator()(const BlockAction& action) {
        const auto* block = std::get_if<BlockFacts>(&facts_.prompt);
        return block == nullptr ? Effects{} : of(till::update(*block, action));
    }
    Effects operator()(const VerifyAction& action) {
        const auto* verify = std::get_if<VerifyFacts>(&facts_.prompt);
        return verify == nullptr ? Effects{} : of(till::update(state_.verify, *verify, action));
    }
    Effects operator()(const WeighAction& action) {
        const auto* weigh = std::get_if<WeighFacts>(&facts_.prompt);
        return weigh == nullptr ? Effects{} : of(till::update(state_.weigh, *weigh, action));
    }

    Effects operator()(const PayAction& action) {
        if (!state_.paying) return {};
        if (std::holds_alternative<pay::Back>(action)) {
            state_.paying.reset();
            return {};
        }
        return of(till::update(*state_.paying, {domain::total_fen(facts_.basket)}, action));
    }
    Effects operator()(const PaidAction& action) {
        if (!facts_.paid) return {};
        if (std::holds_alternative<paid::ReprintReceipt>(action)) {
            return reprint(facts_.paid->receipt);
        }
        close_paid(state_, facts_);
        return {};
    }

    Effects operator()(const ResumeAction& action) {
        const auto hold = till::update(state_.resume, facts_.holds, action);
        if (!hold) return {};
        state_.dialog = Dialog::none;
        return {effect::Resume{*hold}};
    }
    Effects operator()(const PriceAction& action) { return of(till::update(state_.price, action)); }
    Effects operator()(const SearchAction& action) {
        SearchAnswer answer = till::update(state_.search, facts_.search, action);
        if (!answer.done) return of(std::move(answer.effect));
        state_.dialog = Dialog::none;
        return sell(std::move(*answer.effect));
    }

    Effects operator()(const OverrideAction& action) {
        auto effect = till::update(state_.override_price, facts_.basket, action);
        if (effect) state_.dialog = Dialog::none;
        return of(std::move(effect));
    }

    Effects operator()(const MemberAction& action) {
        return of(till::update(state_.member, action));
    }

    Effects operator()(const DialogAction& action) {
        if (const auto* chosen = std::get_if<dialog::Choose>(&action)) return choose(chosen->item);
        if (const auto* key = std::get_if<dialog::PadKey>(&action)) {
            if (key->value != "0" || !state_.typed.empty())
                kit::key_in(state_.typed, key->value, 4);
            return {};
        }
        if (std::holds_alternative<dialog::Confirm>(action)) return confirm_quantity(state_);
        if (std::holds_alternative<dialog::GiveUpWaiting>(action)) {
            return {effect::GiveUpWaiting{}};
        }
        state_.dialog = Dialog::none;
        if (std::holds_alternative<dialog::VoidIt>(action)) return {effect::VoidSale{}};
        if (std::holds_alternative<dialog::OfAge>(action)) {
            state_.paying = PayState{};
            return {effect::ConfirmAge{}};
        }
        if (std::holds_alternative<dialog::NotOfAge>(action)) return take_out_for_age();
        return {};
    }

  private:
    Effects open(Dialog dialog) {
        state_.dialog = dialog;
        return {};
    }

    Effects sell(Effect effect) {
        close_paid(state_, facts_);
        state_.selected.reset();
        return {std::move(effect)};
    }

    /// One copy at a time: a hand that sees nothing happen touches again.
    Effects reprint(const std::string& receipt) const {
        if (receipt.empty() || facts_.copying == receipt) return {};
        return {effect::Reprint{receipt}};
    }

    Effects change(LineAction action) {
        const domain::Line* line = domain::find_line(facts_.basket, *state_.selected);
        if (line == nullptr) return {};
        if (action == LineAction::take_out) {
            state_.selected.reset();
            return {effect::VoidLine{line->number}};
        }
        if (action == LineAction::price) {
            if (!may_override(*line)) return {};
            state_.override_price = {.line = line->number};
            return open(Dialog::price_override);
        }
        if (!may_change_quantity(*line)) return {};
        if (action == LineAction::quantity) {
            state_.quantity_of = line->number;
            state_.typed.clear();
            return open(Dialog::quantity);
        }
        const std::int64_t quantity = line->quantity + (action == LineAction::more ? 1 : -1);
        if (quantity < 1 || quantity > domain::most_pieces) return {};
        return {effect::SetQuantity{line->number, quantity}};
    }

    Effects choose(MoreItem item) {
        state_.dialog = Dialog::none;
        switch (item) {
            case MoreItem::void_sale:
                if (domain::is_empty(facts_.basket)) return {};
                return open(Dialog::void_sale);
            case MoreItem::reprint:
                return reprint(facts_.last_receipt);
            case MoreItem::drawer:
                return {effect::OpenDrawerPage{}};
            case MoreItem::withdrawals:
                return {effect::OpenWithdrawals{}};
            case MoreItem::complaint:
                return {effect::Complain{}};
            case MoreItem::fault:
                return {effect::ReportFault{}};
            case MoreItem::lock:
                return {effect::Lock{}};
            case MoreItem::scale:
                return {effect::OpenScale{}};
            case MoreItem::settings:
                return {effect::OpenSettings{}};
            case MoreItem::admin:
                return {effect::OpenAdmin{}};
            case MoreItem::language:
                return {effect::SwitchLanguage{}};
        }
        return {};
    }

    Effects take_out_for_age() {
        Effects effects;
        for (const domain::Line& line : facts_.basket.lines) {
            const bool asks =
                std::ranges::find(line.reasons, domain::Reason::age_check) != line.reasons.end();
            if (asks) effects.emplace_back(effect::VoidLine{line.number});
        }
        return effects;
    }

    CheckoutState& state_;
    const CheckoutFacts& facts_;
};

/// Two lines of one item are two questions: what was typed for one pack answers no other.
std::string question_of(const CheckoutFacts& facts) {
    const auto* verify = std::get_if<VerifyFacts>(&facts.prompt);
    if (verify == nullptr) return {};
    return fmt::format("{} {} {}", verify->line.value_or(0), verify->name,
                       verify->ask_lot ? "lot" : "date");
}

}  // namespace

void follow(CheckoutState& state, const CheckoutFacts& facts) {
    const bool line_added = facts.basket.next_number > state.next_number;
    state.next_number = facts.basket.next_number;
    const bool gone = state.selected && !domain::find_line(facts.basket, *state.selected);
    if (line_added || gone) state.selected.reset();
    if (state.quantity_of && !domain::find_line(facts.basket, *state.quantity_of)) {
        state.quantity_of.reset();
        if (state.dialog == Dialog::quantity) state.dialog = Dialog::none;
    }
    const bool priced_is_gone = state.dialog == Dialog::price_override &&
                                !domain::find_line(facts.basket, state.override_price.line);
    if (priced_is_gone) state.dialog = Dialog::none;
    // Whom it asked for has been found.
    const std::string member = facts.basket.member ? facts.basket.member->number : "";
    if (member != std::exchange(state.member_was, member) && state.dialog == Dialog::member)
        state.dialog = Dialog::none;
    if (has_prompt(facts)) {
        state.paying.reset();
        state.dialog = Dialog::none;
    }
    const auto refusal = domain::pay_refusal(facts.basket);
    if (refusal) state.paying.reset();
    if (state.dialog == Dialog::age && refusal != domain::PayRefusal::age_check) {
        state.dialog = Dialog::none;
    }
    if (std::string question = question_of(facts); question != state.verify_of) {
        state.verify_of = std::move(question);
        state.verify = {};
    }
    const auto* weigh = std::get_if<WeighFacts>(&facts.prompt);
    if (const std::string name = weigh ? weigh->name : ""; name != state.weigh_of) {
        state.weigh_of = name;
        state.weigh = {};
    }
}

std::vector<Effect> update(CheckoutState& state, const CheckoutFacts& facts,
                           const CheckoutAction& action) {
    return std::visit(Update(state, facts), action);
}

}  // namespace fangxin::terminal::till
