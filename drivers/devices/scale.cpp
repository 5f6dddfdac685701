#include "drivers/devices/commands.hpp"
#include "drivers/devices/json_lines.hpp"
#include "drivers/devices/output.hpp"
#include "drivers/scales/scale_talk.hpp"

#include <algorithm>
#include <array>

namespace fangxin::drivers {

namespace {

constexpr std::int64_t ask_every_ms = 50;  // of a scale that has to be asked
constexpr int write_ms = 1000;

}  // namespace

/// Talks to the scale until enough was told, or nothing has come for too long.
ExitCode run(const ReadScale& command) {
    const std::string name = format_address(command.address);
    auto port = open_device(command.address, {.cable = command.driver.cable,
                                              .line = command.driver.line,
                                              .usage_page = scale_usage_page});
    if (!port) return fail(port.error());
    ScaleTalk talk(command.driver, ask_every_ms);
    std::array<std::byte, 512> buffer;
    std::int64_t told = 0;
    std::int64_t last_ms = monotonic_now_ms();
    while (true) {
        std::int64_t now_ms = monotonic_now_ms();
        if (now_ms - last_ms >= command.wait_ms)
            return fail({"silent", name + " sends no reading"});
        const std::string said = talk.to_send(now_ms);
        auto sent = (*port)->write(std::as_bytes(std::span(said)), write_ms);
        if (!sent) return fail(within(sent.error(), name));
        const std::int64_t until_ms = std::min(
            last_ms + command.wait_ms, talk.wake_at_ms().value_or(last_ms + command.wait_ms));
        auto count =
            (*port)->read(buffer, static_cast<int>(std::max<std::int64_t>(0, until_ms - now_ms)));
        if (!count) return fail(within(count.error(), name));
        talk.feed(std::span(buffer).first(*count));
        while (auto reading = talk.next()) {
            if (!print_line(json_line(*reading))) return not_whole();
            last_ms = monotonic_now_ms();
            if (++told == command.count) return done;
        }
    }
}

}  // namespace fangxin::drivers
