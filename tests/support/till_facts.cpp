#include "tests/support/till_facts.hpp"

#include "domain/money.hpp"

#include <fmt/format.h>

namespace fangxin::till_facts {

namespace {

using domain::Reason;
using domain::VerdictKind;

domain::DayMinute day(const char* text) { return *domain::parse_day_minute(text); }
const domain::Date today = *domain::parse_date("2026-11-23");

domain::Line certain(domain::Line line, std::string lot, const char* expiry) {
    line.evidence.identity = {std::move(lot), {}, day(expiry)};
    line.basis = domain::BatchBasis::coded;
    return line;
}

domain::Line warned(domain::Line line, Reason reason) {
    line.verdict = VerdictKind::warn;
    line.reasons = {reason};
    return line;
}

struct Weighed {
    std::int64_t price_fen = 0;
    std::int64_t net_mg = 0;
    std::int64_t tare_mg = 0;
};
domain::Line by_weight(std::string name, const Weighed& weighed) {
    domain::Line line;
    line.item = line.name_zh = std::move(name);
    line.unit = domain::Unit::kg;
    line.unit_price_fen = weighed.price_fen;
    line.net_mg = weighed.net_mg;
    line.tare_mg = weighed.tare_mg;
    line.gross_mg = weighed.net_mg + weighed.tare_mg;
    line.weighing = domain::Weighing{};
    line.amount_fen = *weighing::weight_amount({weighed.net_mg, weighed.price_fen});
    return line;
}

std::vector<domain::Line> shopping() {
    domain::Line tissues = pieces("抽纸 3 层 100 抽×6", 1'590, 2);
    tissues.saved_fen = 795;
    tissues.amount_fen -= 795;
    return {
        certain(pieces("鲜牛奶 950ml", 1'280), "L1120", "2026-11-27"),
        by_weight("香蕉", {598, 1'235'000, 10'000}),
        warned(certain(pieces("老酸奶 160g×8", 2'690), "A07", "2026-11-24"), Reason::near_expiry),
        warned(pieces("五常大米 5kg", 5'990), Reason::unrecorded_batch),
        tissues,
        pieces("酱油 500ml", 990)};
}

QuickCategory category(const char* name, const std::vector<const char*>& goods, domain::Unit unit) {
    QuickCategory made{.name = name};
    std::int64_t price = 598;
    for (const char* each : goods) {
        made.keys.push_back({.item = each, .name = each, .price_fen = price, .unit = unit});
        price += 100;
    }
    return made;
}

domain::VerifyChoice choice(int days_ago, const std::string& lot) {
    return {.batch = lot,
            .lot = lot,
            .date = domain::DayMinute{today - std::chrono::days(days_ago), std::nullopt}};
}

}  // namespace

domain::Line pieces(std::string name, std::int64_t price_fen, std::int64_t quantity) {
    domain::Line line;
    line.item = line.name_zh = std::move(name);
    line.code = "6901234567892";
    line.quantity = quantity;
    line.unit_price_fen = price_fen;
    line.amount_fen = price_fen * quantity;
    return line;
}

domain::Basket basket_of(std::vector<domain::Line> lines) {
    domain::Basket basket;
    for (domain::Line& line : lines) {
        line.number = basket.next_number++;
        basket.lines.push_back(std::move(line));
    }
    return basket;
}

QuickFacts quick() {
    using domain::Unit;
    return {category("散装水果",
                     {"香蕉", "苹果", "橙子", "葡萄", "西瓜", "梨", "火龙果", "草莓", "芒果",
                      "柚子", "猕猴桃", "桃"},
                     Unit::kg),
            category("蔬菜", {"白菜", "黄瓜", "西红柿", "土豆"}, Unit::kg),
            category("熟食", {"卤牛肉", "烤鸭"}, Unit::kg),
            category("面包", {"吐司", "菠萝包", "全麦面包"}, Unit::piece)};
}

CheckoutFacts at_work() {
    CheckoutFacts facts;
    facts.basket = basket_of(shopping());
    facts.last = LastScan{
        "酱油 500ml", "6901234567892", {990, domain::Unit::piece}, {VerdictKind::allow, {}}};
    facts.quick = quick();
    facts.holds = holds();
    facts.holds.basket_empty = false;
    facts.last_receipt = "03-20261123-0141";
    return facts;
}

CheckoutFacts long_basket() {
    CheckoutFacts facts = at_work();
    std::vector<domain::Line> lines;
    while (lines.size() < 60) {
        for (domain::Line& line : shopping())
            lines.push_back(std::move(line));
    }
    lines[58] = pieces("𠮷味坊 㐂乐牛肉饭（微波加热即食装）大份 480g 买一送一礼盒装", 4'990, 9'999);
    facts.basket = basket_of(std::move(lines));
    return facts;
}

CheckoutFacts dear_basket() {
    CheckoutFacts facts = at_work();
    facts.basket = basket_of({pieces("赤水坊陈酿礼盒（整箱 6 瓶装，附手提袋）", 9'999'999)});
    facts.last = LastScan{"赤水坊陈酿礼盒（整箱 6 瓶装，附手提袋）",
                          "6901234567892",
                          {9'999'999, domain::Unit::piece},
                          {VerdictKind::warn, {Reason::near_expiry, Reason::age_check}}};
    return facts;
}

CheckoutFacts with_red_line() {
    CheckoutFacts facts = at_work();
    domain::Line& line = facts.basket.lines[2];
    line.blocked = true;
    line.verdict = VerdictKind::block;
    line.reasons = {Reason::recalled, Reason::expired};
    facts.basket.lines[3].verdict = VerdictKind::verify;
    facts.basket.lines[3].reasons.clear();
    return facts;
}

CheckoutFacts with_spirits() {
    CheckoutFacts facts = at_work();
    facts.basket.lines.push_back(
        warned(pieces("红星二锅头 56 度 500ml", 1'890), Reason::age_check));
    facts.basket.lines.back().number = facts.basket.next_number++;
    return facts;
}

CheckoutFacts after_unknown_code() {
    CheckoutFacts facts = at_work();
    facts.last = LastScan{"", "6999999999994", {}, {}};
    return facts;
}

CheckoutFacts many_quick_keys() {
    CheckoutFacts facts = at_work();
    for (const char* name : {"水产", "粮油散装", "礼盒"})
        facts.quick.push_back(category(name, {"基围虾"}, domain::Unit::kg));
    std::vector<const char*> many(30, "东北五常稻花香散装大米");
    facts.quick[5] = category("粮油散装", many, domain::Unit::kg);
    return facts;
}

domain::BasketMember member() {
    return {.number = "88000001", .name = "欧阳若曦", .phone = "199****1112", .points = 12'047};
}

ResumeFacts holds() {
    const domain::StoreTime at = *domain::parse_instant("2026-11-23T14:05:00+08:00");
    return {.holds = {{"3-1-57", 3, "王丽", at, 12'860, 14, true},
                      {"1-1-203", 1, "陈建国", at, 990, 1, false}}};
}

PriceFacts::Answer price_of_milk() {
    return {"6901234567892",
            "鲜牛奶 950ml（低温巴氏杀菌）",
            "1001",
            {1'280, domain::Unit::piece},
            {VerdictKind::warn, {Reason::near_expiry}}};
}

SearchFacts hits(std::string text) {
    SearchFacts facts{.text = std::move(text)};
    for (int i = 0; i < 11; ++i) {
        facts.hits.push_back({fmt::format("10{:02}", i),
                              fmt::format("青泉湾 饮用天然水 {}ml", 380 + 10 * i),
                              fmt::format("69012345678{:02}", i),
                              {200 + 50 * i, domain::Unit::piece}});
    }
    return facts;
}

BlockFacts expired_tofu() {
    return {.name = "豆腐干 200g",
            .code = "6901234567892",
            .pack = {"D20261110", day("2026-11-10"), day("2026-11-22")},
            .reasons = {Reason::expired},
            .today = today};
}

BlockFacts recalled_and_more() {
    BlockFacts facts = expired_tofu();
    facts.name = "有机儿童高钙奶酪棒（原味）家庭分享装 500g×2";
    facts.reasons = {Reason::recalled, Reason::expired, Reason::private_brand_uninspected};
    facts.slip_printed = true;
    return facts;
}

BlockFacts stop_sale_without_printer() {
    return {.name = "电热水袋",
            .code = "6901234567892",
            .reasons = {Reason::stop_sale},
            .today = today,
            .has_printer = false};
}

VerifyFacts which_date(int batches) {
    VerifyFacts facts{.name = "鲜牛奶 950ml", .today = today, .why = {Reason::recalled}};
    for (int i = batches; i > 0; --i)
        facts.choices.push_back(choice(i, fmt::format("L{}", 1'120 - i)));
    return facts;
}

VerifyFacts which_lot() {
    VerifyFacts facts = which_date(2);
    facts.choices.push_back(choice(1, "L1119-B"));
    facts.ask_lot = true;
    facts.line = 1;
    facts.known.production = facts.choices.back().date;
    return facts;
}

WeighFacts bananas(ScaleAnswer answer) {
    WeighFacts facts{
        .name = "香蕉",
        .price_fen_per_kg = 598,
        .reading = WeighFacts::Reading{answer != ScaleAnswer::motion, 1'245'000, 10'000, 1'235'000},
        .scale = {15'000'000, 100'000, 5'000, "2026-0815", *domain::parse_date("2027-03-14")},
        .answer = answer,
        .today = today,
        .bound_at = "till-2",
        .most_tare_mg = 15'000'000,
        .can_zero = true,
        .can_tare = true,
        .can_clear_tare = true};
    if (answer == ScaleAnswer::below_minimum) {
        facts.reading = WeighFacts::Reading{true, 0, 0, 0};
    } else if (answer == ScaleAnswer::under) {
        facts.reading = WeighFacts::Reading{true, -15'000, 0, -15'000};
    } else if (answer == ScaleAnswer::certificate_out) {
        facts.scale.until = *domain::parse_date("2026-11-20");
    } else if (answer == ScaleAnswer::no_scale) {
        facts.reading.reset();
        facts.scale = {};
    } else if (answer == ScaleAnswer::unregistered) {
        facts.scale = {};
    }
    return facts;
}

std::vector<std::pair<const char*, ScaleAnswer>> scale_answers() {
    using enum ScaleAnswer;
    return {{"ready", ok},
            {"moving", motion},
            {"empty_pan", below_minimum},
            {"pan_not_cleared", pan_not_cleared},
            {"tare_on_the_scale", tare_untold},
            {"tare_of_before", tare_stays},
            {"under_zero", under},
            {"too_heavy", over},
            {"zero_error", zero_error},
            {"stale", stale},
            {"silent", silent},
            {"fault", fault},
            {"no_certificate", certificate_out},
            {"changed_library", library},
            {"unfit_limits", parameters},
            {"unregistered", unregistered},
            {"bound_elsewhere", elsewhere},
            {"other_device", other_device},
            {"not_bound", not_bound},
            {"check_failed", check_failed},
            {"check_missed", check_missed},
            {"being_checked", checking},
            {"no_scale", no_scale}};
}

ScaleFacts scale(ScaleAnswer answer) {
    ScaleFacts facts{
        .weigh = bananas(answer),
        .instrument = {.kind = "checkout_scale",
                       .model = "HC-15",
                       .serial = "HC15-0001",
                       .accuracy_class = "III",
                       .max_mg = 15'000'000,
                       .min_mg = 100'000,
                       .e_mg = 5'000,
                       .certificate = "2026-0815",
                       .verified = domain::parse_date("2026-03-15"),
                       .until = domain::parse_date("2027-03-14"),
                       .maker = "衡秤汀衡器有限公司",
                       .production_code = "3301-2025-0017",
                       .verification_code = "JD-330106-2026-0815",
                       .seal = "Q-0099"},
        .state = {.terminal = "till-3", .identity = "usb:0eb8:f000:A1709", .events = 2},
        .check_by = domain::parse_instant("2026-11-24T10:12:00+08:00"),
        .seal = {"1.1.0", "3f2a91c05d77e1b2c4a6d8f0123456783f2a91c05d77e1b2c4a6d8f012345678",
                 "90ab12cd34ef56789012345678abcdef90ab12cd34ef56789012345678abcdef",
                 "1.1.0 3F2A-91C0-5D77-E1B2", true},
        .changes = {{"11-20 09:12", "1501", "max_mg=15000000 e_mg=5000"},
                    {"11-18 08:03", "1601",
                     "terminal=till-3 identity=usb:0eb8:f000:A1709 bound_by=1601"}},
        .now = *domain::parse_instant("2026-11-24T08:40:00+08:00")};
    facts.weigh.reading = WeighFacts::Reading{true, 0, 0, 0};
    if (answer == ScaleAnswer::no_scale) facts.weigh.reading.reset();
    return facts;
}

PaidFacts paid(Printing printing) {
    return {.receipt = "03-20261123-0142",
            .total_fen = 13'267,
            .rounding_fen = 7,
            .paid_fen = 15'000,
            .change_fen = 1'740,
            .printing = printing};
}

}  // namespace fangxin::till_facts
