// Enrolment, login, the locked screen, the question about the clock, and the second person's
// dialog.
#include "terminal/station/screens/approval_view.hpp"
#include "terminal/station/screens/clock_question_view.hpp"
#include "terminal/station/screens/enrol_view.hpp"
#include "terminal/station/screens/login_view.hpp"
#include "terminal/station/screens/widths.hpp"
#include "tests/ui/shared_frame.hpp"

namespace fangxin::ui_rows {

namespace {

using namespace terminal;

std::vector<KnownPerson> people() {
    using domain::Role;
    return {{"1001", "林小雨", Role::cashier, domain::make_date(2027, 6, 1)},
            {"1002", "陈晓东", Role::cashier, domain::make_date(2026, 12, 6)},
            {"1003", "阿卜杜热合曼·买买提江", Role::cashier, domain::make_date(2027, 2, 1)},
            {"1101", "周敏", Role::shift_lead, {}},
            {"1202", "孙伟", Role::receiver, domain::make_date(2026, 11, 15)},
            {"1302", "高㐂", Role::inspector, {}},
            {"1601", "王建华", Role::manager, {}, true},
            {"1701", "𠮷野秀子", Role::account_admin, {}}};
}

LoginFacts facts() {
    return {.shop_name = "文一路店",
            .number = 3,
            .lately = people(),
            .now = *domain::parse_instant("2026-11-24T14:32:00+08:00")};
}

struct Case {
    std::string state;
    LoginState screen;
    LoginFacts facts = ui_rows::facts();
};

std::vector<Case> cases() {
    std::int64_t now_ms = facts().now.utc_ms;
    LoginState pin{.entry = entry_for("1002"), .at_entry = true};
    pin.entry.pin = "4082";
    LoginState wrong{.entry = entry_for("1202"), .at_entry = true};
    wrong.entry.refusal = {PinTrouble::wrong_pin};
    LoginState wait{.entry = entry_for("1001"), .at_entry = true};
    wait.entry.refusal = {PinTrouble::wait, now_ms + 240'000};
    LoginState locked{.entry = entry_for("1601"), .at_entry = true};
    LoginState number{.entry = {.number = "10", .refusal = {PinTrouble::no_such_person}},
                      .at_entry = true};
    LoginFacts arriving = facts();
    arriving.lately.clear();
    arriving.data = ShopData::arriving;
    arriving.arrived_percent = 46;
    LoginFacts no_server = arriving;
    no_server.data = ShopData::no_server;
    LoginFacts nobody = facts();
    nobody.lately.clear();
    LoginFacts test_shop = facts();
    test_shop.test_shop = test_shop.clock_unknown = true;
    LoginFacts lock = facts();
    lock.locked_by = people()[0];
    LoginFacts busy = facts();
    busy.busy = true;
    return {{"people", {}},
            {"pin", pin},
            {"wrong_pin", wrong},
            {"wait", wait},
            {"account_locked", locked},
            {"number", number},
            {"arriving", {}, arriving},
            {"no_server", {}, no_server},
            {"nobody", {}, nobody},
            {"test_shop", {}, test_shop},
            {"screen_locked", {}, lock},
            {"busy", pin, busy}};
}

Body body_of(Case of) {
    return [of = std::move(of)](kit::Ui& ui, const kit::TextTable& texts, kit::Rect rest) {
        LoginFacts facts = of.facts;
        facts.language = texts.language();
        facts.dark = ui.theme().is_dark();
        facts.handheld = rest.w < wide_from;
        draw(ui, present(of.screen, facts, texts), rest);
    };
}

void add_clock_questions(std::vector<ScreenRow>& rows) {
    ClockQuestionFacts facts{.clock = *domain::parse_instant("2027-11-24T14:32:00+08:00"),
                             .journal = *domain::parse_instant("2026-11-23T21:58:00+08:00"),
                             .now = ui_rows::facts().now};
    ClockQuestionState refused{.right = RightDate::journal};
    refused.entry.refusal = {PinTrouble::not_allowed};
    for (const auto& [name, state] :
         {std::pair{"asked", ClockQuestionState{}}, std::pair{"refused", refused}}) {
        Body body = [facts, state = state](kit::Ui& ui, const kit::TextTable& texts,
                                           kit::Rect rest) {
            draw(ui, present(state, facts, texts), rest);
        };
        Framed frame{.screen = "clock_question", .state = name};
        frame.bar.clock_banner = true;
        rows.push_back(on_till(frame, body));
        rows.push_back(on_handheld(frame, body));
    }
}

void add_enrolments(std::vector<ScreenRow>& rows) {
    using Step = EnrolFacts::Step;
    const EnrolFacts wanted{.number = 3};
    EnrolFacts asking{.number = 3, .step = Step::asking};
    EnrolFacts unreachable = asking;
    unreachable.trouble = "连不上服务器，正在重试（Connection refused [system:111]）";
    EnrolFacts waiting{.number = 3, .step = Step::waiting, .fingerprint = "3F2A-90C1-77B4-E0D2"};
    EnrolFacts failed{.number = 3, .step = Step::failed};
    failed.trouble = "入网码已被另一台设备用过，请告诉店长";
    const EnrolState typed{.typed = "FXE1:192.168.1.10:7080/3F2A90C177B4E0D2",
                           .trouble =
                               "这不是入网码，请让店长重新出一张（digits are missing or "
                               "wrong）"};
    for (const auto& [name, state, facts] :
         {std::tuple{"wanted", EnrolState{}, wanted}, std::tuple{"no_code", typed, wanted},
          std::tuple{"asking", EnrolState{}, asking},
          std::tuple{"unreachable", EnrolState{}, unreachable},
          std::tuple{"waiting", EnrolState{}, waiting},
          std::tuple{"failed", EnrolState{}, failed}}) {
        Body body = [state = state, of = facts](kit::Ui& ui, const kit::TextTable& texts,
                                                kit::Rect rest) {
            EnrolFacts shown = of;
            shown.language = texts.language();
            shown.handheld = shown.has_camera = rest.w < wide_from;
            draw(ui, present(state, shown, texts), rest);
        };
        Framed frame{.screen = "enrol", .state = name};
        frame.bar.person.clear();
        rows.push_back(on_till(frame, body));
        rows.push_back(on_handheld(frame, body));
    }
}

void add_approvals(std::vector<ScreenRow>& rows) {
    ApprovalFacts facts{.what = "整单作废：60 行，合计 ¥99,999.99",
                        .asked_by = "1001",
                        .entered = people()[3],
                        .now = ui_rows::facts().now};
    ApprovalState himself;
    himself.entry.refusal = {PinTrouble::himself};
    ApprovalState at_pin{entry_for("1101")};
    at_pin.entry.pin = "26497";
    ApprovalState wait = at_pin;
    wait.entry.refusal = {PinTrouble::wait, facts.now.utc_ms + 30'000};
    for (const auto& [name, state] :
         {std::pair{"asked", ApprovalState{}}, std::pair{"himself", himself},
          std::pair{"pin", at_pin}, std::pair{"wait", wait}}) {
        Body body = [facts, state = state](kit::Ui& ui, const kit::TextTable& texts, kit::Rect) {
            draw(ui, present(state, facts, texts));
        };
        Framed frame{.screen = "approval", .state = name, .title = "下架确认"};
        rows.push_back(on_till(frame, body));
        rows.push_back(on_handheld(frame, body));
    }
}

}  // namespace

std::vector<ScreenRow> login_rows() {
    std::vector<ScreenRow> rows;
    add_enrolments(rows);
    add_clock_questions(rows);
    add_approvals(rows);
    for (const Case& each : cases()) {
        Framed frame{.screen = "login", .state = each.state};
        frame.bar.person.clear();
        frame.bar.test_shop = each.facts.test_shop;
        if (each.facts.data == ShopData::no_server) frame.bar.server = Health::trouble;
        rows.push_back(on_till(frame, body_of(each)));
        rows.push_back(on_handheld(frame, body_of(each)));
    }
    return rows;
}

}  // namespace fangxin::ui_rows
