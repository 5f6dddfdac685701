// fangxin-handheld: receiving, inspection and shelf work. This file is the wiring diagram.
#include "handheld/handheld_program.hpp"
#include "handheld/handheld_window.hpp"
#include "process/begin.hpp"
#include "terminal/station/program_options.hpp"

int main(int argc, char** argv) {
    using namespace fangxin;
    begin_process();
    keep_files_private();
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
