#include "drivers/transports/open_device.hpp"

#include "drivers/transports/descriptor.hpp"
#include "drivers/transports/usb.hpp"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace fangxin::drivers {

namespace {

Result<std::unique_ptr<Transport>> open_hidraw(const std::string& path, std::string identity) {
    Descriptor node(::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
    if (node.get() < 0) return open_error(path, errno);
    return std::make_unique<DescriptorTransport>(std::move(node), std::move(identity));
}

int cdc_parity(Parity parity) {
    switch (parity) {
        case Parity::none:
            return 0;
        case Parity::odd:
            return 1;
        case Parity::even:
            return 2;
        case Parity::mark:
            return 3;
        case Parity::space:
            break;
    }
    return 4;
}

class Opener {
  public:
    explicit Opener(const CableOptions& options) : options_(options) {}

    Result<std::unique_ptr<Transport>> operator()(const PathAddress& address) const {
        switch (options_.cable) {
            case Cable::serial:
                return open_serial(address.path, options_.line, identity_of_path(address.path));
            case Cable::hid:
                return open_hidraw(address.path, identity_of_path(address.path));
            case Cable::keys:
                break;
        }
        return open_input(address.path, identity_of_path(address.path));
    }
    Result<std::unique_ptr<Transport>> operator()(const UsbAddress& address) const {
        auto device = find_usb_device(address);
        if (!device) return tl::unexpected(device.error());
        switch (options_.cable) {
            case Cable::serial:
                return open_usb_serial(*device);
            case Cable::hid:
                return open_usb(*device,
                                {.klass = UsbClass::hid, .usage_page = options_.usage_page});
            case Cable::keys:
                break;
        }
        const std::string node = node_of(*device, "/dev/input/event");
        if (node.empty()) return failure("wrong_device", device->identity() + " sends no keys");
        return open_input(node, device->identity());
    }
    Result<std::unique_ptr<Transport>> operator()(const TcpAddress& address) const {
        return open_tcp(address, options_.connect_ms, options_.stop);
    }
    Result<std::unique_ptr<Transport>> operator()(const FileAddress& address) const {
        return open_file(address.path);
    }
    Result<std::unique_ptr<Transport>> operator()(const ReplayAddress& address) const {
        return open_replay(address.path);
    }

  private:
    Result<std::unique_ptr<Transport>> open_usb_serial(const UsbDevice& device) const {
        const std::string node = node_of(device, "/dev/tty");
        if (!node.empty()) return open_serial(node, options_.line, device.identity());
        return open_usb(device, {.klass = UsbClass::communication,
                                 .baud = options_.line.baud,
                                 .data_bits = options_.line.data_bits,
                                 .parity = cdc_parity(options_.line.parity),
                                 .stop_bits = options_.line.stop_bits});
    }

    CableOptions options_;
};

}  // namespace

std::string identity_of_path(const std::string& path) {
    std::error_code error;
    const std::string node = std::filesystem::canonical(path, error);
    for (const UsbDevice& device : usb_devices()) {
        for (const UsbInterface& interface : device.interfaces) {
            for (const std::string& each : interface.nodes) {
                if (each == node) return device.identity();
            }
        }
    }
    return path;
}

Result<std::unique_ptr<Transport>> open_device(const DeviceAddress& address,
                                               const CableOptions& options) {
    return std::visit(Opener(options), address);
}

}  // namespace fangxin::drivers
