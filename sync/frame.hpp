// A message in its frame: one codec byte (0 JSON, 1 zstd of JSON), then the bytes. Small messages
// are not worth packing. Any thread.
#pragma once

#include "domain/result.hpp"

#include <string>
#include <string_view>

namespace fangxin::sync {

/// Limits of sync.md: before and after a hello was answered, and of what a frame may unpack to.
inline constexpr std::size_t frame_limit_before_hello = 64 * 1024;
inline constexpr std::size_t frame_limit = 1024 * 1024;
inline constexpr std::size_t unpacked_limit = 4 * 1024 * 1024;
inline constexpr std::size_t pack_above = 1024;

std::string pack_frame(std::string_view message);
/// Codes: `too_large`, `bad_frame` (empty, unknown codec, torn or lying zstd).
Result<std::string> unpack_frame(std::string_view frame);

}  // namespace fangxin::sync
