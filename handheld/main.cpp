// fangxin-handheld: receiving, inspection and shelf work. This file is the wiring diagram.
#include "handheld/handheld_program.hpp"
#include "handheld/handheld_window.hpp"
#include "terminal/station/program_options.hpp"

#include <csignal>
#include <sys/stat.h>

int main(int argc, char** argv) {
    using namespace fangxin;
    ::umask(077);  // verifiers of PINs and customers' numbers are nobody else's
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // a file at its limit is an error of that write, not our end
    auto parsed = terminal::parse_program_options(
        argc, argv,
        {.program = "fangxin-handheld",
         .role = "handheld",
         .number_option = "--number",
         .about = "Fangxin handheld: goods in, batches, recalls and complaints on the shop floor",
         .actions_help = handheld::handheld_actions_help()});
    if (!parsed.options) return parsed.exit_code;
    return parsed.options->headless ? handheld::run_handheld(*parsed.options)
                                    : handheld::run_handheld_window(*parsed.options);
}
