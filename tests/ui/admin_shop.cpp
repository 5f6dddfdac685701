#include "tests/ui/admin_shop.hpp"

#include <string>

namespace fangxin::ui_rows {

namespace {

using admin::Area;
using admin::Duty;

admin::TodayFacts today() {
    admin::TodayFacts facts;
    facts.now = at("2026-11-24T14:32");
    facts.sales_fen = 4'821'640;
    facts.sales_count = 1'136;
    facts.week_before_fen = 4'540'200;
    const std::vector<std::int64_t> thousands{12, 22, 31, 28, 35, 44, 26};
    for (std::size_t i = 0; i < thousands.size(); ++i)
        facts.hours.push_back({static_cast<int>(i) + 8, thousands[i] * 24'000 + 1'300});
    facts.refused = {{domain::Reason::recalled, 3}, {domain::Reason::expired, 4}};
    facts.near_expiry = 18;
    facts.withdraw_today = 6;
    facts.open_complaints = 3;
    facts.next_answer_due = at("2026-11-24T16:40");
    facts.running = {shop_recalls().recalls.front()};
    facts.duties = {
        {Duty::Kind::recall,
         "R-T1-1-17 鲜牛奶 L1117：4 号收银台还没有收到",
         {},
         at("2026-11-24T13:55"),
         "R-T1-1-17"},
        {Duty::Kind::complaint,
         "C-T3-1-231 鲜牛奶有异味，顾客要求退款并说明原因 · 王丽",
         at("2026-11-24T16:40"),
         {},
         "C-T3-1-231"},
        {Duty::Kind::withdraw, "今天到期 6 批，关门前下架", at("2026-11-24T22:00"), {}, "B-3"},
        {Duty::Kind::unrecorded,
         "卖出了没有登记的批次：㐂味坊𠮷牛肉饭 280g 批号 YK1120",
         {},
         at("2026-11-24T11:05"),
         "U-1"},
        {Duty::Kind::terminal, "4 号收银台：与服务器断开", {}, at("2026-11-24T09:12"), "T4"}};
    return facts;
}

}  // namespace

domain::StoreTime at(const char* day_and_time) {
    return *domain::parse_instant(std::string(day_and_time) + ":00+08:00");
}

admin::AdminFacts busy_shop() {
    admin::AdminFacts facts;
    facts.areas = {Area::today,    Area::items,      Area::batches,  Area::recalls,
                   Area::attempts, Area::complaints, Area::terminals};
    facts.waiting = {{Area::recalls, 1}, {Area::complaints, 3}};
    facts.now = at("2026-11-24T14:32");
    facts.today = today();
    facts.items = shop_items();
    facts.batches = shop_batches();
    facts.recalls = shop_recalls();
    facts.making = shop_making();
    facts.attempts = shop_attempts();
    facts.complaints = shop_complaints();
    facts.terminals = shop_terminals();
    return facts;
}

admin::AdminFacts new_day() {
    admin::AdminFacts facts;
    facts.areas = busy_shop().areas;
    facts.now = facts.today.now = at("2026-11-24T07:05");
    facts.batches.now = facts.recalls.now = facts.attempts.now = facts.now;
    facts.complaints.now = facts.terminals.now = facts.making.now = facts.now;
    return facts;
}

}  // namespace fangxin::ui_rows
