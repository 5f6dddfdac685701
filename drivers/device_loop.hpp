// A device that may come and go: a thread that opens it, says to it what it waits for, reads, and
// after a loss opens again until it is told to stop. What is said and understood is the
// Conversation's; the loop owns the cable, the times and the state of health. Owned by the driver
// (Scale, Scanner …); all calls of a Conversation come from the device's thread and must not block
// or call stop().
#pragma once

#include "drivers/transports/open_device.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>

namespace fangxin::drivers {

/// What a technician sees of a device. `reason` is empty while it is connected.
struct DeviceChange {
    bool connected = false;
    Error reason;
    std::string identity;  ///< as Transport::identity(), while it is connected
};

/// How a device fares, for the list of devices and the fault ticket.
struct DeviceHealth {
    bool connected = false;
    Error reason;               ///< why it is not, or why it is of no use
    std::string identity;       ///< the last one seen
    std::int64_t since_ms = 0;  ///< of this state; monotonic
    std::int64_t heard_ms = 0;  ///< its last byte; 0: none since it was opened
    std::int64_t losses = 0;    ///< since the start
};

class Conversation {
  public:
    virtual ~Conversation() = default;

    /// The cable has just been opened: whatever was half said before is void.
    virtual void opened(std::int64_t now_ms) = 0;
    virtual void received(std::span<const std::byte> bytes, std::int64_t now_ms) = 0;
    /// What is to be sent now. Asked after every byte, every wake-up and every `wake_at_ms`.
    virtual std::string to_send(std::int64_t) { return {}; }
    /// When it wants to be asked again though nothing comes; none: only bytes wake it.
    virtual std::optional<std::int64_t> wake_at_ms() const { return std::nullopt; }
    /// Found, lost, or still missing for another reason than before.
    virtual void changed(const DeviceChange& change) = 0;
};

/// Gives up, with whatever error, once `stop` is raised.
using OpenDevice = std::function<Result<std::unique_ptr<Transport>>(const Interrupt& stop)>;
/// Opens that address each time.
OpenDevice opener_of(DeviceAddress address, const CableOptions& cable);

struct DeviceTimes {
    std::int64_t first_retry_ms = 100;  ///< doubled at each failure
    std::int64_t last_retry_ms = 2000;
    int write_ms = 1000;
};

class DeviceLoop {
  public:
    /// `conversation` outlives the loop.
    DeviceLoop(OpenDevice open, Conversation& conversation, const DeviceTimes& times = {});
    ~DeviceLoop();  ///< stops
    DeviceLoop(const DeviceLoop&) = delete;
    DeviceLoop& operator=(const DeviceLoop&) = delete;

    /// Once. Any thread but its own.
    void start();
    /// Returns when no callback runs or will run any more: within milliseconds while it waits,
    /// reads or connects. Again is harmless.
    void stop();
    /// The conversation has something to send, or the device may have come: now, not at the next
    /// try. Any thread.
    void wake();
    DeviceHealth health() const;

  private:
    void run();
    Error open_and_serve();
    Error serve(Transport& device);
    Result<void> say(Transport& device);
    void pause();
    void report(const DeviceChange& change);

    OpenDevice open_;
    Conversation& conversation_;
    DeviceTimes times_;
    Interrupt interrupt_;  ///< stop() and wake()
    Interrupt stop_;       ///< stop() alone: a wake-up does not break off what is being opened
    std::atomic<bool> stopping_ = false;
    std::int64_t retry_ms_ = 0;
    std::string reported_ = "none yet";  ///< error code told last; empty while connected
    mutable std::mutex mutex_;
    DeviceHealth health_;  ///< under the mutex
    std::thread thread_;
};

}  // namespace fangxin::drivers
