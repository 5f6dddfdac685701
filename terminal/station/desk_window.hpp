// A desk in its window: till and handheld are run alike. A desk plays a pass, tells what changed,
// has events for its station and its devices, and says when it is closed. Main loop only.
#pragma once

#include "terminal/kit/glyph_cache.hpp"
#include "terminal/station/equipment_watch.hpp"
#include "terminal/station/program.hpp"
#include "terminal/station/window_loop.hpp"

#include <functional>
#include <memory>
#include <utility>

namespace fangxin::terminal {

/// For devices that are made before their desk; nothing is told before it is there.
template <class Desk>
DeviceEvents told_to(const std::unique_ptr<Desk>& desk) {
    DeviceEvents events;
    events.scanned = [&desk](const std::string& code) { desk->device_events().scanned(code); };
    events.misread = [&desk](const std::string& why) { desk->device_events().misread(why); };
    events.sight = [&desk] {
        if (auto sight = desk->device_events().sight) sight();
    };
    events.weight_changed = [&desk] {
        if (auto changed = desk->device_events().weight_changed) changed();
    };
    events.changed = [&desk](const std::string& device, const std::string& state,
                             const std::string& reason) {
        desk->device_events().changed(device, state, reason);
    };
    events.print = [&desk](const std::string& job, const std::string& state,
                           const std::string& reason) {
        desk->device_events().print(job, state, reason);
    };
    return events;
}

struct DeskWindow {
    std::string_view program;  ///< its name, for what it refuses
    std::string devices_file;  ///< empty: none
    kit::Shell::Window window;
    std::function<void(kit::Shell&)> opened;  ///< the desk's own part of it; may be empty
};

/// Until the window is closed; the exit code of the contract.
template <class Desk>
int run_desk(Station& station, Devices& devices, Desk& desk, const DeskWindow& of) {
    kit::Shell* shown = nullptr;
    EquipmentWatch watch(station, devices, of.devices_file);
    watch.set_told([&](const FaultNews&) { desk.station_events().rows_changed(); });
    bool is_silence_news = false;
    watch.set_silence([&] { is_silence_news = true; });
    WindowProgram program{.window = of.window,
                          .draw = [&](kit::Ui& ui) { desk.play(ui); },
                          .changed =
                              [&] {
                                  bool changed = desk.take_changed();
                                  changed |= std::exchange(is_silence_news, false);
                                  if (changed && shown) {
                                      desk.apply_settings(shown->stage().settings());
                                      kit::Stage* second = shown->second_stage();
                                      if (second != nullptr)
                                          desk.apply_settings(second->settings());
                                  }
                                  return changed;
                              },
                          .idle_work =
                              [&] {
                                  // A loudspeaker that came is opened now, not with the next scan.
                                  desk.sounds().prepare();
                                  return desk.idle_work();
                              },
                          .done = [&] { return desk.closed(); },
                          .close_asked = [&] { desk.close(); },
                          .opened =
                              [&](kit::Shell& shell) {
                                  shown = &shell;
                                  desk.apply_settings(shell.stage().settings());
                                  shell.warm(kit::GlyphCache::common_han());
                                  if (of.opened) of.opened(shell);
                                  desk.sounds().prepare();  // it may take a moment
                                  station.start(desk.station_events());
                                  watch.start();
                                  devices.start();
                              }};
    auto played = run_windows(station, program);
    station.logout("the window was closed");
    return played ? 0 : refuse_to_start(of.program, played.error());
}

}  // namespace fangxin::terminal
