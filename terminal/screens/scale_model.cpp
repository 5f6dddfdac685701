#include "terminal/screens/scale_model.hpp"

#include "domain/amount_text.hpp"
#include "terminal/kit/field.hpp"
#include "terminal/station/screens/time_words.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace fangxin::terminal::till {

namespace {

using domain::mass_text;
using kit::Role;
using weighing::CheckStep;
using Rows = std::vector<ScaleView::Row>;

constexpr std::int64_t mg_of_gram = 1'000;
constexpr std::int64_t mg_of_kg = 1'000'000;
constexpr std::size_t most_digits = 5;

bool may_be_bound(ScaleAnswer answer) {
    return answer == ScaleAnswer::elsewhere || answer == ScaleAnswer::other_device ||
           answer == ScaleAnswer::not_bound;
}

/// What stops the scale itself; a weight that is not steady or too light is no such thing.
bool is_stopped(ScaleAnswer answer) { return role_of(answer) == Role::block; }

Rows today_of(const ScaleFacts& facts, const kit::TextTable& texts) {
    Rows rows;
    const WeighView weigh = present({}, facts.weigh, texts);
    rows.push_back({texts.tr("Papers"), weigh.certificate.words, weigh.certificate.role});
    const domain::InstrumentState& state = facts.state;
    const std::string by = state.checked_by.empty() ? "" : " · " + state.checked_by;
    if (state.checked_on && !state.check_passed) {
        rows.push_back({texts.tr("Daily check"),
                        texts.tr("Failed: {} off", mass_text(state.check_error_mg)) + by,
                        Role::block});
    } else if (facts.checked_today) {
        rows.push_back({texts.tr("Daily check"),
                        texts.tr("Passed today, {} off", mass_text(state.check_error_mg)) + by,
                        Role::ok});
    } else if (facts.check_by && facts.check_by->utc_ms <= facts.now.utc_ms) {
        rows.push_back({texts.tr("Daily check"),
                        texts.tr("Missed, was due by {}", domain::clock_text(*facts.check_by)),
                        Role::block});
    } else if (facts.check_by) {
        rows.push_back({texts.tr("Daily check"),
                        texts.tr("Due by {}", domain::clock_text(*facts.check_by)), Role::warn});
    } else {
        rows.push_back({texts.tr("Daily check"), texts.tr("Not done yet today"), Role::warn});
    }
    const std::string bound = state.terminal.empty() ? texts.tr("At no till") : state.terminal;
    rows.push_back({texts.tr("Bound"),
                    state.identity.empty() ? bound : bound + " · " + state.identity, Role::text});
    return rows;
}

void add(Rows& rows, std::string name, const std::string& value) {
    rows.push_back({std::move(name), value.empty() ? "–" : value, Role::text});
}

std::string date(const std::optional<domain::Date>& date) {
    return date ? domain::format_date(*date) : std::string();
}

Rows entry_of(const ScaleFacts& facts, const kit::TextTable& texts) {
    const domain::Instrument& entry = facts.instrument;
    Rows rows;
    add(rows, texts.tr("Serial number"), entry.serial);
    add(rows, texts.tr("Maker, model"),
        entry.maker.empty() ? entry.model : entry.maker + " " + entry.model);
    add(rows, texts.tr("Class"), entry.accuracy_class);
    add(rows, "Max / Min / e",
        fmt::format("{} / {} / {}", mass_text(entry.max_mg), mass_text(entry.min_mg),
                    mass_text(entry.e_mg)));
    add(rows, texts.tr("Tare up to"), mass_text(entry.tare_mg.value_or(entry.max_mg)));
    add(rows, texts.tr("Certificate"), entry.certificate);
    add(rows, texts.tr("Verified on"), date(entry.verified));
    add(rows, texts.tr("Valid until"), date(entry.until));
    add(rows, texts.tr("Production code"), entry.production_code);
    add(rows, texts.tr("Repair code"), entry.repair_code);
    add(rows, texts.tr("Verification code"), entry.verification_code);
    add(rows, texts.tr_c("of lead", "Seal"), entry.seal);
    return rows;
}

Rows seal_of(const ScaleFacts& facts, const kit::TextTable& texts) {
    Rows rows;
    add(rows, texts.tr("Library"), facts.seal.version);
    rows.push_back({texts.tr_c("of a program", "Seal"), facts.seal.short_form, Role::text});
    rows.push_back({texts.tr("Genuine"),
                    facts.seal.genuine ? texts.tr("Yes, as this program was built with")
                                       : texts.tr("No: the weighing program was changed"),
                    facts.seal.genuine ? Role::ok : Role::block});
    add(rows, texts.tr_c("of a program", "Code"), facts.seal.code);
    add(rows, texts.tr("Parameters"), facts.seal.parameters);
    add(rows, texts.tr("Events"), fmt::format("{}", facts.state.events));
    return rows;
}

std::string heading_of(CheckStep step, std::int64_t mass_mg, const kit::TextTable& texts) {
    if (step == CheckStep::empty_pan) return texts.tr("Empty the pan");
    if (step == CheckStep::put_mass) return texts.tr("Put {} on the pan", mass_text(mass_mg));
    return texts.tr("Take it off");
}

ScaleView::Check result_of(const ScaleFacts::Check& check, const kit::TextTable& texts) {
    const weighing::CheckResult& result = check.result;
    ScaleView::Check view{.step = 3, .running = false};
    view.figures = {
        {texts.tr("Mass"), domain::kilograms(check.mass_mg) + " kg", Role::text},
        {texts.tr_c("of a scale", "Shown"), domain::kilograms(result.shown_mg) + " kg", Role::text},
        {texts.tr_c("of a scale", "Error"), mass_text(result.error_mg),
         result.passed ? Role::ok : Role::block},
        {texts.tr("Allowed"), "±" + mass_text(result.tolerance_mg), Role::text},
        {texts.tr("Empty, before and after"),
         mass_text(result.zero_mg) + " · " + mass_text(result.after_mg), Role::text}};
    if (result.passed) {
        view.heading = texts.tr_c("of a scale", "Passed");
        view.what = texts.tr("The scale may sell today");
        view.role = Role::ok;
        return view;
    }
    view.heading = texts.tr("Failed: the scale is locked");
    view.what = texts.tr(
        "Clean and level it, set it to zero and check again. If it fails again, "
        "take it out of use and call the instrument keeper");
    view.role = Role::block;
    view.again = texts.tr("Check again");
    return view;
}

ScaleView::Check check_of(const ScaleFacts::Check& check, const kit::TextTable& texts) {
    if (check.step == CheckStep::done) return result_of(check, texts);
    ScaleView::Check view;
    view.heading = heading_of(check.step, check.mass_mg, texts);
    view.step = static_cast<int>(check.step);
    view.what = texts.tr("Up to {} off is allowed", "±" + mass_text(check.tolerance_mg));
    if (check.step == CheckStep::empty_pan) {
        view.what = texts.tr("Nothing may lie on it. If it does not show zero, press Zero");
    }
    return view;
}

/// The one that was used last comes first.
ScaleView::Masses masses_of(const ScaleState& state, const ScaleFacts& facts) {
    ScaleView::Masses masses{.typed = state.typed, .can_confirm = !state.typed.empty()};
    std::vector<std::int64_t> usual{1 * mg_of_kg, 2 * mg_of_kg, 5 * mg_of_kg};
    std::erase_if(usual, [&](std::int64_t mg) {
        return mg > facts.instrument.max_mg || mg == facts.last_mass_mg;
    });
    if (facts.last_mass_mg > 0) usual.insert(usual.begin(), facts.last_mass_mg);
    for (const std::int64_t mg : usual)
        masses.choices.push_back({mass_text(mg), mg});
    return masses;
}

void fill_status(ScaleView& view, const ScaleFacts& facts, const kit::TextTable& texts) {
    const ScaleAnswer answer = facts.weigh.answer;
    if (!is_stopped(answer)) {
        view.status = texts.tr("It may sell");
        view.advice = facts.checked_today ? "" : texts.tr("The daily check is still to be done");
        view.status_role = facts.checked_today ? Role::ok : Role::warn;
        return;
    }
    view.status = texts.tr("It sells nothing");
    view.advice = why_not(facts.weigh, texts);
    view.status_role = Role::block;
}

void fill_changes(ScaleView& view, const ScaleFacts& facts, const kit::TextTable& texts) {
    for (const ScaleFacts::Change& change : facts.changes) {
        const std::string who = change.who.empty() ? "" : " · " + change.who;
        view.changes.push_back({change.when + who, change.what, Role::text});
    }
    if (view.changes.empty()) view.no_changes = texts.tr("No changes yet");
}

std::int64_t typed_mg(const ScaleState& state) {
    std::int64_t value = 0;
    for (const char digit : state.typed)
        value = value * 10 + (digit - '0');
    return value * mg_of_gram;
}

class Update {
  public:
    Update(ScaleState& state, const ScaleFacts& facts) : state_(state), facts_(facts) {}
    using Answer = std::optional<ScaleEffect>;

    Answer operator()(const scale::Back&) {
        if (std::exchange(state_, {}).page != ScalePage::overview) return {};
        return scale_effect::Leave{};
    }
    Answer operator()(const scale::Zero&) { return scale_effect::Zero{}; }
    Answer operator()(const scale::BeginCheck&) {
        state_ = {.page = ScalePage::mass};
        return {};
    }
    Answer operator()(const scale::TakeMass& take) { return check(take.mass_mg); }
    Answer operator()(const scale::PadKey& key) {
        if (key.value != "0" || !state_.typed.empty())
            kit::key_in(state_.typed, key.value, most_digits);
        return {};
    }
    Answer operator()(const scale::ConfirmMass&) {
        if (state_.typed.empty()) return {};
        return check(typed_mg(state_));
    }
    Answer operator()(const scale::GiveUp&) { return scale_effect::GiveUp{}; }
    Answer operator()(const scale::LeaveCheck&) {
        state_ = {};
        return scale_effect::LeaveCheck{};
    }
    Answer operator()(const scale::BeginBind&) {
        if (may_be_bound(facts_.weigh.answer)) state_ = {.page = ScalePage::why};
        return {};
    }
    Answer operator()(const scale::BindBecause& because) {
        state_ = {};
        return scale_effect::Bind{because.reason};
    }
    Answer operator()(const scale::Print&) {
        if (!facts_.has_printer || facts_.printing) return {};
        return scale_effect::Print{};
    }

  private:
    Answer check(std::int64_t mass_mg) {
        state_ = {};
        return scale_effect::Check{mass_mg};
    }

    ScaleState& state_;
    const ScaleFacts& facts_;
};

}  // namespace

ScaleView present(const ScaleState& state, const ScaleFacts& facts, const kit::TextTable& texts) {
    ScaleView view;
    fill_status(view, facts, texts);
    view.weigh = present({}, facts.weigh, texts);
    view.weigh.can_zero = facts.weigh.can_zero && facts.logged_in;
    view.today = today_of(facts, texts);
    view.entry = entry_of(facts, texts);
    view.seal = seal_of(facts, texts);
    fill_changes(view, facts, texts);
    const bool other = may_be_bound(facts.weigh.answer);
    const bool connected = facts.weigh.answer != ScaleAnswer::no_scale;
    view.can_bind = facts.logged_in && other;
    view.can_check = facts.logged_in && facts.may_check && connected && !other &&
                     facts.weigh.answer != ScaleAnswer::unregistered;
    view.can_print = facts.has_printer && !facts.printing;
    if (!facts.logged_in) view.why_nothing = texts.tr("Log in to check it or to bind it");
    if (facts.check) view.check = check_of(*facts.check, texts);
    if (state.page == ScalePage::mass) view.masses = masses_of(state, facts);
    if (state.page == ScalePage::why) {
        view.reasons = std::vector<std::string>{
            texts.tr("Another scale in its place"), texts.tr("It comes back from repair"),
            texts.tr("Moved here from another till"), texts.tr("Another cable or socket")};
    }
    return view;
}

std::optional<ScaleEffect> update(ScaleState& state, const ScaleFacts& facts,
                                  const ScaleAction& action) {
    return std::visit(Update(state, facts), action);
}

}  // namespace fangxin::terminal::till
