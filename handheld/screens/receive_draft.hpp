// A delivery that is being keyed, as text that outlives a power cut. Pure; any thread.
#pragma once

#include "handheld/screens/receive_model.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace fangxin::handheld {

/// A line for each answer; empty when there is nothing to keep, and the kept one is to be removed.
///     receive 1
///     page quantity
///     item 6901234567892
///     …
std::string write_draft(const ReceiveState& state);

/// What was kept; nothing for a text of another version or one that is torn.
std::optional<ReceiveState> read_draft(std::string_view text);

}  // namespace fangxin::handheld
