// What the checkout shows; what its actions do is in checkout_update.cpp.
#include "terminal/screens/checkout_model.hpp"

#include "domain/amount_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::terminal::till {

namespace {

using domain::PayRefusal;
using kit::Role;

std::int64_t items_of(const domain::Basket& basket) {
    std::int64_t items = 0;
    for (const domain::Line& line : basket.lines)
        items += line.quantity;
    return items;
}

SellingView::Total total_of(const domain::Basket& basket, const kit::TextTable& texts) {
    SellingView::Total total;
    total.items = texts.tr_n("{} item", "{} items", items_of(basket));
    if (const std::int64_t saved = domain::saved_fen(basket); saved > 0) {
        total.saved = domain::yuan(saved, "¥");
    }
    total.digits = domain::yuan(domain::total_fen(basket));
    return total;
}

SellingView::Last last_of(const CheckoutFacts& facts, const kit::TextTable& texts) {
    SellingView::Last last;
    if (!facts.last) return last;
    const LastScan& scan = *facts.last;
    last.sign = sign_of(scan.judged, texts);
    if (scan.name.empty()) {
        last.name = texts.tr("Unknown code {}", scan.code);
        last.note = last.sign.words;
        return last;
    }
    last.name = scan.name;
    // What has to be known comes first: the end may be cut.
    last.note = scan.code.empty() ? last.sign.words : last.sign.words + " · " + scan.code;
    last.price = price_text(scan.price, "¥");
    return last;
}

SellingView::Pay pay_of(const domain::Basket& basket, const kit::TextTable& texts) {
    SellingView::Pay pay;
    pay.words = texts.tr("Pay {}", domain::yuan(domain::total_fen(basket), "¥"));
    const auto refusal = domain::pay_refusal(basket);
    if (!refusal || refusal == PayRefusal::age_check) return pay;
    pay.reason_role = Role::block;
    if (refusal == PayRefusal::empty) {
        pay.reason = texts.tr("Nothing to pay yet");
        pay.reason_role = Role::muted;
    } else if (refusal == PayRefusal::blocked) {
        pay.reason = texts.tr("Void the red line first");
    } else {
        pay.reason = texts.tr("Check the date on the pack first");
        pay.reason_role = Role::warn;
    }
    return pay;
}

SellingView selling_of(const CheckoutState& state, const CheckoutFacts& facts,
                       const kit::TextTable& texts) {
    SellingView view;
    view.total = total_of(facts.basket, texts);
    view.last = last_of(facts, texts);
    if (facts.next_quantity > 1) view.times = fmt::format("×{}", facts.next_quantity);
    view.quick = present(state.quick, facts.quick);
    view.pay = pay_of(facts.basket, texts);
    return view;
}

bool shows_paid(const CheckoutState& state, const CheckoutFacts& facts) {
    return facts.paid && domain::is_empty(facts.basket) &&
           facts.paid->receipt != state.closed_receipt;
}

void fill_panel(CheckoutView& view, const CheckoutState& state, const CheckoutFacts& facts,
                const kit::TextTable& texts) {
    if (const auto* block = std::get_if<BlockFacts>(&facts.prompt)) {
        view.panel = present(*block, texts);
    } else if (const auto* verify = std::get_if<VerifyFacts>(&facts.prompt)) {
        view.panel = present(state.verify, *verify, texts);
        view.keyboard_over_basket = state.verify.page == VerifyPage::lot;
    } else if (const auto* weigh = std::get_if<WeighFacts>(&facts.prompt)) {
        view.panel = present(state.weigh, *weigh, texts);
    } else if (state.paying) {
        view.panel = present(*state.paying, {domain::total_fen(facts.basket)}, texts);
    } else if (shows_paid(state, facts)) {
        PaidView paid = present(*facts.paid, texts);
        paid.can_reprint = paid.can_reprint && facts.copying != facts.paid->receipt;
        view.panel = std::move(paid);
    } else {
        view.panel = selling_of(state, facts, texts);
    }
}

std::vector<CheckoutView::FunctionKey> functions_of(const CheckoutView& view,
                                                    const CheckoutFacts& facts,
                                                    const kit::TextTable& texts) {
    const bool selling = std::holds_alternative<SellingView>(view.panel);
    const bool free = selling || std::holds_alternative<PaidView>(view.panel);
    const bool has_lines = !domain::is_empty(facts.basket);
    const std::size_t holds = facts.holds.holds.size();
    return {{Function::hold, texts.tr_c("of a basket", "Hold"), selling && has_lines},
            {Function::resume,
             holds > 0 ? texts.tr_c("of a basket", "Resume {}", holds)
                       : texts.tr_c("of a basket", "Resume"),
             free},
            {Function::search, texts.tr("Search"), free},
            {Function::price_check, texts.tr("Price check"), free},
            {Function::member, texts.tr_c("a function", "Member"), free},
            {Function::quantity, texts.tr("Quantity"), free},
            {Function::more, texts.tr("More"), free}};
}

MoreView more_of(const CheckoutFacts& facts, const kit::TextTable& texts) {
    const bool has_lines = !domain::is_empty(facts.basket);
    const bool copying = facts.copying == facts.last_receipt;
    const bool has_receipt = !facts.last_receipt.empty();
    const std::string receipt = !has_receipt ? texts.tr("No receipt yet")
                                : copying    ? texts.tr("A copy is being printed")
                                             : facts.last_receipt;
    MoreView view;
    view.rows = {
        {MoreItem::void_sale, texts.tr("Void the sale…"),
         has_lines ? "" : texts.tr("The basket is empty"), has_lines},
        {MoreItem::reprint, texts.tr("Print last receipt again"), receipt, has_receipt && !copying},
        {MoreItem::drawer, texts.tr("Shift and drawer"), texts.tr("Open, count, cash in and out")},
        {MoreItem::withdrawals, texts.tr("Withdrawal lists"),
         texts.tr("Batches to take off the shelf")},
        {MoreItem::complaint, texts.tr("Take a complaint"), ""},
        {MoreItem::lock, texts.tr("Lock the till"), texts.tr("The basket stays")},
        {MoreItem::settings, texts.tr("Settings"), texts.tr("Theme, text size, volume")},
        {MoreItem::admin, texts.tr("Admin area"), ""},
        // Said in the other language, for whoever cannot read this one.
        {MoreItem::language, texts.language() == domain::Language::zh ? "English" : "中文", ""},
        {MoreItem::scale, texts.tr("Scale"), texts.tr("Daily check, papers, seal")},
        {MoreItem::fault, texts.tr("Report a fault"),
         texts.tr("Scale, printer, scanner, network")}};
    std::erase_if(view.rows, [&](const MoreView::Row& row) {
        return (row.item == MoreItem::admin && !facts.has_admin) ||
               (row.item == MoreItem::scale && !facts.has_scale) ||
               (row.item == MoreItem::withdrawals && !facts.has_withdrawals);
    });
    return view;
}

QuantityView quantity_of(const CheckoutState& state, const kit::TextTable& texts) {
    QuantityView view;
    view.title = state.quantity_of ? texts.tr("Quantity of line {}", *state.quantity_of)
                                   : texts.tr("Quantity of the next item");
    view.typed = state.typed;
    view.can_confirm = !state.typed.empty();
    return view;
}

AgeView age_of(const domain::Basket& basket, const kit::TextTable& texts) {
    AgeView view;
    for (const domain::Line& line : basket.lines) {
        if (std::ranges::find(line.reasons, domain::Reason::age_check) == line.reasons.end()) {
            continue;
        }
        if (!view.goods.empty()) view.goods += " · ";
        view.goods += name_of(line, texts);
    }
    view.say = in(domain::words_of(domain::Reason::age_check).say, texts);
    return view;
}

std::string waiting_words(Waiting waiting, const kit::TextTable& texts) {
    if (waiting == Waiting::hold) return texts.tr("Asking the server for the basket…");
    return texts.tr("Fetching the latest recalls…");
}

void fill_dialog(CheckoutView& view, const CheckoutState& state, const CheckoutFacts& facts,
                 const kit::TextTable& texts) {
    if (facts.waiting != Waiting::none) {
        view.dialog = BusyView{waiting_words(facts.waiting, texts), facts.waiting == Waiting::hold};
        return;
    }
    switch (state.dialog) {
        case Dialog::none:
            break;
        case Dialog::more:
            view.dialog = more_of(facts, texts);
            break;
        case Dialog::quantity:
            view.dialog = quantity_of(state, texts);
            break;
        case Dialog::age:
            view.dialog = age_of(facts.basket, texts);
            break;
        case Dialog::void_sale:
            view.dialog = VoidView{texts.tr_n("{0} line, {1}", "{0} lines, {1}",
                                              static_cast<std::int64_t>(facts.basket.lines.size()),
                                              domain::yuan(domain::total_fen(facts.basket), "¥"))};
            break;
        case Dialog::resume:
            view.dialog = present(state.resume, facts.holds, texts);
            break;
        case Dialog::price:
            view.dialog = present(state.price, facts.price, texts);
            break;
        case Dialog::search:
            view.dialog = present(state.search, facts.search);
            break;
        case Dialog::price_override:
            view.dialog = present(state.override_price, facts.basket, texts);
            break;
        case Dialog::member:
            view.dialog = present(state.member, facts.member, facts.basket.member, texts);
            break;
    }
}

}  // namespace

CheckoutView present(const CheckoutState& state, const CheckoutFacts& facts,
                     const kit::TextTable& texts) {
    CheckoutView view;
    fill_panel(view, state, facts, texts);
    const bool selling = std::holds_alternative<SellingView>(view.panel);
    view.basket = present_basket(facts.basket, selling ? state.selected : std::nullopt, texts);
    view.basket.can_select = selling;
    view.functions = functions_of(view, facts, texts);
    fill_dialog(view, state, facts, texts);
    view.toast = facts.toast;
    return view;
}

}  // namespace fangxin::terminal::till
