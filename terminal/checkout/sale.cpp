// Where a sale becomes durable: `pay_cash` judges every line once more inside the transaction that
// writes the op, the receipt and the print job; then, and only then, anything leaves the till.
#include "domain/amount_text.hpp"
#include "domain/money.hpp"
#include "drivers/printers/escpos.hpp"
#include "sync/holds_asked.hpp"
#include "sync/store/meta.hpp"
#include "terminal/checkout/basket_text.hpp"
#include "terminal/checkout/checkout.hpp"
#include "terminal/checkout/receipts.hpp"
#include "terminal/station/lists.hpp"
#include "terminal/station/station_log.hpp"

#include <fmt/format.h>

namespace fangxin::terminal {

namespace {

Result<ReceiptHead> head_of(Station& station) {
    return station.reader().reading<ReceiptHead>([&] {
        auto& shop = station.shop();
        return ReceiptHead{.language = station.options().language,
                           .shop_name = shop.setting("shop_name"),
                           .address = shop.setting("address"),
                           .phone = shop.setting("phone"),
                           .complaint_phone = shop.setting("complaint_phone"),
                           .till = station.options().number,
                           .cashier_name = station.person() ? station.person()->name : "",
                           .test_shop = station.test_shop()};
    });
}

}  // namespace

/// What the sale comes to; refuses what must not be paid before money changes hands.
std::optional<sync::Sale> Checkout::settle(std::int64_t tendered_fen, Outcome& outcome) const {
    if (auto refusal = domain::pay_refusal(basket_)) {
        outcome.error = std::string(domain::to_text(*refusal));
        return std::nullopt;
    }
    sync::Sale sale{
        .total_fen = domain::total_fen(basket_), .paid_fen = tendered_fen, .hold = from_hold_};
    sale.rounding_fen = -domain::rounding_down_to_jiao(sale.total_fen);
    sale.change_fen = tendered_fen - (sale.total_fen - sale.rounding_fen);
    if (sale.change_fen < 0) {
        outcome.error = "not_enough";
        outcome.detail = domain::yuan(-sale.change_fen);
        return std::nullopt;
    }
    if (tendered_fen > domain::largest_amount_fen) {
        outcome.error = "amount_out_of_range";
        return std::nullopt;
    }
    sale.tenders.push_back({"cash", tendered_fen});
    sale.online = station_.online();
    add_points(sale);
    for (const domain::Line& line : basket_.lines)
        sale.lines.push_back(sale_line(line));
    return sale;
}

Outcome Checkout::pay_cash(std::int64_t tendered_fen) {
    if (auto outcome = may_sell(); !outcome.error.empty()) return outcome;
    if (std::holds_alternative<ShowBlock>(prompt_)) return refused("acknowledge_first");
    if (std::holds_alternative<AskVerify>(prompt_)) return refused("line_verify");
    if (std::holds_alternative<AskWeight>(prompt_)) return refused("weigh_first");
    if (domain::is_empty(basket_)) return refused("basket_empty");
    Outcome outcome;
    auto head = head_of(station_);
    if (!head) return failed(head.error());
    sync::Sale sale;
    auto done = station_.transact([&](sync::Database& database) -> Result<void> {
        if (auto judged = judge_lines(database); !judged) return judged;
        auto settled = settle(tendered_fen, outcome);
        if (!settled) return failure(outcome.error, outcome.detail);
        sale = std::move(*settled);
        return write_sale(database, sale, *head);
    });
    if (!done) {
        ask_next_verify();
        save_draft();
        return failed(done.error());
    }
    last_receipt_ = ReceiptSummary{.number = sale.receipt,
                                   .member = domain::masked_member(sale.member),
                                   .points_earned = sale.points_earned,
                                   .points = sale.points,
                                   .total_fen = sale.total_fen,
                                   .rounding_fen = sale.rounding_fen,
                                   .paid_fen = sale.paid_fen,
                                   .change_fen = sale.change_fen};
    begin_anew();
    return {};
}

/// Every line once more, on the writer's own connection: a recall that was committed a moment ago
/// is seen here, whether or not an event has told the till of it.
Result<void> Checkout::judge_lines(sync::Database& database) {
    sync::ShopReader shop(database, sync::ShopReader::Side::terminal);
    auto verdicts = judge_basket(shop);
    if (!verdicts) return tl::unexpected(verdicts.error());
    for (std::size_t i = 0; i < basket_.lines.size(); ++i)
        domain::take_verdict(basket_.lines[i], (*verdicts)[i]);
    return {};
}

/// Op, receipt and print job, in the caller's transaction.
Result<void> Checkout::write_sale(sync::Database& database, sync::Sale& sale,
                                  const ReceiptHead& head) {
    auto shift = drawer_.shift_of_sale(database);
    if (!shift) return tl::unexpected(shift.error());
    sale.shift = *shift;
    sale.receipt = take_receipt_number(database, station_.options().number);
    sale.block_cursor = sync::meta_number(database, "blocks");
    auto appended = sync::append_op(database, station_.draft(sale));
    if (!appended) return tl::unexpected(appended.error());
    keep_receipt(database, {sale.receipt, *appended, head});
    if (paper_.columns > 0) queue_receipt(database, sale.receipt, false);
    draft_.drop(database);
    return {};
}

Outcome Checkout::reprint(const std::string& number) {
    if (auto outcome = may_sell(); !outcome.error.empty()) return outcome;
    if (paper_.columns == 0) return refused("no_printer");
    bool found = false;
    auto done = station_.transact([&](sync::Database& database) -> Result<void> {
        found = find_receipt(database, number).has_value();
        if (!found) return {};
        queue_receipt(database, number, true);
        auto appended = sync::append_op(database, station_.draft(sync::ReceiptReprinted{number}));
        if (!appended) return tl::unexpected(appended.error());
        return {};
    });
    if (!done) return failed(done.error());
    return found ? Outcome{} : refused("no_such_receipt", number);
}

Outcome Checkout::withdrawal_slip() {
    if (auto outcome = may_sell(); !outcome.error.empty()) return outcome;
    auto* shown = std::get_if<ShowBlock>(&prompt_);
    if (!shown) return refused("nothing_blocked");
    if (paper_.columns == 0) return refused("no_printer");
    const auto& identity = shown->candidate.evidence.identity;
    const domain::Item& item = shown->candidate.found.item;
    domain::WithdrawalSlip slip{.language = station_.options().language,
                                .shop_name = station_.shop().setting("shop_name"),
                                .till = station_.options().number,
                                .time = station_.now(),
                                .item_name = name_of(item, station_.options().language),
                                .item_code = shown->candidate.code,
                                .lot = identity.lot,
                                .production = identity.production,
                                .expiry = identity.expiry,
                                .reasons = shown->verdict.reasons,
                                .test_shop = station_.test_shop()};
    if (station_.person()) {
        slip.cashier_number = station_.person()->number;
        slip.cashier_name = station_.person()->name;
    }
    auto lines = domain::layout_withdrawal_slip(slip, paper_.columns);
    auto done = station_.transact([&](sync::Database& database) -> Result<void> {
        queue_slip(database, "withdrawal", drivers::encode(lines, paper_.options));
        return {};
    });
    return done ? Outcome{} : failed(done.error());
}

Outcome Checkout::hold() {
    if (auto outcome = may_sell(); !outcome.error.empty()) return outcome;
    if (domain::is_empty(basket_)) return refused("basket_empty");
    if (!std::holds_alternative<std::monostate>(prompt_)) return refused("answer_first");
    std::string id;
    auto done = station_.transact([&](sync::Database& database) -> Result<void> {
        sync::LogState number = sync::next_op(database);
        id = fmt::format("{}-{}-{}", station_.options().terminal, number.epoch, number.last_seq);
        sync::BasketHeld held{.hold = id,
                              .total_fen = domain::total_fen(basket_),
                              .lines = static_cast<std::int64_t>(basket_.lines.size()),
                              .body = write_basket(basket_)};
        auto appended = sync::append_op(database, station_.draft(held));
        if (!appended) return tl::unexpected(appended.error());
        draft_.drop(database);
        return {};
    });
    if (!done) {
        save_draft();
        return failed(done.error());
    }
    begin_anew();
    return {.detail = id};
}

Outcome Checkout::resume(const std::string& id) {
    if (auto outcome = may_sell(); !outcome.error.empty()) return outcome;
    if (!domain::is_empty(basket_)) return refused("basket_not_empty");
    if (!std::holds_alternative<std::monostate>(prompt_)) return refused("answer_first");
    auto hold = station_.reader().reading<std::optional<sync::Hold>>(
        [&] { return station_.shop().hold(id); });
    if (!hold) return failed(hold.error());
    const std::string& till = station_.options().terminal;
    if (*hold && !(*hold)->resumed_by.empty()) {
        // The server may have given it to us and the answer was lost: then it is ours to take.
        if ((*hold)->resumed_by != till || was_taken_up(id)) {
            return refused("hold_taken", (*hold)->resumed_by);
        }
    }
    Claim claim{.id = ++claims_, .hold = id, .by = station_.person()->number};
    bool given = *hold && (*hold)->resumed_by == till;  // the server said so in its row
    if (given || (*hold && (*hold)->terminal == till)) claim.own_body = (*hold)->body;
    // Only the server can say that no other till has it (rules 6); without one, who held it may.
    if (!station_.online()) {
        if (claim.own_body) return take_up(id, *claim.own_body);
        return refused(*hold ? "needs_server" : "no_such_hold", id);
    }
    auto noted = station_.transact([&](sync::Database& database) -> Result<void> {
        sync::note_hold_asked(database, id);
        return {};
    });
    if (!noted) return failed(noted.error());
    claim_ = std::move(claim);
    station_.claim_hold(claim_->id, id);
    return {};
}

std::string Checkout::on_claimed(const sync::HoldClaimed& answer) {
    if (!claim_ || answer.id != claim_->id) {
        bool late = left_ && left_->id == answer.id && answer.code.empty();
        return late ? std::exchange(left_, {})->hold : "";
    }
    Claim claim = *std::exchange(claim_, {});
    bool same = station_.person() && station_.person()->number == claim.by;
    if (auto may = may_sell(); !may.error.empty() || !same) {  // it waits for whoever comes
        claim_outcome_ = same ? may : refused("hold_offline", claim.hold);
        return answer.code.empty() ? claim.hold : "";
    }
    if (answer.code.empty()) {
        claim_outcome_ = take_up(claim.hold, answer.body);
    } else if (claim.own_body && answer.code != "taken") {  // the server is gone, or has not heard
        claim_outcome_ = take_up(claim.hold, *claim.own_body);
    } else {
        claim_outcome_ = refused(
            answer.code == "not_found" ? "no_such_hold" : "hold_" + answer.code, claim.hold);
        if (answer.code != "offline") forget_claim(claim.hold);
    }
    return {};
}

/// Without room on the disk the note stays: it shows nothing that another till has.
void Checkout::forget_claim(const std::string& hold) {
    (void)station_.transact([&](sync::Database& database) -> Result<void> {
        sync::forget_hold_asked(database, hold);
        return {};
    });
}

void Checkout::give_up_claim() {
    if (!claim_) return;
    left_ = claim_;
    on_claimed({.id = claim_->id, .code = "offline"});
}

bool Checkout::was_taken_up(const std::string& hold) {
    sync::Query query = station_.reader().query(
        "SELECT 1 FROM ops WHERE kind = 'basket_resumed' AND instr(body, $1) > 0 LIMIT 1");
    std::string named = fmt::format(R"("hold":"{}")", hold);
    query.bind(std::string_view(named));
    return query.step();
}

/// One transaction: a crash between taking it up and keeping it would lose the basket.
Outcome Checkout::take_up(const std::string& hold, const std::string& body) {
    auto basket = read_basket(body);
    if (!basket) return refused("hold_unreadable", hold);
    auto done = station_.transact([&](sync::Database& database) -> Result<void> {
        auto appended = sync::append_op(database, station_.draft(sync::BasketResumed{hold}));
        if (!appended) return tl::unexpected(appended.error());
        sync::forget_hold_asked(database, hold);
        draft_.replace(database, body);
        return {};
    });
    if (!done) {
        save_draft();
        return failed(done.error());
    }
    basket_ = std::move(*basket);
    from_hold_ = hold;
    if (left_ && left_->hold == hold) left_.reset();
    last_receipt_.reset();
    Outcome outcome{.rejudged = rejudge_all()};
    save_draft();
    return outcome;
}

/// Written behind: a crash may cost the last scan of an unpaid basket, never the basket.
void Checkout::save_draft() {
    if (auto* asked = std::get_if<AskVerify>(&prompt_); asked && asked->line) {
        if (!domain::find_line(basket_, *asked->line)) prompt_ = std::monostate{};
    }
    price();
    draft_.save(station_.store(), basket_);
}

void Checkout::restore_draft() {
    auto basket = BasketDraft::load(station_.reader());
    if (!basket) return;
    basket_ = std::move(*basket);
    rejudge_all();
}

}  // namespace fangxin::terminal
