// fangxin-terminal: the till. This file is the wiring diagram.
#include "process/begin.hpp"
#include "terminal/fair_scale_program.hpp"
#include "terminal/station/program.hpp"
#include "terminal/station/program_options.hpp"
#include "terminal/till_program.hpp"
#include "terminal/till_window.hpp"

int main(int argc, char** argv) {
    using namespace fangxin;
    using namespace fangxin::terminal;
    begin_process();
    keep_files_private();
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
