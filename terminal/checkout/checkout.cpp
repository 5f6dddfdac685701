#include "terminal/checkout/checkout.hpp"

#include "domain/money.hpp"
#include "terminal/checkout/basket_text.hpp"

#include <algorithm>

namespace fangxin::terminal {

namespace {

std::string word(domain::BasketRefusal refusal) {
    switch (refusal) {
        case domain::BasketRefusal::no_such_line:
            return "no_such_line";
        case domain::BasketRefusal::quantity_out_of_range:
            return "quantity_out_of_range";
        case domain::BasketRefusal::not_by_piece:
            return "not_by_piece";
        case domain::BasketRefusal::amount_out_of_range:
            return "amount_out_of_range";
        case domain::BasketRefusal::verdict_forbids:
            return "verdict_forbids";
        case domain::BasketRefusal::already_blocked:
            return "line_blocked";
        case domain::BasketRefusal::price_is_labelled:
            return "price_is_labelled";
    }
    return "refused";
}

Outcome refused_by(domain::BasketRefusal refusal) {
    bool quantity = refusal == domain::BasketRefusal::quantity_out_of_range;
    return refused(word(refusal), quantity ? fmt::format("1–{}", domain::most_pieces) : "");
}

}  // namespace

domain::PackEvidence evidence_of(const domain::ScannedCode& code) {
    return {.identity = {code.lot, code.production, code.expiry ? code.expiry : code.best_before}};
}

Checkout::Checkout(Station& station, const Paper& paper)
    : station_(station), paper_(paper), drawer_(station, paper), draft_(station.reader()) {
    read_promotions();
}

std::string Checkout::screen() const {
    if (!station_.person()) return "login";
    if (std::holds_alternative<AskVerify>(prompt_)) return "verify";
    if (std::holds_alternative<ShowBlock>(prompt_)) return "block";
    if (std::holds_alternative<AskWeight>(prompt_)) return "weigh";
    return "checkout";
}

Outcome Checkout::may_sell() const {
    auto refusal = station_.may(domain::Action::sell);
    return refusal.code.empty() ? Outcome{} : refused(refusal.code);
}

/// A scan is never lost: while it cannot be taken it is refused aloud.
Outcome Checkout::ready_to_scan() const {
    if (auto outcome = may_sell(); !outcome.error.empty()) return outcome;
    if (std::holds_alternative<ShowBlock>(prompt_)) return refused("acknowledge_first");
    if (claim_) return refused("busy");
    return {};
}

Outcome Checkout::scan(const std::string& code) {
    if (auto outcome = ready_to_scan(); !outcome.error.empty()) return outcome;
    domain::ScannedCode scanned = domain::parse_code(code, station_.code_context());
    if (scanned.error && domain::may_be_payment_code(code)) return refused("payment_code");
    if (scanned.error) {  // a member's card may look like a code of goods that was misread
        if (auto member = card_of(code); member && can_welcome())
            return welcome(std::move(*member));
        return refused("bad_code", std::string(domain::to_text(*scanned.error)));
    }
    if (std::holds_alternative<AskVerify>(prompt_)) return verify({.code = code});
    // Goods are weighed or given up before the next: the cashier scanned on, so given up.
    if (std::holds_alternative<AskWeight>(prompt_)) prompt_ = std::monostate{};
    clear_taken_tare();
    return then_ask(take_code(std::move(scanned)));
}

/// A line that waits to be read has its turn as soon as nothing else is asked: without the question
/// payment is refused and nothing says how to go on.
Outcome Checkout::then_ask(Outcome outcome) {
    ask_next_verify();
    return outcome;
}

/// Goods table first, then label rules (rules 7): other shops' 20–29 occur on goods, and are no
/// labels then: what their digits would say as one is taken out of `code`.
std::optional<sync::FoundItem> Checkout::find_goods(domain::ScannedCode& code) const {
    auto& shop = station_.shop();
    std::optional<sync::FoundItem> found;
    if (!code.gtin.empty()) found = shop.by_code(code.gtin);
    if (found && code.kind == domain::CodeKind::instore) {
        code.weight_mg.reset();
        code.amount_fen.reset();
        code.count.reset();
    }
    if (!found && !code.plu.empty()) found = shop.by_code(code.plu);
    if (!found && code.gtin.empty() && code.text.size() <= 64) found = shop.by_code(code.text);
    return found;
}

Outcome Checkout::take_code(domain::ScannedCode code) {
    if (code.kind == domain::CodeKind::payment) return refused("payment_code");
    if (code.kind == domain::CodeKind::receipt) return refused("receipt_code");
    auto found =
        station_.reader().reading<std::optional<sync::FoundItem>>([&] { return find_goods(code); });
    if (!found) return failed(found.error());
    if (!*found) {
        next_quantity_ = 1;
        if (auto member = card_of(code.text)) return welcome(std::move(*member));
        return {.verdict = domain::Verdict{}};
    }
    return take_pack(code, std::move(**found));
}

Outcome Checkout::take_pack(const domain::ScannedCode& code, sync::FoundItem found) {
    std::int64_t times = next_quantity();
    next_quantity_ = 1;
    // A label is of one pack: the next one weighs something else (rules 7).
    const bool is_label = code.kind == domain::CodeKind::instore;
    const bool is_of_one = code.weight_mg || code.amount_fen || (is_label && code.count);
    if (times > 1 && is_of_one) return refused("label_of_one");
    // A mass alone is no price of goods that are sold by the piece.
    const bool by_the_piece = found.item.unit == domain::Unit::piece;
    if (is_label && by_the_piece && code.weight_mg && !code.amount_fen) return refused("bad_label");
    Candidate candidate{.found = std::move(found), .code = code.text};
    candidate.quantity = candidate.found.quantity * times;
    if (is_label && code.count) {  // so many pieces stand on it, of goods sold by the piece
        if (!by_the_piece || *code.count == 0) return refused("bad_label");
        candidate.quantity = *code.count;
    }
    candidate.evidence = evidence_of(code);
    candidate.label_weight_mg = code.weight_mg;
    candidate.label_amount_fen = code.amount_fen;
    return consider(std::move(candidate));
}

Outcome Checkout::plu(const std::string& plu) {
    if (auto outcome = ready_to_scan(); !outcome.error.empty()) return outcome;
    if (std::holds_alternative<AskVerify>(prompt_)) return refused("answer_first");
    prompt_ = std::monostate{};
    clear_taken_tare();
    domain::ScannedCode code;
    code.text = code.plu = plu;
    return then_ask(take_code(std::move(code)));
}

Outcome Checkout::sell_item(const std::string& item) {
    if (auto outcome = ready_to_scan(); !outcome.error.empty()) return outcome;
    if (std::holds_alternative<AskVerify>(prompt_)) return refused("answer_first");
    prompt_ = std::monostate{};
    clear_taken_tare();
    auto found = station_.reader().reading<std::optional<sync::FoundItem>>(
        [&] { return station_.shop().by_item(item); });
    if (!found) return failed(found.error());
    if (!*found) return refused("no_such_item", item);
    domain::ScannedCode code;
    code.text = item;
    return then_ask(take_pack(code, std::move(**found)));
}

Result<std::optional<LookedUp>> Checkout::look_up(const std::string& code) {
    domain::ScannedCode scanned = domain::parse_code(code, station_.code_context());
    auto found = station_.reader().reading<std::optional<sync::FoundItem>>(
        [&] { return find_goods(scanned); });
    if (!found) return tl::unexpected(found.error());
    if (!*found) return std::optional<LookedUp>{};
    auto verdict = station_.shop().judge(request((*found)->item.code, evidence_of(scanned)));
    if (!verdict) return tl::unexpected(verdict.error());
    return std::optional(LookedUp{std::move(**found), std::move(*verdict)});
}

/// Judged before it is weighed: nobody weighs what may not be sold.
Outcome Checkout::consider(Candidate candidate) {
    auto verdict = judge(candidate);
    if (!verdict) return failed(verdict.error());
    return decide(std::move(candidate), std::move(*verdict));
}

Outcome Checkout::decide(Candidate candidate, domain::Verdict verdict) {
    Outcome outcome{.verdict = verdict, .item = candidate.found.item};
    switch (verdict.kind) {
        case domain::VerdictKind::unknown:
            return outcome;
        case domain::VerdictKind::block:
            return refuse(std::move(candidate), std::move(verdict));
        case domain::VerdictKind::verify:
            prompt_ = AskVerify{.candidate = std::move(candidate), .verdict = std::move(verdict)};
            return outcome;
        case domain::VerdictKind::allow:
        case domain::VerdictKind::warn:
            break;
    }
    bool by_weight = candidate.found.item.unit == domain::Unit::kg;
    if (by_weight && !candidate.label_weight_mg && !candidate.label_amount_fen &&
        !candidate.reading) {
        prompt_ = AskWeight{std::move(candidate)};
        return outcome;
    }
    return add_line(candidate, verdict);
}

Outcome Checkout::refuse(Candidate candidate, domain::Verdict verdict) {
    Outcome outcome{.verdict = verdict, .item = candidate.found.item};
    const auto& identity = candidate.evidence.identity;
    auto journalled = station_.journal(sync::SaleRefused{.code = candidate.code,
                                                         .item = candidate.found.item.code,
                                                         .name = candidate.found.item.name_zh,
                                                         .batch = verdict.batch,
                                                         .lot = identity.lot,
                                                         .reasons = verdict.reasons});
    prompt_ = ShowBlock{std::move(candidate), std::move(verdict)};
    if (!journalled) outcome.detail = journalled.error().code;  // refused all the same
    return outcome;
}

std::optional<domain::Line> Checkout::line_of(const Candidate& candidate, Outcome& outcome) const {
    const domain::Item& item = candidate.found.item;
    domain::Line line{.code = candidate.code,
                      .item = item.code,
                      .name_zh = item.name_zh,
                      .name_en = item.name_en,
                      .unit = item.unit,
                      .quantity = candidate.quantity,
                      .unit_price_fen = item.price_fen,
                      .vat_permille = item.vat_permille,
                      .category = item.category,
                      .marks = item.marks,
                      .evidence = candidate.evidence};
    if (line.unit == domain::Unit::kg) line.quantity = 1;  // said before goods that are weighed
    if (candidate.label_weight_mg) line.net_mg = line.gross_mg = *candidate.label_weight_mg;
    if (candidate.reading) {
        auto weights = weighing::weights_of(*candidate.reading, candidate.tare_mg);
        line.gross_mg = weights.gross_mg;
        line.tare_mg = weights.tare_mg();
        line.net_mg = weights.net_mg;
        line.weighing = weighing_of(*candidate.reading, scale_->standing().instrument,
                                    drivers::seal_of(scale_->gate->parameters()));
        line.weighing->preset_tare_mg = candidate.tare_mg;
    }
    if (candidate.label_amount_fen) {  // the label wins and is never recomputed (rules 7)
        line.label_amount = true;
        line.amount_fen = *candidate.label_amount_fen;
    }
    bool nothing = candidate.label_amount_fen == 0 ||
                   (line.unit == domain::Unit::kg && !line.label_amount && line.net_mg <= 0);
    if (nothing) {
        outcome.error = "bad_label";
        return std::nullopt;
    }
    return line;
}

Outcome Checkout::add_line(const Candidate& candidate, const domain::Verdict& verdict) {
    Outcome outcome{.verdict = verdict, .item = candidate.found.item};
    auto line = line_of(candidate, outcome);
    if (!line) return outcome;
    domain::take_verdict(*line, verdict);
    auto added = domain::add(basket_, std::move(*line));
    if (!added) return refused(word(added.error()));
    outcome.line = *added;
    last_receipt_.reset();
    save_draft();
    return outcome;
}

Outcome Checkout::acknowledge() {
    if (auto outcome = may_sell(); !outcome.error.empty()) return outcome;
    if (std::holds_alternative<ShowBlock>(prompt_)) {
        prompt_ = std::monostate{};
        ask_next_verify();
        return {};
    }
    if (domain::pay_refusal(basket_) == domain::PayRefusal::age_check) {
        domain::confirm_age(basket_);
        save_draft();
    }
    return {};
}

Outcome Checkout::cancel() {
    if (auto outcome = may_sell(); !outcome.error.empty()) return outcome;
    if (std::holds_alternative<AskVerify>(prompt_)) return verify({.unreadable = true});
    if (std::holds_alternative<AskWeight>(prompt_)) prompt_ = std::monostate{};
    clear_taken_tare();
    return then_ask({});
}

Outcome Checkout::set_quantity(std::optional<int> line, std::int64_t quantity) {
    if (auto outcome = may_sell(); !outcome.error.empty()) return outcome;
    if (!line) {  // said before the scan
        if (quantity < 1 || quantity > domain::most_pieces) {
            return refused_by(domain::BasketRefusal::quantity_out_of_range);
        }
        next_quantity_ = quantity;
        quantity_by_ = station_.person()->number;
        return {};
    }
    domain::Basket changed = basket_;
    auto done = domain::set_quantity(changed, {.line = *line, .quantity = quantity});
    if (!done) return refused_by(done.error());
    const domain::Line& there = *domain::find_line(basket_, *line);
    if (there.evidence.read_by_person && quantity > there.quantity) {
        return take_more(there, quantity - there.quantity);
    }
    basket_ = std::move(changed);
    save_draft();
    return {.line = line};
}

/// What was read off one pack says nothing of the next: one answer serves the quantity that was
/// scanned with it (rules 2.5). These pieces are judged as if they had been scanned now.
Outcome Checkout::take_more(const domain::Line& line, std::int64_t pieces) {
    if (auto outcome = ready_to_scan(); !outcome.error.empty()) return outcome;
    if (std::holds_alternative<AskVerify>(prompt_)) return refused("answer_first");
    if (std::holds_alternative<AskWeight>(prompt_)) return refused("weigh_first");
    auto found = station_.reader().reading<std::optional<sync::FoundItem>>(
        [&] { return station_.shop().by_item(line.item); });
    if (!found) return failed(found.error());
    if (!*found) return refused("no_such_item", line.item);
    return then_ask(consider({.found = std::move(**found), .code = line.code, .quantity = pieces}));
}

Outcome Checkout::override_price(const domain::PriceOverride& wanted,
                                 const std::optional<domain::Person>& second) {
    if (auto outcome = may_sell(); !outcome.error.empty()) return outcome;
    if (wanted.reason.empty()) return refused("reason_missing");
    if (wanted.unit_price_fen <= 0) return refused("amount_out_of_range");
    const domain::Line* there = domain::find_line(basket_, wanted.line);
    if (!there) return refused("no_such_line");
    domain::PriceOverride change = wanted;
    if (second) change.approved_by = second->number;
    domain::Basket changed = basket_;
    auto done = domain::override_price(changed, change);
    if (!done) return refused_by(done.error());
    // What the shop asks for the line, without promotions, which it has no part in any more.
    domain::Basket listed = basket_;
    const std::int64_t list_fen = there->list_price_fen.value_or(there->unit_price_fen);
    (void)domain::override_price(listed, {.line = wanted.line, .unit_price_fen = list_fen});
    const domain::PriceChange by{.before_fen = domain::find_line(listed, wanted.line)->amount_fen,
                                 .after_fen = domain::find_line(changed, wanted.line)->amount_fen};
    const Refusal refusal = station_.may(domain::override_price_action(by), second);
    if (!refusal.code.empty()) return refused(refusal.code);
    basket_ = std::move(changed);
    save_draft();
    return {.line = wanted.line};
}

Outcome Checkout::void_line(int line) {
    if (auto outcome = may_sell(); !outcome.error.empty()) return outcome;
    const domain::Line* gone = domain::find_line(basket_, line);
    bool weighed_last = gone && gone->weighing && gone->weighing == last_weighed_;
    auto done = domain::void_line(basket_, line);
    if (!done) return refused_by(done.error());
    if (weighed_last) scale_->gate->not_sold();
    auto* asked = std::get_if<AskVerify>(&prompt_);
    if (asked && asked->line == line) {
        prompt_ = std::monostate{};
        ask_next_verify();
    }
    save_draft();
    return {};
}

Outcome Checkout::void_sale(const std::optional<domain::Person>& second) {
    if (auto refusal = station_.may(domain::Action::void_sale, second); !refusal.code.empty()) {
        return refused(refusal.code);
    }
    if (domain::is_empty(basket_)) return refused("basket_empty");
    sync::SaleVoided voided{.total_fen = domain::total_fen(basket_),
                            .lines = static_cast<std::int64_t>(basket_.lines.size()),
                            .approved_by = second ? second->number : ""};
    auto journalled = station_.journal(voided);
    if (!journalled) return failed(journalled.error());
    prompt_ = std::monostate{};
    begin_anew();
    save_draft();
    return {};
}

std::int64_t Checkout::next_quantity() const {
    bool keyed_by_me = station_.person() && station_.person()->number == quantity_by_;
    return keyed_by_me ? next_quantity_ : 1;
}

/// The next customer: nothing of this one is left.
void Checkout::begin_anew() {
    basket_ = {};
    from_hold_.clear();
    next_quantity_ = 1;
}

sync::JudgeRequest Checkout::request(std::string item, domain::PackEvidence evidence) const {
    return {.item = std::move(item),
            .evidence = std::move(evidence),
            .now = station_.now(),
            .clock_unknown = station_.clock().unknown,
            .age_confirmed = basket_.age_confirmed};
}

Result<domain::Verdict> Checkout::judge(const Candidate& candidate) {
    return station_.shop().judge(request(candidate.found.item.code, candidate.evidence));
}

}  // namespace fangxin::terminal
