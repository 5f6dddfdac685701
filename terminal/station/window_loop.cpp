#include "terminal/station/window_loop.hpp"

namespace fangxin::terminal {

namespace {

constexpr int events_at_once = 200;  // then a frame, so that a flood of them freezes nothing

void run_events(EventQueue& queue) {
    for (int i = 0; i < events_at_once; ++i) {
        auto event = queue.take(std::chrono::milliseconds(0));
        if (!event) return;
        event();
    }
    kit::Shell::nudge();
}

}  // namespace

Result<void> run_windows(Station& station, const WindowProgram& program) {
    auto opened = kit::Shell::open(program.window, program.draw);
    if (!opened) return tl::unexpected(opened.error());
    kit::Shell& shell = **opened;
    station.events().set_nudge([] { kit::Shell::nudge(); });
    if (program.opened) program.opened(shell);
    bool more_work = true;
    while (!program.done()) {
        if (shell.step(more_work ? 0 : -1) == kit::Shell::Went::close_asked) program.close_asked();
        run_events(station.events());
        more_work = program.idle_work && program.idle_work();
        if (program.changed()) shell.redraw();
    }
    station.events().set_nudge({});
    return {};
}

}  // namespace fangxin::terminal
