// Where a sale becomes durable: `pay_cash` judges every line once more inside the transaction that
// writes the op, the receipt and the print job; then, and only then, anything leaves the till.
#include "domain/amount_text.hpp"
#include "domain/money.hpp"
#include "drivers/escpos.hpp"
#include "sync/store/meta.hpp"
#include "terminal/checkout/basket_text.hpp"
#include "terminal/checkout/checkout.hpp"
#include "terminal/station/station_log.hpp"

#include <charconv>
#include <fmt/format.h>

namespace fangxin::terminal {

namespace {

Outcome refused(std::string error, std::string detail = {}) {
    return {.error = std::move(error), .detail = std::move(detail)};
}

Outcome failed(const Error& error) { return refused(error.code, error.detail); }

/// The next receipt number of this till and epoch; gapless, since it moves with the sale.
std::string take_receipt_number(sync::Database& database, int till) {
    std::string text = sync::meta(database, "receipts");
    std::int64_t last = 0;
    std::from_chars(text.data(), text.data() + text.size(), last);
    sync::set_meta(database, "receipts", std::to_string(last + 1));
    auto epoch = sync::next_op(database).epoch;
    return domain::format_receipt_number(
        {.till = till, .epoch = static_cast<int>(epoch % 100), .number = last + 1});
}

void queue_print(sync::Database& database, const std::string& name, const std::string& bytes) {
    database.query("INSERT INTO print_jobs (name, bytes) VALUES ($1, $2)")
        .bind(name)
        .bind_bytes(bytes)
        .run();
}

constexpr int default_columns = 48;

std::string encode(const domain::Receipt& receipt, int columns) {
    auto lines = domain::layout(receipt, columns);
    return drivers::encode(lines);
}

/// Whatever is printed again is a copy, and opens no drawer.
domain::Receipt marked_as_copy(domain::Receipt receipt) {
    receipt.reprint = true;
    receipt.open_drawer = false;
    return receipt;
}

/// What is the same on every receipt of this till and moment.
void fill_shop(domain::Receipt& receipt, Station& station) {
    auto& shop = station.shop();
    receipt.shop_name = shop.setting("shop_name");
    receipt.address = shop.setting("address");
    receipt.phone = shop.setting("phone");
    receipt.complaint_phone = shop.setting("complaint_phone");
    receipt.till = station.options().number;
    receipt.test_shop = station.test_shop();
    if (station.person()) {
        receipt.cashier_number = station.person()->number;
        receipt.cashier_name = station.person()->name;
    }
    receipt.time = station.now();
    receipt.language = station.options().language;
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
    for (const domain::Line& line : basket_.lines)
        sale.lines.push_back(sale_line(line));
    return sale;
}

Outcome Checkout::pay_cash(std::int64_t tendered_fen) {
    if (auto refusal = station_.may(domain::Action::sell); !refusal.code.empty()) {
        return refused(refusal.code);
    }
    if (std::holds_alternative<ShowBlock>(prompt_)) return refused("acknowledge_first");
    if (std::holds_alternative<AskVerify>(prompt_)) return refused("line_verify");
    if (std::holds_alternative<AskWeight>(prompt_)) return refused("weigh_first");
    if (basket_.lines.empty()) return refused("basket_empty");
    Outcome outcome;
    domain::Receipt head;
    fill_shop(head, station_);
    sync::Sale sale;
    auto done = station_.transact([&](sync::Database& database) -> Result<void> {
        if (auto judged = judge_lines(database); !judged) return judged;
        auto settled = settle(tendered_fen, outcome);
        if (!settled) return failure(outcome.error, outcome.detail);
        sale = std::move(*settled);
        return write_sale(database, sale, head);
    });
    if (!done) {
        ask_next_verify();
        save_draft();
        return failed(done.error());
    }
    last_receipt_ = ReceiptSummary{sale.receipt, sale.total_fen, sale.rounding_fen, sale.paid_fen,
                                   sale.change_fen};
    basket_ = {};
    from_hold_.clear();
    next_quantity_ = 1;
    return {};
}

/// Every line once more, on the writer's own connection: a recall that was committed a moment ago
/// is seen here, whether or not an event has told the till of it.
Result<void> Checkout::judge_lines(sync::Database& database) {
    sync::ShopReader shop(database, sync::ShopReader::Side::terminal);
    for (domain::Line& line : basket_.lines) {
        auto verdict = judge(line, shop);
        if (!verdict) return tl::unexpected(verdict.error());
        domain::take_verdict(line, *verdict);
    }
    return {};
}

/// Op, receipt and print job, in the caller's transaction.
Result<void> Checkout::write_sale(sync::Database& database, sync::Sale& sale,
                                  const domain::Receipt& head) {
    sale.receipt = take_receipt_number(database, station_.options().number);
    std::string cursor = sync::meta(database, "blocks");
    std::from_chars(cursor.data(), cursor.data() + cursor.size(), sale.block_cursor);
    auto appended = sync::append_op(database, station_.draft(sale));
    if (!appended) return tl::unexpected(appended.error());
    domain::Receipt receipt = receipt_of(sale, basket_, head);
    int columns = receipt_columns_ > 0 ? receipt_columns_ : default_columns;
    database.query("INSERT INTO receipts (number, at, body) VALUES ($1, $2, $3)")
        .bind(receipt.number)
        .bind(domain::format_instant(receipt.time))
        .bind(encode(marked_as_copy(receipt), columns))
        .run();
    if (receipt_columns_ > 0) queue_print(database, receipt.number, encode(receipt, columns));
    draft_.drop(database);
    return {};
}

Outcome Checkout::reprint(const std::string& number) {
    if (auto refusal = station_.may(domain::Action::sell); !refusal.code.empty()) {
        return refused(refusal.code);
    }
    if (receipt_columns_ == 0) return refused("no_printer");
    bool found = false;
    auto done = station_.transact([&](sync::Database& database) -> Result<void> {
        sync::Query query = database.query("SELECT body FROM receipts WHERE number = $1");
        query.bind(number);
        if (!query.step()) return {};
        found = true;
        queue_print(database, number + "-copy", query.text(0));
        auto appended = sync::append_op(database, station_.draft(sync::ReceiptReprinted{number}));
        if (!appended) return tl::unexpected(appended.error());
        return {};
    });
    if (!done) return failed(done.error());
    return found ? Outcome{} : refused("no_such_receipt", number);
}

Outcome Checkout::withdrawal_slip() {
    auto* shown = std::get_if<ShowBlock>(&prompt_);
    if (!shown) return refused("nothing_blocked");
    if (receipt_columns_ == 0) return refused("no_printer");
    const auto& identity = shown->candidate.evidence.identity;
    bool zh = station_.options().language == domain::Language::zh;
    const domain::Item& item = shown->candidate.found.item;
    domain::WithdrawalSlip slip{.language = station_.options().language,
                                .shop_name = station_.shop().setting("shop_name"),
                                .till = station_.options().number,
                                .time = station_.now(),
                                .item_name = zh ? item.name_zh : item.name_en,
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
    auto lines = domain::layout_withdrawal_slip(slip, receipt_columns_);
    auto done = station_.transact([&](sync::Database& database) -> Result<void> {
        queue_print(database, "withdrawal", drivers::encode(lines));
        return {};
    });
    return done ? Outcome{} : failed(done.error());
}

Outcome Checkout::hold() {
    if (auto refusal = station_.may(domain::Action::sell); !refusal.code.empty()) {
        return refused(refusal.code);
    }
    if (basket_.lines.empty()) return refused("basket_empty");
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
    basket_ = {};
    return {.detail = id};
}

Outcome Checkout::resume(const std::string& id) {
    if (auto refusal = station_.may(domain::Action::sell); !refusal.code.empty()) {
        return refused(refusal.code);
    }
    if (!basket_.lines.empty()) return refused("basket_not_empty");
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
    own_hold_body_.reset();
    if (*hold && (*hold)->terminal == till) own_hold_body_ = (*hold)->body;
    // Only the server can say that no other till has it (rules 6); without one, who held it may.
    if (!station_.online()) {
        if (own_hold_body_) return take_up(id, *own_hold_body_);
        return refused(*hold ? "needs_server" : "no_such_hold", id);
    }
    waiting_for_hold_ = ++claims_;
    from_hold_ = id;
    station_.claim_hold(waiting_for_hold_, id);
    return {};
}

void Checkout::on_claimed(const sync::HoldClaimed& answer) {
    if (answer.id != waiting_for_hold_) return;  // given up meanwhile
    waiting_for_hold_ = 0;
    std::string id = std::exchange(from_hold_, {});
    if (answer.code.empty()) {
        claim_outcome_ = take_up(id, answer.body);
    } else if (own_hold_body_ && answer.code != "taken") {  // the server is gone, or has not heard
        claim_outcome_ = take_up(id, *own_hold_body_);
    } else {
        claim_outcome_ =
            refused(answer.code == "not_found" ? "no_such_hold" : "hold_" + answer.code, id);
    }
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
        draft_.replace(database, body);
        return {};
    });
    if (!done) {
        save_draft();
        return failed(done.error());
    }
    basket_ = std::move(*basket);
    from_hold_ = hold;
    last_receipt_.reset();
    rejudge_all();
    save_draft();
    return {};
}

/// Written behind: a crash may cost the last scan of an unpaid basket, never the basket.
void Checkout::save_draft() {
    if (auto* asked = std::get_if<AskVerify>(&prompt_); asked && asked->line) {
        if (!domain::find_line(basket_, *asked->line)) prompt_ = std::monostate{};
    }
    draft_.save(station_.store(), basket_);
}

void Checkout::restore_draft() {
    auto basket = BasketDraft::load(station_.reader());
    if (!basket) return;
    basket_ = std::move(*basket);
    rejudge_all();
}

}  // namespace fangxin::terminal
