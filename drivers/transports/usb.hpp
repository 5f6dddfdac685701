// USB devices without a kernel driver between: HID point-of-sale scales and scanners, printers, and
// serial devices of the communication class that the kernel leaves alone. The only file that knows
// libusb. A transport belongs to one thread; so does its libusb context.
#pragma once

#include "drivers/transports/transport.hpp"
#include "drivers/transports/usb_tree.hpp"

#include <functional>
#include <memory>

namespace fangxin::drivers {

struct UsbUse {
    UsbClass klass = UsbClass::hid;
    /// HID: only an interface whose report descriptor names this page, such as 8Dh for scales.
    std::uint16_t usage_page = 0;
    /// CDC: the line settings, as if it were a serial line.
    int baud = 9600;
    int data_bits = 8;
    int parity = 0;  ///< as in SET_LINE_CODING: 0 none, 1 odd, 2 even, 3 mark, 4 space
    int stop_bits = 1;
};

/// Claims the interface; a kernel driver that has it is detached, and comes back at the end.
/// `read` gives one transfer at a time, a HID report whole; empty completions are passed over, and
/// it always offers room for 64 bytes, because endpoints of 6 were seen to give 0 in between.
/// `write` takes as long as the device takes something within the time-out. It goes to the
/// interrupt or bulk OUT endpoint; of a HID interface without one, it is a SET_REPORT of output
/// type whose id is the first byte (HID 1.11, section 7.2.2). A stalled endpoint is cleared once;
/// one that stalls again is `device_gone`. Errors of opening: not_found, no_permission, busy,
/// wrong_device (it has no such interface).
Result<std::unique_ptr<Transport>> open_usb(const UsbDevice& device, const UsbUse& use);

/// What GET_PORT_STATUS and GET_DEVICE_ID of a printer say (USB printer class 1.1, section 4.2).
struct UsbPrinterState {
    bool paper_empty = false;
    bool selected = false;
    bool error = false;
};
/// The device id without its two bytes of length: `MFG:…;MDL:…;CMD:ESC/POS;`.
Result<std::string> usb_printer_id(Transport& printer);
Result<UsbPrinterState> usb_printer_state(Transport& printer);

/// Tells when something is plugged in or out, on a thread of its own, until it is destroyed. Where
/// libusb cannot watch it says nothing, and devices are found by their next try.
class UsbWatch {
  public:
    explicit UsbWatch(std::function<void()> changed);
    ~UsbWatch();
    UsbWatch(const UsbWatch&) = delete;
    UsbWatch& operator=(const UsbWatch&) = delete;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace fangxin::drivers
