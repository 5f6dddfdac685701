#include "terminal/kit/layout_log.hpp"

#include "terminal/kit/button.hpp"
#include "tests/kit_gallery_pages.hpp"
#include "tests/support/kit_stage.hpp"

#include <fmt/ranges.h>
#include <gtest/gtest.h>

namespace fangxin::kit {

namespace {

LayoutLog screen() {
    LayoutLog log;
    log.screen = {0, 0, 1280, 800};
    return log;
}

std::string told(const LayoutLog& log) {
    return fmt::format("{}", fmt::join(complaints(log, Theme::light()), "\n"));
}

TextEntry text(Rect room, Rect ink) { return {.text = "放心", .room = room, .ink = ink}; }

}  // namespace

TEST(LayoutLog, HasNothingToSayOfAGoodScreen) {
    LayoutLog log = screen();
    log.targets = {{"pay", {0, 0, 100, 84}, 84}, {"hold", {108, 0, 100, 56}, 56}};
    log.texts = {text({0, 0, 100, 30}, {0, 5, 40, 20})};
    EXPECT_EQ(told(log), "");
}

TEST(LayoutLog, FindsATargetUnderSize) {
    LayoutLog log = screen();
    log.targets = {{"pay", {0, 0, 200, 80}, 84}};
    EXPECT_EQ(told(log), "target 'pay' (0,0 200x80) is smaller than 84");
}

TEST(LayoutLog, FindsTargetsThatOverlapOrCrowd) {
    LayoutLog log = screen();
    log.targets = {{"a", {0, 0, 60, 60}}, {"b", {40, 0, 60, 60}}, {"c", {104, 0, 60, 60}}};
    EXPECT_EQ(told(log),
              "targets 'a' (0,0 60x60) and 'b' (40,0 60x60) overlap\n"
              "targets 'b' and 'c' are 4.0 apart, at least 8");
}

TEST(LayoutLog, LetsRowsOfAListTouchAndDialogsLieOverTheScreen) {
    LayoutLog log = screen();
    log.targets = {{"row 1", {0, 0, 200, 60}, 56, Spacing::joined},
                   {"row 2", {0, 60, 200, 60}, 56, Spacing::joined},
                   {"dialog", {0, 30, 200, 60}, 56, Spacing::apart, 1}};
    EXPECT_EQ(told(log), "");
}

TEST(LayoutLog, FindsClippedTextUnlessItMayBe) {
    LayoutLog log = screen();
    log.texts = {text({0, 0, 30, 30}, {0, 0, 28, 20})};
    log.texts[0].shortened = true;
    EXPECT_EQ(told(log), "text '放心' is cut in (0,0 30x30)");
    log.texts[0].may_shorten = true;
    EXPECT_EQ(told(log), "");
}

TEST(LayoutLog, FindsTextOutsideItsRoomOrOverAnother) {
    LayoutLog log = screen();
    log.texts = {text({0, 0, 30, 15}, {0, 0, 40, 20}), text({20, 0, 60, 30}, {20, 0, 40, 20})};
    EXPECT_EQ(told(log),
              "text '放心' needs 40x20 and has (0,0 30x15)\n"
              "texts '放心' and '放心' overlap");
}

TEST(LayoutLog, FindsTextThatLeavesTheScreen) {
    LayoutLog log = screen();
    log.texts = {text({1260, 0, 60, 30}, {1260, 0, 40, 20})};
    EXPECT_EQ(told(log), "text '放心' (1260,0 40x20) leaves the screen");
}

TEST(LayoutLog, FindsFaintText) {
    LayoutLog log = screen();
    log.texts = {text({0, 0, 60, 30}, {0, 0, 40, 20})};
    log.texts[0].role = Role::disabled;
    EXPECT_EQ(told(log), "text '放心' has contrast 2.17, at least 4.5");
    log.texts[0].enabled = false;
    EXPECT_EQ(told(log), "");
}

TEST(LayoutLog, HasNothingToSayOfTheGalleryAtAnyScale) {
    for (const gallery::Page& page : gallery::pages()) {
        for (const Theme* theme : {&Theme::light(), &Theme::dark()}) {
            for (const float scale : {0.8F, 1.0F, 1.25F, 1.5F}) {
                auto stage = test_stage({.design = page.size, .settings = {.theme = theme}});
                stage->resize(static_cast<int>(page.size.w * scale),
                              static_cast<int>(page.size.h * scale));
                stage->play(page.draw, 0);
                EXPECT_EQ(complaints(stage->log(), *theme), std::vector<std::string>())
                    << page.name << " at " << scale;
            }
        }
    }
}

TEST(LayoutLog, HasNothingToSayOfTheCheckoutInLargeText) {
    auto stage = test_stage({.settings = {.text_scale = 1.25F}});
    stage->play(gallery::draw_checkout, 0);
    EXPECT_EQ(complaints(stage->log(), Theme::light()), std::vector<std::string>());
}

// A key that pressed the area's button first never pressed the one that named it too.
TEST(LayoutLog, FindsAKeyThatIsOnTwoTargets) {
    auto stage = test_stage();
    stage->record();
    const auto draw = [](bool enabled) {
        return [enabled](Ui& ui) {
            button(ui, {0, 0, 100, 60}, "商品", {.key = Key::f2});
            button(ui, {0, 100, 100, 60}, "拒收", {.key = Key::f2, .enabled = enabled});
            ui.begin_layer();
            button(ui, {0, 200, 100, 60}, "确定", {.key = Key::f2});
            ui.end_layer();
        };
    };
    stage->play(draw(true), 0);
    EXPECT_EQ(told(stage->log()), "F2 presses '商品', so never '拒收'");
    stage->play(draw(false), 0);
    EXPECT_EQ(told(stage->log()), "");
}

// Fractions lose a bit on the way through the clip, and such targets were not looked at at all.
TEST(LayoutLog, SeesATargetAtFractionsOfAUnit) {
    auto stage = test_stage();
    stage->record();
    stage->play(
        [](Ui& ui) {
            for (int i = 0; i < 3; ++i)
                button(ui, cell({10.3F, 20.7F, 500.1F, 33.3F}, {.columns = 3}, i), "小");
        },
        0);
    EXPECT_EQ(stage->log().targets.size(), 3U);
    EXPECT_FALSE(complaints(stage->log(), Theme::light()).empty());
}

// A target that lay partly outside was left out of the log, and so never complained about.
TEST(LayoutLog, SeesATargetThatLeavesTheScreenUnlessItIsARowOfAList) {
    auto stage = test_stage();
    stage->play([](Ui& ui) { button(ui, {1'240, 100, 100, 60}, "付款"); }, 0);
    EXPECT_EQ(complaints(stage->log(), Theme::light()).at(0),
              "target '付款' (1240,100 100x60) leaves the screen");
    stage->play(
        [](Ui& ui) {
            const Ui::ScrollArea list{1, {0, 0, 400, 100}, 400};
            ui.begin_scroll(list);
            button(ui, {0, 60, 400, 60}, "行");
            ui.end_scroll(list);
        },
        0);
    EXPECT_TRUE(stage->log().targets.empty());
}

}  // namespace fangxin::kit
