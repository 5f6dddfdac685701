#include "handheld/handheld_window.hpp"

#include "handheld/desk/handheld_desk.hpp"
#include "terminal/kit/glyph_cache.hpp"
#include "terminal/station/program.hpp"
#include "terminal/station/window_loop.hpp"

namespace fangxin::handheld {

using namespace fangxin::terminal;

namespace {

constexpr kit::Size handheld_design{480, 800};
constexpr std::string_view program = "fangxin-handheld";

/// The desk comes after the devices, and before anything is told.
DeviceEvents told_to(const std::unique_ptr<HandheldDesk>& desk) {
    DeviceEvents events;
    events.scanned = [&desk](const std::string& code) { desk->device_events().scanned(code); };
    events.changed = [&desk](const std::string& device, const std::string& state,
                             const std::string& reason) {
        desk->device_events().changed(device, state, reason);
    };
    events.print = [](const std::string&, const std::string&, const std::string&) {};
    return events;
}

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
    kit::Shell* shown = nullptr;
    WindowProgram window{.window = {.title = "放心 · 手持",
                                    .design = handheld_design,
                                    .full_screen = options.full_screen},
                         .draw = [&](kit::Ui& ui) { desk->play(ui); },
                         .changed =
                             [&] {
                                 bool changed = desk->take_changed();
                                 if (changed && shown)
                                     desk->apply_settings(shown->stage().settings());
                                 return changed;
                             },
                         .idle_work = [&] { return desk->idle_work(); },
                         .done = [&] { return desk->closed(); },
                         .close_asked = [&] { desk->close(); },
                         .opened =
                             [&](kit::Shell& shell) {
                                 shown = &shell;
                                 desk->apply_settings(shell.stage().settings());
                                 shell.warm(kit::GlyphCache::common_han());
                                 desk->sounds().prepare();  // it may take a moment
                                 station.start(desk->station_events());
                                 (*devices)->start();
                             }};
    auto played = run_windows(station, window);
    station.logout("the window was closed");
    if (!played) return refuse_to_start(program, played.error());
    return 0;
}

}  // namespace fangxin::handheld
