// What is judged again by itself when blocks or rows come: the basket's lines (SAFE-6), and the
// question that stands open.
#include "terminal/checkout/checkout.hpp"

#include <algorithm>

namespace fangxin::terminal {

/// Line by line, in the basket's order.
Result<std::vector<domain::Verdict>> Checkout::judge_basket(sync::ShopReader& shop) const {
    std::vector<sync::JudgeRequest> requests;
    for (const domain::Line& line : basket_.lines)
        requests.push_back(request(line.item, line.evidence));
    return shop.judge_all(requests);
}

std::optional<domain::Verdict> Checkout::judge_line(int number) const {
    const domain::Line* line = domain::find_line(basket_, number);
    if (!line) return std::nullopt;
    auto verdict = station_.shop().judge(request(line->item, line->evidence));
    if (!verdict) return std::nullopt;
    return std::move(*verdict);
}

Rejudged Checkout::on_blocks(const std::vector<domain::Block>& blocks) {
    auto is_named = [&](const std::string& item) {
        return std::ranges::any_of(blocks,
                                   [&](const domain::Block& block) { return block.item == item; });
    };
    bool touches = std::ranges::any_of(
        basket_.lines, [&](const domain::Line& line) { return is_named(line.item); });
    auto* asked = std::get_if<AskVerify>(&prompt_);
    if (asked && is_named(asked->candidate.found.item.code)) touches = true;
    return touches ? rejudge_all() : Rejudged{};
}

Rejudged Checkout::on_rows() {
    if (read_promotions() && !domain::is_empty(basket_)) save_draft();
    bool waits = std::ranges::any_of(basket_.lines, [](const domain::Line& line) {
        return line.blocked || line.verdict == domain::VerdictKind::verify;
    });
    waits = waits || std::holds_alternative<AskVerify>(prompt_);
    return waits ? rejudge_all() : Rejudged{};
}

/// Judges every line as the shop knows it now; says which became blocked or need to be read.
Rejudged Checkout::rejudge_all() {
    Rejudged changed;
    auto verdicts = judge_basket(station_.shop());
    for (std::size_t i = 0; i < basket_.lines.size(); ++i) {
        domain::Line& line = basket_.lines[i];
        bool was_blocked = line.blocked;
        bool was_verify = line.verdict == domain::VerdictKind::verify;
        if (!verdicts) {  // fail closed: what cannot be judged is not sold
            line.blocked = true;
        } else {
            domain::take_verdict(line, (*verdicts)[i]);
        }
        if (line.blocked && !was_blocked) changed.blocked.push_back(line.number);
        bool verify = !line.blocked && line.verdict == domain::VerdictKind::verify;
        if (verify && !was_verify) changed.to_verify.push_back(line.number);
    }
    price();  // what must not be sold has no part in promotions
    rejudge_question(changed);
    ask_next_verify();
    return changed;
}

/// A question whose reason is gone must not stand: giving it up would take out goods that may be
/// sold. One that still holds keeps its choices under the finger; its answer is judged anew.
void Checkout::rejudge_question(Rejudged& changed) {
    auto* open = std::get_if<AskVerify>(&prompt_);
    if (!open) return;
    if (open->line) {
        const domain::Line* line = domain::find_line(basket_, *open->line);
        bool waits = line && !line->blocked && line->verdict == domain::VerdictKind::verify;
        if (!waits) prompt_ = std::monostate{};
        return;
    }
    if (!may_sell().error.empty()) return;  // who comes next answers it, or gives it up
    auto verdict = judge(open->candidate);
    if (!verdict || verdict->kind == domain::VerdictKind::verify) return;
    AskVerify asked = std::move(*open);
    prompt_ = std::monostate{};
    Outcome outcome = decide(asked.candidate, std::move(*verdict));
    changed.added = outcome.line;
    // The goods are in the cashier's hand: what stops them from being a line is said at the answer.
    if (!outcome.error.empty()) prompt_ = std::move(asked);
}

/// A line that has to be read is asked for when nothing else is.
void Checkout::ask_next_verify() {
    if (!std::holds_alternative<std::monostate>(prompt_)) return;
    for (const domain::Line& line : basket_.lines) {
        if (line.blocked || line.verdict != domain::VerdictKind::verify) continue;
        auto found = station_.shop().by_item(line.item);
        auto verdict = judge_line(line.number);
        if (!found || !verdict || verdict->kind != domain::VerdictKind::verify) continue;
        Candidate candidate{.found = *found,
                            .code = line.code,
                            .quantity = line.quantity,
                            .evidence = line.evidence};
        prompt_ = AskVerify{
            .candidate = std::move(candidate), .verdict = std::move(*verdict), .line = line.number};
        return;
    }
}

}  // namespace fangxin::terminal
