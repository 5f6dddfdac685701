// A job that broke off on paper, made ready to be printed once more. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fangxin::drivers {

/// The job headed by 重印 (drawn if the job has no Chinese characters on), and without
/// its drawer pulses: the drawer has opened already. Anything but an ESC/POS job that begins with
/// `ESC @` comes back as it is: a label has no original.
std::string printed_again(std::string_view job);

/// How many bytes a job begins with that put nothing on paper: what sets the printer up, and the
/// drawer's pulse. 0 of anything but an ESC/POS job.
std::size_t before_paper(std::string_view job);

/// The job without its drawer pulses: they have gone out already. As it is if it is no ESC/POS job.
std::string without_pulse(std::string_view job);

/// Opens the drawers that this job opens, by the command that a printer without paper carries out
/// too (`DLE DC4 1 m t`, Epson's ESC/POS reference: executed while offline). Empty: it opens none.
std::string pulse_at_once(std::string_view job);

}  // namespace fangxin::drivers
