#include "terminal/station/equipment_watch.hpp"

#include "drivers/scales/weighing_seal.hpp"
#include "terminal/station/configuration_text.hpp"
#include "terminal/station/faults.hpp"
#include "terminal/station/station_log.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <sys/utsname.h>
#include <utility>

namespace fangxin::terminal {

namespace {

constexpr std::chrono::seconds between_looks{1};
/// USB devices say who they are a moment after the start.
constexpr std::int64_t settle_ms = 5'000;
constexpr std::int64_t disk_every_ms = 60'000;

std::string text_of_file(const std::string& name) {
    std::ifstream file(name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

bool is_settled(const std::vector<DeviceNow>& now) {
    return std::ranges::all_of(now, [](const DeviceNow& each) { return each.well.has_value(); });
}

std::string state_of(const DeviceNow& device) {
    if (!device.well) return "unknown";
    if (!*device.well) return "lost";
    return device.reason.empty() ? "found" : "warned";
}

bool same(const sync::TerminalDevice& row, const sync::ToldDevice& told) {
    return row.driver == told.driver && row.address == told.address &&
           row.identity == told.identity && row.state != "removed";
}

/// `Debian GNU/Linux 12 (bookworm), Linux 6.1.0-18-amd64 x86_64`.
std::string system_of_this_machine() {
    std::string name = "Linux";
    std::ifstream release("/etc/os-release");
    for (std::string line; std::getline(release, line);) {
        constexpr std::string_view key = "PRETTY_NAME=";
        if (!line.starts_with(key)) continue;
        name = line.substr(key.size());
        std::erase(name, '"');
    }
    utsname kernel{};
    if (::uname(&kernel) != 0) return name;
    return fmt::format("{}, {} {} {}", name, kernel.sysname, kernel.release, kernel.machine);
}

}  // namespace

EquipmentWatch::EquipmentWatch(Station& station, Devices& devices, const std::string& devices_file)
    : station_(station), devices_(devices), system_(system_of_this_machine()) {
    if (!devices_file.empty()) configuration_ = shown_configuration(text_of_file(devices_file));
    devices_.set_watch([this] { look(); });
}

EquipmentWatch::~EquipmentWatch() {
    devices_.set_watch({});
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    if (timer_.joinable()) timer_.join();
}

void EquipmentWatch::start() {
    started_ms_ = server_.since_ms = Station::monotonic_ms();
    timer_ = std::thread([this] { run(); });
}

void EquipmentWatch::run() {
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, between_looks, [this] { return stopping_; })) {
        lock.unlock();
        station_.events().push([this] { look(); });
        lock.lock();
    }
}

bool EquipmentWatch::has_place() {
    auto people = station_.reader().reading<bool>([&] { return station_.shop().has_people(); });
    return people && *people && station_.conflict().empty();
}

void EquipmentWatch::look() {
    const std::vector<DeviceNow> now = devices_.now();
    tell_silence(now);
    if (!has_place()) return;
    // A disk that takes nothing is not asked again each second.
    if (Station::monotonic_ms() < next_write_ms_) return;
    const bool settled =
        is_settled(now) || Station::monotonic_ms() - started_ms_ > settle_ms || is_told_;
    if (settled) {
        tell_setup(now);
        tell_states(now);
    }
    watch(now);
}

/// A device that is away keeps the identity it had: its loss is no change of the shop's equipment.
void EquipmentWatch::tell_setup(const std::vector<DeviceNow>& now) {
    const std::string& own = station_.options().terminal;
    sync::TerminalTold told{.role = station_.options().role,
                            .program = FANGXIN_VERSION,
                            .system = system_,
                            .weighing = {},
                            .configuration = configuration_,
                            .devices = {}};
    if (devices_.has_scale()) {
        told.weighing = drivers::short_seal(
            drivers::seal_of(domain::parameters_of(devices_.standing().instrument)));
    }
    auto changed = station_.reader().reading<bool>([&] {
        auto known = station_.shop().terminal_devices(own);
        std::erase_if(known, [](const auto& row) { return row.state == "removed"; });
        for (const DeviceNow& each : now) {
            sync::ToldDevice device{each.device, each.driver, each.address, each.identity};
            auto row = std::ranges::find(known, each.device, &sync::TerminalDevice::device);
            if (row != known.end() && device.identity.empty() && row->driver == device.driver &&
                row->address == device.address) {
                device.identity = row->identity;
            }
            told.devices.push_back(std::move(device));
        }
        bool same_devices = known.size() == told.devices.size();
        for (const sync::ToldDevice& device : told.devices) {
            auto row = std::ranges::find(known, device.device, &sync::TerminalDevice::device);
            same_devices = same_devices && row != known.end() && same(*row, device);
        }
        auto setup = station_.shop().terminal_setup(own);
        return !setup || !same_devices || setup->role != told.role ||
               setup->program != told.program || setup->system != told.system ||
               setup->weighing != told.weighing || setup->configuration != told.configuration;
    });
    if (!changed) return station_log("equipment", changed.error().detail);
    if (!*changed) {
        is_told_ = true;
        return;
    }
    is_told_ = wrote(station_.append(sync::draft(told, station_.now(), "")).has_value());
}

bool EquipmentWatch::wrote(bool done) {
    if (!done) next_write_ms_ = Station::monotonic_ms() + disk_every_ms;
    return done;
}

void EquipmentWatch::tell_states(const std::vector<DeviceNow>& now) {
    auto known = station_.reader().reading<std::vector<sync::TerminalDevice>>(
        [&] { return station_.shop().terminal_devices(station_.options().terminal); });
    if (!known) return;
    for (const DeviceNow& each : now) {
        auto row = std::ranges::find(*known, each.device, &sync::TerminalDevice::device);
        if (row == known->end() || !each.well) continue;
        const std::string state = state_of(each);
        if (row->state == state && row->reason == each.reason) continue;
        const sync::DeviceEvent event{each.device, state, each.reason};
        if (!wrote(station_.append(sync::draft(event, station_.now(), "")).has_value())) return;
    }
}

void EquipmentWatch::tell_silence(const std::vector<DeviceNow>& now) {
    const bool silent = std::ranges::find(now, "scale_silent", &DeviceNow::reason) != now.end();
    if (std::exchange(is_silent_, silent) != silent && silence_) silence_();
}

void EquipmentWatch::look_at_disk(std::int64_t now_ms) {
    const bool failed = station_.take_disk_was_full();
    if (!failed && now_ms < next_disk_ms_) return;
    next_disk_ms_ = now_ms + disk_every_ms;
    std::error_code unknown;
    const auto space = std::filesystem::space(station_.options().directory, unknown);
    if (unknown) return;
    const std::string what(trouble_of(
        {.free_bytes = space.available, .all_bytes = space.capacity, .write_failed = failed}));
    if (what != disk_.what) disk_.since_ms = now_ms;
    disk_.what = what;
    disk_.detail = fmt::format("{} MiB", space.available / 1'048'576);
}

std::vector<Watched> EquipmentWatch::watched(const std::vector<DeviceNow>& now) {
    const std::int64_t now_ms = Station::monotonic_ms();
    std::vector<Watched> all;
    for (const DeviceNow& each : now) {
        if (!each.well) continue;
        // The device's clock stands still while the machine sleeps, this one does not.
        const std::int64_t lasted_ms = drivers::monotonic_now_ms() - each.since_ms;
        all.push_back({.device = each.device,
                       .what = *each.well ? "" : each.reason,
                       .detail = each.detail,
                       .since_ms = now_ms - lasted_ms});
    }
    look_at_disk(now_ms);
    all.push_back(disk_);
    if (station_.has_server()) {
        server_.what = station_.online() ? "" : "unreachable";
        if (station_.online()) server_.since_ms = now_ms;  // the last moment it was there
        all.push_back(server_);
    }
    if (!station_.set_aside().empty() && !is_damage_told_) {
        all.push_back({.device = "database", .what = "damaged", .detail = station_.set_aside()});
    }
    return all;
}

/// Only a test may not have to wait for an hour.
std::optional<std::int64_t> EquipmentWatch::shortened_ms() {
    if (!station_.test_shop()) return std::nullopt;
    const std::string text = station_.shop().setting("fault_after_s");
    std::int64_t seconds = 0;
    auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return seconds * 1'000;
}

void EquipmentWatch::watch(const std::vector<DeviceNow>& now) {
    const std::vector<Watched> all = watched(now);
    std::optional<std::int64_t> shortened;
    auto tickets = station_.reader().reading<std::vector<sync::FaultTicket>>([&] {
        shortened = shortened_ms();
        return station_.shop().unmended(station_.options().terminal);
    });
    if (!tickets) return;
    for (const FaultNews& each :
         faults_.observe(all, *tickets, Station::monotonic_ms(), shortened)) {
        if (!write(each)) return;
        if (each.device == "database") is_damage_told_ = true;
    }
}

bool EquipmentWatch::write(const FaultNews& news) {
    FaultNews written = news;
    if (news.kind == FaultNews::Kind::passed) {
        auto done = station_.append(sync::draft(sync::FaultPassed{news.fault}, station_.now(), ""));
        if (!wrote(done.has_value())) return false;
    } else {
        auto raised = raise_own_fault(station_, {.fault = news.fault,
                                                 .device = news.device,
                                                 .severity = news.severity,
                                                 .what = news.what,
                                                 .detail = news.detail,
                                                 .due_ms = 0,
                                                 .raised_by = {}});
        // A disk that is full takes no ticket; it is tried again.
        if (!wrote(raised.has_value())) return false;
        written.fault = *raised;
    }
    station_log("fault", fmt::format("{} {} {} {}", written.fault, written.device, written.what,
                                     news.kind == FaultNews::Kind::passed ? "passed" : "raised"));
    if (told_) told_(written);
    return true;
}

}  // namespace fangxin::terminal
