#include "terminal/till_window.hpp"

#include "terminal/desk/till_desk.hpp"
#include "terminal/kit/glyph_cache.hpp"
#include "terminal/station/station_log.hpp"
#include "terminal/station/window_loop.hpp"
#include "terminal/till.hpp"

#include <cstdio>

namespace fangxin::terminal {

namespace {

constexpr kit::Size till_design{1280, 800};

void open_customer_window(kit::Shell& shell, const TillDesk& desk, const ProgramOptions& options) {
    if (!options.customer_display) return;
    kit::Shell::Window window{.title = "放心 · 顾客屏",
                              .design = till_design,
                              .full_screen = options.full_screen,
                              .display = 1};
    auto opened = shell.open_second(window, [&desk](kit::Ui& ui) { desk.play_customer(ui); });
    if (opened) return;
    const std::string why = opened.error().code + " " + opened.error().detail;
    station_log("window", why);
    // Who sets it up sees it at once; the till sells all the same.
    std::fputs(("fangxin-terminal: no window for the customer: " + why + "\n").c_str(), stderr);
}

}  // namespace

int run_till_window(const ProgramOptions& options) {
    std::unique_ptr<TillDesk> desk;
    auto opened = Till::open(options, [&](Till&) {
        DeviceEvents events;
        // The desk comes after the till, and before anything is told.
        events.scanned = [&](const std::string& code) { desk->device_events().scanned(code); };
        events.changed = [&](const std::string& device, const std::string& state,
                             const std::string& reason) {
            desk->device_events().changed(device, state, reason);
        };
        events.print = [&](const std::string& job, const std::string& state,
                           const std::string& reason) {
            desk->device_events().print(job, state, reason);
        };
        return events;
    });
    if (!opened) return refuse_to_start("fangxin-terminal", opened.error());
    Station& station = (*opened)->station();
    Preferences preferences = preferences_of(station, options);
    station.speak(preferences.language);
    desk = std::make_unique<TillDesk>(**opened, preferences);
    kit::Shell* shown = nullptr;
    WindowProgram program{
        .window = {.title = "放心", .design = till_design, .full_screen = options.full_screen},
        .draw = [&](kit::Ui& ui) { desk->play(ui); },
        .changed =
            [&] {
                bool changed = desk->take_changed();
                if (changed && shown) {
                    desk->apply_settings(shown->stage().settings());
                    kit::Stage* second = shown->second_stage();
                    if (second != nullptr) desk->apply_settings(second->settings());
                }
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
                open_customer_window(shell, *desk, options);
                desk->prepare();
                station.start(desk->station_events());
                (*opened)->devices().start();
            }};
    auto played = run_windows(station, program);
    station.logout("the window was closed");
    if (!played) return refuse_to_start("fangxin-terminal", played.error());
    return 0;
}

}  // namespace fangxin::terminal
