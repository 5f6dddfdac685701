#include "drivers/transports/printer_port.hpp"
#include "drivers/transports/usb.hpp"

#include <algorithm>
#include <array>

namespace fangxin::drivers {

namespace {

/// Of one transfer: a cancelled job is noticed between two.
constexpr std::size_t most_at_once = 512;

tl::unexpected<Error> printer_error_of(const Error& error) {
    const bool is_ours = error.code == "no_permission" || error.code == "wrong_device" ||
                         error.code == "ambiguous_device";
    const std::string code = error.code == "busy" ? "printer_busy"
                             : is_ours            ? "printer_error"
                                                  : "printer_gone";
    return failure(code, error.code + ": " + error.detail);
}

class UsbPrinterPort final : public PrinterPort {
  public:
    UsbPrinterPort(std::unique_ptr<Transport> printer, const PrinterLimits& limits,
                   const Interrupt& cancelled)
        : printer_(std::move(printer)), limits_(limits), cancelled_(cancelled) {}

    Result<void> write(std::string_view bytes) override {
        while (!bytes.empty()) {
            if (cancelled_.is_raised()) return failure("cancelled");
            const std::string_view part = bytes.substr(0, most_at_once);
            auto sent = printer_->write(std::as_bytes(std::span(part)),
                                        static_cast<int>(limits_.stall.count()));
            if (!sent) return printer_error_of(sent.error());
            bytes.remove_prefix(part.size());
        }
        return {};
    }

    Result<std::optional<std::uint8_t>> read_byte() override {
        if (waiting_.empty()) {
            std::array<std::byte, 64> buffer;
            auto count =
                printer_->read(buffer, static_cast<int>(limits_.answer.count()), &cancelled_);
            if (cancelled_.is_raised()) return failure("cancelled");
            if (!count) return printer_error_of(count.error());
            for (std::size_t i = 0; i < *count; ++i)
                waiting_.push_back(static_cast<char>(buffer[i]));
        }
        if (waiting_.empty()) return std::nullopt;
        const auto byte = static_cast<std::uint8_t>(waiting_.front());
        waiting_.erase(0, 1);
        return byte;
    }

    void discard_input() override {
        waiting_.clear();
        std::array<std::byte, 64> ignored;
        // Bounded: a device that never stops sending must not stop us.
        for (int reads = 0; reads < 64; ++reads) {
            auto count = printer_->read(ignored, 0);
            if (!count || *count == 0) return;
        }
    }

    /// A bulk transfer has ended when the printer has it.
    Result<void> flush() override { return {}; }

  private:
    std::unique_ptr<Transport> printer_;
    PrinterLimits limits_;
    const Interrupt& cancelled_;
    std::string waiting_;
};

}  // namespace

Result<std::unique_ptr<PrinterPort>> open_usb_class_printer(const UsbAddress& address,
                                                            const PrinterLimits& limits,
                                                            const Interrupt& cancelled) {
    auto device = find_usb_device(address);
    if (!device) return printer_error_of(device.error());
    auto printer = open_usb(*device, {.klass = UsbClass::printer});
    if (!printer) return printer_error_of(printer.error());
    return std::make_unique<UsbPrinterPort>(std::move(*printer), limits, cancelled);
}

}  // namespace fangxin::drivers
