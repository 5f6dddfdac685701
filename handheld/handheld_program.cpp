#include "handheld/handheld_program.hpp"

#include "handheld/handheld_actions.hpp"
#include "terminal/station/common_actions.hpp"
#include "terminal/station/equipment_actions.hpp"
#include "terminal/station/program.hpp"

namespace fangxin::handheld {

using namespace fangxin::terminal;

namespace {

constexpr std::string_view program = "fangxin-handheld";

void add_all_actions(Headless& headless, Station* station, GoodsWork* work, Devices* devices) {
    add_common_actions(headless, station);
    add_handheld_actions(headless, station, work, devices);
}

void add_state(json::object& answer, Station& station) {
    answer["screen"] = station.person() ? "home" : "login";
    add_station_state(answer, station);
}

}  // namespace

int run_handheld(const ProgramOptions& options) {
    auto opened = open_program(options);
    if (!opened) return refuse_to_start(program, opened.error());
    Station& station = *opened->station;
    Headless headless(&station);
    auto made = Devices::make(opened->devices, station,
                              device_events(headless, [&](const std::string& code) {
                                  json::object event{{"event", "scanned"}, {"ok", true}};
                                  look_up(headless, station, code, event);
                                  headless.emit(event);
                              }));
    if (!made) return refuse_to_start(program, made.error());
    Devices& devices = **made;
    GoodsWork work(station);
    add_all_actions(headless, &station, &work, &devices);
    headless.set_common([&](json::object& answer) { add_state(answer, station); });
    emit_ready(headless, station);
    station.start(common_events(headless));
    headless.set_gate(first_snapshot_gate(station));
    EquipmentWatch watch(station, devices, options.devices_file);
    emit_faults(headless, watch);
    watch.start();
    devices.start();
    headless.run();
    station.logout("the program ended");
    return 0;
}

std::string handheld_actions_help() {
    Headless headless(nullptr);
    add_all_actions(headless, nullptr, nullptr, nullptr);
    return headless.help();
}

}  // namespace fangxin::handheld
