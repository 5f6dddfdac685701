#include "tests/support/mock_usb.hpp"

#include <cstddef>
#include <cstring>
#include <fmt/format.h>
#include <linux/usbdevice_fs.h>
#include <map>
#include <sstream>
#include <stdexcept>
#include <sys/ioctl.h>
#include <umockdev.h>

namespace fangxin::tests {

namespace {

std::string hex(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes)
        text += fmt::format("{:02X}", static_cast<unsigned char>(byte));
    return text;
}

void put16(std::string& bytes, unsigned value) {
    bytes.push_back(static_cast<char>(value & 0xFFU));
    bytes.push_back(static_cast<char>(value >> 8U));
}

void put(std::string& bytes, std::initializer_list<int> values) {
    for (const int value : values)
        bytes.push_back(static_cast<char>(value));
}

/// Device and configuration descriptor (USB 2.0, section 9.6), HID's between.
std::string descriptors(const MockDevice& device) {
    std::string interfaces;
    int number = 0;
    for (const MockInterface& each : device.interfaces) {
        const int endpoints = (each.in != 0 ? 1 : 0) + (each.out != 0 ? 1 : 0);
        put(interfaces,
            {9, 4, number++, 0, endpoints, each.klass, each.subclass, each.protocol, 0});
        if (each.klass == 3) {
            put(interfaces, {9, 0x21, 0x11, 1, 0, 1, 0x22});
            put16(interfaces, static_cast<unsigned>(each.report_descriptor.size()));
        }
        for (const std::uint8_t endpoint : {each.in, each.out}) {
            if (endpoint == 0) continue;
            put(interfaces, {7, 5, endpoint, each.bulk ? 2 : 3, 64, 0, each.bulk ? 0 : 10});
        }
    }
    std::string bytes;
    put(bytes, {18, 1, 0x00, 0x02, 0, 0, 0, 64});
    put16(bytes, device.vendor);
    put16(bytes, device.product);
    put(bytes, {0x00, 0x01, 1, 2, 3, 1});
    put(bytes, {9, 2});
    put16(bytes, static_cast<unsigned>(9 + interfaces.size()));
    put(bytes, {number, 1, 0, 0x80, 50});
    return bytes + interfaces;
}

std::string path_of(const MockDevice& device) {
    return "/devices/pci0000:00/0000:00:14.0/usb1/" + device.port;
}

std::string description(const MockDevice& device) {
    const std::string all = descriptors(device);
    std::string text = fmt::format(
        "P: {0}\nN: bus/usb/001/{1:03}={2}\nE: DEVNAME=/dev/bus/usb/001/{1:03}\n"
        "E: DEVTYPE=usb_device\nE: DRIVER=usb\nE: BUSNUM=001\nE: DEVNUM={1:03}\nE: MAJOR=189\n"
        "E: MINOR={3}\nE: SUBSYSTEM=usb\nA: busnum=1\\n\nA: devnum={1}\\n\nA: devpath={4}\\n\n"
        "A: bConfigurationValue=1\\n\nA: bNumConfigurations=1\\n\nA: idVendor={5:04x}\\n\n"
        "A: idProduct={6:04x}\\n\nA: product={7}\\n\nA: speed=12\\n\n"
        "H: descriptors={2}\n",
        path_of(device), device.number, hex(all), device.number - 1, device.port.substr(2),
        device.vendor, device.product, device.name);
    if (!device.serial.empty()) text += fmt::format("A: serial={}\\n\n", device.serial);
    text += "\n";
    int number = 0;
    for (const MockInterface& each : device.interfaces) {
        const std::string folder = fmt::format("{}/{}:1.{}", path_of(device), device.port, number);
        text += fmt::format(
            "P: {}\nE: DEVTYPE=usb_interface\nE: SUBSYSTEM=usb\nA: bInterfaceNumber={:02x}\\n\n"
            "A: bInterfaceClass={:02x}\\n\nA: bInterfaceSubClass={:02x}\\n\n"
            "A: bInterfaceProtocol={:02x}\\n\n\n",
            folder, number, each.klass, each.subclass, each.protocol);
        if (!each.report_descriptor.empty()) {
            text += fmt::format(
                "P: {}/0003:0001:0001.{:04x}\nE: SUBSYSTEM=hid\n"
                "H: report_descriptor={}\n\n",
                folder, device.number * 16 + number, hex(each.report_descriptor));
        }
        ++number;
    }
    return text;
}

struct Urb {
    UMockdevIoctlData* data = nullptr;
    bool is_in = false;  ///< of an interrupt or bulk endpoint: waits for something to send
};

/// The kernel's side of one device.
struct Played {
    std::mutex mutex;
    std::deque<std::string> to_send;
    std::deque<Urb> pending;
    std::map<int, std::string> answers;
    std::string received;
    int stalls = 0;
    int cleared = 0;
    int claimed = 0;
    bool frozen = false;
    bool gone = false;
    UMockdevIoctlBase* handler = nullptr;
    std::string node;
};

usbdevfs_urb* urb_of(UMockdevIoctlData* data) {
    return reinterpret_cast<usbdevfs_urb*>(data->data);
}

UMockdevIoctlData* buffer_of(UMockdevIoctlData* data) {
    return umockdev_ioctl_data_resolve(data, offsetof(usbdevfs_urb, buffer),
                                       static_cast<gsize>(urb_of(data)->buffer_length), nullptr);
}

void control(Played& device, usbdevfs_urb& urb, UMockdevIoctlData& buffer) {
    const auto* setup = buffer.data;
    const bool is_in = (setup[0] & 0x80U) != 0;
    if (!is_in) {
        const char* data = reinterpret_cast<const char*>(buffer.data) + 8;
        device.received.append(data, static_cast<std::size_t>(urb.buffer_length - 8));
        urb.actual_length = urb.buffer_length - 8;
        urb.status = 0;
        return;
    }
    auto answer = device.answers.find(setup[1]);
    if (answer == device.answers.end()) {
        urb.status = -EPIPE;
        urb.actual_length = 0;
        return;
    }
    const auto length =
        std::min(answer->second.size(), static_cast<std::size_t>(urb.buffer_length - 8));
    std::memcpy(buffer.data + 8, answer->second.data(), length);
    urb.actual_length = static_cast<int>(length);
    urb.status = 0;
}

void submit(Played& device, UMockdevIoctlClient* client, UMockdevIoctlData* argument) {
    UMockdevIoctlData* data =
        umockdev_ioctl_data_resolve(argument, 0, sizeof(usbdevfs_urb), nullptr);
    usbdevfs_urb& urb = *urb_of(data);
    UMockdevIoctlData* buffer = buffer_of(data);
    const bool is_in = urb.type != USBDEVFS_URB_TYPE_CONTROL && (urb.endpoint & 0x80U) != 0;
    if (urb.type == USBDEVFS_URB_TYPE_CONTROL) {
        control(device, urb, *buffer);
    } else if (!is_in && !device.frozen) {
        device.received.append(reinterpret_cast<const char*>(buffer->data),
                               static_cast<std::size_t>(urb.buffer_length));
        urb.actual_length = urb.buffer_length;
        urb.status = 0;
    }
    device.pending.push_back(
        {data, is_in || (device.frozen && urb.type != USBDEVFS_URB_TYPE_CONTROL)});
    umockdev_ioctl_client_complete(client, device.gone ? -1 : 0, device.gone ? ENODEV : 0);
    g_object_unref(buffer);
}

/// Fills a waiting IN transfer if there is something for it; false if it must wait.
bool fill(Played& device, UMockdevIoctlData* data) {
    usbdevfs_urb& urb = *urb_of(data);
    if (device.gone) {  // the kernel gives back what was on its way
        urb.status = -ESHUTDOWN;
        urb.actual_length = 0;
        return true;
    }
    if ((urb.endpoint & 0x80U) == 0) return false;  // frozen
    if (device.stalls > 0) {
        --device.stalls;
        urb.status = -EPIPE;
        urb.actual_length = 0;
        return true;
    }
    if (device.to_send.empty()) return false;
    const std::string bytes = device.to_send.front();
    device.to_send.pop_front();
    const auto length = std::min(bytes.size(), static_cast<std::size_t>(urb.buffer_length));
    UMockdevIoctlData* buffer = buffer_of(data);
    std::memcpy(buffer->data, bytes.data(), length);
    g_object_unref(buffer);
    urb.status = bytes.size() > length ? -EOVERFLOW : 0;
    urb.actual_length = static_cast<int>(length);
    return true;
}

void reap(Played& device, UMockdevIoctlClient* client, UMockdevIoctlData* argument) {
    for (auto urb = device.pending.begin(); urb != device.pending.end(); ++urb) {
        if (urb->is_in && !fill(device, urb->data)) continue;
        UMockdevIoctlData* data = urb->data;
        device.pending.erase(urb);
        UMockdevIoctlData* place = umockdev_ioctl_data_resolve(argument, 0, sizeof(void*), nullptr);
        umockdev_ioctl_data_set_ptr(place, 0, data);
        umockdev_ioctl_client_complete(client, 0, 0);
        g_object_unref(place);
        return;
    }
    umockdev_ioctl_client_complete(client, -1, device.gone ? ENODEV : EAGAIN);
}

void discard(Played& device, UMockdevIoctlClient* client) {
    for (Urb& urb : device.pending) {
        if (!urb.is_in) continue;
        urb_of(urb.data)->status = -ENOENT;
        urb_of(urb.data)->actual_length = 0;
        urb.is_in = false;
    }
    umockdev_ioctl_client_complete(client, 0, 0);
}

gboolean on_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer self) {
    Played& device = *static_cast<Played*>(self);
    std::lock_guard lock(device.mutex);
    UMockdevIoctlData* argument = umockdev_ioctl_client_get_arg(client);
    switch (umockdev_ioctl_client_get_request(client)) {
        case USBDEVFS_GET_CAPABILITIES: {
            UMockdevIoctlData* data = umockdev_ioctl_data_resolve(argument, 0, 4, nullptr);
            const guint32 capabilities = 0x0F;
            std::memcpy(data->data, &capabilities, sizeof capabilities);
            umockdev_ioctl_client_complete(client, 0, 0);
            g_object_unref(data);
            return TRUE;
        }
        case USBDEVFS_CLAIMINTERFACE:
        case USBDEVFS_DISCONNECT_CLAIM:
            ++device.claimed;
            umockdev_ioctl_client_complete(client, 0, 0);
            return TRUE;
        case USBDEVFS_RELEASEINTERFACE:
            --device.claimed;
            umockdev_ioctl_client_complete(client, 0, 0);
            return TRUE;
        case USBDEVFS_CLEAR_HALT:
            ++device.cleared;
            umockdev_ioctl_client_complete(client, 0, 0);
            return TRUE;
        case USBDEVFS_GETDRIVER:
            umockdev_ioctl_client_complete(client, -1, ENODATA);
            return TRUE;
        case USBDEVFS_SUBMITURB:
            submit(device, client, argument);
            return TRUE;
        case USBDEVFS_REAPURB:
        case USBDEVFS_REAPURBNDELAY:
            reap(device, client, argument);
            return TRUE;
        case USBDEVFS_DISCARDURB:
            discard(device, client);
            return TRUE;
        default:
            umockdev_ioctl_client_complete(client, -1, ENOTTY);
            return TRUE;
    }
}

}  // namespace

struct MockUsb::Impl {
    UMockdevTestbed* testbed = umockdev_testbed_new();
    std::map<std::string, std::unique_ptr<Played>> devices;
    std::map<std::string, std::vector<std::string>> paths;  ///< of a port, the deepest last

    Played& at(const std::string& port) { return *devices.at(port); }
};

MockUsb::MockUsb() : impl_(std::make_unique<Impl>()) {
    if (umockdev_in_mock_environment() == FALSE) {
        throw std::runtime_error("run this under umockdev-wrapper");
    }
}

MockUsb::~MockUsb() {
    for (auto& [port, device] : impl_->devices)
        g_object_unref(device->handler);
    g_object_unref(impl_->testbed);
}

void MockUsb::plug(const MockDevice& device) {
    GError* error = nullptr;
    const std::string text = description(device);
    auto& paths = impl_->paths[device.port];
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("P: ")) paths.push_back("/sys" + line.substr(3));
    }
    if (umockdev_testbed_add_from_string(impl_->testbed, text.c_str(), &error) == FALSE) {
        throw std::runtime_error(error->message);
    }
    auto& played = impl_->devices[device.port];
    if (!played) played = std::make_unique<Played>();
    played->gone = false;
    played->handler = umockdev_ioctl_base_new();
    g_signal_connect(played->handler, "handle-ioctl", G_CALLBACK(on_ioctl), played.get());
    played->node = fmt::format("/dev/bus/usb/001/{:03}", device.number);
    if (umockdev_testbed_attach_ioctl(impl_->testbed, played->node.c_str(), played->handler,
                                      &error) == FALSE) {
        throw std::runtime_error(error->message);
    }
}

void MockUsb::unplug(const std::string& port) {
    {
        std::lock_guard lock(impl_->at(port).mutex);
        impl_->at(port).gone = true;
    }
    umockdev_testbed_detach_ioctl(impl_->testbed, impl_->at(port).node.c_str(), nullptr);
    auto& paths = impl_->paths[port];
    umockdev_testbed_uevent(impl_->testbed, paths.front().c_str(), "remove");
    for (; !paths.empty(); paths.pop_back())
        umockdev_testbed_remove_device(impl_->testbed, paths.back().c_str());
}

void MockUsb::send(const std::string& port, std::string_view bytes) {
    std::lock_guard lock(impl_->at(port).mutex);
    impl_->at(port).to_send.emplace_back(bytes);
}

void MockUsb::stall(const std::string& port, int times) {
    std::lock_guard lock(impl_->at(port).mutex);
    impl_->at(port).stalls = times;
}

void MockUsb::freeze(const std::string& port) {
    std::lock_guard lock(impl_->at(port).mutex);
    impl_->at(port).frozen = true;
}

void MockUsb::answer(const std::string& port, std::uint8_t request, std::string_view bytes) {
    std::lock_guard lock(impl_->at(port).mutex);
    impl_->at(port).answers[request] = bytes;
}

std::string MockUsb::received(const std::string& port) {
    std::lock_guard lock(impl_->at(port).mutex);
    return impl_->at(port).received;
}

int MockUsb::cleared(const std::string& port) {
    std::lock_guard lock(impl_->at(port).mutex);
    return impl_->at(port).cleared;
}

bool MockUsb::is_claimed(const std::string& port) {
    std::lock_guard lock(impl_->at(port).mutex);
    return impl_->at(port).claimed > 0;
}

}  // namespace fangxin::tests
