// fangxin-terminal: the till. This file is the wiring diagram.
#include "terminal/fair_scale_program.hpp"
#include "terminal/station/program.hpp"
#include "terminal/station/program_options.hpp"
#include "terminal/till_program.hpp"
#include "terminal/till_window.hpp"

#include <csignal>
#include <sys/stat.h>

int main(int argc, char** argv) {
    using namespace fangxin;
    using namespace fangxin::terminal;
    ::umask(077);  // verifiers of PINs and customers' numbers are nobody else's
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // a file at its limit is an error of that write, not our end
    auto parsed = parse_program_options(
        argc, argv,
        {.program = "fangxin-terminal",
         .role = "till",
         .number_option = "--till",
         .about = "Fangxin till: checkout of a supermarket that sells nothing unsafe",
         .actions_help =
             till_actions_help() + "\nWith --fair-scale only:\n" + fair_scale_actions_help(),
         .has_customer_display = true});
    if (!parsed.options) return parsed.exit_code;
    if (parsed.options->fair_scale) {
        return parsed.options->headless ? run_fair_scale(*parsed.options)
                                        : run_fair_scale_window(*parsed.options);
    }
    return parsed.options->headless ? run_till(*parsed.options) : run_till_window(*parsed.options);
}
