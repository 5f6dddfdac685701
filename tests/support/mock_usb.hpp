// A USB device that exists for the kernel's interfaces alone: sysfs and usbdevfs are played by
// libumockdev, so the product's own libusb code runs. The test programs it. Runs under
// umockdev-wrapper. Tests only.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::tests {

/// One interface of it, with at most an IN and an OUT endpoint.
struct MockInterface {
    int klass = 3;
    int subclass = 0;
    int protocol = 0;
    std::uint8_t in = 0;   ///< endpoint address, 0x81; 0: none
    std::uint8_t out = 0;  ///< 0x02
    bool bulk = false;
    std::string report_descriptor{};
};

struct MockDevice {
    std::string port = "1-3";
    int number = 11;
    std::uint16_t vendor = 0;
    std::uint16_t product = 0;
    std::string serial{};
    std::string name = "mock";
    std::vector<MockInterface> interfaces{};
};

/// A sysfs with USB devices in it. One at a time in a process.
class MockUsb {
  public:
    MockUsb();
    ~MockUsb();
    MockUsb(const MockUsb&) = delete;
    MockUsb& operator=(const MockUsb&) = delete;

    /// Plugs it in, and tells whoever watches.
    void plug(const MockDevice& device);
    void unplug(const std::string& port);

    /// What the device of this port sends next on its IN endpoint, one transfer each.
    void send(const std::string& port, std::string_view bytes);
    /// Its next IN transfer stalls; `times` of them.
    void stall(const std::string& port, int times);
    /// It takes nothing more on its OUT endpoint, and says nothing.
    void freeze(const std::string& port);
    /// What it answers to a control request that comes in; without one it stalls.
    void answer(const std::string& port, std::uint8_t request, std::string_view bytes);
    /// All that came on OUT endpoints and by control requests with data.
    std::string received(const std::string& port);
    /// How often a stalled endpoint was cleared.
    int cleared(const std::string& port);
    bool is_claimed(const std::string& port);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace fangxin::tests
