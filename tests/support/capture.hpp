// Recorded bytes for the parsers' tests, from tests/captures. Tests only.
#pragma once

#include <cctype>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace fangxin::tests {

/// `02 2D # words` → the two bytes.
inline std::string from_hex(std::string_view text) {
    std::string bytes;
    int half = -1;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '#') i = std::min(text.find('\n', i), text.size());
        if (i >= text.size() || std::isxdigit(static_cast<unsigned char>(text[i])) == 0) continue;
        int digit = std::stoi(std::string(1, text[i]), nullptr, 16);
        if (half >= 0) bytes.push_back(static_cast<char>(half * 16 + digit));
        half = half >= 0 ? -1 : digit;
    }
    return bytes;
}

/// The bytes of tests/captures/NAME.
inline std::string capture(const std::string& name) {
    auto path = std::filesystem::path(FANGXIN_SOURCE_DIR) / "tests/captures" / name;
    std::ifstream file(path);
    if (!file) throw std::runtime_error("no capture " + path.string());
    return from_hex(std::string(std::istreambuf_iterator<char>(file), {}));
}

inline std::span<const std::byte> as_bytes(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

}  // namespace fangxin::tests
