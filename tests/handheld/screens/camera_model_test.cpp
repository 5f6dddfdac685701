#include "handheld/screens/camera_model.hpp"

#include "tests/ui/handheld_facts.hpp"

#include <gtest/gtest.h>

namespace fangxin::handheld {
namespace {

CameraFacts seeing() {
    auto picture = std::make_shared<kit::Picture>(kit::Picture{1, 1, {0, 0, 0, 255}});
    return {.head = ui_rows::handheld_head(), .picture = picture, .light = 130};
}

std::string says(const CameraFacts& facts, const CameraState& state = {}) {
    const auto view = present(state, facts, kit::TextTable::load(domain::Language::zh));
    if (view.instead) return view.instead->title + " | " + view.instead->hint;
    std::string text = view.says;
    for (const kit::FoundFrame& frame : view.frames)
        text += " [" + frame.words + (frame.role == kit::Role::ok ? "]" : "?]");
    return text;
}

CameraFacts::Found found(const std::string& text, bool is_confirmed) {
    return {.text = text, .is_confirmed = is_confirmed};
}

// SALE-1: what is not sure is framed as such, until it is.
TEST(HandheldCamera, FramesWhatItReadsAndWhatItIsNotSureOf) {
    CameraFacts facts = seeing();
    EXPECT_EQ(says(facts), "把条码对准摄像头");
    facts.found = {found("69930072", false)};
    EXPECT_EQ(says(facts), "请拿稳，再确认一次 [69930072?]");
    facts.found.push_back(found("6901234567892", true));
    EXPECT_EQ(says(facts), "请拿稳，再确认一次 [69930072?] [6901234567892]");
    facts.found = {found("6901234567892", true)};
    EXPECT_EQ(says(facts), "已读到 [6901234567892]");
}

TEST(HandheldCamera, SaysWhatToDoWhenItFindsNothing) {
    CameraFacts facts = seeing();
    facts.without_a_code_ms = 5'999;
    EXPECT_EQ(says(facts), "把条码对准摄像头");
    facts.without_a_code_ms = 6'000;
    EXPECT_EQ(says(facts), "还没找到条码：靠近、放正、整个入镜");
    facts.light = 44;
    EXPECT_EQ(says(facts), "光线太暗，请到亮处或开灯");
    facts.found = {found("6901234567892", true)};
    EXPECT_EQ(says(facts), "已读到 [6901234567892]") << "dark, and read all the same";
}

TEST(HandheldCamera, SaysWhyThereIsNoPicture) {
    CameraFacts facts = seeing();
    facts.picture = nullptr;
    EXPECT_EQ(says(facts), "摄像头正在启动…");
    facts.trouble = "not_found";
    EXPECT_EQ(says(facts), "摄像头没有画面 | 没有找到。正在不断重试");
    facts.is_set_up = false;
    EXPECT_EQ(says(facts), "本机没有摄像头 | 请用扫码枪或搜索");
}

TEST(HandheldCamera, TakesAPhotoOfWhatIsSeenAndOfNothingElse) {
    CameraFacts facts = seeing();
    CameraState state{.use = CameraUse::photo};
    auto effect = update(state, facts, camera::Taken{});
    ASSERT_TRUE(effect);
    EXPECT_TRUE(std::holds_alternative<camera::KeepPhoto>(*effect));
    EXPECT_FALSE(update(state, facts, camera::Refused{"cannot_write"}));
    EXPECT_EQ(says(facts, state), "没能保存，请看磁盘是否已满");
    facts.picture = nullptr;
    EXPECT_FALSE(update(state, facts, camera::Taken{}));
    state.use = CameraUse::codes;
    EXPECT_FALSE(update(state, seeing(), camera::Taken{}));
    effect = update(state, facts, camera::Cancelled{});
    ASSERT_TRUE(effect);
    EXPECT_TRUE(std::holds_alternative<camera::Leave>(*effect));
}

}  // namespace
}  // namespace fangxin::handheld
