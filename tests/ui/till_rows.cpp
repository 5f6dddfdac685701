// The till's checkout in every state, with what a shop in Hangzhou sells.
#include "terminal/screens/checkout_view.hpp"
#include "terminal/screens/customer_view.hpp"
#include "terminal/station/screens/top_bar_view.hpp"
#include "tests/support/till_facts.hpp"
#include "tests/ui/shared_frame.hpp"

namespace fangxin::ui_rows {

namespace {

using namespace terminal::till;

struct Shown {
    CheckoutState state{};
    CheckoutFacts facts{};
    bool notice = false;
};

void draw_bar(kit::Ui& ui, const kit::TextTable& texts, kit::Rect& rest, bool notice) {
    using terminal::Health;
    const terminal::TopBarFacts bar{.shop_name = "文一路店",
                                    .till = 3,
                                    .person = "王丽",
                                    .server = Health::good,
                                    .scale = Health::good,
                                    .printer = Health::good,
                                    .scanner = Health::good,
                                    .block_age_ms = 0,
                                    .test_shop = notice,
                                    .now = *domain::parse_instant("2026-11-24T14:32:00+08:00")};
    terminal::draw_top_bar(ui, terminal::present(bar, texts), rest);
}

ScreenRow till(std::string screen, std::string state, const Shown& shown) {
    return {std::move(screen), std::move(state), till_size,
            [shown](kit::Ui& ui, const kit::TextTable& texts) {
                kit::Rect rest = ui.screen();
                draw_bar(ui, texts, rest, shown.notice);
                const CheckoutState& checkout = shown.state;
                const bool searches = checkout.dialog == Dialog::search;
                draw(ui, texts, present(checkout, shown.facts, texts), rest,
                     [&](kit::Ui& on, kit::Rect place) {
                         draw_keys(on, texts, place,
                                   searches ? checkout.search.text : checkout.verify.typed);
                     });
            }};
}

ScreenRow checkout(std::string state, const Shown& shown) {
    return till("checkout", std::move(state), shown);
}

void add_selling(std::vector<ScreenRow>& rows) {
    rows.push_back(checkout("empty", {.facts = {.quick = till_facts::quick()}}));
    rows.push_back(checkout("no_quick_keys", {}));
    rows.push_back(checkout("basket", {{.selected = 2}, till_facts::at_work()}));
    rows.push_back(checkout("basket_with_notice", {{.selected = 1}, till_facts::at_work(), true}));
    rows.push_back(checkout("sixty_lines", {.facts = till_facts::long_basket()}));
    rows.push_back(
        checkout("sixty_lines_one_chosen", {{.selected = 30}, till_facts::long_basket()}));
    rows.push_back(checkout("red_line", {{.selected = 3}, till_facts::with_red_line()}));
    rows.push_back(checkout("unknown_code", {.facts = till_facts::after_unknown_code()}));
    rows.push_back(checkout("dear", {.facts = till_facts::dear_basket()}));
    CheckoutFacts cheaper = till_facts::at_work();
    domain::Line& congee = cheaper.basket.lines[0];
    congee.promotions = {
        {"P03", "八宝粥第二件半价", "Eight-treasure congee: second at half price", 225}};
    congee.saved_fen = 225;
    domain::Line& snack = cheaper.basket.lines[1];
    snack.promotions = {
        {"P04", "薯小滩零食任选3件15.90元", "Shuxiaotan snacks: any 3 for ¥15.90", 180},
        {"P09", "满200减20(可叠加)", "¥20 off ¥200, stackable", 95}};
    snack.saved_fen = 275;
    rows.push_back(checkout("promotions", {{.selected = 1}, cheaper}));
    CheckoutFacts three = till_facts::at_work();
    three.next_quantity = 3;
    rows.push_back(checkout("times_three", {.facts = three}));
    CheckoutState later;
    later.quick = {.category = 5, .page = 1};
    rows.push_back(checkout("more_quick_keys", {later, till_facts::many_quick_keys()}));
    CheckoutFacts toast = till_facts::at_work();
    toast.toast = CheckoutFacts::Toast{"这是付款码，请在收款时扫", kit::Role::warn, 4'000};
    rows.push_back(checkout("refused_aloud", {.facts = toast}));
    rows.push_back(checkout("refused_over_dialog", {{.dialog = Dialog::more}, toast}));
}

void add_dialogs(std::vector<ScreenRow>& rows) {
    const CheckoutFacts work = till_facts::at_work();
    rows.push_back(checkout("more", {{.dialog = Dialog::more}, work}));
    CheckoutFacts nothing;
    rows.push_back(checkout("more_nothing_to_do", {{.dialog = Dialog::more}, nothing}));
    CheckoutFacts copying = work;
    copying.copying = work.last_receipt;
    rows.push_back(checkout("more_while_copying", {{.dialog = Dialog::more}, copying}));
    CheckoutState quantity{.dialog = Dialog::quantity, .typed = "12"};
    rows.push_back(checkout("quantity", {quantity, work}));
    rows.push_back(checkout("age", {{.dialog = Dialog::age}, till_facts::with_spirits()}));
    rows.push_back(checkout("void_sale", {{.dialog = Dialog::void_sale}, work}));
    CheckoutFacts waiting = nothing;
    waiting.waiting = Waiting::hold;
    rows.push_back(checkout("asking_the_server", {.facts = waiting}));
    waiting = work;
    waiting.waiting = Waiting::blocks;
    rows.push_back(checkout("fetching_recalls", {.facts = waiting}));

    const CheckoutState resume{.dialog = Dialog::resume};
    CheckoutFacts holds{.quick = till_facts::quick(), .holds = till_facts::holds()};
    rows.push_back(till("resume", "holds", {resume, holds}));
    holds.holds.online = false;
    rows.push_back(till("resume", "offline", {resume, holds}));
    rows.push_back(till("resume", "empty", {.state = resume}));
    CheckoutFacts busy = work;
    busy.holds = till_facts::holds();
    busy.holds.basket_empty = false;
    rows.push_back(till("resume", "basket_not_empty", {resume, busy}));
}

void add_look_ups(std::vector<ScreenRow>& rows) {
    CheckoutState price{.dialog = Dialog::price};
    rows.push_back(till("price_check", "empty", {price, till_facts::at_work()}));
    price.price.typed = "69012345";
    rows.push_back(till("price_check", "keyed", {price, till_facts::at_work()}));
    price.price = {.asked = "6901234567892"};
    CheckoutFacts known = till_facts::at_work();
    known.price.answer = till_facts::price_of_milk();
    rows.push_back(till("price_check", "near_expiry", {price, known}));
    known.price.answer->pieces = 12;
    rows.push_back(till("price_check", "case", {price, known}));
    known.price.answer = PriceFacts::Answer{.code = "6901234567892"};
    rows.push_back(till("price_check", "unknown", {price, known}));

    CheckoutState search{.dialog = Dialog::search};
    CheckoutFacts found = till_facts::at_work();
    rows.push_back(till("search", "empty", {search, found}));
    search.search = {.text = "qqw", .selected = 2};
    found.search = till_facts::hits("qqw");
    rows.push_back(till("search", "hits", {search, found}));
    found.search = {.text = "qqw"};
    rows.push_back(till("search", "nothing_found", {search, found}));

    CheckoutState member{.dialog = Dialog::member};
    CheckoutFacts customer = till_facts::at_work();
    rows.push_back(till("member", "empty", {member, customer}));
    member.member.typed = "1990000";
    rows.push_back(till("member", "keyed", {member, customer}));
    member.member = {.typed = {}, .asked = "19900001"};
    customer.member.trouble =
        MemberFacts::Trouble{"19900001", "本机没有这位会员，联网后再试，或先按非会员收款"};
    rows.push_back(till("member", "unknown", {member, customer}));
    customer.basket.member = till_facts::member();
    rows.push_back(till("member", "known", {CheckoutState{.dialog = Dialog::member}, customer}));
    rows.push_back(till("checkout", "of_a_member", {{.selected = 2}, customer}));

    CheckoutState price_of_line{.dialog = Dialog::price_override, .override_price = {.line = 5}};
    CheckoutFacts marked = till_facts::at_work();
    marked.basket.lines[3].marks = "organic";
    marked.basket.lines[4].marks = "green";
    marked.basket.lines[4].list_price_fen = 1'790;
    rows.push_back(till("checkout", "marked_and_changed", {.facts = marked}));
    rows.push_back(till("another_price", "empty", {price_of_line, till_facts::at_work()}));
    price_of_line.override_price = {.line = 5, .typed = "14.50", .reason = 1};
    rows.push_back(till("another_price", "keyed", {price_of_line, till_facts::at_work()}));
}

void add_questions(std::vector<ScreenRow>& rows) {
    CheckoutFacts facts = till_facts::at_work();
    auto add = [&](const char* screen, const char* name, const CheckoutState& state,
                   bool notice = false) {
        rows.push_back(till(screen, name, {state, facts, notice}));
    };
    facts.prompt = till_facts::expired_tofu();
    add("block", "expired", {});
    add("block", "with_notice", {}, true);
    facts.prompt = till_facts::recalled_and_more();
    add("block", "many_reasons", {});
    facts.prompt = till_facts::stop_sale_without_printer();
    add("block", "no_printer", {});

    facts.prompt = till_facts::which_date(4);
    add("verify", "four_dates", {});
    add("verify", "four_dates_with_notice", {}, true);
    VerifyFacts much = till_facts::which_date(4);
    much.name = "有机儿童高钙奶酪棒（原味）家庭分享装 500g×2";
    much.why = {domain::Reason::recalled, domain::Reason::expired, domain::Reason::quarantined,
                domain::Reason::failed_test};
    facts.prompt = much;
    add("verify", "for_four_reasons", {});
    facts.prompt = till_facts::which_date(9);
    add("verify", "nine_dates", {});
    add("verify", "nine_dates_with_notice", {}, true);
    facts.prompt = till_facts::which_date(12);
    add("verify", "twelve_dates", {});
    facts.prompt = till_facts::which_date(0);
    add("verify", "no_batches", {});
    CheckoutState typing;
    typing.verify = {.page = VerifyPage::date, .typed = "11"};
    add("verify", "another_date", typing);
    typing.verify.typed = "1131";
    add("verify", "no_such_date", typing);
    facts.prompt = till_facts::which_lot();
    add("verify", "which_lot", {});
    typing.verify = {.page = VerifyPage::lot, .typed = "L11"};
    add("verify", "another_lot", typing);

    for (const auto& [name, answer] : till_facts::scale_answers()) {
        facts.prompt = till_facts::bananas(answer);
        add("weigh", name, {});
    }
    facts.prompt = till_facts::bananas(ScaleAnswer::motion);
    add("weigh", "with_notice", {}, true);
    facts.prompt = till_facts::bananas(ScaleAnswer::check_missed);
    add("weigh", "locked_with_notice", {}, true);
    WeighFacts preset = till_facts::bananas(ScaleAnswer::ok);
    preset.ends_in = 17;
    preset.tare_is_keyed = true;
    preset.reading = WeighFacts::Reading{true, 1'245'000, 65'000, 1'180'000, 15'000};
    facts.prompt = preset;
    add("weigh", "two_tares_certificate_ends", {});
    CheckoutState keying;
    keying.weigh_of = preset.name;
    keying.weigh = {.keying = true, .typed = "15"};
    add("weigh", "keying_a_tare", keying);
}

void add_payment(std::vector<ScreenRow>& rows) {
    const CheckoutFacts work = till_facts::at_work();
    CheckoutState paying;
    paying.paying = PayState{};
    rows.push_back(till("pay", "nothing_typed", {paying, work}));
    paying.paying = PayState{"150"};
    rows.push_back(till("pay", "enough", {paying, work}));
    rows.push_back(till("pay", "with_notice", {paying, work, true}));
    paying.paying = PayState{"100.5"};
    rows.push_back(till("pay", "not_enough", {paying, work}));
    paying.paying = PayState{"9999999.99"};
    rows.push_back(till("pay", "dear", {paying, till_facts::dear_basket()}));

    for (const auto& [name, printing] :
         {std::pair{"printing", Printing::printing}, std::pair{"printed", Printing::printed},
          std::pair{"waits_for_printer", Printing::waiting},
          std::pair{"no_printer", Printing::none}}) {
        CheckoutFacts facts{.quick = till_facts::quick()};
        facts.paid = till_facts::paid(printing);
        rows.push_back(till("paid", name, {.facts = facts}));
    }
    CheckoutFacts dear{.quick = till_facts::quick()};
    dear.paid = till_facts::paid(Printing::printed);
    dear.paid->points = 12'047;
    dear.paid->points_earned = 9'870;
    dear.paid->change_fen = 9'999'999;
    rows.push_back(till("paid", "dear", {{}, dear, true}));
}

ScreenRow customer(std::string state, const CustomerFacts& facts) {
    return {"customer", std::move(state), till_size,
            [facts](kit::Ui& ui, const kit::TextTable& texts) {
                draw(ui, texts, present(facts, texts), ui.screen());
            },
            false};
}

void add_customer(std::vector<ScreenRow>& rows) {
    CustomerFacts facts{.shop_name = "文一路店"};
    rows.push_back(customer("welcome", facts));
    facts.open = false;
    rows.push_back(customer("closed", facts));
    facts = {.shop_name = "文一路店", .basket = till_facts::at_work().basket};
    rows.push_back(customer("basket", facts));
    CustomerFacts first = facts;
    first.basket.lines.resize(1);
    rows.push_back(customer("first_line", first));
    facts.weighing = till_facts::bananas(ScaleAnswer::ok);
    rows.push_back(customer("weighing", facts));
    facts = {
        .shop_name = "文一路店", .basket = till_facts::dear_basket().basket, .test_shop = true};
    rows.push_back(customer("dear", facts));
    facts = {.shop_name = "文一路店", .paid = till_facts::paid(Printing::printed)};
    rows.push_back(customer("change", facts));
}

}  // namespace

std::vector<ScreenRow> till_rows() {
    std::vector<ScreenRow> rows;
    add_selling(rows);
    add_dialogs(rows);
    add_look_ups(rows);
    add_questions(rows);
    add_payment(rows);
    add_customer(rows);
    return rows;
}

}  // namespace fangxin::ui_rows
