// What the checkout's screen is told.
#include "terminal/desk/admin_facts.hpp"
#include "terminal/desk/checkout_desk.hpp"
#include "terminal/station/lists.hpp"

#include <algorithm>
#include <map>

namespace fangxin::terminal {

namespace {

till::ScaleAnswer scale_answer(const std::string& refusal) {
    using enum till::ScaleAnswer;
    static const std::map<std::string_view, till::ScaleAnswer> answers{
        {"", ok},
        {"no_scale", no_scale},
        {"scale_unregistered", unregistered},
        {"scale_certificate", certificate_out},
        {"scale_silent", silent},
        {"scale_stale", stale},
        {"scale_fault", fault},
        {"scale_zero_error", zero_error},
        {"scale_over", over},
        {"scale_under", under},
        {"scale_motion", motion},
        {"scale_below_minimum", below_minimum},
        {"scale_pan_not_cleared", pan_not_cleared}};
    auto known = answers.find(refusal);
    return known == answers.end() ? fault : known->second;
}

/// `till-3` → 3.
int number_of(const std::string& terminal) {
    auto dash = terminal.rfind('-');
    return dash == std::string::npos ? 0 : std::atoi(terminal.c_str() + dash + 1);
}

}  // namespace

std::string CheckoutDesk::name_of(const domain::Item& item) const {
    return terminal::name_of(item, texts_.language());
}

till::CheckoutFacts CheckoutDesk::facts() const {
    const Checkout& checkout = till_.checkout();
    till::CheckoutFacts facts;
    facts.basket = checkout.basket();
    facts.last = last_;
    facts.prompt = prompt_facts();
    facts.paid = paid_facts();
    facts.next_quantity = checkout.next_quantity();
    facts.last_receipt = last_receipt_;
    facts.quick = quick_;
    facts.holds = {.holds = holds_,
                   .online = till_.station().online(),
                   .basket_empty = checkout.basket().lines.empty()};
    facts.price.answer = price_;
    facts.search = search_;
    facts.toast = toast_;
    facts.waiting = waiting_;
    const auto& person = till_.station().person();
    facts.has_admin = facts.has_withdrawals = person && !areas_of(person->role).empty();
    return facts;
}

std::optional<till::PaidFacts> CheckoutDesk::paid_facts() const {
    const auto& receipt = till_.checkout().last_receipt();
    if (!receipt) return std::nullopt;
    bool waits =
        printing_ == till::Printing::printing && till_.devices().is_well("printer") == false;
    return till::PaidFacts{.receipt = receipt->number,
                           .total_fen = receipt->total_fen,
                           .rounding_fen = receipt->rounding_fen,
                           .paid_fen = receipt->paid_fen,
                           .change_fen = receipt->change_fen,
                           .printing = waits ? till::Printing::waiting : printing_};
}

till::CheckoutFacts::Prompt CheckoutDesk::prompt_facts() const {
    const Prompt& prompt = till_.checkout().prompt();
    domain::Date today = till_.station().now().date();
    if (const auto* block = std::get_if<ShowBlock>(&prompt)) {
        return till::BlockFacts{.name = name_of(block->candidate.found.item),
                                .code = block->candidate.code,
                                .pack = block->candidate.evidence.identity,
                                .reasons = block->verdict.reasons,
                                .today = today,
                                .has_printer = till_.devices().receipt_columns() > 0,
                                .slip_printed = slip_printed_};
    }
    if (const auto* asked = std::get_if<AskVerify>(&prompt)) {
        return till::VerifyFacts{.name = name_of(asked->candidate.found.item),
                                 .date_printed = asked->candidate.found.item.date_printed,
                                 .choices = asked->verdict.choices,
                                 .ask_lot = asked->verdict.ask_lot,
                                 .known = asked->candidate.evidence.identity,
                                 .today = today,
                                 .line = asked->line};
    }
    if (const auto* asked = std::get_if<AskWeight>(&prompt)) return weigh_facts(*asked);
    return std::monostate{};
}

till::WeighFacts CheckoutDesk::weigh_facts(const AskWeight& asked) const {
    const domain::Item& item = asked.candidate.found.item;
    ScaleNow now = till_.checkout().scale_now();
    till::WeighFacts facts{.name = name_of(item),
                           .price_fen_per_kg = item.price_fen,
                           .scale = {.max_mg = now.instrument.max_mg,
                                     .min_mg = now.instrument.min_mg,
                                     .e_mg = now.instrument.e_mg,
                                     .certificate = now.instrument.certificate,
                                     .until = now.instrument.until},
                           .answer = scale_answer(now.refusal),
                           .today = now.today};
    if (const auto* current = std::get_if<drivers::CurrentReading>(&now.latest)) {
        const drivers::Reading& reading = current->reading;
        facts.reading =
            till::WeighFacts::Reading{.stable = reading.state == drivers::ScaleState::stable,
                                      .gross_mg = reading.gross_mg,
                                      .tare_mg = reading.tare_mg + item.tare_mg,
                                      .net_mg = reading.net_mg - item.tare_mg};
    }
    return facts;
}

void CheckoutDesk::read_holds() {
    holds_.clear();
    Station& station = till_.station();
    for (const sync::Hold& hold : station.shop().holds()) {
        auto person = station.shop().person(hold.person);
        holds_.push_back({.hold = hold.id,
                          .till = number_of(hold.terminal),
                          .person = person ? person->name : hold.person,
                          .at = station.at(hold.held_at_ms),
                          .total_fen = hold.total_fen,
                          .lines = hold.lines,
                          .own = hold.terminal == station.options().terminal});
    }
    std::ranges::reverse(holds_);
}

/// Goods that are known by a PLU and not by a bar code, by category.
void CheckoutDesk::read_quick_keys() {
    Station& station = till_.station();
    std::int64_t ver = station.shop().goods_ver();
    if (ver == quick_ver_) return;
    quick_ver_ = ver;
    quick_.clear();
    std::map<std::string, std::size_t> place;
    for (const domain::Item& item : station.shop().items_by_plu()) {
        if (item.status == domain::ItemStatus::stop_sale) continue;
        auto [at, fresh] = place.try_emplace(item.category, quick_.size());
        if (fresh) {
            auto category = station.shop().category(item.category);
            bool zh = texts_.language() == domain::Language::zh;
            quick_.push_back({!category                         ? item.category
                              : zh || category->name_en.empty() ? category->name_zh
                                                                : category->name_en,
                              {}});
        }
        quick_[at->second].keys.push_back({.item = item.code,
                                           .name = name_of(item),
                                           .price_fen = item.price_fen,
                                           .unit = item.unit});
    }
}

till::CustomerFacts CheckoutDesk::customer_facts() const {
    till::CustomerFacts facts{.shop_name = till_.station().shop().setting("shop_name"),
                              .open = till_.station().person().has_value(),
                              .basket = till_.checkout().basket(),
                              .test_shop = till_.station().test_shop()};
    if (const auto* asked = std::get_if<AskWeight>(&till_.checkout().prompt())) {
        facts.weighing = weigh_facts(*asked);
    }
    if (facts.open) facts.paid = paid_facts();
    return facts;
}

}  // namespace fangxin::terminal
