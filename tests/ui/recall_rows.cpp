// Every page of a recall made on the handheld.
#include "handheld/screens/recall_view.hpp"
#include "tests/ui/handheld_facts.hpp"
#include "tests/ui/screen_rows.hpp"

#include <fmt/format.h>

namespace fangxin::ui_rows {

namespace {

using namespace handheld;

ScreenRow row(std::string state, const RecallFacts& facts, const RecallState& is) {
    return {"handheld_recall", std::move(state), handheld_size,
            [facts, is](kit::Ui& ui, const kit::TextTable& texts) {
                draw(ui, texts, present(is, facts, texts), ui.screen());
            }};
}

RecallFacts dumplings() {
    RecallFacts facts{.head = handheld_head(), .name = recalled_batch().name, .covered = 3};
    facts.head.role = domain::Role::inspector;
    return facts;
}

RecallState filled(RecallPage page) {
    RecallState state{.page = page,
                      .item = "dumpling",
                      .scope = RecallScope::lot,
                      .lot = "MY61R",
                      .level = domain::RecallLevel::I,
                      .reason = {0, ""}};
    state.from.digits = "1001";
    state.to.digits = "20261031";
    return state;
}

std::vector<terminal::TerminalAnswer> terminals(int count, int silent) {
    std::vector<terminal::TerminalAnswer> all;
    for (int i = 1; i <= count; ++i) {
        terminal::TerminalAnswer answer{.name = fmt::format("{} 号收银台", i)};
        answer.online = i != silent;
        if (i > silent) answer.after_ms = 340 + i * 57;
        if (!answer.online) {
            answer.last_seen = handheld_now();
            answer.last_seen->utc_ms -= i * 420'000LL;
        }
        all.push_back(std::move(answer));
    }
    return all;
}

void add_questions(std::vector<ScreenRow>& rows) {
    rows.push_back(row("item", {.head = handheld_head()}, {}));
    rows.push_back(row("item_unknown", {.head = handheld_head()}, {.refusal = "no_such_item"}));
    RecallState fresh{.page = RecallPage::scope, .item = "dumpling"};
    rows.push_back(row("scope", dumplings(), fresh));
    rows.push_back(row("scope_again", dumplings(), filled(RecallPage::scope)));
    rows.push_back(row("lot", dumplings(), filled(RecallPage::lot)));
    RecallState wanted = filled(RecallPage::lot);
    wanted.lot.clear();
    wanted.refusal = "lot_wanted";
    rows.push_back(row("lot_wanted", dumplings(), wanted));
    RecallState days = filled(RecallPage::from);
    days.scope = RecallScope::dates;
    rows.push_back(row("from", dumplings(), days));
    days.page = RecallPage::to;
    days.to.digits = "0930";
    days.refusal = "dates_turned";
    rows.push_back(row("to_turned", dumplings(), days));
    rows.push_back(row("level", dumplings(), filled(RecallPage::level)));
    rows.push_back(row("reason", dumplings(), filled(RecallPage::reason)));
}

void add_end(std::vector<ScreenRow>& rows) {
    rows.push_back(row("confirm", dumplings(), filled(RecallPage::confirm)));
    RecallFacts offline = dumplings();
    offline.head = handheld_offline();
    offline.needs_second_person = true;
    RecallState days = filled(RecallPage::confirm);
    days.scope = RecallScope::dates;
    days.refusal = "not_allowed";
    rows.push_back(row("confirm_offline", offline, days));
    days.scope = RecallScope::whole_item;
    days.refusal.clear();
    days.busy = true;
    rows.push_back(row("confirm_busy", dumplings(), days));
    RecallFacts live = dumplings();
    rows.push_back(row("live_waiting", live, filled(RecallPage::live)));
    live.terminals = terminals(14, 2);
    rows.push_back(row("live", live, filled(RecallPage::live)));
    live.terminals = terminals(5, 0);
    rows.push_back(row("live_all", live, filled(RecallPage::live)));
}

}  // namespace

std::vector<ScreenRow> recall_rows() {
    std::vector<ScreenRow> rows;
    add_questions(rows);
    add_end(rows);
    return rows;
}

}  // namespace fangxin::ui_rows
