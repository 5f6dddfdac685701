#include "terminal/station/screens/list_page_model.hpp"

#include "terminal/station/screens/list_page_view.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/terminal/station/screens/screen_stage.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

class ListPageTest : public testing::Test {
  protected:
    std::string act(const ListPageAction& action) {
        auto effect = update(state, facts, action);
        if (!effect) return "";
        if (const auto* open = std::get_if<OpenEntry>(&*effect)) return "open " + open->id + ";";
        return std::holds_alternative<ReloadList>(*effect) ? "reload;" : "leave;";
    }
    ListPageView view() const { return present(state, facts, texts); }
    std::string shown() const {
        std::string all;
        ListPageView of = view();
        for (std::size_t i = 0; i < of.rows.size(); ++i)
            all += (of.selected == i ? ">" : "") + of.rows[i].id + " ";
        if (of.instead) all += of.instead->title + "|" + of.instead->hint;
        return all;
    }
    std::string search(const std::string& typed) {
        state.typed = typed;
        return shown();
    }

    kit::TextTable texts = kit::TextTable::load(domain::Language::zh);
    ListPageFacts facts{.title = "批次",
                        .entries = {{"B1", "鲜牛奶 950ml", "批号 L1120"},
                                    {"B2", "长城干红 750ml", "批号 D07"},
                                    {"B3", "老酸奶 160g×8", "批号 A07"}},
                        .nothing = "没有批次",
                        .what_to_do = "收货后会出现在这里"};
    ListPageState state;
};

TEST_F(ListPageTest, FindsByNamePinyinInitialsAndNumber) {
    EXPECT_EQ(search("酸奶"), "B3 ");
    EXPECT_EQ(search("niunai"), "B1 ");
    EXPECT_EQ(search("cc"), "B2 ") << "every reading of a character";
    EXPECT_EQ(search("a07"), "B3 ");
    EXPECT_EQ(search("ph 1120"), "B1 ") << "every word is wanted";
    EXPECT_EQ(search(""), "B1 B2 B3 ");
    EXPECT_EQ(search("可乐"), "没有找到|少输几个字试试");
}

TEST_F(ListPageTest, ArrowsAndEnterOpenARow) {
    tests::TempDir folder;
    kit::Pinyin pinyin({.data = kit::Pinyin::usual_data_folder(), .user = folder.path()});
    Writing writing(pinyin);
    std::string done;
    for (kit::Size size : {kit::Size{1280, 744}, kit::Size{480, 744}}) {
        ScreenStage stage(size);
        state = {};
        stage.show([&](kit::Ui& ui, kit::Rect rect) {
            if (auto action = draw(ui, texts, view(), writing, rect)) done += act(*action);
        });
        stage.key(kit::Key::down);
        stage.key(kit::Key::down);
        EXPECT_EQ(shown(), "B1 >B2 B3 ");
        stage.key(kit::Key::enter);
        stage.tap("老酸奶 160g×8");
        EXPECT_EQ(done, "open B2;open B3;");
        done.clear();
    }
}

TEST_F(ListPageTest, ASearchIsTypedByTouch) {
    tests::TempDir folder;
    kit::Pinyin pinyin({.data = kit::Pinyin::usual_data_folder(), .user = folder.path()});
    Writing writing(pinyin);
    ScreenStage stage({480, 744});
    stage.show([&](kit::Ui& ui, kit::Rect rect) {
        if (auto action = draw(ui, texts, view(), writing, rect)) act(*action);
    });
    EXPECT_TRUE(stage.tap("名称、拼音或编号"));
    for (const char* key : {"s", "u", "a", "n"})
        EXPECT_TRUE(stage.tap(key));
    EXPECT_TRUE(stage.tap("酸"));
    EXPECT_EQ(shown(), "B3 ");
    EXPECT_TRUE(stage.tap("完成"));
    EXPECT_TRUE(stage.tap("清空"));
    EXPECT_EQ(shown(), "B1 B2 B3 ");
}

TEST_F(ListPageTest, TheSelectionStaysWithItsEntryWhenTheListChanges) {
    state.selected = "B2";
    facts.entries.insert(facts.entries.begin(), {"B0", "吐司面包", ""});
    EXPECT_EQ(shown(), "B0 B1 >B2 B3 ");
    EXPECT_EQ(act(list_page::OpenSelected{}), "open B2;");
    facts.entries.clear();
    EXPECT_EQ(act(list_page::OpenSelected{}), "") << "it is gone";
    EXPECT_EQ(act(list_page::Open{1}), "");
    EXPECT_EQ(act(list_page::Move{1}), "");
}

TEST_F(ListPageTest, BackLeavesTheSearchBeforeThePage) {
    act(list_page::TouchSearch{});
    EXPECT_EQ(act(list_page::Back{}), "");
    EXPECT_EQ(act(list_page::Back{}), "leave;");
}

TEST_F(ListPageTest, SaysWhyThereIsNothing) {
    ListPageFacts full = facts;
    facts.entries.clear();
    EXPECT_EQ(shown(), "没有批次|收货后会出现在这里");
    facts.condition = ListCondition::loading;
    EXPECT_EQ(shown(), "请稍候…|");
    facts.condition = ListCondition::offline;
    EXPECT_EQ(shown(), "连不上服务器|这个列表要连上服务器才能看");
    facts.condition = ListCondition::failed;
    facts.trouble = "本机数据读写失败";
    EXPECT_EQ(shown(), "列表读取失败|本机数据读写失败");
    EXPECT_EQ(act(list_page::TryAgain{}), "reload;");
    facts = full;
    facts.condition = ListCondition::offline;
    EXPECT_EQ(view().notice, "离线：显示的是最近一次的数据") << "what is known stays";
}

}  // namespace
}  // namespace fangxin::terminal
