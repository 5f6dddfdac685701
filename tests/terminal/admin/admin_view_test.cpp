// What touches and keys do on the admin pages, played on a stage as a person would.
#include "terminal/admin/admin_view.hpp"

#include "terminal/kit/fonts.hpp"
#include "terminal/kit/stage.hpp"
#include "terminal/station/screens/keyboard_view.hpp"
#include "tests/ui/admin_shop.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace fangxin::admin {
namespace {

class AdminScreen : public ::testing::Test {
  protected:
    AdminScreen() : stage(std::make_shared<kit::GlyphCache>(*kit::Fonts::open()), {}) {
        stage.resize(1280, 800);
        stage.record();
        play();
    }

    void play() {
        stage.play(
            [this](kit::Ui& ui) {
                auto action = draw(ui, texts, present(state, facts, texts), {0, 56, 1280, 744});
                if (!action) return;
                if (auto effect = update(state, facts, *action)) effects.push_back(*effect);
            },
            now_ms += 500);  // nobody strikes a key twice
    }
    void press(kit::Key key) {
        stage.key(key);
        play();
    }
    void tap(std::string_view what) {
        for (const kit::TargetEntry& each : stage.log().targets) {
            if (each.what != what) continue;
            stage.tap(each.rect.center());
            return play();
        }
        FAIL() << "nothing is called " << what;
    }
    void type(std::string_view text) {
        stage.type(text);
        play();
    }
    template <class Effect>
    const Effect& last() const {
        return std::get<Effect>(effects.back());
    }

    kit::TextTable texts = kit::TextTable::load(domain::Language::zh);
    kit::Stage stage;
    AdminState state;
    AdminFacts facts = ui_rows::busy_shop();
    std::vector<AdminEffect> effects;
    std::int64_t now_ms = 0;
};

TEST_F(AdminScreen, EachAreaHasAKeyAndAPlaceToTouch) {
    press(kit::Key::f3);
    EXPECT_EQ(state.area, Area::batches);
    tap("投诉");
    EXPECT_EQ(state.area, Area::complaints);
    EXPECT_TRUE(std::holds_alternative<ReadArea>(effects.back()));
    tap("返回收银");
    EXPECT_TRUE(std::holds_alternative<LeaveAdmin>(effects.back()));
}

TEST_F(AdminScreen, ADigitLeadsToWhatIsToBeDone) {
    press(kit::Key::digit_2);
    EXPECT_EQ(state.area, Area::complaints);
    EXPECT_EQ(state.complaints.chosen, "C-T3-1-231");
}

TEST_F(AdminScreen, TheNearExpiryCardOpensTheNearExpiryList) {
    tap("临期批次");
    EXPECT_EQ(state.area, Area::batches);
    EXPECT_EQ(state.batches.filter, 1U);
}

TEST_F(AdminScreen, DutiesThatFindNoRoomAreOneTouchAway) {
    tap("下一页");
    press(kit::Key::digit_1);
    EXPECT_EQ(state.area, Area::batches);
    EXPECT_EQ(state.batches.chosen, "U-1");
    press(kit::Key::f1);
    press(kit::Key::digit_0);
    press(kit::Key::digit_1);
    EXPECT_EQ(state.area, Area::recalls) << "after the last ones come the first again";
}

// A scan that was refused while something was written was told by ear alone: its words lay under
// the keyboard.
TEST_F(AdminScreen, ARefusalIsReadAboveTheKeyboard) {
    facts.refusal = "这一页不用扫码";
    const auto bottom = [&] {
        play();
        for (const kit::TextEntry& each : stage.log().texts) {
            if (each.text == facts.refusal) return each.ink.bottom();
        }
        return 0.0F;
    };
    press(kit::Key::f2);
    EXPECT_GT(bottom(), 0.0F);
    press(kit::Key::f8);
    ASSERT_TRUE(state.items.searching);
    EXPECT_GT(bottom(), 0.0F);
    EXPECT_LT(bottom(), 800 - terminal::keyboard_height);
}

TEST_F(AdminScreen, EscLeavesTheFieldThenTheArea) {
    press(kit::Key::f2);
    press(kit::Key::f8);
    type("niun");
    EXPECT_EQ(state.items.search, "niun");
    EXPECT_TRUE(std::holds_alternative<ReadList>(effects.back()));
    const std::size_t before = effects.size();
    press(kit::Key::escape);
    EXPECT_FALSE(state.items.searching);
    EXPECT_EQ(effects.size(), before);
    press(kit::Key::escape);
    EXPECT_TRUE(std::holds_alternative<LeaveAdmin>(effects.back()));
}

TEST_F(AdminScreen, ArrowsAndAKeyFollowARecall) {
    press(kit::Key::f4);
    press(kit::Key::down);
    EXPECT_EQ(state.recalls.chosen, "R-T1-1-17");
    press(kit::Key::f12);
    EXPECT_TRUE(std::holds_alternative<ReadArea>(effects.back()));
    EXPECT_EQ(state.live, "R-T1-1-17");
    press(kit::Key::escape);
    EXPECT_EQ(state.live, "");
    EXPECT_EQ(state.area, Area::recalls);
}

// SAFE-7: by keyboard alone, from the list to the question and its answer.
TEST_F(AdminScreen, ARecallIsMadeByKeyboardAlone) {
    press(kit::Key::f4);
    press(kit::Key::f11);
    type("mz");
    press(kit::Key::enter);
    EXPECT_EQ(last<RecallMakeEffect>().index(), 0U) << "two were found, none is taken";
    update(state, facts, RecallMakeAction(ItemPicked{"10017"}));
    press(kit::Key::f8);
    type("L1117");
    press(kit::Key::f10);
    press(kit::Key::f8);
    press(kit::Key::f8);
    type("异物");
    press(kit::Key::f12);
    ASSERT_TRUE(state.making->confirming);
    press(kit::Key::enter);
    EXPECT_TRUE(state.making->confirming) << "Enter may be a scanner's";
    press(kit::Key::f12);
    const auto& made = std::get<MakeRecall>(last<RecallMakeEffect>());
    EXPECT_EQ(made.order.lot + " " + made.order.reason, "L1117 异物");
}

// The second of two quick strikes was taken for a slip.
TEST_F(AdminScreen, AKeyThatGoesFromChipToChipMayBeStruckTwice) {
    press(kit::Key::f3);
    stage.key(kit::Key::f9);
    stage.key(kit::Key::f9);
    play();
    EXPECT_EQ(state.batches.filter, 2U);
    press(kit::Key::f4);
    press(kit::Key::f11);
    update(state, facts, RecallMakeAction(ItemPicked{"10017"}));
    play();
    for (const kit::Key key : {kit::Key::f9, kit::Key::f9, kit::Key::f10, kit::Key::f10})
        stage.key(key);
    play();
    EXPECT_EQ(state.making->extent, Extent::whole);
    EXPECT_EQ(state.making->level, domain::RecallLevel::II);
}

TEST_F(AdminScreen, ABatchIsRecalledFromItsRow) {
    press(kit::Key::f3);
    tap("散养土鸡蛋 30 枚");
    press(kit::Key::f11);
    EXPECT_EQ(state.area, Area::recalls);
    EXPECT_EQ(state.making->lot, "D1120");
    EXPECT_TRUE(std::holds_alternative<RecallMakeEffect>(effects.back()));
}

TEST_F(AdminScreen, AScanFindsTheItemToRecallAndIsRefusedElsewhere) {
    auto effect = update(state, facts, Scanned{"6901234000017"});
    EXPECT_EQ(texts.tr(std::get<RefuseScan>(*effect).words),
              std::string("这一页不用扫码，查商品请到“商品”页"));
    state.area = Area::recalls;
    state.making = RecallDraft{};
    effect = update(state, facts, Scanned{"6901234000017"});
    EXPECT_EQ(std::get<FindScanned>(*effect).code, "6901234000017");
    update(state, facts, ItemFound{"10017"});
    EXPECT_EQ(state.making->item, "10017");
    state.making->confirming = true;
    effect = update(state, facts, Scanned{"6901234000017"});
    EXPECT_TRUE(std::holds_alternative<RefuseScan>(*effect));
}

// SALE-1: the table is searched by item, the code may be a square one or a scale's.
TEST_F(AdminScreen, AScanAmongTheItemsShowsItsItem) {
    state.area = Area::items;
    auto effect = update(state, facts, Scanned{"]d2010690123400001710L1117"});
    EXPECT_EQ(std::get<FindScanned>(*effect).code, "]d2010690123400001710L1117");
    update(state, facts, ItemFound{"10017"});
    EXPECT_EQ(state.items.search + " " + state.items.chosen, "10017 10017");
    state.items.picking = true;
    effect = update(state, facts, Scanned{"6901234000017"});
    EXPECT_TRUE(std::holds_alternative<RefuseScan>(*effect));
}

TEST_F(AdminScreen, ARefusedScanIsSaidInWords) {
    facts.refusal = "没有这个商品：123";
    play();
    EXPECT_TRUE(std::ranges::any_of(
        stage.log().texts, [&](const kit::TextEntry& each) { return each.text == facts.refusal; }));
}

TEST_F(AdminScreen, ARecallThatWasRefusedKeepsWhatWasWritten) {
    state.area = Area::recalls;
    state.making = RecallDraft{.item = "10017", .lot = "L1117", .busy = true};
    update(state, facts, BackTouched{});
    ASSERT_TRUE(state.making) << "its answer is still to come";
    update(state, facts, RecallRefused{"磁盘已满"});
    EXPECT_EQ(state.making->lot + state.making->trouble, "L1117磁盘已满");
    update(state, facts, RecallDone{"R-1"});
    EXPECT_FALSE(state.making);
    EXPECT_EQ(state.live, "R-1");
}

TEST_F(AdminScreen, TheKeyboardOnTheScreenWritesIntoTheActiveField) {
    press(kit::Key::f6);
    EXPECT_FALSE(present(state, facts, texts).typing);
    press(kit::Key::f8);
    update(state, facts, Typed{"牛奶"});
    EXPECT_EQ(present(state, facts, texts).typing->text, "牛奶");
    EXPECT_EQ(state.complaints.search, "牛奶");
    update(state, facts, TypingDone{});
    EXPECT_FALSE(present(state, facts, texts).typing);
}

TEST_F(AdminScreen, ACategoryIsPickedByTouch) {
    press(kit::Key::f2);
    press(kit::Key::f10);
    tap("水果");
    EXPECT_EQ(state.items.picked, "水果");
    EXPECT_TRUE(std::holds_alternative<ReadList>(effects.back()));
}

}  // namespace
}  // namespace fangxin::admin
