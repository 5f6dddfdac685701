// The page of the drawer: a shift that is open or not, cash in and out, the count and its end.
#include "terminal/screens/drawer_view.hpp"
#include "tests/ui/shared_frame.hpp"

namespace fangxin::ui_rows {

namespace {

using namespace terminal::till;

void add(std::vector<ScreenRow>& rows, const std::string& name, const DrawerState& state,
         const DrawerFacts& facts) {
    rows.push_back(
        on_till({.screen = "drawer", .state = name, .title = ""},
                [state, facts](kit::Ui& ui, const kit::TextTable& texts, kit::Rect rest) {
                    draw(ui, texts, present(state, facts, texts), rest);
                }));
}

DrawerFacts drawer_at_work() {
    return {.shift = DrawerFacts::Shift{.id = "till-3-1795000000000",
                                        .person = "林小雨",
                                        .day = "2026-11-24",
                                        .opened = "07:58",
                                        .float_fen = 30'000,
                                        .sales = 162,
                                        .due_fen = 1'284'660}};
}

}  // namespace

std::vector<ScreenRow> drawer_rows() {
    std::vector<ScreenRow> rows;
    add(rows, "no_shift", {}, {});
    DrawerFacts facts = drawer_at_work();
    add(rows, "shift", {}, facts);
    facts.shift->expected_fen = 512'340;
    facts.may_close_others = true;
    facts.others = {{.id = "a", .person = "欧阳若曦", .opened = "06:02"},
                    {.id = "b", .person = "陈建国", .opened = "07:10"}};
    facts.trouble = "打印机没有接上，请检查后再试";
    add(rows, "shift_lead", {}, facts);
    add(rows, "open", {.page = DrawerPage::open, .typed = "300"}, {});
    facts = drawer_at_work();
    for (const auto& [name, kind] :
         {std::pair{"paid_in", CashKind::paid_in}, std::pair{"paid_out", CashKind::paid_out},
          std::pair{"drop", CashKind::drop}, std::pair{"no_sale", CashKind::no_sale}}) {
        add(rows, name, {.page = DrawerPage::cash, .kind = kind, .typed = "2000", .reason = 1},
            facts);
    }
    DrawerState count{.page = DrawerPage::count, .selected = 4};
    add(rows, "count_begun", count, facts);
    count.pieces = {41, 7, 3, 12, 20, 35, 16, 28, 0, 0, 0};
    add(rows, "count", count, facts);
    count.pieces.fill(99'999);
    facts.trouble = "金额超出范围，请核对";
    add(rows, "count_too_much", count, facts);
    facts.trouble.clear();
    facts.ended = DrawerFacts::End{.z = 418, .expected_fen = 512'340, .counted_fen = 512'340};
    add(rows, "ended", {.page = DrawerPage::ended}, facts);
    facts.ended->counted_fen = 498'330;
    facts.ended->difference_fen = -14'010;
    facts.ended->held = 2;
    add(rows, "ended_short", {.page = DrawerPage::ended}, facts);
    return rows;
}

}  // namespace fangxin::ui_rows
