// Small files that hold keys: the owner's alone, and whole or not there after a power cut.
#pragma once

#include "domain/result.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace fangxin::sync {

/// Mode 0600, durable when this returns. Code `cannot_write`.
Result<void> write_private_file(const std::filesystem::path& file, std::string_view text);

/// At most 64 KiB. Nothing if there is no such file. Codes `cannot_open`, `too_large`.
Result<std::optional<std::string>> read_private_file(const std::filesystem::path& file);

/// Durable too. That there is none is no failure.
void remove_private_file(const std::filesystem::path& file);

/// Makes the folder where it is missing, mode 0700. Code `cannot_open`.
Result<void> make_private_folder(const std::filesystem::path& folder);

}  // namespace fangxin::sync
