#include "drivers/devices/first_scan.hpp"

#include "drivers/devices/output.hpp"

#include <array>
#include <span>

namespace fangxin::drivers {

namespace {

constexpr int tick_ms = 50;

}  // namespace

Result<Scan> first_scan(Transport& port, const FirstScan& wanted) {
    auto parser = wanted.driver->make(wanted.options);
    tell("Scan something now.");
    std::int64_t now_ms = monotonic_now_ms();
    const std::int64_t until_ms = now_ms + wanted.wait_ms;
    parser->feed(std::as_bytes(std::span(wanted.heard)), now_ms);
    std::array<std::byte, 512> buffer;
    while (now_ms < until_ms) {
        auto count = port.read(buffer, tick_ms);
        now_ms = monotonic_now_ms();
        if (count && *count > 0) parser->feed(std::span(buffer).first(*count), now_ms);
        // What had come when the cable went is a scan if it stands by itself.
        parser->tick(count ? now_ms : now_ms + parser->quiet_ms().value_or(0));
        if (auto scan = parser->next()) return *scan;
        if (!count) return tl::unexpected(count.error());
    }
    return failure("silent", "nothing was scanned");
}

}  // namespace fangxin::drivers
