#include "terminal/desk/fair_scale_desk.hpp"
#include "terminal/fair_scale_program.hpp"
#include "terminal/station/desk_window.hpp"
#include "terminal/station/program.hpp"

namespace fangxin::terminal {

namespace {

constexpr kit::Size fair_design{1280, 800};
constexpr std::string_view program = "fangxin-terminal";

}  // namespace

int run_fair_scale_window(const ProgramOptions& options) {
    std::unique_ptr<FairScaleDesk> desk;
    auto opened = open_program(options);
    if (!opened) return refuse_to_start(program, opened.error());
    Station& station = *opened->station;
    auto devices =
        Devices::make(opened->devices, station, told_to(desk), ScaleRegister::Use::fair_scale);
    if (!devices) return refuse_to_start(program, devices.error());
    desk = std::make_unique<FairScaleDesk>(station, **devices);
    return run_desk(station, **devices, *desk,
                    {.program = program,
                     .devices_file = options.devices_file,
                     .window = {.title = "放心 · 公平秤",
                                .design = fair_design,
                                .full_screen = options.full_screen},
                     .opened = {}});
}

}  // namespace fangxin::terminal
