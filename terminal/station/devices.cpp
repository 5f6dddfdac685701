#include "terminal/station/devices.hpp"

#include "drivers/printers/logo.hpp"
#include "terminal/station/station_log.hpp"

#include <charconv>
#include <chrono>
#include <fmt/format.h>
#include <utility>

namespace fangxin::terminal {

namespace {

constexpr std::string_view low_paper = "paper_low";

std::string scanner_name(std::size_t before) {
    return before == 0 ? "scanner" : fmt::format("scanner-{}", before + 1);
}

/// Of a job, whose name begins with it.
std::int64_t number_of(const std::string& job) {
    std::int64_t number = 0;
    std::from_chars(job.data(), job.data() + job.size(), number);
    return number;
}

/// On the scanner's thread, where the station's clock is not to be asked; it decides centuries.
domain::Date machine_date() {
    return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

}  // namespace

Devices::Devices(Station& station, DeviceEvents events, ScaleRegister::Use use)
    : station_(station), events_(std::move(events)), use_(use) {}

Devices::~Devices() {
    usb_.reset();
    close_camera();
    if (scale_) scale_->stop();
    for (const auto& scanner : scanners_)
        scanner->stop();
    if (pole_) pole_->stop();
}

Result<std::unique_ptr<Devices>> Devices::make(const drivers::DevicesConfig& config,
                                               Station& station, DeviceEvents events,
                                               ScaleRegister::Use use) {
    std::unique_ptr<Devices> devices(new Devices(station, std::move(events), use));
    devices->config_ = config;
    Result<void> made;
    if (config.scale) made = devices->make_scale(*config.scale);
    for (const drivers::ScannerConfig& scanner : config.scanners) {
        if (made) made = devices->make_scanner(scanner);
    }
    if (made && config.printer) made = devices->make_printer(*config.printer);
    if (made && config.display) made = devices->make_display(*config.display);
    if (!made) return tl::unexpected(made.error());
    return devices;
}

Result<void> Devices::make_scale(const drivers::ScaleConfig& config) {
    auto address = drivers::parse_address(config.port);
    if (!address) return tl::unexpected(address.error());
    auto driver = drivers::scale_driver(config.protocol);
    if (!driver) return tl::unexpected(driver.error());
    drivers::ScaleOptions options{.address = *address, .driver = *driver, .line = {}};
    auto line = drivers::line_settings_of(config.line, options.driver.line);
    if (!line) return tl::unexpected(line.error());
    options.line = *line;
    register_ = std::make_unique<ScaleRegister>(station_, config.instrument, use_);
    gate_ = std::make_unique<weighing::WeighingGate>(
        domain::parameters_of(register_->standing({}).instrument));
    options.stable_frames = gate_->parameters().stable_frames;
    scale_ = std::make_unique<drivers::Scale>(
        options,
        drivers::ScaleHandlers{
            .on_reading =
                [this](const weighing::Reading& reading) {
                    station_.events().push([this, reading] { weighed(reading); });
                },
            .on_change =
                [this](const drivers::DeviceChange& change) { changed("scale", change); }});
    return {};
}

/// A scale at rest sends the same many times a second: a frame for each would keep a core busy.
void Devices::weighed(const weighing::Reading& reading) {
    gate_->observe(reading);
    if (events_.weighed) events_.weighed(reading);
    const std::int64_t heard_ms = std::exchange(weight_heard_ms_, reading.at_ms);
    const bool was_silent = reading.at_ms - heard_ms > weighing::longest_fresh_ms;
    weighing::Reading shown = reading;
    shown.raw.clear();
    shown.at_ms = 0;
    if (shown == told_weight_ && !was_silent) return;
    told_weight_ = std::move(shown);
    if (events_.weight_changed) events_.weight_changed();
}

Result<void> Devices::make_scanner(const drivers::ScannerConfig& config) {
    auto address = drivers::parse_address(config.port);
    if (!address) return tl::unexpected(address.error());
    const drivers::ScannerDriver* driver = drivers::find_scanner_driver(config.protocol);
    if (driver == nullptr) return failure("bad_protocol", config.protocol);
    auto line = drivers::line_settings_of(config.line, driver->line);
    if (!line) return tl::unexpected(line.error());
    const std::string name = scanner_name(scanners_.size());
    scanners_.push_back(std::make_unique<drivers::Scanner>(
        drivers::ScannerOptions{.address = *address,
                                .driver = driver,
                                .line = *line,
                                .parser = {.follows_caps_light = config.caps_light},
                                .form = config.form,
                                .twice_ms = config.twice_ms},
        drivers::ScannerHandlers{
            .on_scan =
                [this](const drivers::Scan& scan) {
                    station_.events().push([this, scan] { scanned(scan); });
                },
            .on_change = [this,
                          name](const drivers::DeviceChange& change) { changed(name, change); },
            .today = [] { return machine_date(); }}));
    return {};
}

/// The scanner has beeped, so a scan that did not come whole has to be told: the cashier thinks
/// that the goods are in the basket.
void Devices::scanned(const drivers::Scan& scan) {
    if (!scan.torn && !scan.overlong) return events_.scanned(scan.text);
    const std::string why = scan.torn ? "scan_torn" : "scan_overlong";
    station_log("scanner", why);
    events_.misread(why);
}

Result<void> Devices::make_printer(const drivers::PrinterConfig& config) {
    auto output = drivers::make_printer_output(config.target);
    if (!output) return tl::unexpected(output.error());
    paper_.columns = config.columns;
    paper_.options.mode = config.mode;
    if (config.columns <= 32) paper_.options.paper_dots = 384;
    paper_.options.drawer_pin = config.drawer_pin;
    if (!config.logo.empty()) {
        auto logo = drivers::read_logo(config.logo);
        // The shop can open without its logo.
        if (logo) paper_.options.logo = std::make_shared<const drivers::Bitmap>(std::move(*logo));
        if (!logo) station_log("printer", "no logo: " + logo.error().code + " " + config.logo);
    }
    newest_at_start_ = station_.store().run(sync::Priority::bulk, [](sync::Database& database) {
        sync::Query query = database.query("SELECT coalesce(max(id), 0) FROM print_jobs");
        return query.step() ? query.int64(0) : 0;
    });
    printer_ = std::make_unique<drivers::PrintWorker>(std::move(*output), print_queue());
    return {};
}

Result<void> Devices::make_display(const drivers::DisplayConfig& config) {
    auto address = drivers::parse_address(config.port);
    if (!address) return tl::unexpected(address.error());
    const drivers::PoleDriver* driver = drivers::find_pole_driver(config.protocol);
    if (driver == nullptr) return failure("bad_protocol", config.protocol);
    auto line = drivers::line_settings_of(config.line, driver->line);
    if (!line) return tl::unexpected(line.error());
    pole_ = std::make_unique<Pole>(
        drivers::opener_of(*address, {.line = *line}),
        drivers::PoleOptions{.protocol = driver->protocol, .chinese = config.chinese},
        [this](const drivers::DeviceChange& change) { changed("display", change); });
    return {};
}

void Devices::show(const drivers::PoleText& text) {
    if (pole_) pole_->show(text);
}

std::optional<Devices::QueuedJob> Devices::oldest_job(sync::Database& database,
                                                      std::int64_t after) {
    QueuedJob queued;
    std::string receipt;
    bool copy = false;
    {
        sync::Query query = database.query(
            "SELECT p.id, name, bytes, receipt, copy, b.id IS NOT NULL FROM print_jobs p "
            "LEFT JOIN print_begun b USING (id) WHERE p.id > $1 ORDER BY p.id LIMIT 1");
        query.bind(after);
        if (!query.step()) return std::nullopt;
        queued.job = {.id = fmt::format("{:06}-{}", query.int64(0), query.text(1)),
                      .bytes = query.text(2),
                      .begun = query.int64(5) != 0,
                      .from_before = query.int64(0) <= newest_at_start_};
        receipt = query.text(3);
        copy = query.int64(4) != 0;
    }
    if (!receipt.empty()) queued.lay_out = events_.receipt(database, receipt, copy, paper_);
    return queued;
}

/// On the print worker's thread, which waits for both.
std::optional<drivers::PrintJob> Devices::next_job(std::int64_t after) {
    auto queued = station_.store().run(sync::Priority::bulk, [&](sync::Database& database) {
        auto oldest = oldest_job(database, after);
        database.take_error();
        return oldest;
    });
    if (!queued) return std::nullopt;
    if (queued->lay_out) queued->job.bytes = queued->lay_out();
    return std::move(queued->job);
}

/// The durable queue: rows of the terminal's database, oldest first.
drivers::PrintQueue Devices::print_queue() {
    drivers::PrintQueue queue;
    queue.next_job = [this] { return next_job(0); };
    queue.job_after = [this](const std::string& id) { return next_job(number_of(id)); };
    // Known before the first byte goes out: after a power cut the copy is marked as one.
    queue.begins = [this](const std::string& id) {
        auto begun = station_.store().run(
            sync::Priority::sale, [number = number_of(id)](sync::Database& database) {
                return database.transaction([&]() -> Result<void> {
                    database.query("INSERT OR IGNORE INTO print_begun (id) VALUES ($1)")
                        .bind(number)
                        .run();
                    return {};
                });
            });
        if (!begun) station_log("printer", begun.error().detail);
    };
    queue.on_status = [this](const drivers::PrinterStatus& status) {
        // One that does not answer says nothing new.
        if (!status.known && !status.gone) return;
        station_.events().push(
            [this, code = drivers::status_code(status)] { heard_of_printer(code); });
    };
    queue.done = [this](const std::string& id) {
        const std::int64_t number = number_of(id);
        auto done = station_.store().run(sync::Priority::sale, [number](sync::Database& database) {
            return database.transaction([&]() -> Result<void> {
                database.query("DELETE FROM print_jobs WHERE id = $1").bind(number).run();
                database.query("DELETE FROM print_begun WHERE id = $1").bind(number).run();
                return {};
            });
        });
        if (!done) return station_log("printer", done.error().detail);  // it will be said again
        station_.events().push([this, id] {
            // Of paper that is nearly at its end a job says nothing.
            if (printer_trouble_ != low_paper) heard_of_printer("");
            events_.print(id, "printed", "");
        });
    };
    queue.failed = [this](const std::string& id, const Error& error) {
        station_.events().push([this, id, error] {
            if (printer_trouble_ != error.code) events_.print(id, "waiting", error.code);
            heard_of_printer(error.code);
        });
    };
    return queue;
}

/// What a job came to, or what the idle printer says of itself; empty: all is well. Told when it is
/// news, and before a customer waits for paper; little paper is a warning and no trouble.
void Devices::heard_of_printer(const std::string& code) {
    const bool is_warning = code == low_paper;
    if (code == printer_trouble_) return;
    const bool was_well = printer_trouble_.empty() || printer_trouble_ == low_paper;
    printer_trouble_ = code;
    printer_since_ms_ = drivers::monotonic_now_ms();
    if (!code.empty()) station_log("printer", code);
    const bool well = code.empty() || is_warning;
    if (was_well != well) events_.changed("printer", well ? "found" : "lost", well ? "" : code);
    if (is_warning) events_.changed("printer", "warned", code);
    if (watch_) watch_();
}

void Devices::changed(const std::string& device, const drivers::DeviceChange& change) {
    station_log(device,
                change.connected ? "found" : change.reason.code + " " + change.reason.detail);
    station_.events().push([this, device, change] { tell(device, change); });
}

void Devices::tell(const std::string& device, const drivers::DeviceChange& change) {
    events_.changed(device, change.connected ? "found" : "lost", change.reason.code);
    if (watch_) watch_();
}

void Devices::start() {
    if (scale_) scale_->start();
    for (const auto& scanner : scanners_)
        scanner->start();
    if (pole_) pole_->start();
    wake_printer();
    usb_ = std::make_unique<drivers::UsbWatch>([this] { wake_all(); });
}

/// Something was plugged in or out: whoever waits for its device looks now.
void Devices::wake_all() {
    if (scale_) scale_->wake();
    for (const auto& scanner : scanners_)
        scanner->wake();
    if (pole_) pole_->wake();
    if (camera_) camera_->wake();
    wake_printer();
}

void Devices::wake_printer() {
    if (printer_) printer_->notify();
}

/// After latest(): whoever reads a weight and then this has the identity of the scale that gave it.
std::optional<std::string> Devices::scale_identity() const {
    const drivers::DeviceHealth health = scale_->health();
    if (!health.connected) return std::nullopt;
    return health.identity;
}

ScaleStanding Devices::standing() {
    ScaleStanding standing = register_->standing(scale_identity());
    const weighing::Parameters parameters = domain::parameters_of(standing.instrument);
    if (parameters == gate_->parameters()) return standing;
    gate_->set_parameters(parameters);
    scale_->set_stable_frames(parameters.stable_frames);
    return standing;
}

}  // namespace fangxin::terminal
