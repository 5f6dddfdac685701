#include "terminal/screens/lookup_model.hpp"

#include "terminal/screens/quick_keys_model.hpp"
#include "terminal/screens/resume_model.hpp"
#include "tests/support/till_facts.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::terminal::till {
namespace {

const kit::TextTable zh = kit::TextTable::load(domain::Language::zh);

TEST(PriceCheck, ShowsPriceAndVerdictOfWhatWasAskedNow) {
    PriceFacts facts{till_facts::price_of_milk()};
    PriceState state{.asked = "6901234567892"};
    const PriceView view = present(state, facts, zh);
    EXPECT_EQ(view.name + " " + view.price + " " + view.sign.words,
              "鲜牛奶 950ml（低温巴氏杀菌） ¥12.80 可售 · 临近保质期");
    EXPECT_FALSE(present(PriceState{}, facts, zh).answered);
    state.asked = "2";
    EXPECT_FALSE(present(state, facts, zh).answered);
}

// SALE-18: a case showed the price of one of its pieces.
TEST(PriceCheck, ACaseShowsItsOwnPriceAndThatOfAPiece) {
    PriceFacts facts{till_facts::price_of_milk()};
    facts.answer->pieces = 12;
    const PriceView view = present({.asked = "6901234567892"}, facts, zh);
    EXPECT_EQ(view.price + " " + view.of_a_piece, "¥153.60 整箱 12 件 · 单件 ¥12.80");
}

TEST(PriceCheck, LooksUpWhatWasKeyed) {
    PriceState state;
    for (const char* key : {"4", "0", "1", "9", "back", "1"})
        update(state, price::PadKey{key});
    const auto effect = update(state, price::Ask{});
    ASSERT_TRUE(effect);
    EXPECT_EQ(std::get<effect::LookUp>(*effect).code, "4011");
    EXPECT_EQ(state.typed, "");
    EXPECT_FALSE(update(state, price::Ask{}));
}

std::string item_of(const SearchAnswer& answer) {
    if (!answer.done) return "";
    return std::get<effect::SellItem>(*answer.effect).item;
}

// SALE-2: found by name, pinyin or code as one types, and picked without leaving the keys.
TEST(Search, ADigitAfterANamePicksAndACodeGoesOn) {
    const SearchFacts facts = till_facts::hits("nfsq");
    SearchState state{.text = "nfsq"};
    EXPECT_EQ(item_of(update(state, facts, search::Typed{"nfsq3"})), "1002");
    state = {.text = "69"};
    const SearchAnswer code = update(state, facts, search::Typed{"690"});
    EXPECT_FALSE(code.done);
    EXPECT_EQ(std::get<effect::Search>(*code.effect).text, "690");
    state = {.text = "nfsq"};
    EXPECT_FALSE(update(state, facts, search::Typed{"nfsq9"}).done);
}

// SALE-18: a case whose label is torn was sold as one piece.
TEST(Search, ACodeThatIsTypedWholeIsSoldAsIfScanned) {
    SearchFacts facts = till_facts::hits("16901234567899");
    facts.hits.front().code = facts.text;
    facts.hits.front().is_code = true;
    SearchState state{.text = facts.text};
    const SearchAnswer answer = update(state, facts, search::PickSelected{});
    ASSERT_TRUE(answer.done);
    EXPECT_EQ(std::get<effect::Scan>(*answer.effect).code, "16901234567899");
}

TEST(Search, MovesPagesAndPicksTheSelectedOne) {
    const SearchFacts facts = till_facts::hits("nfsq");
    SearchState state{.text = "nfsq"};
    update(state, facts, search::Move{-2});
    update(state, facts, search::Move{2});
    update(state, facts, search::Move{1});
    EXPECT_EQ(state.selected, 3U);
    update(state, facts, search::NextPage{});
    const SearchView view = present(state, facts);
    EXPECT_EQ(fmt::format("{} {} {}", view.page, view.rows.size(), view.rows[0].name),
              "2/2 3 青泉湾 饮用天然水 460ml");
    EXPECT_EQ(item_of(update(state, facts, search::PickSelected{})), "1008");
}

TEST(Search, PicksNothingWhileTheHitsAreOfOlderLetters) {
    SearchState state{.text = "qqwx"};
    EXPECT_FALSE(update(state, till_facts::hits("nfsq"), search::PickSelected{}).done);
    EXPECT_FALSE(present(state, till_facts::hits("nfsq")).searched);
}

std::string holds_shown(const ResumeFacts& facts) {
    const ResumeView view = present({}, facts, zh);
    std::string text = view.notice;
    for (const auto& row : view.rows)
        text += fmt::format(" | {} {} {} {}", row.title, row.note, row.total, row.enabled);
    return text;
}

// SALE-3: a basket of another till needs the server, one's own does not.
TEST(Resume, WithoutAServerOnlyOwnBasketsCanBeTaken) {
    ResumeFacts facts = till_facts::holds();
    facts.online = false;
    EXPECT_EQ(holds_shown(facts),
              "连不上服务器，别台的挂单请到那一台取"
              " | 3 号收银台 · 王丽 14 行 · 14:05 挂单 · 3-1-57 ¥128.60 true"
              " | 1 号收银台 · 陈建国 1 行 · 14:05 挂单 · 1-1-203 ¥9.90 false");
    ResumeState state;
    EXPECT_FALSE(update(state, facts, resume::Take{"1-1-203"}));
    EXPECT_EQ(update(state, facts, resume::Take{"3-1-57"}), "3-1-57");
}

TEST(Resume, ABasketInHandComesFirst) {
    ResumeFacts facts = till_facts::holds();
    facts.basket_empty = false;
    ResumeState state;
    EXPECT_FALSE(update(state, facts, resume::Take{"3-1-57"}));
    EXPECT_EQ(present(state, facts, zh).notice, "请先结账或挂单，再取单");
}

std::string keys_shown(const QuickState& state, const QuickFacts& facts) {
    const QuickView view = present(state, facts);
    std::string text;
    for (const auto& tab : view.tabs)
        text += (tab.selected ? "[" + tab.words + "]" : tab.words) + " ";
    return text + view.more_tabs + fmt::format(" {} keys ", view.keys.size()) + view.more_keys;
}

TEST(QuickKeys, PagesRunOnFromCategoryToCategory) {
    const QuickFacts facts = till_facts::many_quick_keys().quick;
    QuickState state;
    EXPECT_EQ(keys_shown(state, facts), "[散装水果] 蔬菜 熟食 1/3 12 keys ");
    update(state, facts, quick::Turn{-1});
    EXPECT_EQ(keys_shown(state, facts), "[礼盒] 3/3 1 keys ");
    update(state, facts, quick::Turn{-1});
    EXPECT_EQ(keys_shown(state, facts), "面包 水产 [粮油散装] 2/3 8 keys 3/3");
    update(state, facts, quick::MoreKeys{});
    EXPECT_EQ(keys_shown(state, facts), "面包 水产 [粮油散装] 2/3 11 keys 1/3");
    update(state, facts, quick::MoreTabs{});
    EXPECT_EQ(keys_shown(state, facts), "[礼盒] 3/3 1 keys ");
}

}  // namespace
}  // namespace fangxin::terminal::till
