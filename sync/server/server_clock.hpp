// The server's two clocks. Any thread.
#pragma once

#include <cstdint>

namespace fangxin::sync {

/// Milliseconds of a clock that nobody sets.
std::int64_t steady_ms();
/// Milliseconds since 1970, UTC.
std::int64_t wall_ms();

}  // namespace fangxin::sync
