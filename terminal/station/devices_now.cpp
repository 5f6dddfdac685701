// What the devices say of themselves at this moment.
#include "terminal/station/devices.hpp"

#include <algorithm>
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
    if (!health.connected && health.losses > 1) device.detail += fmt::format(" ×{}", health.losses);
    return device;
}

bool is_of(const DeviceNow& device, std::string_view kind) {
    return device.device == kind || device.device.starts_with(std::string(kind) + "-");
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
        const bool by_source = !config_.camera->source.empty();
        DeviceNow camera{.device = "camera",
                         .driver = by_source ? "v4l2" : "gstreamer",
                         .address = by_source ? config_.camera->source : "pipeline"};
        if (camera_) camera = with_health(std::move(camera), camera_->health());
        all.push_back(std::move(camera));
    }
    return all;
}

std::string Devices::trouble_of(std::string_view kind) const {
    for (const DeviceNow& each : now()) {
        if (is_of(each, kind) && !each.reason.empty()) return each.reason;
    }
    return {};
}

std::optional<bool> Devices::is_well(std::string_view kind) const {
    std::optional<bool> well;
    if (kind == "camera" && !camera_) return camera_told_;
    for (const DeviceNow& each : now()) {
        if (is_of(each, kind) && each.well) well = *each.well && well.value_or(true);
    }
    return well;
}

std::int64_t Devices::weight_lasts_ms() const {
    const weighing::LatestReading latest = weight();
    const auto* current = std::get_if<weighing::CurrentReading>(&latest);
    const std::int64_t age_ms = current != nullptr ? current->age_ms : 0;
    // A slow scale's is stale already: nothing changes by itself.
    if (age_ms > weighing::longest_fresh_ms) return weighing::longest_fresh_ms;
    return weighing::longest_fresh_ms - age_ms + 1;
}

}  // namespace fangxin::terminal
