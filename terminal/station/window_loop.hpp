// Plays a terminal in its windows: waits, runs what other threads queued, draws what changed. The
// program's models hear of everything on this one thread, as under the headless interface.
#pragma once

#include "terminal/kit/shell.hpp"
#include "terminal/station/station.hpp"

#include <functional>

namespace fangxin::terminal {

struct WindowProgram {
    kit::Shell::Window window;
    kit::Draw draw;
    /// Something was changed since the last question: draw it.
    std::function<bool()> changed;
    /// A piece of work for while nobody does anything; true if there is more of it.
    std::function<bool()> idle_work;
    /// The program is over.
    std::function<bool()> done;
    /// The person closed the window; the program says when it is done.
    std::function<void()> close_asked;
    /// Once the window stands, before the first frame: a second one, glyphs to warm.
    std::function<void(kit::Shell&)> opened;
};

/// Until done. Errors of kit::Shell::open.
Result<void> run_windows(Station& station, const WindowProgram& program);

}  // namespace fangxin::terminal
