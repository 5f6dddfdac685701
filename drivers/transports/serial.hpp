// A serial port, opened for us alone: /dev/ttyS*, USB adapters, CDC-ACM devices, and the
// pseudo-terminals of tests. The only file of ours that knows termios. A port belongs to one
// thread; only Interrupt may be raised from another.
#pragma once

#include "domain/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace fangxin::drivers {

/// The clock of every `at_ms` and `now_ms` of a device: milliseconds that never go back.
std::int64_t monotonic_now_ms();

enum class Parity { none, even, odd };

struct LineSettings {
    int baud = 9600;
    int data_bits = 8;
    Parity parity = Parity::none;
    int stop_bits = 1;
    bool operator==(const LineSettings&) const = default;
};

/// `9600 8n1`, `4800 7e1`. Errors: bad_line_settings.
Result<LineSettings> parse_line_settings(std::string_view text);
std::string format_line_settings(const LineSettings& line);

/// Ends a wait from another thread: a read in progress returns at once, and so does every later
/// one. Once raised it stays so.
class Interrupt {
  public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    void raise();
    /// Sleeps; true as soon as it was raised.
    bool wait_for(std::int64_t milliseconds) const;
    int descriptor() const { return descriptor_; }

  private:
    int descriptor_;
};

class SerialPort {
  public:
    /// What lay in the system's buffer is thrown away: a weight from before is not a weight.
    /// A pseudo-terminal that cannot do parity or seven bits is opened as 8N1.
    /// Errors: not_found, no_permission, busy (another program has it), not_a_port,
    /// line_settings_refused, open_failed.
    static Result<SerialPort> open(const std::string& path, const LineSettings& line);

    SerialPort(SerialPort&& other) noexcept;
    SerialPort& operator=(SerialPort&& other) noexcept;
    ~SerialPort();

    /// Waits for bytes, `timeout_ms` at most (-1: for ever). 0 is a time-out or an interrupt.
    /// Errors: device_gone (unplugged; close and open again).
    Result<std::size_t> read(std::span<std::byte> into, int timeout_ms,
                             const Interrupt* interrupt = nullptr);
    /// All of it, within `timeout_ms`. Errors: device_gone, write_timeout.
    Result<void> write(std::span<const std::byte> bytes, int timeout_ms);
    void close();

  private:
    explicit SerialPort(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace fangxin::drivers
