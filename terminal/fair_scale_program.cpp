#include "terminal/fair_scale_program.hpp"

#include "terminal/checkout/fair_scale.hpp"
#include "terminal/station/common_actions.hpp"
#include "terminal/station/equipment_actions.hpp"
#include "terminal/station/headless.hpp"
#include "terminal/station/program.hpp"

#include <memory>

namespace fangxin::terminal {

namespace {

json::object comparison_object(const domain::FairComparison& of) {
    return {{"labelled_mg", of.labelled_mg},
            {"measured_mg", of.measured_mg},
            {"difference_mg", of.difference_mg},
            {"allowed_mg", of.allowed_mg},
            {"answer", domain::to_text(of.answer)}};
}

void put_scale(json::object& answer, const FairNow& now) {
    const domain::Instrument& entry = now.standing.instrument;
    json::object scale{
        {"serial", entry.serial}, {"certificate", entry.certificate}, {"refusal", now.refusal}};
    if (entry.until) scale["until"] = domain::format_date(*entry.until);
    answer["scale"] = std::move(scale);
    if (!now.reading) return;
    answer["weight"] = json::object{{"state", domain::to_text(now.reading->state)},
                                    {"net_mg", now.reading->net_mg}};
}

void weigh(Headless& headless, const FairScale& fair, const Request& request,
           json::object& answer) {
    const FairNow now = fair.now();
    put_scale(answer, now);
    std::vector<ToldWeight> told;
    if (auto mg = request.integer("told_mg")) told.push_back({.weight_mg = *mg});
    if (request.has("code")) {
        auto read = fair.read(request.text("code"));
        if (!read) return headless.fail(answer, read.error().code, read.error().detail);
        told = std::move(*read);
    }
    json::array lines;
    for (const ToldWeight& each : told) {
        json::object line{
            {"name", each.name}, {"told_mg", each.weight_mg}, {"by_price", each.by_price}};
        if (auto result = FairScale::compare(now, each)) {
            line["comparison"] = comparison_object(*result);
        }
        lines.push_back(std::move(line));
    }
    answer["told"] = std::move(lines);
    if (!now.refusal.empty()) {
        headless.fail(answer, now.refusal, now.standing.instrument.serial);
    }
}

/// `fair` may be null while only the help is wanted.
void add_actions(Headless& headless, const FairScale* fair) {
    using enum ArgumentType;
    headless.add({"fair_weigh",
                  {{"code", text, false, any_length}, {"told_mg", integer}},
                  "what lies on the customers' scale, compared with a label, a receipt or a weight",
                  [&headless, fair](const Request& request, json::object& answer) {
                      weigh(headless, *fair, request, answer);
                  }});
    headless.add({"quit", {}, "ends the program", [&headless](const Request&, json::object&) {
                      headless.quit();
                  }});
}

}  // namespace

int run_fair_scale(const ProgramOptions& options) {
    auto opened = open_program(options);
    if (!opened) return refuse_to_start("fangxin-terminal", opened.error());
    Station& station = *opened->station;
    Headless headless(&station);
    std::unique_ptr<FairScale> fair;
    auto devices =
        Devices::make(opened->devices, station, device_events(headless, [](const std::string&) {}),
                      ScaleRegister::Use::fair_scale);
    if (!devices) return refuse_to_start("fangxin-terminal", devices.error());
    fair = std::make_unique<FairScale>(station, **devices);
    add_actions(headless, fair.get());
    headless.set_common([&](json::object& answer) { add_station_state(answer, station); });
    emit_ready(headless, station);
    station.start(common_events(headless));
    headless.set_gate(first_snapshot_gate(station));
    headless.set_after([&] {
        if (!(*devices)->has_scale()) return;
        (*devices)->scale_register().follow((*devices)->scale_identity());
    });
    EquipmentWatch watch(station, **devices, options.devices_file);
    emit_faults(headless, watch);
    watch.start();
    (*devices)->start();
    headless.run();
    return 0;
}

std::string fair_scale_actions_help() {
    Headless headless(nullptr);
    add_actions(headless, nullptr);
    return headless.help();
}

}  // namespace fangxin::terminal
