// fangxin-devices: for the technician who sets a till up. What it prints is in the outside
// contract; `--help` has the rest.
#include "drivers/devices/options.hpp"
#include "process/begin.hpp"

int main(int count, char** arguments) {
    fangxin::begin_process();
    auto command = fangxin::drivers::parse_devices_options(count, arguments);
    if (!command) return command.error();
    return std::visit(
        [](const auto& chosen) { return static_cast<int>(fangxin::drivers::run(chosen)); },
        *command);
}
