// Lists that scroll, and tables: by finger, by wheel and by keys.
#include "terminal/kit/table.hpp"
#include "tests/support/kit_stage.hpp"

#include <array>
#include <gtest/gtest.h>

namespace fangxin::kit {

namespace {

/// Forty buttons in two columns, of which ten are seen at once, over one that closes.
struct Choices {
    std::unique_ptr<Stage> stage = test_stage();
    std::string pressed;

    Choices& key(Key key, int times = 1) {
        for (int i = 0; i < times; ++i)
            stage->key(key);
        stage->play(
            [this](Ui& ui) {
                const Ui::ScrollArea area{id_of("choices"), {0, 0, 400, 500}, 20 * 100};
                const Rect all{0, -ui.begin_scroll(area), 400, 20 * 100};
                for (int i = 0; i < 40; ++i) {
                    if (button(ui, cell(all, {2, 20, 8}, i), std::to_string(i))) {
                        pressed += std::to_string(i) + " ";
                    }
                }
                ui.end_scroll(area);
                if (button(ui, {0, 520, 400, 80}, "close", {.key = Key::escape})) pressed += "X";
            },
            0);
        return *this;
    }
    float offset() { return stage->memory().scrolls[id_of("choices")].offset; }
};

}  // namespace

// Of 44 choices 23 could never be picked without a finger.
TEST(Scroll, EachChoiceIsReachedByKeysAndShown) {
    Choices by_arrows;
    by_arrows.key(Key::down, 20).key(Key::right).key(Key::enter);
    EXPECT_EQ(by_arrows.pressed, "39 ");
    EXPECT_FLOAT_EQ(by_arrows.offset(), 1'500);
    EXPECT_EQ(Choices().key(Key::down, 21).key(Key::enter).pressed, "X");
    EXPECT_EQ(Choices().key(Key::back_tab, 2).key(Key::enter).pressed, "39 ");
    Choices by_tab;
    by_tab.key(Key::tab, 31).key(Key::enter);
    EXPECT_EQ(by_tab.pressed, "30 ");
    EXPECT_GT(by_tab.offset(), 0);
}

TEST(Scroll, TurnsItsPagesByKeys) {
    Choices choices;
    EXPECT_FLOAT_EQ(choices.key(Key::page_down).offset(), 425);
    EXPECT_FLOAT_EQ(choices.key(Key::page_down, 9).offset(), 1'500);
    EXPECT_FLOAT_EQ(choices.key(Key::page_up, 9).offset(), 0);
    choices.key(Key::tab).key(Key::page_down).key(Key::enter);
    EXPECT_EQ(choices.pressed, "8 ") << "the focus goes with the page";
}

TEST(Scroll, WhatIsScrolledAwayIsPressedByNoKey) {
    Choices choices;
    choices.key(Key::tab);
    choices.stage->edges().push(Wheel{{100, 100}, 20});
    EXPECT_EQ(choices.key(Key::enter).pressed, "");
}

// A finger that slid over a key of the keyboard scrolled what lay under it.
TEST(Scroll, StaysWhereAFingerIsOnWhatLiesOverIt) {
    auto stage = test_stage();
    const Ui::ScrollArea area{id_of("under"), {0, 0, 400, 500}, 2'000};
    int keys = 0;
    const auto draw = [&](Ui& ui) {
        ui.begin_part({0, 0, 400, 300});
        ui.begin_scroll(area);
        ui.end_scroll(area);
        ui.end_part();
        if (button(ui, {0, 300, 400, 200}, "key")) ++keys;
    };
    stage->edges().push(Press{{100, 450}});
    stage->edges().push(Move{{100, 420}});
    stage->edges().push(Release{{100, 420}});
    stage->edges().push(Wheel{{100, 450}, 1});
    stage->play(draw, 0);
    EXPECT_EQ(stage->memory().scrolls[area.id].offset, 0);
    EXPECT_EQ(keys, 1);
    stage->edges().push(Wheel{{100, 100}, 1});
    stage->play(draw, 0);
    EXPECT_GT(stage->memory().scrolls[area.id].offset, 0);
}

namespace {

struct LongTable {
    std::unique_ptr<Stage> stage = test_stage();
    std::optional<std::size_t> selected;
    std::string acted;
    bool has_button = false;

    void keys(Key key, int times) {
        for (int i = 0; i < times; ++i)
            stage->key(key);
        play();
    }
    void play() {
        static constexpr std::array columns = {Column{"商品"}, Column{"金额", 120, Align::right}};
        static constexpr std::array actions = {RowAction{"数量"}, RowAction{"作废"}};
        stage->play(
            [this](Ui& ui) {
                const TableAnswer answer =
                    table(ui, {0, 0, 700, 400},
                          {.name = "basket",
                           .columns = columns,
                           .row_count = 60,
                           .row =
                               [](std::size_t i) {
                                   return Row{.cells = {{"行 " + std::to_string(i)}, {"1.00"}}};
                               },
                           .selected = selected,
                           .actions = actions});
                if (answer.chosen) selected = answer.chosen;
                if (has_button && button(ui, {0, 450, 400, 80}, "detail")) acted += "D";
                if (answer.action) acted += std::to_string(*answer.action);
            },
            0);
    }
    float offset() { return stage->memory().scrolls[id_of("basket", 0x7AB1E)].offset; }
};

}  // namespace

TEST(Table, SelectsARowByTapAndOpensItsActionsInPlace) {
    LongTable table;
    table.stage->tap({100, 40 + 65 + 30});
    table.stage->tap({600, 40 + 2 * 65 + 20});
    table.play();
    EXPECT_EQ(table.selected, 1U);
    EXPECT_EQ(table.acted, "1");
}

TEST(Table, ScrollsByFingerWithoutSelecting) {
    LongTable table;
    table.stage->edges().push(Press{{100, 300}});
    table.stage->edges().push(Move{{100, 200}});
    table.stage->edges().push(Release{{100, 200}});
    table.play();
    EXPECT_FALSE(table.selected);
    EXPECT_EQ(table.offset(), 100);
}

TEST(Table, StopsScrollingAtItsEnds) {
    LongTable table;
    table.stage->edges().push(Wheel{{100, 300}, 1'000});
    table.play();
    EXPECT_EQ(table.offset(), 60 * 65 - 360);
    table.stage->edges().push(Wheel{{100, 300}, -2'000});
    table.play();
    EXPECT_EQ(table.offset(), 0);
}

TEST(Table, FollowsTheSelectionByArrowKeys) {
    LongTable table;
    for (int i = 0; i < 20; ++i)
        table.stage->key(Key::down);
    table.play();
    EXPECT_EQ(table.selected, 19U);
    EXPECT_EQ(table.offset(), 20 * 65 + 66 - 360);
    table.stage->key(Key::home);
    table.play();
    EXPECT_EQ(table.offset(), 0);
}

// From a row that has the focus and is not the selected one, it went on by one row.
TEST(Table, TurnsItsPagesFromTheRowThatHasTheFocus) {
    LongTable table;
    table.selected = 0;
    table.keys(Key::tab, 4);  // past the row's two actions
    table.keys(Key::page_down, 3);
    table.keys(Key::enter, 1);
    EXPECT_GE(table.selected, 14U);
    EXPECT_LE(table.selected, 18U);
    table.keys(Key::down, 1);
    table.keys(Key::page_up, 9);
    EXPECT_EQ(table.offset(), 0);
}

// Tab went through every row there was before it came to what stands beside them.
TEST(Table, IsLeftByTabAfterTheRowsInSight) {
    LongTable table;
    table.has_button = true;
    table.keys(Key::tab, 7);
    table.keys(Key::enter, 1);
    EXPECT_EQ(table.acted, "D");
    EXPECT_EQ(table.offset(), 6 * 65 - 360) << "the row that was half in sight is shown whole";
    table.keys(Key::back_tab, 1);
    table.keys(Key::enter, 1);
    EXPECT_EQ(table.selected, 5U);
}

}  // namespace fangxin::kit
