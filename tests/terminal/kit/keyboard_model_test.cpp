#include "terminal/kit/keyboard_model.hpp"

#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <set>

namespace fangxin::kit {
namespace {

/// A keyboard with a field above it, as a finger meets them: keys are tapped by their ids.
class WrittenOn {
  public:
    WrittenOn(KeyboardKind kind, KeyboardLanguage language, const std::filesystem::path& data)
        : pinyin({.data = data, .user = folder.path()}),
          state(open_keyboard(kind, language, pinyin)) {}

    KeyboardView view() const { return present(state, pinyin, texts); }

    void act(const KeyboardAction& action) {
        for (const KeyboardEffect& effect : update(state, pinyin, action)) {
            if (const auto* insert = std::get_if<InsertText>(&effect)) field += insert->text;
            if (std::holds_alternative<EraseBack>(effect) && !field.empty()) field.pop_back();
            if (std::holds_alternative<WritingDone>(effect)) field += "|done";
        }
    }
    /// `n i space`: keys after another.
    void tap(std::string_view ids) {
        while (!ids.empty()) {
            const std::size_t end = std::min(ids.find(' '), ids.size());
            tap_one(fmt::format("key.{}", ids.substr(0, end)));
            ids.remove_prefix(std::min(end + 1, ids.size()));
        }
    }
    void type(std::string_view letters) {
        for (const char letter : letters)
            tap_one(fmt::format("key.{}", letter));
    }
    const KeyView* find(const std::string& id) {
        shown = view();
        for (const auto& row : shown.rows) {
            for (const KeyView& key : row) {
                if (key.id == id) return &key;
            }
        }
        return nullptr;
    }
    std::string labels() const {
        std::string text;
        for (const auto& row : view().rows) {
            for (const KeyView& key : row)
                text += key.label + (key.enabled ? " " : "- ");
            text.back() = '\n';
        }
        return text;
    }

    TextTable texts = TextTable::load(domain::Language::en);
    tests::TempDir folder;
    Pinyin pinyin;
    KeyboardState state;
    std::string field;

  private:
    void tap_one(const std::string& id) {
        const KeyView* key = find(id);
        if (key == nullptr) {
            ADD_FAILURE() << "no key " << id << " on\n" << labels();
        } else if (key->enabled) {
            act(key->action);
        }
    }
    KeyboardView shown;
};

struct ChineseKeyboard : WrittenOn {
    ChineseKeyboard()
        : WrittenOn(KeyboardKind::text, KeyboardLanguage::chinese, Pinyin::usual_data_folder()) {}
};
struct LatinKeyboard : WrittenOn {
    explicit LatinKeyboard(KeyboardKind kind = KeyboardKind::text)
        : WrittenOn(kind, KeyboardLanguage::latin, Pinyin::usual_data_folder()) {}
};

TEST(KeyboardModel, ShowsTheLettersWhereHandsExpectThem) {
    LatinKeyboard keyboard;
    EXPECT_EQ(keyboard.labels(),
              "q w e r t y u i o p\na s d f g h j k l\nShift z x c v b n m Delete\n"
              "123 EN , Space . Done\n");
    keyboard.tap("layer.123");
    EXPECT_EQ(keyboard.labels(),
              "1 2 3 4 5 6 7 8 9 0\n- / : ; ( ) ¥ & @ \"\n#+= . , ? ! ' Delete\n"
              "abc EN Space Done\n");
    keyboard.tap("layer.#+= % layer.123 5 layer.abc g");
    EXPECT_EQ(keyboard.field, "%5g");
}

TEST(KeyboardModel, EveryLayersRowsFitItsWidthAndNoIdIsThereTwice) {
    ChineseKeyboard keyboard;
    for (const auto layer :
         {KeyboardLayer::letters, KeyboardLayer::digits, KeyboardLayer::symbols}) {
        keyboard.state.layer = layer;
        std::set<std::string> ids;
        for (const auto& row : keyboard.view().rows) {
            int quarters = 0;
            for (const KeyView& key : row) {
                quarters += key.quarters;
                EXPECT_TRUE(ids.insert(key.id).second) << key.id;
            }
            EXPECT_TRUE(quarters == 40 || quarters == 36 || quarters == 37) << quarters;
        }
    }
}

TEST(KeyboardModel, ShiftIsForOneLetterAndTheSecondTapHoldsIt) {
    LatinKeyboard keyboard;
    keyboard.tap("shift a b");
    EXPECT_EQ(keyboard.field, "Ab");
    keyboard.tap("shift shift");
    EXPECT_TRUE(keyboard.find("key.shift")->pressed);
    EXPECT_EQ(keyboard.find("key.q")->label, "Q");
    keyboard.tap("a b space shift c");
    EXPECT_EQ(keyboard.field, "AbAB c");
    EXPECT_FALSE(keyboard.find("key.shift")->pressed);
}

TEST(KeyboardModel, WritesChineseAndSpaceTakesTheFirstCandidate) {
    ChineseKeyboard keyboard;
    keyboard.type("nihao");
    EXPECT_EQ(keyboard.view().spelling, "ni hao");
    EXPECT_EQ(keyboard.view().candidates.front().text, "你好");
    EXPECT_EQ(keyboard.field, "");
    keyboard.tap("space");
    EXPECT_EQ(keyboard.field, "你好");
    EXPECT_TRUE(keyboard.view().candidates.empty());
    keyboard.tap("space");
    EXPECT_EQ(keyboard.field, "你好 ");
}

TEST(KeyboardModel, ATapOnACandidateTakesItAlsoFromTheNextPage) {
    ChineseKeyboard keyboard;
    keyboard.type("shi");
    EXPECT_FALSE(keyboard.view().has_previous_page);
    keyboard.act(key::NextPage{});
    EXPECT_TRUE(keyboard.view().has_previous_page);
    const CandidateView third = keyboard.view().candidates[2];
    keyboard.act(third.action);
    EXPECT_EQ(keyboard.field, third.text);
    keyboard.act(key::Choose{99});
    EXPECT_EQ(keyboard.field, third.text);
}

TEST(KeyboardModel, ASignEndsTheWordBeforeIt) {
    ChineseKeyboard keyboard;
    keyboard.type("nihao");
    keyboard.tap(". shift v layer.123 5");
    EXPECT_EQ(keyboard.field, "你好。V5");
    keyboard.tap("layer.abc n i done");
    EXPECT_EQ(keyboard.field, "你好。V5你|done");
}

TEST(KeyboardModel, TheCommaIsAnApostropheWithinAWord) {
    ChineseKeyboard keyboard;
    EXPECT_EQ(keyboard.find("key.,")->label, "，");
    keyboard.type("xi");
    EXPECT_EQ(keyboard.find("key.,")->label, "'");
    keyboard.type(",an");
    keyboard.tap("space ,");
    EXPECT_EQ(keyboard.field, "西安，");
}

TEST(KeyboardModel, BackspaceEatsTheSpellingFirstThenTheText) {
    ChineseKeyboard keyboard;
    keyboard.tap("layer.123 7 8 layer.abc n i backspace");
    EXPECT_EQ(keyboard.view().spelling, "n");
    keyboard.tap("backspace");
    EXPECT_EQ(keyboard.field, "78");
    keyboard.tap("backspace backspace backspace");
    EXPECT_EQ(keyboard.field, "");
}

TEST(KeyboardModel, SwitchingTheLanguageKeepsTheLettersThatWereTyped) {
    ChineseKeyboard keyboard;
    keyboard.type("cola");
    keyboard.tap("language");
    EXPECT_EQ(keyboard.field, "cola");
    EXPECT_EQ(keyboard.find("key.language")->label, "EN");
    keyboard.type("x");
    keyboard.tap("language n i");
    keyboard.act(key::TakeSpelling{});
    EXPECT_EQ(keyboard.field, "colaxni");
}

TEST(KeyboardModel, AFieldThatGoesAwayTakesTheHalfWordWithIt) {
    ChineseKeyboard keyboard;
    keyboard.type("ni");
    keyboard.act(key::Leave{});
    EXPECT_EQ(keyboard.view().spelling, "");
    EXPECT_EQ(keyboard.field, "");
}

TEST(KeyboardModel, ANumberIsWrittenOnAPadOfTenKeys) {
    LatinKeyboard keyboard(KeyboardKind::number);
    EXPECT_EQ(keyboard.labels(), "1 2 3\n4 5 6\n7 8 9\n. 0 Delete\nDone\n");
    keyboard.tap("1 2 . 5 0 backspace done");
    EXPECT_EQ(keyboard.field, "12.5|done");
}

TEST(KeyboardModel, WithoutPinyinItWritesLatinAndSaysWhy) {
    WrittenOn keyboard(KeyboardKind::text, KeyboardLanguage::chinese, "/nowhere");
    EXPECT_EQ(keyboard.state.language, KeyboardLanguage::latin);
    EXPECT_FALSE(keyboard.find("key.language")->enabled);
    EXPECT_NE(keyboard.view().notice.find("Pinyin is not available"), std::string::npos);
    keyboard.act(key::SwitchLanguage{});
    keyboard.type("ok");
    EXPECT_EQ(keyboard.field, "ok");
}

TEST(KeyboardModel, TakesAThousandLettersAndStaysWhole) {
    ChineseKeyboard keyboard;
    keyboard.type(std::string(1000, 'n'));
    keyboard.tap("done");
    EXPECT_TRUE(keyboard.field.ends_with("|done"));
    EXPECT_LT(keyboard.field.size(), 200U);
}

TEST(KeyboardModel, AKeyboardThatIsPluggedInWritesTheSame) {
    ChineseKeyboard keyboard;
    for (const char* text : {"n", "i"})
        keyboard.act(key::Type{text});
    keyboard.act(key::Type{"1"});
    EXPECT_EQ(keyboard.field, "你1");
}

}  // namespace
}  // namespace fangxin::kit
