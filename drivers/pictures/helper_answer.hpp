// What the decode helper says, taken apart. It has read hostile bytes, so its words are checked
// like a stranger's. Pure; any thread.
#pragma once

#include "drivers/pictures/decoder.hpp"

#include <string_view>

namespace fangxin::drivers {

/// One datagram of fangxin-decode. Errors: not_an_image, too_large, no_code, no_more (there is no
/// other way to look at this picture), decoder_died (it makes no sense).
Result<Decoded> parse_helper_answer(std::string_view message);

}  // namespace fangxin::drivers
