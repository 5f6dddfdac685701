// Which label formats count at a till, and what is said of a label before they do.
#include "terminal/station/labels.hpp"

#include "drivers/label_formats_file.hpp"
#include "tests/support/checkout_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

constexpr const char* weights = "[[format]]\npattern = \"FFWWWWWNNNNNC\"\nflags = [\"21\"]\n";
constexpr const char* amounts = "[[format]]\npattern = \"FFWWWWWEEEEEC\"\nflags = [\"21\"]\n";

struct ALabel : ::testing::Test {
    tests::CheckoutShop shop;

    void setting(const std::string& text) {
        shop.put(sync::Setting{std::string(label_formats_setting), text});
        shop.station().follow_labels();
    }
    /// What 21, bananas, 01234 is here: `F21 W01011 N01234 C? 861`.
    std::string tried(const char* toml, const std::string& code = "2101011012346") {
        auto formats = judge_labels(toml);
        if (!formats) return formats.error().code + ": " + formats.error().detail;
        LabelTrial trial = try_label(shop.station(), *formats, code);
        std::string text;
        for (const LabelTrial::Field& each : trial.fields)
            text += std::string(1, each.letter) + each.digits + " ";
        return text + fmt::format("{} {} {}", trial.item, trial.amount_fen, trial.refusal);
    }
    std::string scanned() {
        auto code = domain::parse_code("2101011012346", shop.station().code_context());
        return fmt::format("{} {}", code.amount_fen.value_or(0), code.weight_mg.value_or(0));
    }
};

// SALE-14
TEST_F(ALabel, IsShownDigitByDigitWithWhatWouldBeSold) {
    EXPECT_EQ(tried(weights), "F21 W01011 N01234 C6 banana 861 ");
    EXPECT_EQ(tried(amounts), "F21 W01011 E01234 C6 banana 1234 ");
    EXPECT_EQ(tried(weights, "2101011012345"), "F21 W01011 N01234 C5  0 bad_code");
    EXPECT_EQ(tried(weights, "2199999012342"), "F21 W99999 N01234 C2  0 no_such_item");
    EXPECT_EQ(tried(weights, "2401011012347"), "banana 0 no_format") << "the till would weigh";
    EXPECT_EQ(tried(weights, tests::milk_code), "milk 500 ") << "goods of their own";
}

// SALE-14: a pattern that reads an amount as a weight is the expensive mistake.
TEST_F(ALabel, IsNeverOfTwoMeanings) {
    EXPECT_EQ(tried((std::string(weights) + amounts).c_str()).substr(0, 16), "bad_formats_file");
    const std::string both =
        std::string(amounts) + "[[format]]\npattern = \"FWWWWWWNNNNNC\"\nflags = [\"2\"]\n";
    EXPECT_EQ(tried(both.c_str()),
              "two_meanings: “21” of “FFWWWWWEEEEEC” and “2” of “FWWWWWWNNNNNC”");
    const std::string alike =
        std::string(weights) + "[[format]]\npattern = \"FWWWWWWNNNNNC\"\nflags = [\"2\"]\n";
    EXPECT_EQ(tried(alike.c_str()), "F21 W01011 N01234 C6 banana 861 ");
}

// SALE-14: a setting that cannot be read must not stop every scale's labels.
TEST_F(ALabel, IsReadByTheShopsSettingAndByTheLastGoodOne) {
    EXPECT_EQ(scanned(), "1234 0") << "the usual formats";
    setting(weights);
    EXPECT_EQ(scanned(), "0 1234000");
    setting("[[format]]\npattern = \"FFXX\"\n");
    EXPECT_EQ(scanned(), "0 1234000");
    EXPECT_NE(shop.station().labels().trouble, "");
    setting(amounts);
    EXPECT_EQ(scanned(), "1234 0");
    EXPECT_EQ(shop.station().labels().trouble, "");
    setting("");
    EXPECT_EQ(shop.station().labels().source, LabelSource::usual);
}

// SALE-14
TEST_F(ALabel, IsReadByTheTillsOwnFileFirst) {
    shop.station().set_own_labels(*judge_labels(amounts));
    setting(weights);
    EXPECT_EQ(scanned(), "1234 0");
    EXPECT_EQ(shop.station().labels().source, LabelSource::devices_file);
}

// SALE-14, ACCT-2
TEST_F(ALabel, FormatIsSavedByWhoEditsTheGoodsAndWithAReason) {
    const auto code = [&](const char* text, const char* reason) {
        auto done = set_labels(shop.station(), text, reason);
        return done ? std::string("done") : done.error().code;
    };
    EXPECT_EQ(code(weights, "new scales"), "not_logged_in");
    ASSERT_TRUE(shop.station().login("1301", tests::pin).has_value());
    EXPECT_EQ(code(weights, "new scales"), "not_allowed");
    ASSERT_TRUE(shop.station().login("1601", tests::pin).has_value());
    EXPECT_EQ(code(weights, ""), "why_wanted");
    EXPECT_EQ(code("[[format]]\n", "new scales"), "bad_formats_file");
    EXPECT_EQ(code(weights, "new scales"), "done");
    EXPECT_EQ(scanned(), "0 1234000");
    auto change = shop.station().shop().changes("setting:label_formats", 1);
    ASSERT_EQ(change.size(), 1);
    EXPECT_EQ(change[0].person, "1601");
}

// SALE-14
TEST(LabelFormatsAsText, AreTheSameWhenReadAgain) {
    std::vector<domain::LabelFormatSettings> all;
    for (const domain::LabelFormat& each : domain::default_label_formats().all())
        all.push_back(each.settings());
    auto again = drivers::parse_label_formats(drivers::label_formats_text(all), "test");
    ASSERT_TRUE(again.has_value());
    ASSERT_EQ(again->all().size(), all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_EQ(again->all()[i].pattern(), all[i].pattern);
        EXPECT_EQ(again->all()[i].flags(), all[i].flags);
        EXPECT_EQ(again->all()[i].check(), all[i].check);
    }
}

}  // namespace
}  // namespace fangxin::terminal
