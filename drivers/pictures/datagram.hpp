// One datagram over the socket between a program and its child. Any thread.
#pragma once

#include <string_view>

namespace fangxin::drivers {

/// With a copy of `descriptor`, if it is not -1. False if nobody is there any more.
bool send_datagram(int socket, std::string_view words, int descriptor = -1);

}  // namespace fangxin::drivers
