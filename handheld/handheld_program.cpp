#include "handheld/handheld_program.hpp"

#include "handheld/handheld_actions.hpp"
#include "sync/link.hpp"
#include "terminal/station/common_actions.hpp"
#include "terminal/station/program.hpp"
#include "terminal/station/station_log.hpp"

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
    answer["unsent"] = station.unsent();
    answer["block_cursor"] = station.block_cursor();
}

}  // namespace

int run_handheld(const ProgramOptions& options) {
    auto config = options.devices_file.empty() ? Result<DevicesConfig>(DevicesConfig{})
                                               : read_devices(options.devices_file);
    if (!config) return refuse_to_start(program, config.error());
    if (!options.station.server.empty()) {
        auto address = sync::parse_link_address(options.station.server);
        if (!address) return refuse_to_start(program, address.error());
    }
    auto opened = Station::open(options.station);
    if (!opened) return refuse_to_start(program, opened.error());
    Station& station = **opened;
    open_station_log(options.station.directory);
    Headless headless(&station);
    auto made = Devices::make(*config, station,
                              device_events(headless, station, [&](const std::string& code) {
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
    station.start(common_events(headless, station));
    headless.set_gate(first_snapshot_gate(station));
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
