// The page of the scale: free, due, locked, checked step by step, bound.
#include "terminal/screens/scale_view.hpp"
#include "tests/support/till_facts.hpp"
#include "tests/ui/shared_frame.hpp"

namespace fangxin::ui_rows {

namespace {

using namespace terminal::till;
using weighing::CheckStep;

void add(std::vector<ScreenRow>& rows, const std::string& name, const ScaleState& state,
         const ScaleFacts& facts) {
    rows.push_back(
        on_till({.screen = "scale", .state = name, .title = ""},
                [state, facts](kit::Ui& ui, const kit::TextTable& texts, kit::Rect rest) {
                    draw(ui, texts, present(state, facts, texts), rest);
                }));
}

ScaleFacts::Check check(CheckStep step, std::int64_t error_mg = 0) {
    ScaleFacts::Check check{.step = step, .mass_mg = 2'000'000, .tolerance_mg = 5'000};
    check.result = {.shown_mg = 2'000'000 + error_mg,
                    .error_mg = error_mg,
                    .tolerance_mg = 5'000,
                    .passed = error_mg == 0};
    return check;
}

void add_checks(std::vector<ScreenRow>& rows) {
    ScaleFacts facts = till_facts::scale(ScaleAnswer::checking);
    facts.last_mass_mg = 2'000'000;
    add(rows, "which_mass", {.page = ScalePage::mass}, till_facts::scale(ScaleAnswer::ok));
    add(rows, "which_mass_as_last", {.page = ScalePage::mass, .typed = "500"}, facts);
    facts.check = check(CheckStep::empty_pan);
    add(rows, "check_empty", {}, facts);
    facts.check = check(CheckStep::put_mass);
    add(rows, "check_put_mass", {}, facts);
    facts.check = check(CheckStep::take_off);
    facts.weigh.reading = WeighFacts::Reading{true, 2'000'000, 0, 2'000'000};
    add(rows, "check_take_off", {}, facts);
    facts.weigh.reading = WeighFacts::Reading{true, 0, 0, 0};
    facts.weigh.answer = ScaleAnswer::ok;
    facts.checked_today = true;
    facts.check = check(CheckStep::done);
    add(rows, "check_passed", {}, facts);
    facts.weigh.answer = ScaleAnswer::check_failed;
    facts.checked_today = false;
    facts.check = check(CheckStep::done, 15'000);
    add(rows, "check_failed", {}, facts);
}

}  // namespace

std::vector<ScreenRow> scale_rows() {
    std::vector<ScreenRow> rows;
    ScaleFacts facts = till_facts::scale(ScaleAnswer::below_minimum);
    add(rows, "check_due", {}, facts);
    facts.checked_today = true;
    facts.state.checked_on = domain::parse_date("2026-11-24");
    facts.state.check_passed = true;
    facts.state.checked_by = "1001";
    add(rows, "free", {}, facts);
    facts.logged_in = facts.may_check = false;
    facts.has_printer = false;
    facts.changes.clear();
    add(rows, "nobody_logged_in", {}, facts);
    facts = till_facts::scale(ScaleAnswer::check_failed);
    facts.state.checked_on = domain::parse_date("2026-11-24");
    facts.state.check_error_mg = 15'000;
    facts.state.checked_by = "1001";
    add(rows, "failed", {}, facts);
    add(rows, "other_device", {}, till_facts::scale(ScaleAnswer::other_device));
    add(rows, "why_bound", {.page = ScalePage::why}, till_facts::scale(ScaleAnswer::elsewhere));
    facts = till_facts::scale(ScaleAnswer::library);
    facts.seal.genuine = false;
    add(rows, "changed_library", {}, facts);
    facts = till_facts::scale(ScaleAnswer::unregistered);
    facts.instrument = {.max_mg = 15'000'000, .min_mg = 100'000, .e_mg = 5'000};
    facts.state = {};
    facts.changes.clear();
    add(rows, "unregistered", {}, facts);
    add(rows, "no_scale", {}, till_facts::scale(ScaleAnswer::no_scale));
    add_checks(rows);
    return rows;
}

}  // namespace fangxin::ui_rows
