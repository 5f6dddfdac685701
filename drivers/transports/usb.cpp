#include "drivers/transports/usb.hpp"

#include "domain/check.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <deque>
#include <libusb-1.0/libusb.h>
#include <optional>
#include <poll.h>
#include <thread>
#include <utility>
#include <vector>

namespace fangxin::drivers {

namespace {

constexpr std::size_t least_room = 64;
constexpr std::size_t most_waiting = 256;  // transfers nobody has read
constexpr unsigned control_ms = 500;

tl::unexpected<Error> usb_error(std::string_view step, int error) {
    std::string code = "device_gone";
    if (error == LIBUSB_ERROR_ACCESS) code = "no_permission";
    if (error == LIBUSB_ERROR_BUSY) code = "busy";
    if (error == LIBUSB_ERROR_TIMEOUT) code = "write_timeout";
    return failure(code, fmt::format("{}: {}", step, libusb_error_name(error)));
}

struct FreeContext {
    void operator()(libusb_context* context) const { libusb_exit(context); }
};
using Context = std::unique_ptr<libusb_context, FreeContext>;

Result<Context> make_context() {
    libusb_context* made = nullptr;
    if (int error = libusb_init(&made); error != 0) return usb_error("USB", error);
    return Context(made);
}

std::string port_of(libusb_device* device) {
    std::array<std::uint8_t, 8> ports{};
    const int count = libusb_get_port_numbers(device, ports.data(), static_cast<int>(ports.size()));
    std::string text = std::to_string(libusb_get_bus_number(device));
    for (int i = 0; i < count; ++i)
        text += (i == 0 ? "-" : ".") + std::to_string(ports[static_cast<std::size_t>(i)]);
    return text;
}

struct CloseHandle {
    void operator()(libusb_device_handle* handle) const { libusb_close(handle); }
};
using Handle = std::unique_ptr<libusb_device_handle, CloseHandle>;

/// By bus and number if libusb cannot tell the sockets.
bool is_at(libusb_device* device, const UsbDevice& wanted) {
    if (port_of(device) == wanted.port) return true;
    return libusb_get_bus_number(device) == wanted.bus &&
           libusb_get_device_address(device) == wanted.number;
}

Result<Handle> open_handle(libusb_context* context, const UsbDevice& wanted) {
    libusb_device** list = nullptr;
    const ssize_t count = libusb_get_device_list(context, &list);
    libusb_device_handle* handle = nullptr;
    int error = LIBUSB_ERROR_NOT_FOUND;
    for (ssize_t i = 0; i < count; ++i) {
        if (is_at(list[i], wanted)) error = libusb_open(list[i], &handle);
        if (handle != nullptr) break;
    }
    if (count >= 0) libusb_free_device_list(list, 1);
    if (error == LIBUSB_ERROR_NOT_FOUND) return failure("not_found", wanted.identity());
    if (error != 0) return usb_error(wanted.identity(), error);
    return Handle(handle);
}

struct Endpoints {
    int interface = -1;
    std::uint8_t in = 0;
    std::uint8_t out = 0;
    std::size_t in_size = 0;
    bool in_is_bulk = false;
    bool out_is_bulk = false;
};

void add_endpoint(const libusb_endpoint_descriptor& endpoint, Endpoints& found) {
    const auto type = endpoint.bmAttributes & LIBUSB_TRANSFER_TYPE_MASK;
    const bool is_bulk = type == LIBUSB_TRANSFER_TYPE_BULK;
    if (!is_bulk && type != LIBUSB_TRANSFER_TYPE_INTERRUPT) return;
    const bool is_in = (endpoint.bEndpointAddress & LIBUSB_ENDPOINT_IN) != 0;
    if (is_in && found.in == 0) {
        found.in = endpoint.bEndpointAddress;
        found.in_size = endpoint.wMaxPacketSize;
        found.in_is_bulk = is_bulk;
    } else if (!is_in && found.out == 0) {
        found.out = endpoint.bEndpointAddress;
        found.out_is_bulk = is_bulk;
    }
}

std::optional<Endpoints> endpoints_of(libusb_device_handle* handle, int number) {
    libusb_config_descriptor* config = nullptr;
    if (libusb_get_active_config_descriptor(libusb_get_device(handle), &config) != 0) {
        return std::nullopt;
    }
    std::optional<Endpoints> found;
    for (int i = 0; i < config->bNumInterfaces && !found; ++i) {
        const libusb_interface& interface = config->interface[i];
        if (interface.num_altsetting < 1) continue;
        const libusb_interface_descriptor& first = interface.altsetting[0];
        if (first.bInterfaceNumber != number) continue;
        found.emplace();
        found->interface = number;
        for (int e = 0; e < first.bNumEndpoints; ++e)
            add_endpoint(first.endpoint[e], *found);
    }
    libusb_free_config_descriptor(config);
    return found;
}

/// The interface that says it is what is wanted. A HID interface that no driver of the kernel has
/// says nothing in /sys (a program that had it was killed, or has it now): then all such, to be
/// asked one by one.
std::vector<UsbInterface> candidates(const UsbDevice& device, const UsbUse& use) {
    const UsbClass klass = use.klass == UsbClass::communication ? UsbClass::data : use.klass;
    std::vector<UsbInterface> unknown;
    for (const UsbInterface& interface : device.interfaces) {
        if (!interface.is(klass)) continue;
        const bool is_page =
            use.usage_page == 0 ||
            std::ranges::find(interface.usage_pages, use.usage_page) != interface.usage_pages.end();
        if (is_page) return {interface};
        if (interface.usage_pages.empty()) unknown.push_back(interface);
    }
    return unknown;
}

class UsbTransport final : public Transport {
  public:
    UsbTransport(Context context, Handle handle, std::string identity)
        : context_(std::move(context)),
          handle_(std::move(handle)),
          identity_(std::move(identity)) {}
    ~UsbTransport() override;

    Result<void> claim(const UsbDevice& device, const UsbUse& use);
    Result<void> control(std::uint8_t type, std::uint8_t request, std::uint16_t value,
                         std::span<std::uint8_t> data, std::size_t* got = nullptr);
    std::uint8_t interface() const { return static_cast<std::uint8_t>(endpoints_.interface); }

    Result<std::size_t> read(std::span<std::byte> into, int timeout_ms,
                             const Interrupt* interrupt) override;
    Result<void> write(std::span<const std::byte> bytes, int timeout_ms) override;
    std::string identity() const override { return identity_; }

  private:
    Result<void> take_interface(int number);
    void release_last();
    Result<bool> take_if_wanted(const UsbInterface& interface, const UsbUse& use);
    Result<void> set_line(const UsbUse& use, int control_interface);
    static void LIBUSB_CALL came(libusb_transfer* transfer);
    void take(const libusb_transfer& transfer);
    void submit();
    void recover();
    bool wait(std::optional<std::int64_t> deadline_ms, const Interrupt* interrupt);

    Context context_;
    Handle handle_;
    std::string identity_;
    std::vector<std::pair<int, bool>> claimed_;  ///< interface, and whether a driver was detached
    Endpoints endpoints_;
    std::vector<std::uint8_t> room_;
    libusb_transfer* transfer_ = nullptr;
    bool pending_ = false;
    bool stalled_ = false;  ///< the last transfer, which was cleared
    std::deque<std::string> waiting_;
    std::optional<Error> lost_;
};

UsbTransport::~UsbTransport() {
    if (transfer_ != nullptr && pending_) {
        libusb_cancel_transfer(transfer_);
        for (int i = 0; i < 100 && pending_; ++i) {
            timeval soon{.tv_sec = 0, .tv_usec = 10'000};
            libusb_handle_events_timeout_completed(context_.get(), &soon, nullptr);
        }
    }
    // A transfer that the system never gives back still points here: leak it rather than free it.
    if (transfer_ != nullptr && !pending_) libusb_free_transfer(transfer_);
    while (!claimed_.empty())
        release_last();
}

void UsbTransport::release_last() {
    const auto [number, was_driven] = claimed_.back();
    claimed_.pop_back();
    libusb_release_interface(handle_.get(), number);
    if (was_driven) libusb_attach_kernel_driver(handle_.get(), number);
}

Result<void> UsbTransport::take_interface(int number) {
    bool was_driven = libusb_kernel_driver_active(handle_.get(), number) == 1;
    if (was_driven) was_driven = libusb_detach_kernel_driver(handle_.get(), number) == 0;
    if (int error = libusb_claim_interface(handle_.get(), number); error != 0) {
        if (was_driven) libusb_attach_kernel_driver(handle_.get(), number);
        return usb_error("claiming " + identity_, error);
    }
    claimed_.emplace_back(number, was_driven);
    return {};
}

/// False if it is not what is wanted. A HID interface without a driver is asked for its report
/// descriptor (HID 1.11, section 7.1.1), and goes to the kernel's when we are done.
Result<bool> UsbTransport::take_if_wanted(const UsbInterface& interface, const UsbUse& use) {
    const auto found = endpoints_of(handle_.get(), interface.number);
    const bool must_send = use.klass != UsbClass::hid;
    if (!found || (found->in == 0 && use.klass != UsbClass::printer) ||
        (must_send && found->out == 0)) {
        return false;
    }
    if (auto taken = take_interface(interface.number); !taken) return tl::unexpected(taken.error());
    endpoints_ = *found;
    if (use.usage_page == 0 || !interface.usage_pages.empty()) return true;
    claimed_.back().second = true;
    constexpr std::uint8_t get_descriptor = 0x06;
    constexpr std::uint16_t report_descriptor = 0x2200;
    std::array<std::uint8_t, 4096> data{};
    std::size_t got = 0;
    if (control(0x81, get_descriptor, report_descriptor, data, &got)) {
        const auto pages = usage_pages({reinterpret_cast<const char*>(data.data()), got});
        if (std::ranges::find(pages, use.usage_page) != pages.end()) return true;
    }
    release_last();
    return false;
}

Result<void> UsbTransport::claim(const UsbDevice& device, const UsbUse& use) {
    bool taken = false;
    for (const UsbInterface& each : candidates(device, use)) {
        auto tried = take_if_wanted(each, use);
        if (!tried) return tl::unexpected(tried.error());
        taken = *tried;
        if (taken) break;
    }
    if (!taken) return failure("wrong_device", device.identity() + " has no such interface");
    if (use.klass == UsbClass::communication) {
        for (const UsbInterface& each : device.interfaces) {
            if (!each.is(UsbClass::communication)) continue;
            if (auto also = take_interface(each.number); !also) return also;
            if (auto set = set_line(use, each.number); !set) return set;
            break;
        }
    }
    room_.resize(std::max(least_room, endpoints_.in_size));
    transfer_ = libusb_alloc_transfer(0);
    FANGXIN_CHECK(transfer_ != nullptr);
    if (endpoints_.in != 0) submit();
    if (lost_) return tl::unexpected(*lost_);
    return {};
}

/// SET_LINE_CODING and SET_CONTROL_LINE_STATE (USB CDC PSTN 1.2, sections 6.3.10 to 6.3.12).
Result<void> UsbTransport::set_line(const UsbUse& use, int control_interface) {
    const auto baud = static_cast<std::uint32_t>(use.baud);
    std::array<std::uint8_t, 7> coding{static_cast<std::uint8_t>(baud),
                                       static_cast<std::uint8_t>(baud >> 8U),
                                       static_cast<std::uint8_t>(baud >> 16U),
                                       static_cast<std::uint8_t>(baud >> 24U),
                                       static_cast<std::uint8_t>(use.stop_bits == 2 ? 2 : 0),
                                       static_cast<std::uint8_t>(use.parity),
                                       static_cast<std::uint8_t>(use.data_bits)};
    const auto index = static_cast<std::uint16_t>(control_interface);
    int error = libusb_control_transfer(handle_.get(), 0x21, 0x20, 0, index, coding.data(),
                                        coding.size(), control_ms);
    if (error >= 0) {
        error =
            libusb_control_transfer(handle_.get(), 0x21, 0x22, 3, index, nullptr, 0, control_ms);
    }
    if (error == LIBUSB_ERROR_PIPE) return {};  // it has no line to set
    if (error < 0) return usb_error("line settings", error);
    return {};
}

Result<void> UsbTransport::control(std::uint8_t type, std::uint8_t request, std::uint16_t value,
                                   std::span<std::uint8_t> data, std::size_t* got) {
    const int count = libusb_control_transfer(
        handle_.get(), type, request, value, static_cast<std::uint16_t>(endpoints_.interface),
        data.data(), static_cast<std::uint16_t>(data.size()), control_ms);
    if (count < 0) return usb_error("control", count);
    if (got != nullptr) *got = static_cast<std::size_t>(count);
    return {};
}

void UsbTransport::submit() {
    auto fill = endpoints_.in_is_bulk ? libusb_fill_bulk_transfer : libusb_fill_interrupt_transfer;
    fill(transfer_, handle_.get(), endpoints_.in, room_.data(), static_cast<int>(room_.size()),
         came, this, 0);
    if (int error = libusb_submit_transfer(transfer_); error != 0) {
        lost_ = Error{"device_gone", libusb_error_name(error)};
        return;
    }
    pending_ = true;
}

void LIBUSB_CALL UsbTransport::came(libusb_transfer* transfer) {
    static_cast<UsbTransport*>(transfer->user_data)->take(*transfer);
}

/// Only notes what came: nothing is called from inside libusb's events.
void UsbTransport::take(const libusb_transfer& transfer) {
    pending_ = false;
    switch (transfer.status) {
        case LIBUSB_TRANSFER_COMPLETED:
            stalled_ = false;
            if (transfer.actual_length > 0 && waiting_.size() < most_waiting) {
                waiting_.emplace_back(reinterpret_cast<const char*>(transfer.buffer),
                                      static_cast<std::size_t>(transfer.actual_length));
            }
            break;
        case LIBUSB_TRANSFER_STALL:
            if (stalled_) lost_ = Error{"device_gone", "it stalls"};
            stalled_ = true;
            break;
        case LIBUSB_TRANSFER_OVERFLOW:
            lost_ = Error{"device_gone", "it sends more than it says"};
            break;
        case LIBUSB_TRANSFER_CANCELLED:
        case LIBUSB_TRANSFER_TIMED_OUT:
            break;
        default:
            lost_ = Error{"device_gone", "unplugged"};
            break;
    }
}

void UsbTransport::recover() {
    if (pending_ || lost_ || endpoints_.in == 0) return;
    if (stalled_) libusb_clear_halt(handle_.get(), endpoints_.in);
    submit();
}

/// Until libusb has something or the interrupt is raised; false: neither by `deadline_ms`.
bool UsbTransport::wait(std::optional<std::int64_t> deadline_ms, const Interrupt* interrupt) {
    std::vector<pollfd> watched;
    const libusb_pollfd** of_libusb = libusb_get_pollfds(context_.get());
    for (const libusb_pollfd** each = of_libusb; each != nullptr && *each != nullptr; ++each)
        watched.push_back({(*each)->fd, (*each)->events, 0});
    libusb_free_pollfds(of_libusb);
    if (interrupt != nullptr) watched.push_back({interrupt->descriptor(), POLLIN, 0});
    int wait_ms = -1;
    if (deadline_ms) {
        wait_ms = static_cast<int>(std::max<std::int64_t>(0, *deadline_ms - monotonic_now_ms()));
    }
    const int ready = ::poll(watched.data(), watched.size(), wait_ms);
    if (ready <= 0) return false;
    timeval now{.tv_sec = 0, .tv_usec = 0};
    const int error = libusb_handle_events_timeout_completed(context_.get(), &now, nullptr);
    if (error == LIBUSB_ERROR_NO_DEVICE) lost_ = Error{"device_gone", "unplugged"};
    return interrupt == nullptr || watched.back().revents == 0;
}

Result<std::size_t> UsbTransport::read(std::span<std::byte> into, int timeout_ms,
                                       const Interrupt* interrupt) {
    std::optional<std::int64_t> deadline_ms;
    if (timeout_ms >= 0) deadline_ms = monotonic_now_ms() + timeout_ms;
    bool again = true;
    while (true) {
        recover();
        if (!waiting_.empty()) {
            const std::string bytes = std::move(waiting_.front());
            waiting_.pop_front();
            const std::size_t count = std::min(bytes.size(), into.size());
            std::memcpy(into.data(), bytes.data(), count);
            return count;
        }
        if (lost_) return tl::unexpected(*lost_);
        if (!again) return 0;
        again = wait(deadline_ms, interrupt);
        if (again && deadline_ms && monotonic_now_ms() >= *deadline_ms) again = false;
    }
}

Result<void> UsbTransport::write(std::span<const std::byte> bytes, int timeout_ms) {
    if (bytes.empty()) return {};
    auto* data = const_cast<std::uint8_t*>(reinterpret_cast<const std::uint8_t*>(bytes.data()));
    if (endpoints_.out == 0) {
        constexpr std::uint16_t output_report = 0x0200;
        return control(0x21, 0x09, static_cast<std::uint16_t>(output_report | data[0]),
                       {data, bytes.size()});
    }
    auto transfer = endpoints_.out_is_bulk ? libusb_bulk_transfer : libusb_interrupt_transfer;
    std::size_t at = 0;
    while (at < bytes.size()) {
        int sent = 0;
        const int error =
            transfer(handle_.get(), endpoints_.out, data + at, static_cast<int>(bytes.size() - at),
                     &sent, static_cast<unsigned>(timeout_ms));
        at += static_cast<std::size_t>(std::max(0, sent));
        if (error == LIBUSB_ERROR_TIMEOUT && sent > 0) continue;  // slow, and going on
        if (error == LIBUSB_ERROR_PIPE) libusb_clear_halt(handle_.get(), endpoints_.out);
        if (error != 0) return usb_error("writing", error);
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<Transport>> open_usb(const UsbDevice& device, const UsbUse& use) {
    auto context = make_context();
    if (!context) return tl::unexpected(context.error());
    auto handle = open_handle(context->get(), device);
    if (!handle) return tl::unexpected(handle.error());
    auto transport =
        std::make_unique<UsbTransport>(std::move(*context), std::move(*handle), device.identity());
    if (auto claimed = transport->claim(device, use); !claimed) {
        return tl::unexpected(claimed.error());
    }
    return transport;
}

Result<std::string> usb_printer_id(Transport& printer) {
    auto* usb = dynamic_cast<UsbTransport*>(&printer);
    if (usb == nullptr) return failure("wrong_device", "no USB printer");
    std::array<std::uint8_t, 1024> data{};
    std::size_t got = 0;
    if (auto asked = usb->control(0xA1, 0, 0, data, &got); !asked) {
        return tl::unexpected(asked.error());
    }
    const std::size_t said = got < 2 ? 0 : data[0] * 256U + data[1];
    const std::size_t end = std::min(got, said);
    if (end <= 2) return std::string();
    return std::string(data.begin() + 2, data.begin() + static_cast<std::ptrdiff_t>(end));
}

Result<UsbPrinterState> usb_printer_state(Transport& printer) {
    auto* usb = dynamic_cast<UsbTransport*>(&printer);
    if (usb == nullptr) return failure("wrong_device", "no USB printer");
    std::array<std::uint8_t, 1> data{};
    std::size_t got = 0;
    if (auto asked = usb->control(0xA1, 1, 0, data, &got); !asked) {
        return tl::unexpected(asked.error());
    }
    if (got == 0) return failure("device_gone", "no status");
    return UsbPrinterState{.paper_empty = (data[0] & 0x20U) != 0,
                           .selected = (data[0] & 0x10U) != 0,
                           .error = (data[0] & 0x08U) == 0};
}

struct UsbWatch::Impl {
    Context context;
    std::function<void()> changed;
    std::atomic<bool> stopping = false;
    libusb_hotplug_callback_handle handle = 0;
    std::thread thread;

    static int LIBUSB_CALL happened(libusb_context*, libusb_device*, libusb_hotplug_event,
                                    void* self) {
        static_cast<Impl*>(self)->changed();
        return 0;
    }

    void run() {
        while (!stopping)
            libusb_handle_events(context.get());
    }
};

UsbWatch::UsbWatch(std::function<void()> changed) : impl_(std::make_unique<Impl>()) {
    auto context = make_context();
    if (!context || libusb_has_capability(LIBUSB_CAP_HAS_HOTPLUG) == 0) return;
    impl_->context = std::move(*context);
    impl_->changed = std::move(changed);
    const int error = libusb_hotplug_register_callback(
        impl_->context.get(),
        LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT, 0,
        LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY,
        &Impl::happened, impl_.get(), &impl_->handle);
    if (error != 0) return;
    impl_->thread = std::thread([impl = impl_.get()] { impl->run(); });
}

UsbWatch::~UsbWatch() {
    if (!impl_->thread.joinable()) return;
    impl_->stopping = true;
    libusb_hotplug_deregister_callback(impl_->context.get(), impl_->handle);
    libusb_interrupt_event_handler(impl_->context.get());
    impl_->thread.join();
}

}  // namespace fangxin::drivers
