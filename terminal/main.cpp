// fangxin-terminal: the till. This file is the wiring diagram.
#include "terminal/checkout/checkout.hpp"
#include "terminal/checkout/checkout_actions.hpp"
#include "terminal/station/common_actions.hpp"
#include "terminal/station/devices.hpp"
#include "terminal/station/headless.hpp"
#include "terminal/station/program.hpp"
#include "terminal/station/program_options.hpp"
#include "terminal/station/station_log.hpp"
#include "terminal/till_program.hpp"

#include <csignal>

int main(int argc, char** argv) {
    using namespace fangxin;
    using namespace fangxin::terminal;
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // a file at its limit is an error of that write, not our end
    auto parsed = parse_program_options(
        argc, argv,
        {.program = "fangxin-terminal",
         .role = "till",
         .number_option = "--till",
         .about = "Fangxin till: checkout of a supermarket that sells nothing unsafe",
         .actions_help = till_actions_help()});
    if (!parsed.options) return parsed.exit_code;
    if (!parsed.options->headless) {
        return refuse_to_start("fangxin-terminal", {"no_window", "run it with --headless"});
    }
    return run_till(*parsed.options);
}
