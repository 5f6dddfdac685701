// Writing with the real pinyin engine, by touch alone and by a keyboard that is plugged in.
#include "terminal/station/screens/writing.hpp"

#include "terminal/kit/field.hpp"
#include "terminal/station/screens/complaint_view.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/terminal/station/screens/screen_stage.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

constexpr kit::Size till{1280, 744};
constexpr kit::Size handheld{480, 744};

class WritingTest : public testing::Test {
  protected:
    void SetUp() override { ASSERT_TRUE(pinyin.available()); }

    /// One field over the keyboard.
    void show(ScreenStage& stage, const WritingField& field) {
        stage.show([this, field](kit::Ui& ui, kit::Rect rect) {
            writing.open(field, text);
            WritingAnswer answer = writing.take_typed(ui);
            if (answer.changed) text = *answer.changed;
            if (answer.done) ++done;
            kit::text_field(ui, {20, 20, 400, 60},
                            {.text = text, .composing = writing.composing(), .active = true});
            WritingAnswer tapped;
            writing.draw_keys(ui, texts, kit::take_bottom(rect, 328), tapped);
            if (tapped.changed) text = *tapped.changed;
            if (tapped.done) ++done;
        });
    }
    void tap(ScreenStage& stage, std::string_view keys) {
        for (std::size_t i = 0; i < keys.size(); ++i)
            EXPECT_TRUE(stage.tap(keys.substr(i, 1))) << keys[i];
    }

    kit::TextTable texts = kit::TextTable::load(domain::Language::zh);
    tests::TempDir folder;
    kit::Pinyin pinyin{{.data = kit::Pinyin::usual_data_folder(), .user = folder.path()}};
    Writing writing{pinyin};
    std::string text;
    int done = 0;
};

// COMP-1, SALE-11: a complaint is written in Chinese by touch alone, on both sizes.
TEST_F(WritingTest, AComplaintIsWrittenInChineseByTouchAlone) {
    for (kit::Size size : {till, handheld}) {
        ComplaintState state;
        ComplaintFacts facts;
        ScreenStage stage(size);
        stage.show([&](kit::Ui& ui, kit::Rect rect) {
            auto view = present(state, facts, texts);
            if (auto action = draw(ui, texts, view, writing, rect)) update(state, facts, *action);
        });
        EXPECT_TRUE(stage.tap("按顾客原话记录"));
        tap(stage, "nihao");
        EXPECT_TRUE(stage.says("ni hao")) << "what is being composed stands in the field";
        EXPECT_EQ(state.fields[0], "");
        EXPECT_TRUE(stage.tap("你好"));
        EXPECT_EQ(state.fields[0], "你好");
        EXPECT_TRUE(stage.tap("完成"));
        EXPECT_EQ(state.writing, std::nullopt);
        EXPECT_FALSE(writing.is_open());
    }
}

TEST_F(WritingTest, APluggedInKeyboardWritesPinyinToo) {
    ScreenStage stage(till);
    show(stage, {.id = "a"});
    stage.type("niunai");
    stage.type(" ");
    stage.type("2");
    stage.type("he");
    stage.type("1");
    EXPECT_EQ(text, "牛奶2和") << "a digit chooses while letters wait, else it is a digit";
    stage.key(kit::Key::backspace);
    EXPECT_EQ(text, "牛奶2");
    stage.type("ok");
    stage.key(kit::Key::enter);
    EXPECT_EQ(text, "牛奶2ok") << "Enter takes the letters as they are";
    EXPECT_EQ(done, 0);
    stage.key(kit::Key::enter);
    EXPECT_EQ(done, 1);
}

TEST_F(WritingTest, EscapeGivesUpTheLettersBeforeItLeavesTheField) {
    ScreenStage stage(till);
    show(stage, {.id = "a"});
    stage.type("niu");
    stage.key(kit::Key::escape);
    EXPECT_EQ(text, "");
    EXPECT_EQ(done, 0);
    stage.key(kit::Key::escape);
    EXPECT_EQ(done, 1);
}

TEST_F(WritingTest, WhatWouldBeTooLongIsRefusedWhole) {
    ScreenStage stage(till);
    show(stage, {.id = "a", .longest = 8});
    stage.type("niunai");
    stage.type(" ");
    stage.type("niu");
    stage.type(" ");
    EXPECT_EQ(text, "牛奶") << "never half a character";
}

TEST_F(WritingTest, AFullFieldTakesNoMoreLetters) {
    ScreenStage stage(till);
    show(stage, {.id = "a", .longest = 6});
    stage.type("niunai ");
    EXPECT_EQ(text, "牛奶");
    stage.type(std::string(10'000, 'n'));
    EXPECT_EQ(writing.composing(), "");
}

TEST_F(WritingTest, AnotherFieldDoesNotInheritTheLetters) {
    ScreenStage stage(till);
    show(stage, {.id = "a"});
    stage.type("niu");
    show(stage, {.id = "b"});
    stage.play();
    EXPECT_EQ(writing.composing(), "");
}

TEST_F(WritingTest, ANumberIsTypedOnAPad) {
    ScreenStage stage(handheld);
    show(stage, {.id = "a", .kind = kit::KeyboardKind::number});
    for (const char* digit : {"1", "3", "8"})
        EXPECT_TRUE(stage.tap(digit));
    EXPECT_TRUE(stage.tap("删除"));
    EXPECT_TRUE(stage.tap("完成"));
    EXPECT_EQ(text, "13");
    EXPECT_EQ(done, 1);
}

// SALE-11: an arrow led to the key q, which then was typed by each Enter and blank.
TEST_F(WritingTest, AnArrowBreaksNoTyping) {
    ScreenStage stage(till);
    show(stage, {.id = "a"});
    stage.key(kit::Key::right);
    stage.type("niunai");
    stage.key(kit::Key::space);
    stage.type(" ");
    EXPECT_EQ(text, "牛奶");
    stage.key(kit::Key::enter);
    EXPECT_EQ(text, "牛奶");
    EXPECT_EQ(done, 1);
}

TEST_F(WritingTest, ADialogOverItTakesTheLetters) {
    ScreenStage stage(till);
    std::string in_dialog;
    stage.show([&](kit::Ui& ui, kit::Rect) {
        writing.open({.id = "a"}, text);
        WritingAnswer answer = writing.take_typed(ui);
        if (answer.changed) text = *answer.changed;
        ui.begin_layer();
        if (auto typed = ui.take_text()) in_dialog += *typed;
        ui.end_layer();
    });
    stage.type("1");
    EXPECT_EQ(text, "");
    EXPECT_EQ(in_dialog, "1");
    EXPECT_FALSE(stage.stage().memory().text_is_taken);
}

TEST_F(WritingTest, CandidatesTurnTheirPages) {
    ScreenStage stage(handheld);
    show(stage, {.id = "a"});
    tap(stage, "shi");
    auto first = pinyin.view().candidates;
    ASSERT_EQ(first.size(), 8U);
    EXPECT_FALSE(stage.says(first[7])) << "they do not all fit";
    EXPECT_TRUE(stage.tap(">"));
    EXPECT_TRUE(stage.says(first[7])) << "and none is left out";
    EXPECT_EQ(pinyin.view().candidates, first);
    EXPECT_TRUE(stage.tap(">"));
    EXPECT_NE(pinyin.view().candidates, first);
    EXPECT_TRUE(stage.tap("<"));
    EXPECT_EQ(pinyin.view().candidates, first);
    EXPECT_TRUE(stage.says(first[0]));
    EXPECT_TRUE(stage.tap("shi")) << "the spelling itself";
    EXPECT_EQ(text, "shi");
}

}  // namespace
}  // namespace fangxin::terminal
