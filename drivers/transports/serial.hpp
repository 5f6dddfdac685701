// A serial port, opened for us alone: /dev/ttyS*, USB adapters, CDC-ACM devices, and the
// pseudo-terminals of tests. The only file of ours that knows termios.
#pragma once

#include "drivers/transports/transport.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace fangxin::drivers {

enum class Parity { none, even, odd, mark, space };

struct LineSettings {
    int baud = 9600;
    int data_bits = 8;
    Parity parity = Parity::none;
    int stop_bits = 1;
    bool operator==(const LineSettings&) const = default;
};

/// `9600 8n1`, `4800 7e1`; parity n, e, o, m (mark) or s (space). Errors: bad_line_settings.
Result<LineSettings> parse_line_settings(std::string_view text);
/// The same of a devices file, where nothing stands for `factory`, as the device leaves it.
Result<LineSettings> line_settings_of(std::string_view text, const LineSettings& factory);
std::string format_line_settings(const LineSettings& line);

/// Opens a port. What lay in the system's buffer is thrown away: a weight from before is not a
/// weight. A pseudo-terminal that cannot do parity or seven bits is opened as 8N1. `identity` is
/// what the transport then says of itself.
/// Errors: not_found, no_permission, busy (another program has it), not_a_port,
/// line_settings_refused, open_failed.
Result<std::unique_ptr<Transport>> open_serial(const std::string& path, const LineSettings& line,
                                               std::string identity = {});

}  // namespace fangxin::drivers
