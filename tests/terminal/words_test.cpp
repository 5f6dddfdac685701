#include "terminal/station/words.hpp"

#include "domain/code.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

using domain::Language;

TEST(Words, SayWhatToDoInBothLanguages) {
    EXPECT_EQ(message_for("not_enough", "1.20", Language::zh), "钱不够，还差¥1.20");
    EXPECT_EQ(message_for("not_enough", "1.20", Language::en), "Not enough: ¥1.20 more is due");
}

TEST(Words, AnUnknownCodeIsStillShown) {
    EXPECT_EQ(message_for("brand_new", "x", Language::en), "Not done: brand_new x");
}

TEST(Words, LeaveOutWhatIsNotKnown) {
    EXPECT_EQ(message_for("no_such_batch", "", Language::zh), "没有这个批次，请重新查询");
    EXPECT_EQ(message_for("supplier_papers", "", Language::en),
              "The supplier's papers have run out: do not take the goods");
}

// A cashier read `check_digit` in the middle of a Chinese sentence.
TEST(Words, SayInChineseWhatIsWrongWithACode) {
    EXPECT_EQ(message_for("bad_code", "check_digit", Language::zh),
              "条码读错了，请重扫（校验位不对）");
    for (const auto& row : domain::EnumTable<domain::CodeError>::rows) {
        std::string said = message_for("bad_code", row.text, Language::zh);
        EXPECT_EQ(said.find(row.text), std::string::npos) << said;
    }
}

// What a scanner read broke the line, or filled the screen.
TEST(Words, ACodeIsShownAsFarAsItPrintsAndFits) {
    EXPECT_EQ(shown_code("6901234567892"), "6901234567892");
    EXPECT_EQ(shown_code("]C1010690\x1d"
                         "10L1\r\n\xff\x7f"),
              "]C101069010L1");
    EXPECT_EQ(shown_code(std::string(5'000, 'x')), std::string(38, 'x') + "…");
    EXPECT_EQ(shown_code("131234567890123456"), "1312…") << "money in the customer's pocket";
    EXPECT_EQ(shown_code("]Q1281234567890123456"), "2812…") << "money, though it may be a label";
}

// An event carried the whole payment code, and a byte that broke the line's JSON.
TEST(Words, AnEventTellsNoMoneyAndNothingThatIsNoText) {
    auto told = [](std::string_view raw) { return told_code(raw, {.today = domain::Date{}}); };
    EXPECT_EQ(told("]C1010690123\x1d"
                   "10L1"),
              "]C1010690123\x1d"
              "10L1");
    EXPECT_EQ(told("134567890123456789"), "1345…");
    EXPECT_EQ(told("fp0123456789012345678901234567890AB"), "fp01…");
    EXPECT_EQ(told("AB\xEF"
                   "CD"),
              "ABCD");
    EXPECT_EQ(told(std::string(200, 'x')).size(), 100);
}

// A customer showed her code before the goods were rung up, and "wrong check digit" was said.
TEST(Words, AWalletsCodeThatFailsAsALabelIsCalledAPaymentCode) {
    EXPECT_EQ(trouble_with_code("281234567890123456", {}).code, "payment_code");
    EXPECT_EQ(trouble_with_code("211234567890123456", {}).code, "bad_code");
}

// SAFE-3
TEST(Words, ABlockSpeaksAllItsReasonsWorstFirst) {
    domain::Verdict verdict{.kind = domain::VerdictKind::block,
                            .reasons = {domain::Reason::recalled, domain::Reason::expired}};
    std::string text = verdict_message(verdict, Language::zh);
    EXPECT_LT(text.find("召回"), text.find("保质期")) << text;
}

}  // namespace
}  // namespace fangxin::terminal
