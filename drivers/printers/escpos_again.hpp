// A job that broke off on paper, made ready to be printed once more. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace fangxin::drivers {

/// The job headed by 重印 (in English alone if the job has no Chinese characters on), and without
/// its drawer pulses: the drawer has opened already. Anything but an ESC/POS job that begins with
/// `ESC @` comes back as it is: a label has no original.
std::string printed_again(std::string_view job);

}  // namespace fangxin::drivers
