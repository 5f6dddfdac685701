// An open cable, whatever it is made of: bytes both ways, and who is at the other end. Opened by
// open_device.hpp, owned by the device loop's thread; only its Interrupt may be raised from
// another.
#pragma once

#include "domain/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace fangxin::drivers {

/// The clock of every `at_ms` and `now_ms` of a device: milliseconds that never go back.
std::int64_t monotonic_now_ms();

/// Ends a wait from another thread: a read in progress returns at once, and so does every later
/// one until it is lowered.
class Interrupt {
  public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    void raise();
    void lower();
    bool is_raised() const { return wait_for(0); }
    /// Sleeps; true as soon as it was raised.
    bool wait_for(std::int64_t milliseconds) const;
    int descriptor() const { return descriptor_; }

  private:
    int descriptor_;
};

class Transport {
  public:
    virtual ~Transport() = default;

    /// Waits for bytes, `timeout_ms` at most (-1: for ever). 0 is a time-out or an interrupt. Where
    /// the cable keeps borders (USB reports, input events) it gives whole ones.
    /// Errors: device_gone (unplugged, closed, broken; open again).
    virtual Result<std::size_t> read(std::span<std::byte> into, int timeout_ms,
                                     const Interrupt* interrupt = nullptr) = 0;
    /// All of it, within `timeout_ms`. Errors: device_gone, write_timeout, read_only.
    virtual Result<void> write(std::span<const std::byte> bytes, int timeout_ms) = 0;
    /// What tells this device from another of its kind: `usb:0eb8:f000:SN17`, or
    /// `usb:0eb8:f000@1-3.2` for one without a serial number, or `/dev/ttyS0` for a socket of the
    /// machine. Empty where nothing can tell (a network address, a capture).
    virtual std::string identity() const = 0;
};

}  // namespace fangxin::drivers
