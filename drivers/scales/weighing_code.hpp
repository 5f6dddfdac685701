// The machine code of the legal library as a number (WEIGH-4, WELMEC 7.2 U2, 2.3 1.1B): SHA-256
// over what of libfangxin-weighing.so is loaded and never written to. The same for one build at
// each start and on each machine; symbols that strip removes do not count. Any thread.
#pragma once

#include "domain/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace fangxin::drivers {

/// As 64 hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

/// Of a library in a file. Codes: `not_found`, `not_a_library` (no 64-bit ELF, or a torn one).
Result<std::string> code_hash_of_file(const std::filesystem::path& file);

/// Of the legal library that this program runs with, as it lies in memory now.
std::string code_hash_in_memory();

}  // namespace fangxin::drivers
