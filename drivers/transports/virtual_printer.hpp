// A printer on the network that keeps what it is sent: for the demo, for end-to-end tests and for a
// technician without a printer. Serves one connection at a time, as small printers do. Owned by
// fangxin-virtual-printer; one thread.
#pragma once

#include "domain/result.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>

namespace fangxin::drivers {

/// What it says to status questions.
enum class VirtualStatus { ok, paper_low, paper_out, cover_open, error, offline, silent };

std::optional<VirtualStatus> parse_virtual_status(std::string_view text);

/// The answer to `10 04 n`; none for `silent` and for other n.
std::optional<std::uint8_t> virtual_answer(VirtualStatus status, int n);

struct VirtualPrinterOptions {
    std::uint16_t port = 9100;  ///< on 127.0.0.1; 0 takes a free one
    std::filesystem::path folder;
    VirtualStatus status = VirtualStatus::ok;
    std::function<void(std::uint16_t port)> ready;
    std::function<void(const std::filesystem::path& job)> stored;
};

/// Stores each connection's bytes as `job-000001.bin` …, after those that are there; a connection
/// that only asked for the status leaves none. Returns on an error alone: `port_in_use`,
/// `write_failed`.
Result<void> serve_virtual_printer(const VirtualPrinterOptions& options);

}  // namespace fangxin::drivers
