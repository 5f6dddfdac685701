// The label scales that can be written to, one row a protocol. Any thread.
#pragma once

#include "drivers/label_scales/protocol.hpp"

#include <span>

namespace fangxin::drivers {

std::span<const LabelProtocol* const> label_protocols();

/// Error: `unknown_protocol`, naming those there are.
Result<const LabelProtocol*> label_protocol(std::string_view id);

}  // namespace fangxin::drivers
