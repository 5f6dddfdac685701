#include "terminal/station/screens/complaint_model.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

class ComplaintTest : public testing::Test {
  protected:
    std::string act(const ComplaintAction& action) {
        std::string done;
        for (const ComplaintEffect& effect : update(state, facts, action)) {
            if (const auto* save = std::get_if<SaveComplaint>(&effect)) {
                done += "save " + save->channel + "," + save->severity + "," + save->what + "," +
                        save->item + "," + save->receipt + "," + save->customer + "," +
                        save->contact + ";";
            } else if (const auto* keep = std::get_if<KeepComplaintDraft>(&effect)) {
                kept = keep->draft;
            } else {
                done += std::holds_alternative<LeaveComplaint>(effect) ? "leave;" : "refused;";
            }
        }
        return done;
    }
    void write(ComplaintField field, const std::string& text) {
        act(complaint::Touch{field});
        act(complaint::Wrote{text, true});
    }
    ComplaintView view() const { return present(state, facts, texts); }

    kit::TextTable texts = kit::TextTable::load(domain::Language::zh);
    ComplaintFacts facts{.today = *domain::make_date(2026, 11, 24)};
    ComplaintState state;
    std::string kept = "nothing";
};

// COMP-1: channel, what happened, severity, item and receipt by scan, customer and contact.
TEST_F(ComplaintTest, TakesAllOfAComplaint) {
    act(complaint::ChooseChannel{ComplaintChannel::phone});
    act(complaint::ChooseSeverity{ComplaintSeverity::high});
    write(ComplaintField::what, "牛奶有酸味");
    act(complaint::Scanned{"6901234567892"});
    write(ComplaintField::customer, "张先生");
    EXPECT_EQ(state.writing, ComplaintField::contact) << "the name leads on to the contact";
    act(complaint::Wrote{"13857112233", true});
    EXPECT_EQ(act(complaint::Save{}),
              "save phone,high,牛奶有酸味,6901234567892,,张先生,13857112233;");
    act(complaint::Saved{"C-T03-2-10482"});
    EXPECT_EQ(view().done.title + " " + view().done.number, "投诉已登记 C-T03-2-10482");
    EXPECT_EQ(kept, "") << "the draft is forgotten";
}

// COMP-1: without what happened there is no complaint.
TEST_F(ComplaintTest, AsksForWhatHappenedBeforeItSaves) {
    write(ComplaintField::what, " \n ");
    EXPECT_FALSE(view().can_save);
    EXPECT_EQ(view().save_hint, "请先写发生了什么，再保存");
    EXPECT_EQ(act(complaint::Save{}), "");
}

// COMP-1: the button stayed grey on the last page, and what was wrong stood on another.
TEST_F(ComplaintTest, SaysThatTheItemIsUnknownWhereItWouldBeSaved) {
    write(ComplaintField::what, "牛奶有酸味");
    facts.lookup = ItemLookup::unknown;
    EXPECT_FALSE(view().can_save);
    EXPECT_EQ(view().save_hint, "没有这个商品，请核对条码或清空");
    facts.lookup = ItemLookup::found;
    EXPECT_EQ(view().save_hint, "");
}

TEST_F(ComplaintTest, AnItemThatIsNoneHasToBeCorrectedFirst) {
    write(ComplaintField::what, "牛奶有酸味");
    write(ComplaintField::item, "123");
    facts.lookup = ItemLookup::unknown;
    EXPECT_EQ(view().fields[1].note, "没有这个商品，请核对条码或清空");
    EXPECT_EQ(act(complaint::Save{}), "");
    facts.lookup = ItemLookup::found;
    facts.item_name = "鲜牛奶 950ml";
    EXPECT_EQ(view().fields[1].note, "鲜牛奶 950ml");
    EXPECT_NE(act(complaint::Save{}), "");
}

TEST_F(ComplaintTest, AScanGoesWhereItBelongsWhateverIsWritten) {
    act(complaint::Touch{ComplaintField::what});
    act(complaint::Wrote{"有酸味", false});
    act(complaint::Scanned{"6901234567892"});
    EXPECT_EQ(state.fields[0] + "|" + state.fields[1], "有酸味|6901234567892");
    EXPECT_EQ(act(complaint::Scanned{"6901234567893"}), "refused;") << "misread";
    EXPECT_EQ(act(complaint::Scanned{"hello"}), "refused;");
}

// COMP-1: an item's own code is none that a scanner reads.
TEST_F(ComplaintTest, GoodsThatWereLookedUpAreFilledIn) {
    act(complaint::About{"milk"});
    EXPECT_EQ(state.fields[1], "milk");
    EXPECT_EQ(state.page, ComplaintPage::what) << "what happened is still to be said";
    act(complaint::Saved{"C-1"});
    EXPECT_EQ(act(complaint::About{"noodles"}), "");
    EXPECT_EQ(state.page, ComplaintPage::what) << "the one that is saved is over";
    EXPECT_EQ(state.fields[1], "noodles");
}

// COMP-1: what was written about one item was saved of another.
TEST_F(ComplaintTest, ADraftOfOtherGoodsIsShownFromItsFirstPage) {
    write(ComplaintField::what, "酸了");
    act(complaint::About{"milk"});
    act(complaint::Next{});
    act(complaint::Next{});
    act(complaint::Touch{ComplaintField::contact});
    act(complaint::About{"milk"});
    EXPECT_EQ(state.page, ComplaintPage::customer) << "it goes on where it was";
    act(complaint::About{"noodles"});
    EXPECT_EQ(state.page, ComplaintPage::what);
    EXPECT_EQ(state.writing, std::nullopt);
    EXPECT_EQ(view().fields[0].text, "酸了");
}

// A draft survives a power cut, with line breaks and backslashes.
TEST_F(ComplaintTest, ADraftComesBackAsItWas) {
    act(complaint::ChooseChannel{ComplaintChannel::letter});
    EXPECT_EQ(kept, "nothing") << "nothing is worth keeping yet";
    write(ComplaintField::what, "第一行\n第二行 \\n 不是换行");
    act(complaint::Next{});
    EXPECT_EQ(kept,
              "complaint 1\npage goods\nchannel letter\nseverity normal\n"
              "what 第一行\\n第二行 \\\\n 不是换行\n");
    auto back = read_draft(kept);
    ASSERT_TRUE(back);
    EXPECT_EQ(write_draft(*back), kept);
    EXPECT_EQ(back->fields[0], state.fields[0]);
    EXPECT_EQ(back->page, ComplaintPage::goods);
}

TEST_F(ComplaintTest, ADraftThatIsNoneIsNotTaken) {
    EXPECT_FALSE(read_draft(""));
    EXPECT_FALSE(read_draft("complaint 2\nwhat x\n"));
    auto odd = read_draft("complaint 1\npage done\nchannel smoke\nphoto 1\nwhat x\\");
    ASSERT_TRUE(odd);
    EXPECT_EQ(odd->fields[0], "x\\");
    EXPECT_EQ(odd->page, ComplaintPage::what);
    EXPECT_EQ(odd->channel, ComplaintChannel::in_person);
}

TEST_F(ComplaintTest, WhatWasNotSavedStaysAndSaysWhy) {
    write(ComplaintField::what, "牛奶有酸味");
    act(complaint::Save{});
    act(complaint::NotSaved{"本机磁盘已满"});
    EXPECT_EQ(view().trouble, "本机磁盘已满");
    EXPECT_EQ(state.fields[0], "牛奶有酸味");
    facts.busy = true;
    EXPECT_EQ(act(complaint::Save{}), "") << "one at a time";
}

// Back never loses an answer.
TEST_F(ComplaintTest, BackGoesStepByStepAndKeepsWhatIsWritten) {
    write(ComplaintField::what, "牛奶有酸味");
    act(complaint::Next{});
    act(complaint::Next{});
    EXPECT_EQ(act(complaint::Back{}) + act(complaint::Back{}), "");
    EXPECT_EQ(act(complaint::Back{}), "leave;");
    EXPECT_EQ(state.fields[0], "牛奶有酸味");
}

TEST_F(ComplaintTest, OfflineTheCustomerHearsTheNumberAllTheSame) {
    facts.online = false;
    act(complaint::Saved{"C-H01-1-7"});
    EXPECT_EQ(view().done.hint, "请把编号告诉顾客，连上服务器后自动上传");
    EXPECT_EQ(act(complaint::Scanned{"6901234567892"}), "refused;");
    act(complaint::Another{});
    EXPECT_EQ(state.page, ComplaintPage::what);
}

}  // namespace
}  // namespace fangxin::terminal
