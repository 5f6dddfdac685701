// Screens that till and handheld share.
#include "terminal/station/screens/top_bar_view.hpp"
#include "tests/ui/screen_rows.hpp"

namespace fangxin::ui_rows {

namespace {

using terminal::Health;
using terminal::TopBarFacts;

TopBarFacts at_work() {
    return {.shop_name = "文一路店",
            .till = 3,
            .person = "王丽",
            .server = Health::good,
            .scale = Health::good,
            .printer = Health::good,
            .scanner = Health::good,
            .block_age_ms = 0,
            .now = *domain::parse_instant("2026-11-24T14:32:00+08:00")};
}

ScreenRow bar(std::string state, const TopBarFacts& facts) {
    return {"top_bar", std::move(state), till_size,
            [facts](kit::Ui& ui, const kit::TextTable& texts) {
                kit::Rect rest = ui.screen();
                terminal::draw_top_bar(ui, terminal::present(facts, texts), rest);
            }};
}

}  // namespace

std::vector<ScreenRow> shared_rows() {
    TopBarFacts offline = at_work();
    offline.server = Health::trouble;
    offline.printer = Health::trouble;
    offline.unsent = 137;
    TopBarFacts old_blocks = offline;
    old_blocks.block_age_ms = 31LL * 60 * 60 * 1000;
    TopBarFacts test_shop = at_work();
    test_shop.test_shop = true;
    return {bar("good", at_work()), bar("offline", offline), bar("old_blocks", old_blocks),
            bar("test_shop", test_shop)};
}

}  // namespace fangxin::ui_rows
