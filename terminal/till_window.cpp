#include "terminal/till_window.hpp"

#include "terminal/desk/till_desk.hpp"
#include "terminal/station/desk_window.hpp"
#include "terminal/station/station_log.hpp"
#include "terminal/till.hpp"

#include <cstdio>
#include <fmt/format.h>

namespace fangxin::terminal {

namespace {

constexpr kit::Size till_design{1280, 800};
constexpr std::string_view program = "fangxin-terminal";

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
    fmt::print(stderr, "{}: no window for the customer: {}\n", program, why);
}

}  // namespace

int run_till_window(const ProgramOptions& options) {
    std::unique_ptr<TillDesk> desk;
    auto opened = Till::open(options, [&](Till&) { return told_to(desk); });
    if (!opened) return refuse_to_start(program, opened.error());
    Station& station = (*opened)->station();
    Preferences preferences = preferences_of(station, options);
    station.speak(preferences.language);
    desk = std::make_unique<TillDesk>(**opened, preferences);
    return run_desk(
        station, (*opened)->devices(), *desk,
        {.program = program,
         .devices_file = options.devices_file,
         .window = {.title = "放心", .design = till_design, .full_screen = options.full_screen},
         .opened = [&](kit::Shell& shell) { open_customer_window(shell, *desk, options); }});
}

}  // namespace fangxin::terminal
