#include "terminal/station/words.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

using domain::Language;

TEST(Words, SayWhatToDoInBothLanguages) {
    EXPECT_EQ(message_for("not_enough", "120", Language::zh), "钱不够，还差120分");
    EXPECT_EQ(message_for("not_enough", "120", Language::en), "Not enough: 120 fen more are due");
}

TEST(Words, AnUnknownCodeIsStillShown) {
    EXPECT_EQ(message_for("brand_new", "x", Language::en), "Not done: brand_new x");
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
