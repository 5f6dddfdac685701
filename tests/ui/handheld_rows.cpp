// The handheld's first page, what a scan says, and lists.
#include "handheld/screens/home_view.hpp"
#include "handheld/screens/lookup_view.hpp"
#include "tests/ui/handheld_facts.hpp"
#include "tests/ui/screen_rows.hpp"

namespace fangxin::ui_rows {

namespace {

using namespace handheld;

ScreenRow home_row(std::string state, const HomeFacts& facts, const HomeState& is = {}) {
    return {"handheld_home", std::move(state), handheld_size,
            [facts, is](kit::Ui& ui, const kit::TextTable& texts) {
                draw(ui, texts, present(is, facts, texts), ui.screen());
            }};
}

ScreenRow lookup_row(std::string state, const LookupFacts& facts) {
    return {"handheld_lookup", std::move(state), handheld_size,
            [facts](kit::Ui& ui, const kit::TextTable& texts) {
                draw(ui, texts, present(facts, texts), ui.screen());
            }};
}

std::int64_t in_hours(std::int64_t hours) { return handheld_now().utc_ms + hours * 3'600'000; }

HomeFacts morning() {
    HomeFacts facts{.head = handheld_head(), .near_expiry = 18};
    facts.tasks = {
        {TaskCause::unrecorded_batch, "beer", "beer", "麦谷小麦啤酒 500ml", "L20261103",
         day("2026-11-03")},
        {TaskCause::complaint, "C-0117", "", "城北鲜牛奶 950ml", "L1117", std::nullopt, "有异味",
         in_hours(22)},
        {TaskCause::recalled, "b1", "dumpling", "𠮷味坊㐂家福黑芝麻汤圆礼盒装 1.2kg（家庭分享装）",
         "MY61R", day("2027-04-30"), "", 0, Quantity{12'000}},
        {TaskCause::expired, "b2", "tofu", "老豆腐 350g", "", day("2026-11-23"), "", 0,
         Quantity{4'000}},
        {TaskCause::last_day, "b3", "duck", "盐水鸭（散装）", "", day("2026-11-24T20:00"), "", 0,
         Quantity{6'350, domain::Unit::kg}},
        {TaskCause::complaint_overdue, "C-0102", "", "手撕面包", "", std::nullopt, "包装里有头发",
         in_hours(-3)}};
    return facts;
}

HomeFacts long_list() {
    HomeFacts facts = morning();
    facts.head.person = "欧阳买买提·阿卜杜热合曼";
    facts.head.role = domain::Role::inspector;
    facts.near_expiry = 1'240;
    facts.can_recall = true;
    for (int i = 0; i < 54; ++i)
        facts.tasks.push_back(facts.tasks[2]);
    return facts;
}

void add_home(std::vector<ScreenRow>& rows) {
    rows.push_back(home_row("tasks", morning()));
    HomeFacts offline = morning();
    offline.head = handheld_offline();
    rows.push_back(home_row("offline", offline));
    HomeFacts test = morning();
    test.head.test_shop = true;
    rows.push_back(home_row("test_shop", test));
    test.head = handheld_offline();
    test.head.test_shop = true;
    rows.push_back(home_row("test_shop_offline", test));
    HomeFacts old = long_list();
    old.head = handheld_old_blocks();
    old.can_receive = false;
    rows.push_back(home_row("old_blocks", old));
    rows.push_back(home_row("long", long_list()));
    rows.push_back(home_row("one_kind", morning(), {.shown = TaskGroup::complaint}));
    rows.push_back(home_row("nothing_to_do", {.head = handheld_head()}));
    rows.push_back(
        home_row("nothing_of_a_kind", {.head = handheld_head()}, {.shown = TaskGroup::book}));
    rows.push_back(home_row("loading", {.head = handheld_head(), .reading = ReadState::loading}));
    rows.push_back(home_row("unreadable", {.head = handheld_head(), .reading = ReadState::failed}));
    rows.push_back(home_row("more", morning(), {.more_is_open = true}));
    rows.push_back(home_row("more_inspector", long_list(), {.more_is_open = true}));
}

GoodsRights inspector() {
    return {.withdraw = true,
            .quarantine = true,
            .release = true,
            .correct = true,
            .test_result = true,
            .receive = true,
            .complaint = true};
}

LookupFacts milk_lookup() {
    return {.head = handheld_head(),
            .result = Lookup::found,
            .code = "(01)06901234567892(10)L1121(17)261128",
            .item = "milk",
            .name = "城北鲜牛奶 950ml",
            .price_fen = 1'290,
            .verdict = domain::VerdictKind::allow,
            .batch = milk_batch(),
            .may = {.withdraw = true, .quarantine = true, .receive = true}};
}

LookupFacts blocked_lookup() {
    LookupFacts facts = milk_lookup();
    facts.code = "6922222000016";
    facts.item = "dumpling";
    facts.name = recalled_batch().name;
    facts.price_fen = 9'999'999;
    facts.batch = recalled_batch();
    facts.verdict = domain::VerdictKind::block;
    facts.reasons = {domain::Reason::recalled, domain::Reason::quarantined,
                     domain::Reason::failed_test};
    facts.may = inspector();
    return facts;
}

LookupFacts plain_lookup() {
    LookupFacts facts = milk_lookup();
    facts.code = "6901234567892";
    facts.verdict = domain::VerdictKind::verify;
    facts.batch.reset();
    BatchFacts near = milk_batch();
    near.batch.lot = "L1118";
    near.expiry = day("2026-11-25");
    near.age = domain::Age::near_expiry;
    BatchFacts bare = milk_batch();
    bare.batch.lot.clear();
    bare.expiry.reset();
    BatchFacts held = milk_batch();
    held.decision = domain::Decision::quarantined;
    facts.batches = {milk_batch(), near, held, bare};
    return facts;
}

void add_lookup(std::vector<ScreenRow>& rows) {
    rows.push_back(lookup_row("sellable", milk_lookup()));
    rows.push_back(lookup_row("blocked", blocked_lookup()));
    rows.push_back(lookup_row("no_batch_named", plain_lookup()));
    LookupFacts near = milk_lookup();
    near.verdict = domain::VerdictKind::warn;
    near.reasons = {domain::Reason::near_expiry, domain::Reason::age_check};
    near.batch->age = domain::Age::near_expiry;
    near.may = {.complaint = true};
    rows.push_back(lookup_row("near_expiry", near));
    LookupFacts held = milk_lookup();
    held.head.role = domain::Role::inspector;
    held.verdict = domain::VerdictKind::block;
    held.reasons = {domain::Reason::quarantined};
    held.batch->decision = domain::Decision::quarantined;
    held.may = inspector();
    rows.push_back(lookup_row("quarantined", held));
    LookupFacts recall = blocked_lookup();
    recall.batch.reset();
    recall.reasons = {domain::Reason::recalled};
    recall.recall = domain::Block{.id = "R-7",
                                  .item = "dumpling",
                                  .lot = "MY61R",
                                  .from = domain::parse_date("2026-10-01"),
                                  .to = domain::parse_date("2026-10-31"),
                                  .level = domain::RecallLevel::I,
                                  .reason = "馅料检出金属异物，厂家通知"};
    rows.push_back(lookup_row("recall_unrecorded", recall));
    rows.push_back(lookup_row("looking", {.head = handheld_head()}));
    rows.push_back(lookup_row(
        "unknown",
        {.head = handheld_offline(), .result = Lookup::no_such_item, .code = "6999999999994"}));
    rows.push_back(lookup_row("misread", {.head = handheld_head(), .result = Lookup::bad_code}));
}

}  // namespace

std::vector<ScreenRow> handheld_rows() {
    std::vector<ScreenRow> rows;
    add_home(rows);
    add_lookup(rows);
    return rows;
}

}  // namespace fangxin::ui_rows
