#include "terminal/kit/wedge.hpp"

#include <gtest/gtest.h>

namespace fangxin::kit {

namespace {

/// `6` is a digit key with its text, `!` Enter, `>` Tab, `^` F12; one every `every_ms`.
class Typist {
  public:
    explicit Typist(WedgeDetector::Timing timing = {}) : wedge_(timing) {}

    Typist& type(std::string_view keys, std::int64_t every_ms) {
        for (const char c : keys) {
            now_ += every_ms;
            if (c == '!') {
                wedge_.feed(KeyPress{Key::enter}, now_);
            } else if (c == '>') {
                wedge_.feed(KeyPress{Key::tab}, now_);
            } else if (c == '^') {
                wedge_.feed(KeyPress{Key::f12}, now_);
            } else {
                wedge_.feed(KeyPress{digit_key(c - '0')}, now_);
                wedge_.feed(Text{std::string(1, c)}, now_);
            }
        }
        return *this;
    }
    Typist& wait(std::int64_t ms) {
        now_ += ms;
        wedge_.tick(now_);
        return *this;
    }
    std::string out() {
        std::string shown;
        for (const Edge& edge : wedge_.take()) {
            if (const auto* scan = std::get_if<Scan>(&edge)) shown += "[" + scan->code + "]";
            if (const auto* text = std::get_if<Text>(&edge)) shown += text->utf8;
            if (const auto* key = std::get_if<KeyPress>(&edge)) {
                if (!makes_text(key->key)) shown += std::string(name_of(key->key)) + ";";
            }
        }
        return shown;
    }
    WedgeDetector& wedge() { return wedge_; }

  private:
    WedgeDetector wedge_;
    std::int64_t now_ = 1'000;
};

}  // namespace

TEST(Wedge, TurnsFastKeysWithEnterIntoOneScan) {
    EXPECT_EQ(Typist().type("6901234567892!", 5).out(), "[6901234567892]");
}

TEST(Wedge, TakesTabAsASuffixToo) { EXPECT_EQ(Typist().type("6901>", 5).out(), "[6901]"); }

TEST(Wedge, GivesAPersonsKeysBackInOrder) {
    EXPECT_EQ(Typist().type("12!", 120).wait(40).out(), "12Enter;");
}

TEST(Wedge, LosesNothingOfACodeThatIsTooShort) {
    EXPECT_EQ(Typist().type("123!", 5).out(), "123Enter;");
}

TEST(Wedge, LosesNothingOfFastKeysWithoutASuffix) {
    EXPECT_EQ(Typist().type("69012", 5).wait(106).out(), "69012");
}

TEST(Wedge, LetsFunctionKeysThroughAtOnceAndInOrder) {
    EXPECT_EQ(Typist().type("12^", 5).out(), "12F12;");
    EXPECT_EQ(Typist().type("!", 5).out(), "Enter;");
}

TEST(Wedge, ReadsTwoScansInARow) {
    EXPECT_EQ(Typist().type("6901!6902!", 5).out(), "[6901][6902]");
}

TEST(Wedge, SwallowsTheSecondEnterOfCrLf) {
    EXPECT_EQ(Typist().type("6901!!", 5).out(), "[6901]");
    EXPECT_EQ(Typist().type("6901!", 5).wait(200).type("!", 5).out(), "[6901]Enter;");
}

TEST(Wedge, KeepsWhatAPersonTypedBeforeAScan) {
    EXPECT_EQ(Typist().type("7", 5).wait(100).type("6901!", 5).out(), "7[6901]");
}

TEST(Wedge, CanBeSetForSlowScanners) {
    EXPECT_EQ(Typist().type("6901!", 60).wait(50).out(), "6901Enter;");
    EXPECT_EQ(Typist({.gap_ms = 100}).type("6901!", 60).out(), "[6901]");
}

// A busy machine read the second half of a code 60 ms late: the till took it for another code.
TEST(Wedge, KeepsACodeTogetherWhenTheMachineStumbles) {
    EXPECT_EQ(Typist().type("6901", 5).type("2", 60).type("34!", 5).out(), "[6901234]");
}

TEST(Wedge, CountsNoPauseInWhichNobodyListened) {
    Typist typist;
    typist.type("6", 5);
    typist.wedge().skip(50);
    EXPECT_EQ(typist.type("9", 55).type("01!", 5).out(), "[6901]");
}

TEST(Wedge, TakesNoKeyHeldDownForAScan) {
    WedgeDetector wedge;
    for (int i = 0; i < 10; ++i)
        wedge.feed(KeyPress{Key::digit_1, i > 0}, i * 30);
    wedge.feed(KeyPress{Key::enter}, 310);
    EXPECT_EQ(wedge.take().size(), 11U);
}

TEST(Wedge, SaysWhenHeldKeysMustGo) {
    Typist typist;
    EXPECT_FALSE(typist.wedge().deadline_ms());
    typist.type("1", 5);
    EXPECT_EQ(typist.wedge().deadline_ms(), 1'005 + 36);
}

}  // namespace fangxin::kit
