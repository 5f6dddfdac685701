// The bare program that the till's window is compared with: this program once more, which only
// opens a window of the same size with OpenGL, fills it and waits. Runs instead of everything else.
#pragma once

#include <string>
#include <vector>

namespace fangxin::bench {

/// How this program is started as that one.
std::vector<std::string> floor_window_command();
/// What it does then; its exit code.
int run_floor_window();

}  // namespace fangxin::bench
