#include "terminal/station/screens/enrol_model.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

using Step = EnrolFacts::Step;

class EnrolTest : public testing::Test {
  protected:
    std::string act(const EnrolAction& action) {
        auto effect = update(state, facts, action);
        if (!effect) return "";
        if (const auto* by = std::get_if<EnrolBy>(&*effect)) return "by " + by->code;
        if (std::holds_alternative<ReadCodeFromStick>(*effect)) return "stick";
        if (std::holds_alternative<ReadCodeByCamera>(*effect)) return "camera";
        if (std::holds_alternative<GiveUpEnrolment>(*effect)) return "given up";
        return "speaks the other";
    }
    EnrolView shown() { return present(state, facts, texts); }

    kit::TextTable texts = kit::TextTable::load(domain::Language::zh);
    EnrolFacts facts{.number = 3};
    EnrolState state;
};

// SYNC-3
TEST_F(EnrolTest, ACodeIsScannedTypedOrReadFromAStick) {
    EXPECT_TRUE(shown().at_code);
    EXPECT_FALSE(shown().can_send);
    EXPECT_EQ(act(enrol::Send{}), "");
    EXPECT_EQ(act(enrol::Scanned{"FXE1:A"}), "by FXE1:A");
    act(enrol::Type{"FXE1:B"});
    EXPECT_TRUE(shown().can_send);
    EXPECT_EQ(act(enrol::Send{}), "by FXE1:B");
    EXPECT_EQ(act(enrol::ReadStick{}), "stick");
}

// SYNC-3
TEST_F(EnrolTest, TheCameraIsOfferedWhereThereIsOne) {
    EXPECT_EQ(shown().camera, "");
    EXPECT_EQ(act(enrol::CameraAsked{}), "");
    facts.has_camera = true;
    EXPECT_EQ(shown().camera, "用摄像头扫码");
    EXPECT_EQ(act(enrol::CameraAsked{}), "camera");
    facts.step = Step::waiting;
    EXPECT_EQ(act(enrol::CameraAsked{}), "") << "a code is on its way";
}

// SYNC-3
TEST_F(EnrolTest, ItsFingerprintIsShownWhileItWaits) {
    facts.step = Step::waiting;
    facts.fingerprint = "3F2A-90C1-77B4-E0D2";
    EXPECT_EQ(shown().fingerprint, "3F2A-90C1-77B4-E0D2");
    EXPECT_FALSE(shown().at_code);
    EXPECT_TRUE(shown().turns);
    EXPECT_EQ(act(enrol::Send{}), "");
    EXPECT_EQ(act(enrol::Again{}), "given up");
}

TEST_F(EnrolTest, WhatIsNoCodeIsSaidInWordsUntilAnotherComes) {
    act(enrol::Type{"x"});
    act(enrol::Refused{"这不是入网码"});
    EXPECT_EQ(shown().trouble, "这不是入网码");
    EXPECT_EQ(shown().typed, "x") << "to be mended";
    act(enrol::Type{"xy"});
    EXPECT_EQ(shown().trouble, "");
}

TEST_F(EnrolTest, WhyItFailedIsSaidAndAnotherCodeIsTaken) {
    facts.step = Step::failed;
    facts.trouble = "入网码已过期";
    EXPECT_EQ(shown().trouble, "入网码已过期");
    EXPECT_TRUE(shown().at_code);
    EXPECT_EQ(act(enrol::Scanned{"FXE1:C"}), "by FXE1:C");
}

TEST_F(EnrolTest, ItSaysWhichTerminalItIs) {
    EXPECT_EQ(shown().where, "3 号收银台");
    facts.handheld = true;
    EXPECT_EQ(shown().where, "3 号手持机");
    EXPECT_EQ(act(enrol::ToggleLanguage{}), "speaks the other");
}

}  // namespace
}  // namespace fangxin::terminal
