// The admin area, each page in its states.
#include "terminal/admin/admin_view.hpp"
#include "terminal/station/screens/top_bar_view.hpp"
#include "tests/ui/admin_shop.hpp"
#include "tests/ui/screen_rows.hpp"

namespace fangxin::ui_rows {

namespace {

using terminal::Health;

struct Shown {
    admin::AdminState state;
    admin::AdminFacts facts;
};

ScreenRow row(std::string screen, std::string state, Shown shown) {
    return {"admin_" + std::move(screen), std::move(state), till_size,
            [shown = std::move(shown)](kit::Ui& ui, const kit::TextTable& texts) {
                const terminal::TopBarFacts bar{
                    .shop_name = "文一路店",
                    .till = 3,
                    .person = "陈建国",
                    .server = shown.facts.online ? Health::good : Health::trouble,
                    .scale = Health::good,
                    .printer = Health::good,
                    .scanner = Health::good,
                    .unsent = shown.facts.online ? 0 : 42,
                    .block_age_ms = 0,
                    .now = shown.facts.now};
                kit::Rect rest = ui.screen();
                terminal::draw_top_bar(ui, terminal::present(bar, texts), rest);
                admin::draw(ui, texts, admin::present(shown.state, shown.facts, texts), rest);
            }};
}

void add_today(std::vector<ScreenRow>& rows) {
    rows.push_back(row("today", "busy", {{}, busy_shop()}));
    rows.push_back(row("today", "new_day", {{}, new_day()}));
    admin::AdminFacts offline = busy_shop();
    offline.online = false;
    offline.as_of = at("2026-11-24T13:05");
    rows.push_back(row("today", "offline", {{}, offline}));
    admin::AdminFacts full = busy_shop();
    full.today.sales_fen = 99'999'99;
    full.today.hours.clear();
    for (int hour = 7; hour < 22; ++hour)
        full.today.hours.push_back({hour, 40'000 + hour * 1'111});
    full.today.refused.push_back({domain::Reason::failed_test, 12});
    full.today.next_answer_due = at("2026-11-22T09:00");
    full.today.running.push_back(full.today.running.front());
    full.today.running.front().item_name = "㐂多郎北海道产特选低温巴氏杀菌浓醇鲜牛乳";
    full.waiting = {{admin::Area::complaints, 120}};
    rows.push_back(row("today", "full", {{}, full}));
    admin::AdminFacts loading = new_day();
    loading.loading = true;
    rows.push_back(row("today", "loading", {{}, loading}));
    admin::AdminFacts trouble = new_day();
    trouble.trouble = "本机数据读写失败，请叫店长（磁盘读取出错）";
    rows.push_back(row("today", "trouble", {{}, trouble}));
}

}  // namespace

std::vector<ScreenRow> admin_rows() {
    std::vector<ScreenRow> rows;
    add_today(rows);
    return rows;
}

}  // namespace fangxin::ui_rows
