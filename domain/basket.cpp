#include "domain/basket.hpp"

#include "domain/money.hpp"

#include <algorithm>
#include <utility>

namespace fangxin::domain {

namespace {

using Refused = tl::unexpected<BasketRefusal>;

bool counts_pieces(const Line& line) {
    return line.unit == Unit::piece && !line.weighing && line.net_mg == 0 && !line.label_amount;
}

bool merges(const Line& there, const Line& line) {
    return counts_pieces(there) && counts_pieces(line) && is_sold(there.verdict) &&
           there.item == line.item && there.code == line.code && there.evidence == line.evidence &&
           there.unit_price_fen == line.unit_price_fen && !there.list_price_fen;
}

tl::expected<std::int64_t, BasketRefusal> amount_of(const Line& line) {
    std::optional<std::int64_t> amount = line.amount_fen;
    if (counts_pieces(line)) {
        amount = line_amount({.unit_price_fen = line.unit_price_fen, .quantity = line.quantity});
    } else if (!line.label_amount) {
        amount = weighing::weight_amount(
            {.net_mg = line.net_mg, .price_fen_per_kg = line.unit_price_fen});
    }
    if (!amount || *amount < 0 || *amount > largest_amount_fen) {
        return Refused(BasketRefusal::amount_out_of_range);
    }
    return *amount;
}

tl::expected<void, BasketRefusal> change_quantity(Line& line, std::int64_t quantity) {
    if (quantity < 1 || quantity > most_pieces) {
        return Refused(BasketRefusal::quantity_out_of_range);
    }
    Line changed = line;
    changed.quantity = quantity;
    changed.saved_fen = 0;
    changed.promotions.clear();
    auto amount = amount_of(changed);
    if (!amount) return Refused(amount.error());
    changed.amount_fen = *amount;
    line = std::move(changed);
    return {};
}

tl::expected<int, BasketRefusal> merge_into(Line& there, const Line& line) {
    auto changed = change_quantity(there, there.quantity + line.quantity);
    if (!changed) return Refused(changed.error());
    // Judged a moment ago, and so for the packs that are there already.
    there.verdict = line.verdict;
    there.reasons = line.reasons;
    there.batch = line.batch;
    there.basis = line.basis;
    return there.number;
}

}  // namespace

tl::expected<int, BasketRefusal> add(Basket& basket, Line line) {
    if (!is_sold(line.verdict)) return Refused(BasketRefusal::verdict_forbids);
    if (line.quantity < 1 || line.quantity > most_pieces) {
        return Refused(BasketRefusal::quantity_out_of_range);
    }
    for (Line& there : basket.lines) {
        if (merges(there, line)) return merge_into(there, line);
    }
    auto amount = amount_of(line);
    if (!amount) return Refused(amount.error());
    line.amount_fen = *amount;
    line.saved_fen = 0;
    line.promotions.clear();
    line.blocked = false;
    line.number = basket.next_number++;
    basket.lines.push_back(std::move(line));
    return basket.lines.back().number;
}

tl::expected<void, BasketRefusal> set_quantity(Basket& basket, const QuantityChange& change) {
    Line* line = find_line(basket, change.line);
    if (!line) return Refused(BasketRefusal::no_such_line);
    if (line->blocked) return Refused(BasketRefusal::already_blocked);
    if (!counts_pieces(*line)) return Refused(BasketRefusal::not_by_piece);
    return change_quantity(*line, change.quantity);
}

tl::expected<void, BasketRefusal> void_line(Basket& basket, int line) {
    auto removed = std::find_if(basket.lines.begin(), basket.lines.end(),
                                [&](const Line& there) { return there.number == line; });
    if (removed != basket.lines.end()) {
        basket.lines.erase(removed);
        return {};
    }
    const auto gone = std::erase_if(
        basket.returns, [&](const ReturnedGoods& there) { return there.number == line; });
    if (gone == 0) return Refused(BasketRefusal::no_such_line);
    return {};
}

int add_return(Basket& basket, ReturnedGoods goods) {
    goods.number = basket.next_number++;
    basket.returns.push_back(std::move(goods));
    return basket.returns.back().number;
}

tl::expected<void, BasketRefusal> override_price(Basket& basket, const PriceOverride& change) {
    Line* there = find_line(basket, change.line);
    if (!there) return Refused(BasketRefusal::no_such_line);
    if (there->blocked) return Refused(BasketRefusal::already_blocked);
    if (there->label_amount) return Refused(BasketRefusal::price_is_labelled);
    Line changed = *there;
    changed.list_price_fen = there->list_price_fen.value_or(there->unit_price_fen);
    changed.unit_price_fen = change.unit_price_fen;
    changed.price_reason = change.reason;
    changed.price_approved_by = change.approved_by;
    changed.saved_fen = 0;
    changed.promotions.clear();
    auto amount = amount_of(changed);
    if (!amount) return Refused(amount.error());
    changed.amount_fen = *amount;
    *there = std::move(changed);
    return {};
}

const Line* find_line(const Basket& basket, int line) {
    for (const Line& there : basket.lines) {
        if (there.number == line) return &there;
    }
    return nullptr;
}

Line* find_line(Basket& basket, int line) {
    return const_cast<Line*>(find_line(std::as_const(basket), line));
}

void take_verdict(Line& line, const Verdict& verdict) {
    line.verdict = verdict.kind;
    line.reasons = verdict.reasons;
    line.batch = verdict.batch;
    line.basis = verdict.basis;
    // A code that vanished from the records since is not known to be safe either.
    line.blocked = verdict.kind == VerdictKind::block || verdict.kind == VerdictKind::unknown;
}

tl::expected<void, BasketRefusal> answer_verify(Basket& basket, int line,
                                                const PackEvidence& evidence,
                                                const Verdict& verdict) {
    Line* there = find_line(basket, line);
    if (!there) return Refused(BasketRefusal::no_such_line);
    if (there->blocked) return Refused(BasketRefusal::already_blocked);
    there->evidence = evidence;
    take_verdict(*there, verdict);
    return {};
}

void confirm_age(Basket& basket) {
    basket.age_confirmed = true;
    for (Line& line : basket.lines) {
        std::erase(line.reasons, Reason::age_check);
        if (line.verdict == VerdictKind::warn && line.reasons.empty()) {
            line.verdict = VerdictKind::allow;
        }
    }
}

std::int64_t total_fen(const Basket& basket) {
    std::int64_t total = 0;
    for (const Line& line : basket.lines)
        total += line.amount_fen;
    for (const ReturnedGoods& goods : basket.returns)
        total += goods.amount_fen;
    return total;
}

bool is_empty(const Basket& basket) { return basket.lines.empty() && basket.returns.empty(); }

std::int64_t saved_fen(const Basket& basket) {
    std::int64_t saved = 0;
    for (const Line& line : basket.lines)
        saved += line.saved_fen;
    return saved;
}

std::optional<PayRefusal> pay_refusal(const Basket& basket) {
    auto any = [&](auto holds) {
        return std::any_of(basket.lines.begin(), basket.lines.end(), holds);
    };
    if (is_empty(basket)) return PayRefusal::empty;
    if (any([](const Line& line) { return line.blocked; })) return PayRefusal::blocked;
    if (any([](const Line& line) { return line.verdict == VerdictKind::verify; })) {
        return PayRefusal::verify;
    }
    if (basket.age_confirmed) return std::nullopt;
    bool asks_age = any([](const Line& line) {
        return std::find(line.reasons.begin(), line.reasons.end(), Reason::age_check) !=
               line.reasons.end();
    });
    return asks_age ? std::optional{PayRefusal::age_check} : std::nullopt;
}

}  // namespace fangxin::domain
