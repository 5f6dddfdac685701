// The cable to a receipt printer: bytes out with time limits, single bytes back. A network printer
// and a USB printer node are both a descriptor here. Owned and called by one thread, except
// the Interrupt, which any thread may raise.
#pragma once

#include "domain/result.hpp"
#include "drivers/printers/printer.hpp"
#include "drivers/transports/address.hpp"
#include "drivers/transports/transport.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace fangxin::drivers {

/// An open printer; closing it is its end.
class PrinterPort {
  public:
    virtual ~PrinterPort() = default;

    /// All bytes, or `printer_gone` after `limits.stall` without progress, or `cancelled`.
    virtual Result<void> write(std::string_view bytes) = 0;
    /// The next byte within `limits.answer`; none if none comes.
    virtual Result<std::optional<std::uint8_t>> read_byte() = 0;
    /// Throws away what the printer sent unasked.
    virtual void discard_input() = 0;
    /// Waits until the other side's kernel has all that was written; same errors as write().
    virtual Result<void> flush() = 0;
};

/// `printer_gone` if nobody listens within `limits.connect`. A host name is looked up first, for as
/// long as the system's resolver takes: give printers numbers.
Result<std::unique_ptr<PrinterPort>> open_tcp_printer(const TcpAddress& address,
                                                      const PrinterLimits& limits,
                                                      const Interrupt& cancelled);

/// `pattern` may be a glob: the number of `/dev/usb/lp*` changes with every replugging.
/// `printer_busy` if another program has it open; `printer_error` if we may not open it.
Result<std::unique_ptr<PrinterPort>> open_usb_printer(const std::string& pattern,
                                                      const PrinterLimits& limits,
                                                      const Interrupt& cancelled);

/// A printer of the USB class that no kernel driver is needed for, by its identity: whatever socket
/// it is in. `printer_busy` if another program has it; `printer_error` if we may not open it, if it
/// is no printer, or if two fit; else `printer_gone`.
Result<std::unique_ptr<PrinterPort>> open_usb_class_printer(const UsbAddress& address,
                                                            const PrinterLimits& limits,
                                                            const Interrupt& cancelled);

}  // namespace fangxin::drivers
