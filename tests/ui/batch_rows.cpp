// The handheld's list of batches, and what can be decided of one.
#include "handheld/screens/batches_view.hpp"
#include "handheld/screens/decision_view.hpp"
#include "tests/ui/handheld_facts.hpp"
#include "tests/ui/screen_rows.hpp"

namespace fangxin::ui_rows {

namespace {

using namespace handheld;

ScreenRow list_row(std::string state, const BatchesFacts& facts, const BatchesState& is = {}) {
    return {"handheld_batches", std::move(state), handheld_size,
            [facts, is](kit::Ui& ui, const kit::TextTable& texts) {
                draw(ui, texts, present(is, facts, texts), ui.screen());
            }};
}

BatchesFacts some_batches() {
    BatchesFacts facts{.head = handheld_head()};
    BatchFacts tofu = milk_batch();
    tofu.name = "老豆腐 350g";
    tofu.batch.lot.clear();
    tofu.expiry = day("2026-11-23");
    tofu.age = domain::Age::expired;
    BatchFacts near = milk_batch();
    near.batch.lot = "L1118";
    near.expiry = day("2026-11-25");
    near.age = domain::Age::near_expiry;
    BatchFacts duck = milk_batch();
    duck.name = "盐水鸭（散装）";
    duck.unit = domain::Unit::kg;
    duck.batch.lot.clear();
    duck.expiry = day("2026-11-24T20:00");
    duck.stock_milli = 6'350;
    BatchFacts waiting = milk_batch();
    waiting.name = "放心优选纯净水 550ml×24";
    waiting.batch.lot = "20261101A03";
    waiting.expiry = day("2027-11-01");
    waiting.decision = domain::Decision::inspecting;
    BatchFacts failed = milk_batch();
    failed.name = "上海青 散装";
    failed.batch.lot.clear();
    failed.expiry.reset();
    failed.batch.test = domain::TestResult::failed;
    facts.batches = {milk_batch(), recalled_batch(), tofu, near, duck, waiting, failed};
    return facts;
}

void add_lists(std::vector<ScreenRow>& rows) {
    rows.push_back(list_row("all", some_batches()));
    rows.push_back(list_row("blocked", some_batches(), {.filter = BatchFilter::blocked}));
    rows.push_back(list_row("found", some_batches(), {.search = "niunai 1118"}));
    rows.push_back(list_row("not_found", some_batches(), {.search = "𠮷味坊㐂"}));
    rows.push_back(list_row("none", {.head = handheld_offline()}));
    rows.push_back(list_row("loading", {.head = handheld_head(), .reading = ReadState::loading}));
    rows.push_back(list_row("unreadable", {.head = handheld_head(), .reading = ReadState::failed}));
    BatchesFacts many = some_batches();
    many.head = handheld_old_blocks();
    for (int i = 0; i < 1'500; ++i)
        many.batches.push_back(many.batches[static_cast<std::size_t>(i) % 7]);
    rows.push_back(list_row("many", many));
}

ScreenRow page(std::string state, const DecisionFacts& facts, const DecisionState& is) {
    return {"handheld_decision", std::move(state), handheld_size,
            [facts, is](kit::Ui& ui, const kit::TextTable& texts) {
                draw(ui, texts, present(is, facts, texts), ui.screen());
            }};
}

DecisionFacts about(GoodsDeed deed) {
    return {
        .head = handheld_head(),
        .deed = deed,
        .batch = "b1",
        .name = recalled_batch().name,
        .lot = "MY61R",
        .expiry = day("2027-04-30"),
        .date = {domain::DatePrinted::production, domain::ShelfLife{6, domain::LifeUnit::months}}};
}

DecisionState confirm_released() { return {.page = DecisionPage::confirm, .reason = {0, ""}}; }

void add_reasoned(std::vector<ScreenRow>& rows) {
    rows.push_back(page("quarantine", about(GoodsDeed::quarantine), begin(GoodsDeed::quarantine)));
    DecisionState confirm{.page = DecisionPage::confirm, .reason = {0, ""}};
    rows.push_back(page("quarantine_confirm", about(GoodsDeed::quarantine), confirm));
    DecisionFacts offline = about(GoodsDeed::quarantine);
    offline.head = handheld_offline();
    offline.needs_second_person = true;
    confirm.reason = {own_reason, "顾客说吃出金属丝，照片已发到店群，等厂家来人"};
    confirm.refusal = "disk_full";
    rows.push_back(page("quarantine_offline", offline, confirm));
    confirm.refusal.clear();
    confirm.busy = true;
    rows.push_back(page("quarantine_busy", about(GoodsDeed::quarantine), confirm));
    rows.push_back(page("quarantine_done", about(GoodsDeed::quarantine),
                        {.page = DecisionPage::done, .decided = domain::Decision::quarantined}));
    rows.push_back(page("release", about(GoodsDeed::release), begin(GoodsDeed::release)));
    DecisionFacts held = about(GoodsDeed::release);
    held.reasons = {domain::Reason::expired, domain::Reason::quarantined,
                    domain::Reason::private_brand_uninspected};
    rows.push_back(page("release_confirm", held, confirm_released()));
    DecisionState refused{.page = DecisionPage::confirm, .reason = {0, ""}};
    refused.refusal = "batch_recalled";
    rows.push_back(page("release_recalled", about(GoodsDeed::release), refused));
    refused.refusal = "not_allowed";
    rows.push_back(page("take_back_refused", about(GoodsDeed::take_back), refused));
}

void add_others(std::vector<ScreenRow>& rows) {
    DecisionState withdraw = begin(GoodsDeed::withdraw);
    withdraw.quantity = "12";
    rows.push_back(page("withdraw", about(GoodsDeed::withdraw), withdraw));
    withdraw.page = DecisionPage::confirm;
    DecisionFacts recalled = about(GoodsDeed::withdraw);
    recalled.reasons = {domain::Reason::recalled};
    rows.push_back(page("withdraw_confirm", recalled, withdraw));
    rows.push_back(page("withdraw_sold_as_yet", about(GoodsDeed::withdraw), withdraw));
    DecisionState correct = begin(GoodsDeed::correct);
    rows.push_back(page("correct_date", about(GoodsDeed::correct), correct));
    correct.date.digits = "1030";
    rows.push_back(page("correct_date_keyed", about(GoodsDeed::correct), correct));
    correct.date.digits = "1331";
    correct.refusal = "bad_date";
    rows.push_back(page("correct_date_bad", about(GoodsDeed::correct), correct));
    correct.date.digits.clear();
    correct.page = DecisionPage::lot;
    correct.refusal = "nothing_changed";
    rows.push_back(page("correct_lot", about(GoodsDeed::correct), correct));
    correct.lot = "MY61B";
    correct.refusal = "photo_wanted";
    correct.page = DecisionPage::photo;
    rows.push_back(page("correct_photo", about(GoodsDeed::correct), correct));
    DecisionFacts taken = about(GoodsDeed::correct);
    taken.photo = "/photo.jpg";
    correct.refusal.clear();
    rows.push_back(page("correct_photo_taken", taken, correct));
    correct.page = DecisionPage::confirm;
    correct.date.digits = "1030";
    correct.reason = {0, ""};
    rows.push_back(page("correct_confirm", taken, correct));
    rows.push_back(page("test", about(GoodsDeed::test_result), begin(GoodsDeed::test_result)));
    DecisionState failed{.page = DecisionPage::reason, .result = domain::TestResult::failed};
    rows.push_back(page("test_kind", about(GoodsDeed::test_result), failed));
    failed.page = DecisionPage::confirm;
    failed.reason = {0, ""};
    rows.push_back(page("test_failed", about(GoodsDeed::test_result), failed));
}

}  // namespace

std::vector<ScreenRow> batch_rows() {
    std::vector<ScreenRow> rows;
    add_lists(rows);
    add_reasoned(rows);
    add_others(rows);
    return rows;
}

}  // namespace fangxin::ui_rows
