// Screens that till and handheld share.
#include "tests/ui/shared_frame.hpp"

namespace fangxin::ui_rows {

namespace {

using terminal::Health;
using terminal::TopBarFacts;

ScreenRow bar(std::string state, const TopBarFacts& facts) {
    return {"top_bar", std::move(state), till_size,
            [facts](kit::Ui& ui, const kit::TextTable& texts) {
                kit::Rect rest = ui.screen();
                terminal::draw_top_bar(ui, terminal::present(facts, texts), rest);
            },
            false};
}

ScreenRow handheld_bar(const std::string& state, const TopBarFacts& facts) {
    return {"top_bar", "handheld_" + state, handheld_size,
            [facts](kit::Ui& ui, const kit::TextTable& texts) {
                kit::Rect rest = ui.screen();
                handheld::draw_head(
                    ui, texts,
                    handheld::present_head("城北乳业 第 3 / 12 行", head_facts(facts), texts),
                    rest);
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
    TopBarFacts test_shop_old = old_blocks;
    test_shop_old.test_shop = true;
    TopBarFacts check_due = at_work();
    check_due.scale_check = {.state = terminal::ScaleCheckDue::State::due,
                             .by = domain::parse_instant("2026-11-24T16:12:00+08:00")};
    TopBarFacts check_missed = offline;
    check_missed.scale_check.state = terminal::ScaleCheckDue::State::missed;
    return {bar("good", at_work()),
            bar("check_due", check_due),
            bar("check_missed", check_missed),
            bar("offline", offline),
            bar("old_blocks", old_blocks),
            bar("test_shop", test_shop),
            bar("test_shop_old_blocks", test_shop_old),
            handheld_bar("test_shop", test_shop),
            handheld_bar("test_shop_old_blocks", test_shop_old),
            handheld_bar("good", at_work()),
            handheld_bar("offline", offline),
            handheld_bar("old_blocks", old_blocks)};
}

}  // namespace fangxin::ui_rows
