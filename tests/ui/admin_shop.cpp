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
        {.kind = Duty::Kind::recall,
         .what = "明珠牧场鲜牛奶 950ml 批号 L1117",
         .since = at("2026-11-24T13:55"),
         .id = "R-T1-1-17",
         .begin_by = at("2026-11-25T13:55")},
        {.kind = Duty::Kind::complaint,
         .what = "明珠牧场鲜牛奶 950ml 打开后有异味，孩子喝了肚子疼，要求退款并说明原因",
         .due = at("2026-11-24T16:40"),
         .id = "C-T3-1-231"},
        {.kind = Duty::Kind::withdraw,
         .what = "明珠牧场原味风味发酵乳 FJ20261103A，另有 5 批",
         .due = at("2026-11-25T00:00"),
         .id = "B-3"},
        {.kind = Duty::Kind::terminal,
         .what = "4 号收银台：与服务器断开",
         .since = at("2026-11-24T09:12"),
         .id = "T4"},
        {.kind = Duty::Kind::unrecorded,
         .what = "㐂味坊𠮷牛肉饭 280g YK1120",
         .since = at("2026-11-24T11:05"),
         .id = "U-1"}};
    return facts;
}

}  // namespace

domain::StoreTime at(const char* day_and_time) {
    return *domain::parse_instant(std::string(day_and_time) + ":00+08:00");
}

admin::AdminFacts busy_shop() {
    admin::AdminFacts facts;
    facts.areas = {Area::today,    Area::items,       Area::batches,   Area::recalls,
                   Area::attempts, Area::complaints,  Area::terminals, Area::faults,
                   Area::devices,  Area::instruments, Area::journal,   Area::labels};
    facts.waiting = {{Area::recalls, 1}, {Area::complaints, 3}, {Area::faults, 1}};
    facts.now = at("2026-11-24T14:32");
    facts.today = today();
    facts.items = shop_items();
    facts.batches = shop_batches();
    facts.recalls = shop_recalls();
    facts.making = shop_making();
    facts.attempts = shop_attempts();
    facts.complaints = shop_complaints();
    facts.terminals = shop_terminals();
    facts.faults = shop_faults();
    facts.devices = shop_devices();
    facts.instruments = shop_instruments();
    facts.labels = shop_labels();
    facts.journal = shop_journal();
    return facts;
}

admin::AdminFacts new_day() {
    admin::AdminFacts facts;
    facts.areas = busy_shop().areas;
    facts.now = facts.today.now = at("2026-11-24T07:05");
    facts.batches.now = facts.recalls.now = facts.attempts.now = facts.now;
    facts.complaints.now = facts.terminals.now = facts.making.now = facts.now;
    facts.journal.now = facts.now;
    facts.faults.now = facts.devices.now = facts.instruments.now = facts.now;
    return facts;
}

}  // namespace fangxin::ui_rows
