#include "terminal/kit/button.hpp"
#include "terminal/kit/field.hpp"
#include "terminal/kit/panels.hpp"
#include "terminal/kit/table.hpp"
#include "tests/support/kit_stage.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>

namespace fangxin::kit {

namespace {

constexpr Rect left{100, 100, 200, 100};
constexpr Rect right{400, 100, 200, 100};
constexpr Point in_left{150, 150};
constexpr Point in_right{450, 150};

/// Two buttons, and what was activated, in order.
struct TwoButtons {
    std::unique_ptr<Stage> stage = test_stage();
    std::string pressed;
    Key left_key = Key::f2;
    bool dialog = false;
    bool right_opens_dialog = false;

    void draw(Ui& ui) {
        if (button(ui, left, "left", {.key = left_key})) pressed += "L";
        if (button(ui, right, "right", {.key = Key::enter})) {
            pressed += "R";
            dialog = right_opens_dialog;
        }
        if (!dialog) return;
        const Dialog over(ui, {.size = {300, 200}});
        if (button(ui, over.body(), "close", {.key = Key::escape})) {
            pressed += "C";
            dialog = false;
        }
    }
    std::string play() {
        stage->play([this](Ui& ui) { draw(ui); }, 0);
        return std::exchange(pressed, {});
    }
    void press(Point at) { stage->edges().push(Press{at}); }
    void move(Point at) { stage->edges().push(Move{at}); }
    void release(Point at) { stage->edges().push(Release{at}); }
};

}  // namespace

TEST(Ui, CountsThreeTapsWithinOneFrame) {
    TwoButtons screen;
    for (int i = 0; i < 3; ++i)
        screen.stage->tap(in_left);
    EXPECT_EQ(screen.play(), "LLL");
}

TEST(Ui, ActsOnReleaseInsideAndNotOnASlideOff) {
    TwoButtons screen;
    screen.press(in_left);
    EXPECT_EQ(screen.play(), "");
    screen.move({800, 600});
    screen.release({800, 600});
    EXPECT_EQ(screen.play(), "");
    screen.press(in_left);
    screen.move({800, 600});
    screen.move({160, 160});
    screen.release({160, 160});
    EXPECT_EQ(screen.play(), "L");
}

TEST(Ui, PressesNothingWhenAFingerSlidesOntoAButton) {
    TwoButtons screen;
    screen.press(in_left);
    screen.release(in_right);
    screen.press({800, 600});
    screen.release(in_left);
    EXPECT_EQ(screen.play(), "");
}

TEST(Ui, PressesNothingWhenTheSystemTakesTheTouchAway) {
    TwoButtons screen;
    screen.press(in_left);
    screen.stage->edges().cancel();
    screen.release(in_left);
    EXPECT_EQ(screen.play(), "");
}

TEST(Ui, ShowsAPressAtOnce) {
    TwoButtons screen;
    screen.play();
    const Picture calm = screen.stage->picture();
    screen.press(in_left);
    screen.play();
    EXPECT_NE(screen.stage->picture().rgba, calm.rgba);
}

TEST(Ui, SendsATapBehindTheOneThatOpensADialogToTheDialog) {
    TwoButtons screen;
    screen.right_opens_dialog = true;
    screen.stage->tap(in_right);
    screen.stage->tap(in_left);
    screen.stage->key(Key::f2);
    screen.stage->tap({640, 400});
    screen.stage->tap(in_left);
    EXPECT_EQ(screen.play(), "RCL");
}

TEST(Ui, PressesButtonsByTheirKeys) {
    TwoButtons screen;
    screen.stage->key(Key::f2);
    screen.stage->key(Key::enter);
    screen.stage->key(Key::f3);
    EXPECT_EQ(screen.play(), "LR");
}

TEST(Ui, PaysOnceWhenEnterIsHeldDown) {
    TwoButtons screen;
    screen.stage->edges().push(KeyPress{Key::enter, false});
    for (int i = 0; i < 20; ++i)
        screen.stage->edges().push(KeyPress{Key::enter, true});
    EXPECT_EQ(screen.play(), "R");
}

TEST(Ui, GoesThroughNoScreensWhileAKeyIsHeldDown) {
    auto stage = test_stage();
    std::string taken;
    for (const Key key : {Key::enter, Key::space, Key::escape, Key::down, Key::q, Key::f9}) {
        for (const bool repeated : {false, true, true})
            stage->edges().push(KeyPress{key, repeated});
    }
    stage->play(
        [&](Ui& ui) {
            if (ui.take_key(Key::enter)) taken += "E";
            if (ui.take_key(Key::space)) taken += "S";
            if (ui.take_key(Key::escape)) taken += "X";
            if (ui.take_key(Key::down)) taken += "D";
            if (ui.take_key(Key::q)) taken += "Q";  // goods on a key
            if (ui.take_key(Key::f9)) taken += "9";
        },
        0);
    EXPECT_EQ(taken, "ESXDDDQ9");
}

TEST(Ui, WorksByTabArrowsAndEnterAlone) {
    TwoButtons screen;
    screen.stage->key(Key::tab);
    screen.stage->key(Key::enter);
    screen.stage->key(Key::right);
    screen.stage->key(Key::enter);
    screen.stage->key(Key::back_tab);
    screen.stage->key(Key::space);
    EXPECT_EQ(screen.play(), "LRL");
}

TEST(Ui, LetsAScanPressNothing) {
    TwoButtons screen;
    std::string scanned;
    std::int64_t now = 0;
    for (const int digit : {6, 9, 0, 1}) {
        screen.stage->keyboard(KeyPress{digit_key(digit)}, ++now);
        screen.stage->keyboard(Text{std::to_string(digit)}, now);
    }
    screen.stage->keyboard(KeyPress{Key::enter}, ++now);
    screen.stage->play(
        [&](Ui& ui) {
            if (auto code = ui.take_scan()) scanned += *code;
            screen.draw(ui);
        },
        now);
    EXPECT_EQ(scanned, "6901");
    EXPECT_EQ(screen.pressed, "");
}

TEST(Ui, TypesIntoAnActiveFieldAndPressesNoKeysOfButtons) {
    TwoButtons screen;
    screen.left_key = Key::a;
    std::string text = "酱";
    const auto draw = [&](Ui& ui) {
        screen.draw(ui);
        const FieldAnswer answer =
            text_field(ui, {100, 400, 400, 60}, {.text = text, .active = true});
        if (answer.changed) text = *answer.changed;
    };
    screen.stage->key(Key::a);
    screen.stage->type("a油");
    screen.stage->key(Key::backspace);
    screen.stage->key(Key::backspace);
    screen.stage->type("b");
    screen.stage->play(draw, 0);
    EXPECT_EQ(text, "酱b");
    EXPECT_EQ(screen.pressed, "");
}

// An arrow led away from the field, and from then on each blank pressed a button as well.
TEST(Ui, LeavesTheFieldByTabOnlyAndWritesBlanks) {
    TwoButtons screen;
    std::string text;
    const auto draw = [&](Ui& ui) {
        screen.draw(ui);
        const FieldAnswer answer =
            text_field(ui, {100, 400, 400, 60}, {.text = text, .active = true});
        if (answer.changed) text = *answer.changed;
    };
    for (const Key key : {Key::left, Key::right, Key::up, Key::down})
        screen.stage->key(key);
    screen.stage->play(draw, 0);
    EXPECT_EQ(screen.stage->memory().focus, 0U);
    screen.stage->key(Key::tab);
    screen.stage->key(Key::space);
    screen.stage->type(" ");
    screen.stage->play(draw, 0);
    EXPECT_EQ(text, " ");
    EXPECT_EQ(screen.pressed, "");
    screen.stage->key(Key::enter);
    screen.stage->play(draw, 0);
    EXPECT_EQ(screen.pressed, "L");
}

TEST(Ui, GoesOnByArrowsOnceTabHasLeftTheField) {
    TwoButtons screen;
    const auto draw = [&](Ui& ui) {
        screen.draw(ui);
        text_field(ui, {100, 400, 400, 60}, {.text = "", .active = true});
    };
    for (const Key key : {Key::tab, Key::right, Key::enter})
        screen.stage->key(key);
    screen.stage->play(draw, 0);
    EXPECT_EQ(screen.pressed, "R");
}

// A pasted text was refused whole.
TEST(Ui, WritesAsMuchAsTheFieldHolds) {
    auto stage = test_stage();
    std::string text = "酱";
    stage->type(
        "\x01"
        "油a醋");
    stage->play(
        [&](Ui& ui) {
            const FieldStyle field{.text = text, .active = true, .longest = 9};
            if (auto typed = text_field(ui, left, field).changed) text = *typed;
        },
        0);
    EXPECT_EQ(text, "酱油a") << "never half a character";
}

TEST(Ui, WritesNoDigitIntoTheFieldThatItOpened) {
    auto stage = test_stage();
    bool open = false;
    std::string text;
    const auto draw = [&](Ui& ui) {
        if (!open) {
            open = button(ui, left, "open", {.key = Key::digit_1});
            return;
        }
        if (auto typed = text_field(ui, left, {.text = text, .active = true}).changed)
            text = *typed;
    };
    for (const char* digit : {"1", "2"}) {  // a keyboard tells both
        stage->key(digit_key(*digit - '0'));
        stage->type(digit);
    }
    stage->play(draw, 0);
    EXPECT_EQ(text, "2");
}

TEST(Ui, GivesTheKeypadToDigitKeys) {
    auto stage = test_stage();
    std::string typed;
    for (const Key key : {Key::digit_1, Key::digit_0, Key::dot, Key::backspace})
        stage->key(key);
    const std::vector<PadKey> pad = money_pad("清除");
    stage->play(
        [&](Ui& ui) {
            if (auto value = keypad(ui, {0, 0, 430, 260}, {4, 4, 8}, pad)) {
                typed += std::string(*value) + " ";
            }
        },
        0);
    EXPECT_EQ(typed, "1 0 . back ");
}

TEST(Ui, WritesASignOfAKeypadLargerThanWords) {
    auto stage = test_stage();
    const std::array keys = {PadKey{.words = "00", .value = "00"},
                             PadKey{.words = "W", .value = "W"},
                             PadKey{.words = "清除", .value = "clear"}};
    stage->play([&](Ui& ui) { keypad(ui, {0, 0, 430, 80}, {3, 1, 8}, keys); }, 0);
    std::string sizes;
    for (const TextEntry& text : stage->log().texts)
        sizes += std::to_string(std::lround(text.size)) + " ";
    EXPECT_EQ(sizes, "28 28 22 ");
}

TEST(Ui, AsksForAFrameOnlyWhenSomethingMoves) {
    auto stage = test_stage();
    stage->play([](Ui& ui) { button(ui, left, "still"); }, 100);
    EXPECT_FALSE(stage->wants_frame_ms());
    stage->play([](Ui& ui) { spinner(ui, left); }, 100);
    EXPECT_EQ(stage->wants_frame_ms(), 150);
}

TEST(Ui, ShowsTheEndOfABoxThatIsFullWhileItIsWritten) {
    auto stage = test_stage();
    std::string text;
    for (int i = 1; i < 30; ++i)
        text += "第" + std::to_string(i) + "行\n";
    text += "最后";
    const auto shown = [&](bool active) {
        stage->play(
            [&](Ui& ui) {
                text_field(ui, {100, 100, 400, 120}, {.text = text, .active = active, .lines = 3});
            },
            0);
        return stage->log().texts.back().text;
    };
    EXPECT_EQ(shown(true), "第28行\n第29行\n最后|");
    EXPECT_EQ(shown(false), text);
}

// --- taps and keys that come twice --------------------------------------------------------------

namespace {

/// A button which opens a page with another in the same place, by the same key.
struct PayPage {
    std::unique_ptr<Stage> stage = test_stage();
    std::string pressed;
    bool paying = false;
    std::int64_t now = 1'000;

    void draw(Ui& ui) {
        const bool was_paying = paying;
        if (button(ui, right, "+1", {.key = Key::plus})) pressed += "+";
        if (!was_paying && button(ui, left, "pay", {.key = Key::f12})) {
            pressed += "P";
            paying = true;
        }
        if (was_paying && button(ui, left, "complete", {.key = Key::f12})) pressed += "C";
        if (was_paying && button(ui, {100, 300, 200, 100}, "back")) pressed += "B";
    }
    std::string play() {
        stage->play([this](Ui& ui) { draw(ui); }, now);
        return std::exchange(pressed, {});
    }
    PayPage& tap(Point at) {
        stage->tap(at);
        return *this;
    }
    PayPage& key(Key key) {
        stage->key(key);
        return *this;
    }
    PayPage& wait(std::int64_t ms) {
        pressed = play();
        now += ms;
        return *this;
    }
};

}  // namespace

TEST(Ui, SparesWhatAppearsUnderADoubleTap) {
    EXPECT_EQ(PayPage().tap(in_left).tap(in_left).play(), "P");
    EXPECT_EQ(PayPage().tap(in_left).wait(399).tap(in_left).play(), "P");
    EXPECT_EQ(PayPage().tap(in_left).wait(400).tap(in_left).play(), "PC");
}

TEST(Ui, SparesWhatAKeyStruckTwiceWouldPressNext) {
    EXPECT_EQ(PayPage().key(Key::f12).key(Key::f12).play(), "P");
    EXPECT_EQ(PayPage().key(Key::f12).wait(399).key(Key::f12).play(), "P");
    EXPECT_EQ(PayPage().key(Key::f12).wait(400).key(Key::f12).play(), "PC");
    EXPECT_EQ(PayPage().tap(in_left).key(Key::f12).play(), "P");
    EXPECT_EQ(PayPage().key(Key::f12).tap(in_left).play(), "P");
}

TEST(Ui, SparesAKeyWithoutAButtonWhenItIsStruckTwice) {
    auto stage = test_stage();
    std::string pressed;
    stage->key(Key::escape);
    stage->key(Key::escape);
    stage->play(
        [&](Ui& ui) {
            const bool first = pressed.empty();
            if (first && button(ui, left, "back", {.key = Key::escape})) pressed += "B";
            if (!first && ui.take_key(Key::escape)) pressed += "E";
        },
        0);
    EXPECT_EQ(pressed, "B");
}

TEST(Ui, CountsEveryQuickTapOnWhatStays) {
    EXPECT_EQ(PayPage().tap(in_right).tap(in_right).tap(in_right).play(), "+++");
    EXPECT_EQ(PayPage().key(Key::plus).key(Key::plus).key(Key::plus).play(), "+++");
}

TEST(Ui, TakesATapOrKeyAfterAnotherAtOnce) {
    EXPECT_EQ(PayPage().tap(in_left).tap({150, 350}).play(), "PB");
    EXPECT_EQ(PayPage().key(Key::f12).key(Key::plus).key(Key::f12).play(), "P+C");
    EXPECT_EQ(PayPage().tap(in_left).tap(in_right).tap(in_left).play(), "P+C");
}

// --- parts --------------------------------------------------------------------------------------

TEST(Ui, TouchesNothingThatSomethingElseWillLieOver) {
    auto stage = test_stage();
    std::string pressed;
    stage->tap({150, 320});
    stage->tap({150, 120});
    stage->key(Key::tab);
    stage->key(Key::tab);
    stage->key(Key::enter);
    stage->play(
        [&](Ui& ui) {
            ui.begin_part({0, 0, 1280, 300});
            if (button(ui, left, "seen")) pressed += "S";
            if (button(ui, {100, 310, 200, 80}, "under")) pressed += "U";
            ui.end_part();
        },
        0);
    EXPECT_EQ(pressed, "SS");
    EXPECT_EQ(stage->log().targets.size(), 1U);
}

TEST(Ui, SurvivesNamesOfTenThousandCharactersEmojiAndRightToLeft) {
    auto stage = test_stage();
    std::string name;
    for (int i = 0; i < 2'500; ++i)
        name += "长🍌ع\xff";
    stage->play(
        [&](Ui& ui) {
            button(ui, left, name);
            list_row(ui, {0, 300, 460, 90}, {.title = name, .note = name});
            text_field(ui, {0, 400, 460, 60}, {.text = name, .active = true});
            ui.text({0, 500, 400, 200}, name, {.lines = 5, .may_shorten = true});
        },
        0);
    EXPECT_GT(stage->picture().rgba.size(), 0U);
}

TEST(Stage, SurvivesWindowsOfNothing) {
    TwoButtons screen;
    for (const auto& [w, h] : {std::pair{0, 0}, {1, 4'000}, {4'000, 1}, {-5, 3}}) {
        screen.stage->resize(w, h);
        screen.stage->tap(in_left);
        EXPECT_EQ(screen.play(), "L");
        EXPECT_GE(screen.stage->picture().width, 1);
    }
}

// They were twenty thousand edges of two passes each, and the till stood still for ten seconds.
TEST(Stage, TakesTenThousandKeysInAFewPasses) {
    auto stage = test_stage();
    int passes = 0;
    std::string text;
    const auto draw = [&](Ui& ui) {
        ++passes;
        const FieldStyle field{.text = text, .active = true, .longest = 400};
        if (auto typed = text_field(ui, left, field).changed) text = *typed;
    };
    std::int64_t now = 1'000;
    for (int i = 0; i < 10'000; ++i) {
        stage->keyboard(KeyPress{Key::digit_7, false}, ++now);
        stage->keyboard(Text{"7"}, now);
    }
    stage->play(draw, now + 500);
    EXPECT_LT(passes, 5);
    EXPECT_EQ(text, std::string(400, '7'));
}

TEST(Stage, FitsTheDesignWithALetterbox) {
    const Viewport wide = fit({1280, 800}, 1920, 1080);
    EXPECT_FLOAT_EQ(wide.scale, 1.35F);
    EXPECT_EQ(wide.offset_px, (Point{96, 0}));
    EXPECT_EQ(wide.to_design({96, 540}), (Point{0, 400}));
    EXPECT_FLOAT_EQ(fit({1280, 800}, 1024, 768).scale, 0.8F);
}

}  // namespace fangxin::kit
