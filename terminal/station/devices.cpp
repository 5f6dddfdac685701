#include "terminal/station/devices.hpp"

#include "terminal/station/station_log.hpp"

#include <charconv>
#include <fmt/format.h>

namespace fangxin::terminal {

namespace {

/// Limits until the register is known: a 15 kg checkout scale of class III, e = 5 g.
domain::Instrument unregistered_scale() {
    return {.kind = "checkout_scale", .max_mg = 15'000'000, .min_mg = 100'000, .e_mg = 5'000};
}

}  // namespace

Devices::Devices(Station& station, DeviceEvents events)
    : station_(station), events_(std::move(events)), instrument_(unregistered_scale()) {}

Devices::~Devices() {
    if (scale_) scale_->stop();
    if (scanner_) scanner_->stop();
}

Result<std::unique_ptr<Devices>> Devices::make(const DevicesConfig& config, Station& station,
                                               DeviceEvents events) {
    std::unique_ptr<Devices> devices(new Devices(station, std::move(events)));
    Result<void> made;
    if (config.scale) made = devices->make_scale(*config.scale);
    if (made && config.scanner) made = devices->make_scanner(*config.scanner);
    if (made && config.printer) made = devices->make_printer(*config.printer);
    if (!made) return tl::unexpected(made.error());
    return devices;
}

Result<void> Devices::make_scale(const ScaleConfig& config) {
    auto address = drivers::parse_address(config.port);
    if (!address) return tl::unexpected(address.error());
    auto driver = drivers::scale_driver(config.protocol);
    if (!driver) return tl::unexpected(driver.error());
    drivers::ScaleOptions options{.address = *address, .driver = *driver, .line = {}};
    if (!config.line.empty()) {
        auto line = drivers::parse_line_settings(config.line);
        if (!line) return tl::unexpected(line.error());
        options.line = *line;
    }
    instrument_serial_ = config.instrument;
    instrument();
    gate_ = std::make_unique<weighing::WeighingGate>(weighing::Parameters{
        .min_mg = instrument_.min_mg, .max_mg = instrument_.max_mg, .e_mg = instrument_.e_mg});
    scale_ = std::make_unique<drivers::Scale>(
        options,
        drivers::ScaleHandlers{
            .on_reading =
                [this](const weighing::Reading& reading) {
                    station_.events().push([this, reading] { gate_->observe(reading); });
                },
            .on_change =
                [this](const drivers::DeviceChange& change) { changed("scale", change); }});
    return {};
}

Result<void> Devices::make_scanner(const ScannerConfig& config) {
    auto address = drivers::parse_address(config.port);
    if (!address) return tl::unexpected(address.error());
    auto line = drivers::parse_line_settings(config.line);
    if (!line) return tl::unexpected(line.error());
    scanner_ = std::make_unique<drivers::SerialScanner>(
        drivers::SerialScannerOptions{.address = *address, .line = *line},
        drivers::SerialScannerHandlers{
            .on_scan =
                [this](const drivers::Scan& scan) {
                    // An overlong one goes on as what it is: a code that no rule knows.
                    std::string code = scan.overlong ? std::string(5000, '?') : scan.text;
                    station_.events().push([this, code] { events_.scanned(code); });
                },
            .on_change =
                [this](const drivers::DeviceChange& change) { changed("scanner", change); }});
    return {};
}

Result<void> Devices::make_printer(const PrinterConfig& config) {
    auto output = drivers::make_printer_output(config.target);
    if (!output) return tl::unexpected(output.error());
    columns_ = config.columns;
    well_["printer"] = true;
    printer_ = std::make_unique<drivers::PrintWorker>(std::move(*output), print_queue());
    return {};
}

std::optional<drivers::PrintJob> Devices::oldest_job(sync::Database& database) {
    drivers::PrintJob job;
    std::string receipt;
    bool copy = false;
    {
        sync::Query query = database.query(
            "SELECT id, name, bytes, receipt, copy FROM print_jobs ORDER BY id LIMIT 1");
        if (!query.step()) return std::nullopt;
        job = {fmt::format("{:06}-{}", query.int64(0), query.text(1)), query.text(2)};
        receipt = query.text(3);
        copy = query.int64(4) != 0;
    }
    if (!receipt.empty()) job.bytes = events_.receipt(database, receipt, copy);
    return job;
}

/// The durable queue: rows of the terminal's database, oldest first.
drivers::PrintQueue Devices::print_queue() {
    drivers::PrintQueue queue;
    queue.next_job = [this] {
        return station_.store().run(sync::Priority::bulk, [this](sync::Database& database) {
            auto job = oldest_job(database);
            database.take_error();
            return job;
        });
    };
    queue.done = [this](const std::string& id) {
        std::int64_t number = 0;
        std::from_chars(id.data(), id.data() + id.size(), number);
        auto done = station_.store().run(sync::Priority::sale, [number](sync::Database& database) {
            return database.transaction([&]() -> Result<void> {
                database.query("DELETE FROM print_jobs WHERE id = $1").bind(number).run();
                return {};
            });
        });
        if (!done) station_log("printer", done.error().detail);
        station_.events().push([this, id] {
            if (!print_trouble_.empty()) tell("printer", true, "");
            print_trouble_.clear();
            events_.print(id, "printed", "");
        });
    };
    queue.failed = [this](const std::string& id, const Error& error) {
        station_.events().push([this, id, error] {
            if (print_trouble_ == error.code) return;  // said already
            print_trouble_ = error.code;
            station_log("printer", error.code + " " + error.detail);
            tell("printer", false, error.code);
            events_.print(id, "waiting", error.code);
        });
    };
    return queue;
}

void Devices::changed(const std::string& device, const drivers::DeviceChange& change) {
    station_log(device,
                change.connected ? "found" : change.reason.code + " " + change.reason.detail);
    station_.events().push(
        [this, device, change] { tell(device, change.connected, change.reason.code); });
}

void Devices::tell(const std::string& device, bool well, const std::string& reason) {
    well_[device] = well;
    std::string state = well ? "found" : "lost";
    events_.changed(device, state, reason);
    // Before the first snapshot the terminal has no place in the shop's journal yet.
    if (station_.shop().has_people()) {
        (void)station_.journal(sync::DeviceEvent{device, state, reason});
    }
}

std::optional<bool> Devices::is_well(const std::string& device) const {
    auto known = well_.find(device);
    return known == well_.end() ? std::nullopt : std::optional(known->second);
}

void Devices::start() {
    if (scale_) scale_->start();
    if (scanner_) scanner_->start();
    wake_printer();
}

void Devices::wake_printer() {
    if (printer_) printer_->notify();
}

const domain::Instrument& Devices::instrument() {
    if (!instrument_.serial.empty()) return instrument_;
    auto registered = station_.shop().instruments("checkout_scale");
    bool only_one = instrument_serial_.empty() && registered.size() == 1;
    for (const domain::Instrument& each : registered) {
        if (only_one || each.serial == instrument_serial_) instrument_ = each;
    }
    return instrument_;
}

}  // namespace fangxin::terminal
