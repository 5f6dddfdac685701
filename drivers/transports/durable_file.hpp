// Files that are on the disk when the call returns, also through a power cut. Any thread.
#pragma once

#include "domain/result.hpp"

#include <filesystem>
#include <string_view>

namespace fangxin::drivers {

/// Appends and syncs. A pipe or a device node is taken too. Errors: `not_found` (no such folder),
/// `cannot_write`.
Result<void> append_to_file(const std::filesystem::path& path, std::string_view bytes);

/// The file is there whole or not at all; one of that name is replaced. Same errors.
Result<void> replace_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace fangxin::drivers
