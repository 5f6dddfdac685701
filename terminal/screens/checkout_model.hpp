// The whole checkout below the bar: the basket at the left, at the right what is to be sold next or
// the panel that asks, pays or blocks, and the dialogs over both. Panels that the till itself opens
// (block, verify, weigh, a sale that is done) come in as facts; paying and the dialogs are this
// screen's own state. Pure; main loop.
//
//     till::follow(state, facts);                       what happened meanwhile
//     auto view = till::present(state, facts, texts);
//     if (auto action = till::draw(ui, texts, view, rest, keyboard))
//         for (const till::Effect& effect : till::update(state, facts, *action)) …
//     if (auto code = ui.take_scan()) … update(state, facts, till::Scanned{*code})
#pragma once

#include "domain/basket.hpp"
#include "terminal/screens/basket_model.hpp"
#include "terminal/screens/block_model.hpp"
#include "terminal/screens/checkout_dialogs.hpp"
#include "terminal/screens/lookup_model.hpp"
#include "terminal/screens/member_model.hpp"
#include "terminal/screens/override_model.hpp"
#include "terminal/screens/pay_model.hpp"
#include "terminal/screens/quick_keys_model.hpp"
#include "terminal/screens/resume_model.hpp"
#include "terminal/screens/till_words.hpp"
#include "terminal/screens/verify_model.hpp"
#include "terminal/screens/weigh_model.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::terminal::till {

/// What was scanned, keyed or tapped last, sold or not.
struct LastScan {
    std::string name;  ///< empty: unknown
    std::string code;
    Price price;
    Judged judged;
};

enum class Waiting { none, hold, blocks };

struct CheckoutFacts {
    /// A question that the till has opened; it comes before everything.
    using Prompt = std::variant<std::monostate, BlockFacts, VerifyFacts, WeighFacts>;
    struct Toast {
        std::string words;
        kit::Role role = kit::Role::warn;
        std::int64_t until_ms = 0;
    };

    domain::Basket basket;
    std::int64_t next_quantity = 1;  ///< said before the scan
    std::optional<LastScan> last;
    Prompt prompt;
    std::optional<PaidFacts> paid;  ///< the sale before, until the next line
    std::string last_receipt;       ///< number, empty if none was printed yet
    std::string copying;            ///< the receipt of which a copy is at the printer
    QuickFacts quick;
    ResumeFacts holds;
    PriceFacts price;
    SearchFacts search;
    MemberFacts member;
    std::optional<Toast> toast;
    Waiting waiting = Waiting::none;
    // Whether the till leads there at all; without, the entry is left out.
    bool has_admin = true;
    bool has_withdrawals = true;
    bool has_scale = true;
};

enum class Dialog {
    none,
    more,
    quantity,
    age,
    void_sale,
    resume,
    price,
    search,
    member,
    price_override
};

struct CheckoutState {
    std::optional<int> selected;  ///< line number
    Dialog dialog = Dialog::none;
    std::optional<int> quantity_of;  ///< line the pad is for; none: the next scan
    std::string typed;               ///< in that pad
    std::optional<PayState> paying;
    std::string closed_receipt;  ///< the sale whose panel was left
    int next_number = 1;         ///< the basket's, when last looked at
    std::string verify_of;       ///< what the verify state belongs to
    QuickState quick;
    VerifyState verify;
    std::string weigh_of;  ///< what the weigh state belongs to
    WeighState weigh;
    ResumeState resume;
    PriceState price;
    SearchState search;
    OverrideState override_price;
    MemberState member;
    std::string member_was;  ///< when last looked at
};

enum class Function { hold, resume, search, price_check, member, quantity, more };

struct SellingView {
    struct Total {
        std::string items;
        std::string saved;  ///< empty: nothing
        std::string digits;
    };
    struct Last {
        Sign sign;
        std::string name;  ///< empty: nothing was scanned yet
        std::string note;
        std::string price;
    };
    struct Pay {
        std::string words;
        std::string reason;  ///< why not; empty: payment may start
        kit::Role reason_role = kit::Role::muted;
    };
    Total total;
    Last last;
    std::string times;  ///< `×3`, said before the scan
    QuickView quick;
    Pay pay;
};

struct CheckoutView {
    struct FunctionKey {
        Function function;
        std::string words;
        bool enabled = true;
    };
    BasketView basket;
    std::vector<FunctionKey> functions;
    std::variant<SellingView, BlockView, VerifyView, WeighView, PayView, PaidView> panel;
    std::variant<std::monostate, MoreView, QuantityView, AgeView, VoidView, ResumeView, PriceView,
                 SearchView, MemberView, OverrideView, BusyView>
        dialog;
    std::optional<CheckoutFacts::Toast> toast;
    bool keyboard_over_basket = false;  ///< the lot is being written
};

struct Scanned {
    std::string code;
};
struct Pressed {
    Function function = Function::more;
};
struct PressedPay {};
struct LeftDialog {};
using CheckoutAction =
    std::variant<Scanned, Pressed, PressedPay, LeftDialog, BasketAction, QuickAction, BlockAction,
                 VerifyAction, WeighAction, PayAction, PaidAction, ResumeAction, PriceAction,
                 SearchAction, MemberAction, OverrideAction, DialogAction>;

/// Gives up what no longer holds: a line that is gone, a payment that a block stops, a dialog under
/// a question. To be called before present() whenever facts may have changed.
void follow(CheckoutState& state, const CheckoutFacts& facts);

CheckoutView present(const CheckoutState& state, const CheckoutFacts& facts,
                     const kit::TextTable& texts);

std::vector<Effect> update(CheckoutState& state, const CheckoutFacts& facts,
                           const CheckoutAction& action);

}  // namespace fangxin::terminal::till
