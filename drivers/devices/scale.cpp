#include "drivers/devices/commands.hpp"
#include "drivers/devices/detect_scale.hpp"
#include "drivers/devices/device_kind.hpp"
#include "drivers/devices/json_lines.hpp"
#include "drivers/devices/scale_reader.hpp"

namespace fangxin::drivers {

namespace {

/// The only protocol that fits. Errors: those of detect_scale, `silent`, `ambiguous_protocol`.
Result<ScaleDriver> find_out(const ReadScale& command) {
    if (std::holds_alternative<UsbAddress>(command.address)) {
        auto device = find_usb_device(std::get<UsbAddress>(command.address));
        if (!device) return tl::unexpected(device.error());
        if (kind_of(*device) != DeviceKind::serial) return *find_scale_driver("hid");
    }
    auto detected = detect_scale(command.address, command.line);
    if (!detected) return tl::unexpected(detected.error());
    if (detected->scales.empty()) {
        return failure("silent", format_address(command.address) + " speaks no protocol we know");
    }
    if (detected->scales.size() == 1) return detected->scales.front().driver;
    std::string all;
    for (const FoundScale& each : detected->scales)
        all += (all.empty() ? "" : ", ") + each.driver.id;
    return failure("ambiguous_protocol", "name one with --protocol: " + all);
}

}  // namespace

/// Talks to the scale until enough was told, or nothing has come for too long.
ExitCode run(const ReadScale& command) {
    auto driver = command.driver ? Result<ScaleDriver>(*command.driver) : find_out(command);
    if (!driver) return fail(driver.error());
    if (command.line) driver->line = *command.line;
    if (!command.driver) {
        tell(fmt::format("protocol {}, line {}", driver->id, format_line_settings(driver->line)));
    }
    auto scale = ScaleReader::open(command.address, *driver);
    if (!scale) return fail(scale.error());
    for (std::int64_t told = 0; command.count == 0 || told < command.count; ++told) {
        auto reading = scale->next(command.wait_ms);
        if (!reading) return fail(reading.error());
        if (!print_line(json_line(*reading))) return not_whole();
    }
    return done;
}

}  // namespace fangxin::drivers
