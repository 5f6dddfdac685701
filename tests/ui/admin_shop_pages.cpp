#include "tests/ui/admin_shop.hpp"

#include <array>
#include <fmt/format.h>
#include <string>

namespace fangxin::ui_rows {

namespace {

constexpr const char* now_text = "2026-11-24T14:32";

std::optional<domain::DayMinute> day(const char* text) { return domain::parse_day_minute(text); }

struct Goods {
    const char* code;
    const char* name;
    const char* category;
    std::int64_t price_fen;
    domain::Unit unit = domain::Unit::piece;
};
constexpr std::array goods{
    Goods{"10017", "明珠牧场鲜牛奶 950ml", "冷藏乳品", 1'590},
    Goods{"10018", "明珠牧场原味风味发酵乳家庭装 1.25kg 低温冷藏", "冷藏乳品", 2'480},
    Goods{"20003", "㐂味坊𠮷牛肉饭 280g", "冷冻方便食品", 1'980},
    Goods{"30112", "㐂多郎手工乌冬面", "面点", 890},
    Goods{"40001", "红富士苹果（散装）", "水果", 1'280, domain::Unit::kg},
    Goods{"40007", "本地小青菜", "蔬菜", 598, domain::Unit::kg},
    Goods{"50020", "现切三文鱼刺身拼盘", "鲜活水产", 9'999'999},
    Goods{"60001", "散养土鸡蛋 30 枚", "蛋品", 3'990},
    Goods{"70005", "特级初榨橄榄油 1L", "粮油", 12'800},
    Goods{"80002", "赤水坊酱香酒 53度 500ml", "酒类", 149'900}};

admin::ItemFact item_fact(const Goods& of) {
    admin::ItemFact fact;
    fact.item = {.code = of.code,
                 .name_zh = of.name,
                 .unit = of.unit,
                 .price_fen = of.price_fen,
                 .vat_permille = 90,
                 .shelf_life = domain::ShelfLife{7, domain::LifeUnit::days},
                 .aisle = "A-03"};
    fact.name = of.name;
    fact.category = of.category;
    fact.supplier = "杭州明珠牧场乳业有限公司（萧山配送中心）";
    fact.codes = {{.barcode = std::string("069012340") + of.code, .item = of.code},
                  {.barcode = std::string("169012340") + of.code, .item = of.code, .quantity = 12}};
    return fact;
}

struct Made {
    const char* id;
    const char* item;
    const char* lot;
    const char* production;
    const char* expiry;
    domain::Decision decision = domain::Decision::released;
    domain::Age age = domain::Age::fresh;
};
using domain::Age;
using domain::Decision;
constexpr std::array made{
    Made{"B-1", "明珠牧场鲜牛奶 950ml", "L1117", "2026-11-17", "2026-11-24", Decision::recalled,
         Age::near_expiry},
    Made{"B-2", "本地小青菜", "", "2026-11-22", "2026-11-23", Decision::released, Age::expired},
    Made{"B-3", "明珠牧场原味风味发酵乳家庭装 1.25kg 低温冷藏", "FJ20261103A", "2026-11-03",
         "2026-11-24", Decision::released, Age::near_expiry},
    Made{"B-4", "现切三文鱼刺身拼盘", "", "2026-11-24T09:30", "2026-11-24T21:30"},
    Made{"B-5", "散养土鸡蛋 30 枚", "D1120", "2026-11-20", "2026-12-20", Decision::inspecting},
    Made{"B-6", "㐂多郎手工乌冬面", "W0918", "2026-09-18", "2026-12-17"},
    Made{"B-7", "特级初榨橄榄油 1L", "OL88231", "2025-10-01", "2027-09-30", Decision::quarantined},
    Made{"B-8", "㐂味坊𠮷牛肉饭 280g", "YK1011", "2026-10-11", "2027-04-10", Decision::withdrawn}};

admin::BlockFact block_fact(const char* id, domain::BlockKind kind, const char* reason) {
    admin::BlockFact fact;
    fact.block = {.id = id, .kind = kind, .level = domain::RecallLevel::I, .reason = reason};
    fact.made_by = "陈建国";
    fact.made_at = at("2026-11-24T13:55");
    return fact;
}

admin::RecallFact recall(const domain::Block& block, const char* item_name) {
    admin::RecallFact fact;
    fact.block = block;
    fact.item_name = item_name;
    fact.made_by = "陈建国";
    fact.made_at = at("2026-11-24T13:55");
    fact.terminals = {{.name = "1 号收银台", .after_ms = 210, .online = true},
                      {.name = "2 号收银台", .after_ms = 190, .online = true},
                      {.name = "3 号收银台", .after_ms = 320, .online = true},
                      {.name = "4 号收银台", .after_ms = {}, .last_seen = at("2026-11-24T09:12")},
                      {.name = "1 号手持机", .after_ms = 430, .online = true}};
    return fact;
}

}  // namespace

admin::ItemsFacts shop_items() {
    admin::ItemsFacts facts;
    for (const Goods& each : goods)
        facts.found.push_back(item_fact(each));
    facts.found[0].blocked = true;
    facts.found[6].item.status = domain::ItemStatus::stop_sale;
    facts.found[9].item.status = domain::ItemStatus::no_reorder;
    facts.found_in_all = 18'432;
    for (const char* each : {"冷藏乳品", "冷冻方便食品", "面点", "水果", "蔬菜", "鲜活水产", "蛋品",
                             "粮油", "酒类", "休闲食品", "母婴用品与婴幼儿配方食品", "日用百货"})
        facts.categories.push_back({each, each});
    return facts;
}

admin::BatchesFacts shop_batches() {
    admin::BatchesFacts facts;
    facts.now = at(now_text);
    facts.may_recall = true;
    for (const Made& each : made) {
        admin::BatchFact fact;
        fact.batch = {.id = each.id,
                      .item = "10017",
                      .lot = each.lot,
                      .production = day(each.production),
                      .expiry = day(each.expiry),
                      .received = domain::parse_date("2026-11-18"),
                      .decision = each.decision};
        fact.item_name = each.item;
        fact.supplier = "杭州明珠牧场乳业有限公司";
        fact.decision = each.decision;
        fact.age = each.age;
        fact.cause = domain::withdrawal_cause(
            fact.batch, {fact.decision, fact.age, fact.batch.expiry}, facts.now.date());
        facts.batches.push_back(fact);
    }
    facts.batches[0].blocks = {
        block_fact("R-T1-1-17", domain::BlockKind::recall,
                   "供应商通知：抽检大肠菌群超标，立即停售并下架"),
        block_fact("Q-H1-1-4", domain::BlockKind::quarantine, "顾客反映异味")};
    facts.batches[0].blocks[1].block.withdrawal_confirmed = true;
    admin::BatchFact unknown = facts.batches[7];
    unknown.batch.id = "U-1";
    unknown.batch.lot = "YK1120";
    unknown.batch.received.reset();
    unknown.decision = Decision::released;
    unknown.cause = domain::WithdrawalCause::none;
    unknown.supplier.clear();
    unknown.unrecorded_since = at("2026-11-24T11:05");
    facts.batches.push_back(unknown);
    return facts;
}

admin::RecallsFacts shop_recalls() {
    admin::RecallsFacts facts;
    facts.now = at(now_text);
    facts.may_recall = true;
    facts.recalls = {recall({.id = "R-T1-1-17",
                             .item = "10017",
                             .lot = "L1117",
                             .level = domain::RecallLevel::I,
                             .reason = "供应商通知：抽检大肠菌群超标，立即停售并下架"},
                            "明珠牧场鲜牛奶 950ml"),
                     recall({.id = "R-SRV-1-9",
                             .item = "70005",
                             .from = domain::parse_date("2025-09-01"),
                             .to = domain::parse_date("2025-10-31"),
                             .level = domain::RecallLevel::III,
                             .reason = "标签营养成分标示有误",
                             .withdrawal_confirmed = true},
                            "特级初榨橄榄油 1L"),
                     recall({.id = "R-T1-1-3",
                             .item = "30112",
                             .level = domain::RecallLevel::II,
                             .reason = "包装漏气",
                             .lifted = true},
                            "㐂多郎手工乌冬面")};
    for (admin::TerminalAnswer& each : facts.recalls[1].terminals)
        each.after_ms = each.after_ms.value_or(5LL * 60 * 60 * 1000);
    facts.recalls[1].made_at = at("2026-11-12T10:20");
    facts.recalls[2].made_at = at("2025-12-30T08:00");
    facts.recalls[0].batches = {
        {"L1117", day("2026-11-17"), day("2026-11-24"), 24'000, domain::Unit::piece, false},
        {"l1117 ", day("2026-11-17"), day("2026-11-24"), 0, domain::Unit::piece, true}};
    facts.recalls[0].trace = admin::ReceiptTrace{37, 212};
    return facts;
}

admin::RecallMakeFacts shop_making() {
    admin::RecallMakeFacts facts;
    facts.now = at(now_text);
    facts.found = {{"10017", "明珠牧场鲜牛奶 950ml", "10017 · ¥15.90"},
                   {"10018", "明珠牧场原味风味发酵乳家庭装 1.25kg 低温冷藏", "10018 · ¥24.80"}};
    facts.item = domain::Item{.code = "10017",
                              .name_zh = "明珠牧场鲜牛奶 950ml",
                              .shelf_life = domain::ShelfLife{7, domain::LifeUnit::days}};
    facts.item_name = "明珠牧场鲜牛奶 950ml";
    const auto batch = [](const char* lot, const char* from, const char* to) {
        return domain::Batch{
            .id = lot, .item = "10017", .lot = lot, .production = day(from), .expiry = day(to)};
    };
    facts.batches = {{batch("L1117", "2026-11-17", "2026-11-24"), 24'000},
                     {batch("L1119", "2026-11-19", "2026-11-26"), 60'000},
                     {batch("L1121", "2026-11-21", "2026-11-28"), 96'000}};
    facts.terminals = 5;
    facts.terminals_online = 4;
    facts.may_recall = true;
    return facts;
}

admin::AttemptsFacts shop_attempts() {
    admin::AttemptsFacts facts;
    facts.now = at(now_text);
    using domain::Reason;
    struct Refusal {
        const char* when;
        const char* item;
        const char* batch;
        std::vector<Reason> reasons;
    };
    const std::vector<Refusal> refusals{
        {"2026-11-24T14:21",
         "明珠牧场鲜牛奶 950ml",
         "L1117",
         {Reason::recalled, Reason::quarantined}},
        {"2026-11-24T14:05", "明珠牧场鲜牛奶 950ml", "L1117", {Reason::recalled}},
        {"2026-11-24T13:58", "明珠牧场鲜牛奶 950ml", "L1117", {Reason::recalled}},
        {"2026-11-24T12:40", "本地小青菜", "11-22", {Reason::expired}},
        {"2026-11-24T11:12", "明珠牧场原味风味发酵乳家庭装 1.25kg 低温冷藏", "", {Reason::expired}},
        {"2026-11-24T09:30", "散养土鸡蛋 30 枚", "D1120", {Reason::not_released}},
        {"2026-11-23T20:14", "现切三文鱼刺身拼盘", "", {Reason::stop_sale}},
        {"2026-11-19T10:01", "", "", {Reason::supplier_papers}}};
    int number = 0;
    for (const Refusal& each : refusals) {
        facts.attempts.push_back({.id = fmt::format("A-{}", ++number),
                                  .terminal = fmt::format("{} 号收银台", number % 4 + 1),
                                  .person = number % 2 == 0 ? "王丽" : "欧阳小慧",
                                  .at = at(each.when),
                                  .code = "(01)06901234000017(10)L1117(15)261124",
                                  .item_name = each.item,
                                  .batch = each.batch,
                                  .reasons = each.reasons});
    }
    return facts;
}

admin::ComplaintsFacts shop_complaints() {
    admin::ComplaintsFacts facts;
    facts.now = at(now_text);
    admin::ComplaintFact milk{.id = "C-T3-1-231",
                              .state = "received",
                              .channel = "in_person",
                              .customer = "赵女士",
                              .contact = "****0138",
                              .receipt = "T3-20261123-0412",
                              .item_name = "明珠牧场鲜牛奶 950ml",
                              .batch = "L1117",
                              .what = "鲜牛奶打开后有异味，孩子喝了肚子疼，要求退款并说明原因",
                              .severity = "high",
                              .taken_by = "王丽",
                              .terminal = "3 号收银台",
                              .taken_at = at("2026-11-23T16:40"),
                              .answer_due = at("2026-11-24T16:40")};
    milk.steps = {{at("2026-11-23T16:40"), "王丽", "登记"},
                  {at("2026-11-23T17:05"), "陈建国", "隔离 · 批次 L1117"}};
    admin::ComplaintFact late = milk;
    late.id = "C-T1-1-228";
    late.what = "收银台多收了一件商品的钱";
    late.item_name = "红富士苹果（散装）";
    late.severity = "normal";
    late.channel = "phone";
    late.taken_at = at("2026-11-22T09:10");
    late.answer_due = at("2026-11-23T09:10");
    late.steps.resize(1);
    admin::ComplaintFact working = late;
    working.id = "C-H1-1-12";
    working.state = "in_progress";
    working.what = "橄榄油瓶口渗油，弄脏了袋子";
    working.item_name = "特级初榨橄榄油 1L";
    admin::ComplaintFact closed = working;
    closed.id = "C-T2-1-199";
    closed.state = "closed";
    closed.what = "货架价签与结账价格不一致";
    facts.complaints = {milk, late, working, closed};
    return facts;
}

admin::TerminalsFacts shop_terminals() {
    admin::TerminalsFacts facts;
    facts.now = at(now_text);
    const auto terminal = [](const char* id, const char* name) {
        return admin::TerminalFact{.id = id,
                                   .name = name,
                                   .online = true,
                                   .last_seen = at(now_text),
                                   .version = "0.1.0",
                                   .block_cursor = 482,
                                   .newest_block = 482,
                                   .missing = {}};
    };
    facts.terminals = {terminal("T1", "1 号收银台"), terminal("T2", "2 号收银台"),
                       terminal("T3", "3 号收银台"), terminal("T4", "4 号收银台"),
                       terminal("H1", "1 号手持机"), terminal("H2", "2 号手持机")};
    facts.terminals[2].is_this = true;
    facts.terminals[2].unsent = 0;
    admin::TerminalFact& away = facts.terminals[3];
    away.online = false;
    away.last_seen = at("2026-11-24T09:12");
    away.block_cursor = 481;
    away.missing = {{"一级召回 明珠牧场鲜牛奶 950ml L1117", at("2026-11-24T13:55")}};
    admin::TerminalFact& parted = facts.terminals[1];
    parted.conflict = "rolled_back";
    facts.terminals[5].online = false;
    facts.terminals[5].last_seen.reset();
    facts.terminals[5].block_cursor = 0;
    return facts;
}

}  // namespace fangxin::ui_rows
