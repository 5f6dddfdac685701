#include "terminal/station/equipment_actions.hpp"

#include "terminal/station/faults.hpp"
#include "terminal/station/instruments.hpp"
#include "terminal/station/labels.hpp"

namespace fangxin::terminal {

namespace {

void fail(const Headless& headless, json::object& answer, const Error& error) {
    headless.fail(answer, error.code, error.detail);
}

void add_faults(Headless& headless, Station* station) {
    using enum ArgumentType;
    headless.add({"raise_fault",
                  {{"device", text, true}, {"severity", text, true}, {"what", text, true}},
                  "writes a fault ticket: A down, B badly broken, C minor",
                  [&headless, station](const Request& request, json::object& answer) {
                      auto raised = raise_fault(*station, {.device = request.text("device"),
                                                           .severity = request.text("severity"),
                                                           .what = request.text("what")});
                      if (!raised) return fail(headless, answer, raised.error());
                      answer["fault"] = *raised;
                  }});
    headless.add({"take_fault",
                  {{"fault", text, true}},
                  "somebody is on it (manager, instrument keeper, shift lead)",
                  [&headless, station](const Request& request, json::object& answer) {
                      auto done = take_fault(*station, request.text("fault"));
                      if (!done) fail(headless, answer, done.error());
                  }});
    headless.add({"fix_fault",
                  {{"fault", text, true}, {"cause", text, true}, {"fix", text, true}},
                  "closes a ticket with its cause and what was done (the same)",
                  [&headless, station](const Request& request, json::object& answer) {
                      auto done = fix_fault(*station, request.text("fault"), request.text("cause"),
                                            request.text("fix"));
                      if (!done) fail(headless, answer, done.error());
                  }});
}

/// What is not named stays as it is. False: a value is not what it should be, and is named.
bool take_values(const Request& request, domain::Instrument& instrument, std::string& wrong) {
    const auto words = [&](std::string_view name, std::string& to) {
        if (request.has(name)) to = request.text(name);
    };
    const auto number = [&](std::string_view name, std::int64_t& to) {
        if (auto value = request.integer(name)) to = *value;
    };
    const auto day = [&](std::string_view name, std::optional<domain::Date>& to) {
        if (!request.has(name)) return;
        to = domain::parse_date(request.text(name));
        if (!to && !request.text(name).empty()) wrong = name;
    };
    words("class", instrument.accuracy_class);
    words("certificate", instrument.certificate);
    words("maker", instrument.maker);
    words("production_code", instrument.production_code);
    words("repair_code", instrument.repair_code);
    words("verification_code", instrument.verification_code);
    words("seal", instrument.seal);
    number("max_mg", instrument.max_mg);
    number("min_mg", instrument.min_mg);
    number("e_mg", instrument.e_mg);
    number("stable_frames", instrument.stable_frames);
    if (auto tare = request.integer("tare_mg")) instrument.tare_mg = *tare;
    day("verified", instrument.verified);
    day("until", instrument.until);
    return wrong.empty();
}

void set_entry(Headless& headless, Station& station, const Request& request, json::object& answer) {
    if (!station.person()) return headless.fail(answer, "not_logged_in");
    auto known = find_instrument(station, request.text("serial"), request.text("kind"),
                                 request.text("model"));
    const bool fresh = !known && known.error().code == "no_such_instrument";
    if (!known && !fresh) return fail(headless, answer, known.error());
    domain::Instrument instrument;
    if (known) instrument = *known;
    if (fresh) {
        instrument.kind = request.text("kind");
        instrument.model = request.text("model");
        instrument.serial = request.text("serial");
    }
    std::string wrong;
    if (!take_values(request, instrument, wrong)) {
        return headless.fail(answer, "bad_value", wrong);
    }
    auto done = set_instrument(station, instrument, fresh ? Entry::fresh : Entry::any,
                               request.text("reason"));
    if (!done) return fail(headless, answer, done.error());
    answer["instrument"] = domain::instrument_id(instrument);
}

void add_register(Headless& headless, Station* station) {
    using enum ArgumentType;
    headless.add({"set_instrument",
                  {{"serial", text, true},
                   {"reason", text, true},
                   {"kind"},
                   {"model"},
                   {"class"},
                   {"max_mg", integer},
                   {"min_mg", integer},
                   {"e_mg", integer},
                   {"tare_mg", integer},
                   {"stable_frames", integer},
                   {"certificate"},
                   {"verified"},
                   {"until"},
                   {"maker"},
                   {"production_code"},
                   {"repair_code"},
                   {"verification_code"},
                   {"seal"}},
                  "a new or changed entry of the register of instruments (who binds scales)",
                  [&headless, station](const Request& request, json::object& answer) {
                      set_entry(headless, *station, request, answer);
                  }});
}

void put_trial(json::object& answer, const LabelTrial& trial) {
    json::array fields;
    for (const LabelTrial::Field& each : trial.fields)
        fields.push_back(
            json::object{{"letter", std::string(1, each.letter)}, {"digits", each.digits}});
    answer["digits"] = trial.digits;
    answer["pattern"] = trial.pattern;
    answer["fields"] = std::move(fields);
    answer["flag"] = trial.code.flag;
    answer["goods"] = trial.code.plu;
    answer["check_ok"] = !trial.code.error.has_value();
    if (trial.code.error) answer["wrong"] = domain::to_text(*trial.code.error);
    if (trial.code.amount_fen) answer["label_amount_fen"] = *trial.code.amount_fen;
    if (trial.code.weight_mg) answer["label_weight_mg"] = *trial.code.weight_mg;
    if (trial.code.count) answer["label_count"] = *trial.code.count;
    answer["item"] = trial.item;
    answer["name"] = trial.item_name;
    answer["whole_code"] = trial.whole_code;
    answer["amount_fen"] = trial.amount_fen;
    answer["net_mg"] = trial.net_mg;
    answer["pieces"] = trial.pieces;
    answer["refusal"] = trial.refusal;
}

void try_one(Headless& headless, Station& station, const Request& request, json::object& answer) {
    if (!station.person()) return headless.fail(answer, "not_logged_in");
    domain::LabelFormats formats = station.labels().formats;
    if (request.has("toml")) {
        auto judged = judge_labels(request.text("toml"));
        if (!judged) return fail(headless, answer, judged.error());
        formats = std::move(*judged);
    }
    auto trial = station.reader().reading<LabelTrial>(
        [&] { return try_label(station, formats, request.text("code")); });
    if (!trial) return fail(headless, answer, trial.error());
    put_trial(answer, *trial);
}

void add_labels(Headless& headless, Station* station) {
    using enum ArgumentType;
    constexpr std::size_t longest_formats = 16'384;
    headless.add({"label_format_try",
                  {{"code", text, true, any_length}, {"toml", text, false, longest_formats}},
                  "one label read by these formats, or by those in force; nothing is sold or saved",
                  [&headless, station](const Request& request, json::object& answer) {
                      try_one(headless, *station, request, answer);
                  }});
    headless.add({"set_label_formats",
                  {{"toml", text, true, longest_formats}, {"reason", text, true}},
                  "the shop's label formats from now on, at every till (who edits the goods)",
                  [&headless, station](const Request& request, json::object& answer) {
                      auto done =
                          set_labels(*station, request.text("toml"), request.text("reason"));
                      if (!done) return fail(headless, answer, done.error());
                      answer["own_file"] = station->labels().source == LabelSource::devices_file;
                  }});
}

}  // namespace

void add_equipment_actions(Headless& headless, Station* station) {
    add_faults(headless, station);
    add_register(headless, station);
    add_labels(headless, station);
}

void emit_faults(Headless& headless, EquipmentWatch& watch) {
    watch.set_told([&headless](const FaultNews& news) {
        headless.emit({{"event", "fault"},
                       {"fault", news.fault},
                       {"state", news.kind == FaultNews::Kind::passed ? "passed" : "raised"},
                       {"device", news.device},
                       {"severity", domain::to_text(news.severity)},
                       {"what", news.what},
                       {"detail", news.detail}});
    });
}

}  // namespace fangxin::terminal
