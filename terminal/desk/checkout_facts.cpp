// What the checkout's screen is told.
#include "terminal/desk/admin_facts.hpp"
#include "terminal/desk/checkout_desk.hpp"
#include "terminal/desk/scale_desk.hpp"
#include "terminal/station/lists.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace fangxin::terminal {

namespace {

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
    facts.copying = copying_;
    facts.quick = quick_;
    facts.holds = {.holds = holds_,
                   .online = till_.station().online(),
                   .basket_empty = domain::is_empty(checkout.basket())};
    facts.price.answer = price_;
    facts.search = search_;
    facts.member.trouble = member_trouble_;
    facts.toast = toast_;
    facts.waiting = waiting_;
    const auto& person = till_.station().person();
    const auto areas = person ? areas_of(person->role) : std::vector<admin::Area>{};
    facts.has_admin = !areas.empty();
    facts.has_scale = till_.devices().has_scale();
    facts.has_withdrawals = std::ranges::find(areas, admin::Area::batches) != areas.end();
    return facts;
}

std::optional<till::PaidFacts> CheckoutDesk::paid_facts() const {
    const auto& receipt = till_.checkout().last_receipt();
    if (!receipt) return std::nullopt;
    bool waits =
        printing_ == till::Printing::printing && till_.devices().is_well("printer") == false;
    const bool is_member = !receipt->member.empty();
    return till::PaidFacts{.receipt = receipt->number,
                           .total_fen = receipt->total_fen,
                           .rounding_fen = receipt->rounding_fen,
                           .paid_fen = receipt->paid_fen,
                           .change_fen = receipt->change_fen,
                           .points = is_member ? std::optional(receipt->points) : std::nullopt,
                           .points_earned = receipt->points_earned,
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
                                .has_printer = till_.devices().paper().columns > 0,
                                .slip_printed = slip_printed_};
    }
    if (const auto* asked = std::get_if<AskVerify>(&prompt)) {
        return till::VerifyFacts{.name = name_of(asked->candidate.found.item),
                                 .date_printed = asked->candidate.found.item.date_printed,
                                 .choices = asked->verdict.choices,
                                 .ask_lot = asked->verdict.ask_lot,
                                 .known = asked->candidate.evidence.identity,
                                 .today = today,
                                 .line = asked->line,
                                 .why = asked->verdict.asked_for};
    }
    if (const auto* asked = std::get_if<AskWeight>(&prompt)) return weigh_facts(*asked);
    return std::monostate{};
}

till::WeighFacts CheckoutDesk::weigh_facts(const AskWeight& asked) const {
    const domain::Item& item = asked.candidate.found.item;
    ScaleNow now = till_.checkout().scale_now();
    till::WeighFacts facts = weigh_facts_of(till_, now);
    facts.name = name_of(item);
    facts.price_fen_per_kg = item.price_fen;
    return facts;
}

void CheckoutDesk::read_shop() {
    Station& station = till_.station();
    using Read = std::pair<std::string, bool>;
    auto read = station.reader().reading<Read>([&] {
        return Read{station.shop().setting("shop_name"), station.test_shop()};
    });
    if (!read) return say(read.error().code, read.error().detail);
    std::tie(shop_name_, test_shop_) = std::move(*read);
}

void CheckoutDesk::read_holds() {
    Station& station = till_.station();
    const std::string& self = station.options().terminal;
    auto read = station.reader().reading<std::vector<till::HoldRow>>([&] {
        std::vector<till::HoldRow> holds;
        for (const sync::Hold& hold : station.shop().holds()) {
            auto person = station.shop().person(hold.person);
            holds.push_back({.hold = hold.id,
                             .till = number_of(hold.terminal),
                             .person = person ? person->name : hold.person,
                             .at = station.at(hold.held_at_ms),
                             .total_fen = hold.total_fen,
                             .lines = hold.lines,
                             .own = hold.terminal == self || hold.resumed_by == self});
        }
        return holds;
    });
    if (!read) return say(read.error().code, read.error().detail);
    holds_ = std::move(*read);
    std::ranges::reverse(holds_);
}

void CheckoutDesk::read_quick_keys() {
    sync::ShopReader& shop = till_.station().shop();
    std::int64_t ver = quick_ver_;
    auto read = till_.station().reader().reading<till::QuickFacts>([&] {
        ver = shop.goods_ver();
        return ver == quick_ver_ ? quick_ : quick_keys();
    });
    if (!read) return say(read.error().code, read.error().detail);
    quick_ = std::move(*read);
    quick_ver_ = ver;
}

/// Goods that are known by a PLU and not by a bar code, by category.
till::QuickFacts CheckoutDesk::quick_keys() {
    Station& station = till_.station();
    till::QuickFacts quick;
    std::map<std::string, std::size_t> place;
    for (const domain::Item& item : station.shop().items_by_plu()) {
        if (item.status == domain::ItemStatus::stop_sale) continue;
        auto [at, fresh] = place.try_emplace(item.category, quick.size());
        if (fresh) {
            auto category = station.shop().category(item.category);
            quick.push_back({item.category, {}});
            if (category)
                quick.back().name =
                    domain::name_in(texts_.language(), {category->name_zh, category->name_en});
        }
        quick[at->second].keys.push_back({.item = item.code,
                                          .name = name_of(item),
                                          .price_fen = item.price_fen,
                                          .unit = item.unit});
    }
    return quick;
}

till::CustomerFacts CheckoutDesk::customer_facts() const {
    till::CustomerFacts facts{.shop_name = shop_name_,
                              .open = till_.station().person().has_value(),
                              .basket = till_.checkout().basket(),
                              .test_shop = test_shop_};
    if (const auto* asked = std::get_if<AskWeight>(&till_.checkout().prompt())) {
        facts.weighing = weigh_facts(*asked);
    }
    if (facts.open) facts.paid = paid_facts();
    return facts;
}

}  // namespace fangxin::terminal
