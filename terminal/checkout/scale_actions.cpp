#include "terminal/checkout/scale_actions.hpp"

#include "terminal/station/common_actions.hpp"

namespace fangxin::terminal {

namespace {

using drivers::ScaleCommand;
using enum ArgumentType;

/// Scales obey within a second or two, or not at all.
constexpr std::int64_t obeyed_wait_ms = 2'000;
constexpr std::int64_t changes_told = 10;

void fail(Headless& headless, json::object& answer, const Error& error) {
    headless.fail(answer, error.code, error.detail);
}

json::object check_object(const Station& station, const ScaleStanding& standing) {
    const domain::InstrumentState& state = standing.state;
    json::object check{{"done", standing.checked_today}};
    if (standing.check_due_ms) {
        check["due"] = domain::format_instant(station.at(*standing.check_due_ms));
    }
    if (!state.checked_on) return check;
    check["last"] = domain::format_instant(station.at(state.checked_at_ms));
    check["passed"] = state.check_passed;
    check["error_mg"] = state.check_error_mg;
    check["by"] = state.checked_by;
    return check;
}

json::object scale_object(const Station& station, const ScaleNow& now) {
    const domain::Instrument& entry = now.instrument;
    const domain::InstrumentState& state = now.standing.state;
    json::object scale{{"serial", entry.serial},
                       {"kind", entry.kind},
                       {"maker", entry.maker},
                       {"model", entry.model},
                       {"class", entry.accuracy_class},
                       {"max_mg", entry.max_mg},
                       {"min_mg", entry.min_mg},
                       {"e_mg", entry.e_mg},
                       {"certificate", entry.certificate},
                       {"refusal", now.refusal},
                       {"lock", domain::to_text(now.standing.lock)},
                       {"bound_at", state.terminal},
                       {"bound_identity", state.identity},
                       {"bound_by", state.bound_by},
                       {"check", check_object(station, now.standing)},
                       {"events", state.events}};
    if (entry.verified) scale["verified"] = domain::format_date(*entry.verified);
    if (entry.until) scale["until"] = domain::format_date(*entry.until);
    if (now.standing.ends_in) scale["ends_in_days"] = *now.standing.ends_in;
    return scale;
}

json::object weight_object(const ScaleNow& now) {
    const auto* current = std::get_if<weighing::CurrentReading>(&now.latest);
    if (current == nullptr) return {};
    const auto weights = weighing::weights_of(current->reading, now.preset_tare_mg);
    return {{"state", domain::to_text(current->reading.state)},
            {"gross_mg", weights.gross_mg},
            {"tare_mg", weights.taken_tare_mg},
            {"preset_tare_mg", weights.preset_tare_mg},
            {"net_mg", weights.net_mg}};
}

json::array changes_of(Till& till, const domain::Instrument& entry) {
    json::array told;
    for (const sync::Change& change :
         till.devices().scale_register().changes(entry, changes_told)) {
        told.push_back(json::object{{"at", domain::format_instant(till.station().at(change.at_ms))},
                                    {"person", change.person},
                                    {"terminal", change.terminal},
                                    {"before", change.before},
                                    {"after", change.after}});
    }
    return told;
}

/// What an inspector asks: which scale, by which papers, weighed by which program.
void scale(Headless& headless, Till& till, json::object& answer) {
    const ScaleNow now = till.checkout().scale_now();
    if (!till.checkout().has_scale()) return headless.fail(answer, "no_scale", "");
    answer["scale"] = scale_object(till.station(), now);
    answer["weight"] = weight_object(now);
    answer["changes"] = changes_of(till, now.instrument);
    answer["seal"] = json::object{{"version", now.seal.version},
                                  {"code", now.seal.code},
                                  {"parameters", now.seal.parameters},
                                  {"whole", now.seal.whole},
                                  {"short", drivers::short_seal(now.seal)},
                                  {"genuine", now.seal.genuine}};
}

void bind(Headless& headless, Till& till, const Request& request, json::object& answer) {
    auto approver = approver_of(till.station(), request);
    if (!approver) return fail(headless, answer, approver.error());
    auto bound = till.bind_scale(request.text("reason"), *approver);
    if (!bound) return fail(headless, answer, bound.error());
    scale(headless, till, answer);
}

json::object step_object(const DailyCheck& check) {
    if (!check.last()) return {};
    const weighing::ScaleCheck& now = *check.last();
    json::object step{{"step", domain::to_text(now.step())}, {"mass_mg", now.task().mass_mg}};
    if (now.step() != weighing::CheckStep::done) return step;
    const weighing::CheckResult& result = now.result();
    step["passed"] = result.passed;
    step["zero_mg"] = result.zero_mg;
    step["shown_mg"] = result.shown_mg;
    step["after_mg"] = result.after_mg;
    step["error_mg"] = result.error_mg;
    step["tolerance_mg"] = result.tolerance_mg;
    if (!check.trouble().empty()) step["error"] = check.trouble();
    return step;
}

void check(Headless& headless, Till& till, const Request& request, json::object& answer) {
    DailyCheck& running = till.daily_check();
    if (request.flag("give_up")) {
        if (auto ended = running.give_up(); !ended) return fail(headless, answer, ended.error());
    } else if (request.flag("leave")) {
        running.leave();
    } else {
        auto mass_mg = request.integer("mass_mg");
        const auto mass_g = request.integer("mass_g");
        constexpr std::int64_t most_g = 1'000'000'000;
        if (mass_g && *mass_g > 0 && *mass_g < most_g) mass_mg = *mass_g * 1000;
        if (!mass_mg) return headless.fail(answer, "bad_argument", "mass_g or mass_mg");
        if (auto started = till.check_scale(*mass_mg); !started) {
            return fail(headless, answer, started.error());
        }
    }
    answer["check"] = step_object(running);
}

/// Waits for what the scale makes of it.
void command(Headless& headless, Till& till, ScaleCommand command, json::object& answer) {
    Checkout& checkout = till.checkout();
    const Outcome told = checkout.tell_scale(command);
    if (!told.error.empty()) return headless.fail(answer, told.error, told.detail);
    const bool obeyed =
        headless.wait_until([&] { return checkout.scale_shows(command); }, obeyed_wait_ms);
    answer["weight"] = weight_object(checkout.scale_now());
    if (!obeyed) headless.fail(answer, not_obeyed(command));
}

void tare(Headless& headless, Till& till, const Request& request, json::object& answer) {
    Checkout& checkout = till.checkout();
    if (request.flag("take")) return command(headless, till, ScaleCommand::tare, answer);
    if (!request.flag("clear") && !request.has("mg")) {
        return headless.fail(answer, "bad_argument", "mg, take or clear");
    }
    const Outcome keyed = checkout.key_tare(request.integer("mg"));
    if (!keyed.error.empty()) return headless.fail(answer, keyed.error, keyed.detail);
    if (request.flag("clear") && checkout.scale_has_tare()) {
        return command(headless, till, ScaleCommand::clear_tare, answer);
    }
    answer["weight"] = weight_object(checkout.scale_now());
}

}  // namespace

void add_scale_actions(Headless& headless, Till* till) {
    headless.add(
        {"scale",
         {},
         "the scale's entry, papers and check, why it may not sell now, what it shows, its "
         "last changes, and the legal library's seal",
         [&headless, till](const Request&, json::object& answer) {
             scale(headless, *till, answer);
         }});
    headless.add({"bind_scale",
                  {{"reason", text, true}, {"approver"}, {"approver_pin"}},
                  "the connected scale is this till's from now on (manager or instrument keeper)",
                  [&headless, till](const Request& request, json::object& answer) {
                      bind(headless, *till, request, answer);
                  }});
    headless.add(
        {"check_scale",
         {{"mass_g", integer}, {"mass_mg", integer}, {"give_up", boolean}, {"leave", boolean}},
         "begins the daily check with this mass; the scale's readings move it on. give_up: "
         "the scale does not show it, it has failed; leave: not now",
         [&headless, till](const Request& request, json::object& answer) {
             check(headless, *till, request, answer);
         }});
    headless.add({"print_seal",
                  {},
                  "prints the scale's entry, the legal library's seal and the last changes",
                  [&headless, till](const Request&, json::object& answer) {
                      if (auto done = till->print_seal(); !done) {
                          fail(headless, answer, done.error());
                      }
                  }});
    headless.add({"zero",
                  {},
                  "tells the scale to set itself to zero, and what came of it",
                  [&headless, till](const Request&, json::object& answer) {
                      command(headless, *till, ScaleCommand::zero, answer);
                  }});
    headless.add({"tare",
                  {{"mg", integer}, {"take", boolean}, {"clear", boolean}},
                  "of what is weighed: keyed, or taken by the scale of what lies on it, or none",
                  [&headless, till](const Request& request, json::object& answer) {
                      tare(headless, *till, request, answer);
                  }});
}

void tell_of_checks(Headless& headless, Till& till) {
    till.daily_check().set_changed([&headless, &till] {
        json::object event{{"event", "scale_check"}};
        for (auto& [name, value] : step_object(till.daily_check()))
            event[name] = value;
        if (!till.daily_check().last()) event["step"] = "left";
        headless.emit(event);
    });
}

}  // namespace fangxin::terminal
