// The camera of a terminal's devices: it runs while a page shows it.
#include "terminal/station/devices.hpp"
#include "terminal/station/station_log.hpp"

#include <atomic>
#include <chrono>
#include <utility>

namespace fangxin::terminal {

namespace {

/// As sold goods are found: by GTIN, by PLU, by what stands there.
bool is_sold(sync::Database& database, const std::string& as_scanned) {
    const domain::Date today =
        std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    const domain::ScannedCode code = domain::parse_code(as_scanned, {.today = today});
    if (code.error || code.gtin.empty()) return false;
    sync::ShopReader shop(database, sync::ShopReader::Side::terminal);
    return shop.by_code(code.gtin).has_value();
}

}  // namespace

/// On the decoding thread, which has no connection of its own: the store thread looks.
bool Devices::is_known(const std::string& as_scanned) {
    return station_.store().run(sync::Priority::bulk, [&](sync::Database& database) {
        const bool found = is_sold(database, as_scanned);
        database.take_error();
        return found;
    });
}

void Devices::open_camera(bool scans) {
    if (camera_ || !config_.camera) return;
    const drivers::CameraOptions options{
        .feed = {.source = config_.camera->source, .pipeline = config_.camera->pipeline},
        .rules = {.gone_after_ms = config_.camera->twice_ms}};
    // What one tells after it was closed is nobody's any more.
    const std::int64_t number = ++camera_number_;
    const auto is_heard = std::make_shared<std::atomic<bool>>(true);
    drivers::CameraHandlers handlers;
    handlers.on_sight = [this, number, is_heard] {
        if (!is_heard->exchange(false)) return;  // what is queued tells of this one, too
        station_.events().push([this, number, is_heard] {
            *is_heard = true;
            if (camera_ && number == camera_number_ && events_.sight) events_.sight();
        });
    };
    handlers.on_scan = [this, number, scans](const drivers::Decoded& code) {
        if (!scans) return;
        station_.events().push([this, number, text = code.as_scanned()] {
            if (camera_ && number == camera_number_) events_.scanned(text);
        });
    };
    handlers.on_change = [this](const drivers::DeviceChange& change) { camera_changed(change); };
    handlers.known = [this](const std::string& as_scanned) { return is_known(as_scanned); };
    camera_ = std::make_unique<drivers::Camera>(options, std::move(handlers));
    camera_->start();
}

void Devices::close_camera() { camera_.reset(); }

/// Opened again and again, it is news only when it fares differently.
void Devices::camera_changed(const drivers::DeviceChange& change) {
    station_log("camera",
                change.connected ? "found" : change.reason.code + " " + change.reason.detail);
    station_.events().push([this, change] {
        if (std::exchange(camera_told_, change.connected) != change.connected) {
            tell("camera", change);
        }
        if (events_.sight) events_.sight();
    });
}

drivers::CameraSight Devices::camera_sight() const {
    return camera_ ? camera_->sight() : drivers::CameraSight{};
}

Error Devices::camera_trouble() const {
    if (!camera_) return {};
    const drivers::DeviceHealth health = camera_->health();
    return health.connected ? Error{} : health.reason;
}

}  // namespace fangxin::terminal
