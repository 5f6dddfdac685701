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

}  // namespace fangxin::drivers
