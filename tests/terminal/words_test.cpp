#include "terminal/station/words.hpp"

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

// SAFE-3
TEST(Words, ABlockSpeaksAllItsReasonsWorstFirst) {
    domain::Verdict verdict{.kind = domain::VerdictKind::block,
                            .reasons = {domain::Reason::recalled, domain::Reason::expired}};
    std::string text = verdict_message(verdict, Language::zh);
    EXPECT_LT(text.find("召回"), text.find("保质期")) << text;
}

}  // namespace
}  // namespace fangxin::terminal
