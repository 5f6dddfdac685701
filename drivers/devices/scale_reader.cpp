#include "drivers/devices/scale_reader.hpp"

#include <algorithm>
#include <array>

namespace fangxin::drivers {

namespace {

constexpr std::int64_t ask_every_ms = 50;  // of a scale that has to be asked
constexpr int write_ms = 1000;

}  // namespace

ScaleReader::ScaleReader(std::unique_ptr<Transport> port, const ScaleDriver& driver,
                         std::string name)
    : port_(std::move(port)), talk_(driver, ask_every_ms), name_(std::move(name)) {}

Result<ScaleReader> ScaleReader::open(const DeviceAddress& address, const ScaleDriver& driver) {
    auto port = open_device(
        address, {.cable = driver.cable, .line = driver.line, .usage_page = scale_usage_page});
    if (!port) return tl::unexpected(port.error());
    return ScaleReader(std::move(*port), driver, format_address(address));
}

Result<Reading> ScaleReader::next(std::int64_t wait_ms) {
    std::array<std::byte, 512> buffer;
    const std::int64_t until_ms = monotonic_now_ms() + wait_ms;
    while (true) {
        if (auto reading = talk_.next(monotonic_now_ms())) return std::move(*reading);
        const std::int64_t now_ms = monotonic_now_ms();
        if (now_ms >= until_ms) return failure("silent", name_ + " sends no reading");
        const std::string said = talk_.to_send(now_ms);
        auto sent = port_->write(std::as_bytes(std::span(said)), write_ms);
        if (!sent) return tl::unexpected(within(sent.error(), name_));
        if (auto reading = talk_.next(now_ms)) return std::move(*reading);
        const std::int64_t wake_ms = std::min(until_ms, talk_.wake_at_ms().value_or(until_ms));
        auto count =
            port_->read(buffer, static_cast<int>(std::max<std::int64_t>(0, wake_ms - now_ms)));
        if (!count) return tl::unexpected(within(count.error(), name_));
        talk_.feed(std::span(buffer).first(*count));
    }
}

}  // namespace fangxin::drivers
