// Lists: held baskets, batches, complaints, and what stands there when there are none.
#include "terminal/kit/pinyin.hpp"
#include "terminal/station/screens/list_page_view.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/ui/shared_frame.hpp"

#include <fmt/format.h>

namespace fangxin::ui_rows {

namespace {

using namespace terminal;
using kit::Role;

ListPageFacts holds() {
    ListPageFacts facts{
        .title = "取单", .nothing = "没有挂单", .what_to_do = "在收银界面按“挂单”放下一篮"};
    facts.entries = {{"H1", "14:21 · 7 件", "鲜牛奶 950ml、香蕉、老酸奶 160g×8…", "¥132.67",
                      Role::text, "本机", Role::primary},
                     {"H2", "14:05 · 60 件", "2 号收银台 陈晓东", "¥99,999.99", Role::text,
                      "需服务器", Role::warn}};
    return facts;
}

ListPageFacts batches() {
    ListPageFacts facts{.title = "批次", .nothing = "没有批次"};
    for (int i = 1; i <= 40; ++i) {
        bool recalled = i % 7 == 3;
        facts.entries.push_back(
            {fmt::format("B{}", i),
             i % 5 == 0 ? "云糕汀有机高钙全脂巴氏杀菌鲜牛奶家庭分享装 950ml×2" : "鲜牛奶 950ml",
             fmt::format("批号 L11{:02} · 到期 2026-11-{:02}", i, 1 + i % 28),
             recalled ? "下架" : "剩 3 天", recalled ? Role::block : Role::warn,
             recalled ? "召回" : "", Role::block, recalled ? ListSign::block : ListSign::item,
             recalled ? Role::block : Role::primary});
    }
    return facts;
}

struct Case {
    std::string name;
    ListPageState state;
    ListPageFacts facts;
    std::string letters;
};

std::vector<Case> cases() {
    ListPageFacts loading{.title = "投诉", .condition = ListCondition::loading};
    ListPageFacts offline{.title = "投诉", .condition = ListCondition::offline};
    ListPageFacts failed{.title = "投诉",
                         .condition = ListCondition::failed,
                         .trouble = "本机数据读写失败，请叫店长（disk I/O error）"};
    ListPageFacts none = holds();
    none.entries.clear();
    ListPageFacts old = batches();
    old.condition = ListCondition::offline;
    return {{"holds", {}, holds(), ""},
            {"holds_none", {}, none, ""},
            {"batches", {.selected = "B3"}, batches(), ""},
            {"batches_offline", {.typed = "xnn"}, old, ""},
            {"searching", {.typed = "L11", .writing = true}, batches(), "niunai"},
            {"nothing_found", {.typed = "酸奶"}, batches(), ""},
            {"loading", {}, loading, ""},
            {"offline", {}, offline, ""},
            {"failed", {}, failed, ""}};
}

Body body_of(Case of) {
    return [of = std::move(of)](kit::Ui& ui, const kit::TextTable& texts, kit::Rect rest) {
        tests::TempDir folder;
        kit::Pinyin pinyin({.data = kit::Pinyin::usual_data_folder(), .user = folder.path()});
        for (char letter : of.letters)
            pinyin.feed(letter);
        Writing writing(pinyin);
        draw(ui, texts, present(of.state, of.facts, texts), writing, rest);
    };
}

}  // namespace

std::vector<ScreenRow> list_page_rows() {
    std::vector<ScreenRow> rows;
    for (const Case& each : cases()) {
        Framed frame{.screen = "list_page", .state = each.name, .title = each.facts.title};
        if (each.facts.condition == ListCondition::offline) frame.bar.server = Health::trouble;
        rows.push_back(on_till(frame, body_of(each)));
        rows.push_back(on_handheld(frame, body_of(each)));
    }
    return rows;
}

}  // namespace fangxin::ui_rows
