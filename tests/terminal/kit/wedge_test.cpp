#include "terminal/kit/wedge.hpp"

#include <gtest/gtest.h>

namespace fangxin::kit {

namespace {

/// `6` is a digit key with its text, `]` a text whose key has no name, `!` Enter, `>` Tab, `^` F12;
/// one every `every_ms`.
class Typist {
  public:
    Typist& type(std::string_view keys, std::int64_t every_ms) {
        for (const char c : keys) {
            now_ += every_ms;
            press(c, false);
        }
        return *this;
    }
    /// As `xdotool type --delay 0` and quick scanners come through SDL under X: of two strokes of
    /// one key within 2 ms, the later one is called repeated, whatever lies between them.
    Typist& type_in_a_burst(std::string_view keys, std::int64_t every_ms) {
        for (std::size_t i = 0; i < keys.size(); ++i) {
            now_ += every_ms;
            const std::size_t before = keys.substr(0, i).rfind(keys[i]);
            press(keys[i], before != std::string_view::npos && i - before <= 2);
        }
        return *this;
    }
    /// A finger stays on the key: a first repeat after half a second, then one every 40 ms.
    Typist& hold(char key, int repeats) {
        now_ += 120;
        press(key, false);
        for (int i = 0; i < repeats; ++i) {
            wait(i == 0 ? 500 : 40);
            press(key, true);
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
                if (key->repeated) shown += "~";
            }
        }
        return shown;
    }
    WedgeDetector& wedge() { return wedge_; }

  private:
    void press(char c, bool repeated) {
        if (c == '!') {
            wedge_.feed(KeyPress{Key::enter, repeated}, now_);
        } else if (c == '>') {
            wedge_.feed(KeyPress{Key::tab, repeated}, now_);
        } else if (c == '^') {
            wedge_.feed(KeyPress{Key::f12, repeated}, now_);
        } else if (c == ']') {
            wedge_.feed(Text{"]"}, now_);
        } else {
            const auto letter = static_cast<Key>(static_cast<int>(Key::a) + (c - 'A'));
            wedge_.feed(KeyPress{c >= 'A' ? letter : digit_key(c - '0'), repeated}, now_);
            wedge_.feed(Text{std::string(1, c)}, now_);
        }
    }

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

// A scanner that sends no Enter pressed one quick key after the other.
TEST(Wedge, GivesMoreThanAHandTypesAsOneText) {
    Typist typist;
    typist.type(std::string(65, '7'), 5).wait(106);
    const std::vector<Edge> out = typist.wedge().take();
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(std::get<Text>(out.front()).utf8, std::string(65, '7'));
    EXPECT_EQ(Typist().type(std::string(64, '7'), 5).wait(106).wedge().take().size(), 128U);
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
    EXPECT_EQ(Typist().hold('1', 9).type("!", 30).out(), "1~1~1~1~1~1~1~1~1~1Enter;");
    EXPECT_EQ(Typist().hold('1', 5).type("6901!", 5).out(), "1~1~1~1~1~1[6901]");
}

TEST(Wedge, TakesAPersonForAPersonHoweverBusyTheProgramIs) {
    Typist typist;
    for (const char* key : {"6", "9", "0", "1", "2", "!"}) {
        for (int i = 0; i < 14; ++i)
            typist.wedge().skip(10);
        typist.type(key, 145);
    }
    EXPECT_EQ(typist.out(), "69012Enter;");
}

// One of two scans was torn at its doubled digits: X calls the second one repeated.
TEST(Wedge, KeepsDoubledDigitsOfAScanTogether) {
    for (const std::int64_t every_ms : {0, 1, 2, 5}) {
        EXPECT_EQ(Typist().type_in_a_burst("6992918000132!", every_ms).out(), "[6992918000132]");
        EXPECT_EQ(Typist().type_in_a_burst("9999999999999!", every_ms).out(), "[9999999999999]");
    }
}

TEST(Wedge, KeepsDoubledDigitsTogetherWhenTheMachineStumbles) {
    for (std::size_t at = 1; at < 13; ++at) {
        const std::string code = "6999218800113";
        Typist typist;
        typist.type_in_a_burst(code.substr(0, at), 1).wait(30);
        EXPECT_EQ(typist.type_in_a_burst(code.substr(at) + "!", 1).out(), "[" + code + "]") << at;
    }
}

TEST(Wedge, SwallowsTheSecondEnterOfCrLfThoughItIsCalledRepeated) {
    EXPECT_EQ(Typist().type_in_a_burst("6901!!", 1).out(), "[6901]");
}

// The sign before an AIM prefix has no key: its text was taken for that of the key held before.
TEST(Wedge, KeepsThePrefixOfACodeAfterAKeyWasHeld) {
    EXPECT_EQ(Typist().hold('1', 2).wait(300).type("]C16901!", 5).out(), "1~1~1[]C16901]");
    EXPECT_EQ(Typist().hold('!', 2).wait(300).type("]C16901!", 5).out(),
              "Enter;Enter;~Enter;~[]C16901]");
}

TEST(Wedge, KeepsThePrefixOfACodeAfterTheTwoEntersOfCrLf) {
    EXPECT_EQ(Typist().type_in_a_burst("]C16901!!", 1).wait(200).type("]C16902!", 5).out(),
              "[]C16901][]C16902]");
}

TEST(Wedge, GivesAPersonsDoubledDigitsBackOneByOne) {
    EXPECT_EQ(Typist().type("6992918000132!", 130).out(), "6992918000132Enter;");
    EXPECT_EQ(Typist().type_in_a_burst("99", 1).wait(40).out(), "99");
}

TEST(Wedge, SaysWhenHeldKeysMustGo) {
    Typist typist;
    EXPECT_FALSE(typist.wedge().deadline_ms());
    typist.type("1", 5);
    EXPECT_EQ(typist.wedge().deadline_ms(), 1'005 + 36);
}

}  // namespace fangxin::kit
