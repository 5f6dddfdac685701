// The words of `fangxin-devices label-scales` on its command line.
#pragma once

#include "drivers/label_scales/command.hpp"

namespace CLI {
class App;
}

namespace fangxin::drivers {

/// Adds the command to `app`; what is said goes into `command`, which outlives the parsing.
CLI::App* add_label_scales(CLI::App& app, LabelScalesCommand& command);

}  // namespace fangxin::drivers
