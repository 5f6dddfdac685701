#include "handheld/handheld_window.hpp"

#include "handheld/desk/handheld_desk.hpp"
#include "terminal/station/desk_window.hpp"

namespace fangxin::handheld {

using namespace fangxin::terminal;

namespace {

constexpr kit::Size handheld_design{480, 800};
constexpr std::string_view program = "fangxin-handheld";

}  // namespace

int run_handheld_window(const ProgramOptions& options) {
    auto opened = open_program(options);
    if (!opened) return refuse_to_start(program, opened.error());
    Station& station = *opened->station;
    std::unique_ptr<HandheldDesk> desk;
    auto devices = Devices::make(opened->devices, station, told_to(desk));
    if (!devices) return refuse_to_start(program, devices.error());
    // Few handhelds have keys that could be named on the buttons.
    Preferences preferences = preferences_of(station, options, {.key_caps = false});
    station.speak(preferences.language);
    desk = std::make_unique<HandheldDesk>(station, **devices, preferences);
    return run_desk(station, **devices, *desk,
                    {.program = program,
                     .devices_file = options.devices_file,
                     .window = {.title = "放心 · 手持",
                                .design = handheld_design,
                                .full_screen = options.full_screen}});
}

}  // namespace fangxin::handheld
