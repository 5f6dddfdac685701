// What the devices say of themselves at this moment.
#include "terminal/station/devices.hpp"

#include <fmt/format.h>

namespace fangxin::terminal {

namespace {

DeviceNow with_health(DeviceNow device, const drivers::DeviceHealth& health) {
    device.identity = health.identity;
    device.since_ms = health.since_ms;
    if (health.since_ms == 0) return device;  // nobody has tried yet
    device.well = health.connected;
    device.reason = health.reason.code;
    device.detail = health.reason.detail;
    // A cable that goes again and again is not mended by plugging it in.
    if (!health.connected && health.losses > 1)
        device.detail += fmt::format("; lost {} times since the start", health.losses);
    return device;
}

/// The port is there, and the scale behind it is switched off.
void look_if_silent(DeviceNow& scale, const drivers::DeviceHealth& health) {
    constexpr std::int64_t silent_ms = 10'000;
    if (!scale.well.value_or(false)) return;
    const std::int64_t heard_ms = health.heard_ms != 0 ? health.heard_ms : health.since_ms;
    if (drivers::monotonic_now_ms() - heard_ms < silent_ms) return;
    scale.well = false;
    scale.reason = "scale_silent";
    scale.since_ms = heard_ms;
}

}  // namespace

std::vector<DeviceNow> Devices::now() const {
    std::vector<DeviceNow> all;
    if (config_.scale && scale_) {
        const drivers::DeviceHealth health = scale_->health();
        DeviceNow scale = with_health(
            {.device = "scale", .driver = config_.scale->protocol, .address = config_.scale->port},
            health);
        look_if_silent(scale, health);
        all.push_back(std::move(scale));
    }
    for (std::size_t i = 0; i < scanners_.size() && i < config_.scanners.size(); ++i) {
        const drivers::ScannerConfig& config = config_.scanners[i];
        all.push_back(with_health({.device = i == 0 ? "scanner" : fmt::format("scanner-{}", i + 1),
                                   .driver = config.protocol,
                                   .address = config.port},
                                  scanners_[i]->health()));
    }
    if (config_.printer && printer_) {
        const bool warns = printer_trouble_ == "paper_low";
        all.push_back({.device = "printer",
                       .driver = "escpos",
                       .address = config_.printer->target,
                       .well = printer_trouble_.empty() || warns,
                       .reason = printer_trouble_,
                       .since_ms = printer_since_ms_});
    }
    if (config_.display && pole_) {
        all.push_back(with_health({.device = "display",
                                   .driver = config_.display->protocol,
                                   .address = config_.display->port},
                                  pole_->health()));
    }
    if (config_.camera) {
        // Looked at while a page shows it; a pipeline may hold a password.
        const Error trouble = camera_trouble();
        const bool by_source = !config_.camera->source.empty();
        all.push_back(
            {.device = "camera",
             .driver = by_source ? "v4l2" : "gstreamer",
             .address = by_source ? config_.camera->source : "pipeline",
             .well = is_camera_open() ? std::optional(trouble.code.empty()) : std::nullopt,
             .reason = trouble.code,
             .detail = trouble.detail});
    }
    return all;
}

std::string Devices::trouble_of(std::string_view kind) const {
    for (const DeviceNow& each : now()) {
        const bool of_kind =
            each.device == kind || each.device.starts_with(std::string(kind) + "-");
        if (of_kind && !each.reason.empty()) return each.reason;
    }
    return {};
}

}  // namespace fangxin::terminal
