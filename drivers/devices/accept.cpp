#include "domain/receipt.hpp"
#include "domain/text_width.hpp"
#include "drivers/devices/camera_tools.hpp"
#include "drivers/devices/commands.hpp"
#include "drivers/devices/device_kind.hpp"
#include "drivers/devices/machine.hpp"
#include "drivers/devices/printer_tools.hpp"
#include "drivers/devices/scale_reader.hpp"
#include "drivers/devices_file.hpp"
#include "drivers/label_formats_file.hpp"
#include "drivers/printers/logo.hpp"
#include "drivers/printers/pole_display.hpp"
#include "drivers/scanners/scanner.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace fangxin::drivers {

namespace {

constexpr std::int64_t reading_ms = 5000;

/// What was tried by the program; what only a person can see has no `state` yet.
struct Step {
    std::string device;
    std::string words;
    std::string state;  ///< `ok` `failed`, or `by_hand`
    std::string detail;
};

struct HandRow {
    std::string_view device;
    std::string_view words;
};
constexpr std::array by_hand{
    HandRow{"printer", "小票清晰、切纸干净 receipt is clear, paper is cut"},
    HandRow{"printer", "钱箱弹开 drawer opens (fangxin-devices drawer)"},
    HandRow{"scale", "铅封完好、检定合格证在有效期内 seal is whole, certificate is in date"},
    HandRow{"scale", "标准砝码核准 known mass is right (fangxin-devices check)"},
    HandRow{"scale", "顾客看得清称重显示 customer can read the weight"},
    HandRow{"scanner", "扫已知商品码正确 a known label is read (fangxin-devices probe)"}};

Step tried(std::string device, std::string words, const Result<std::string>& outcome) {
    if (outcome) return {std::move(device), std::move(words), "ok", *outcome};
    const Error& error = outcome.error();
    return {std::move(device), std::move(words), "failed", error.code + ": " + error.detail};
}

Result<std::string> try_printer(const PrinterConfig& config) {
    auto printer = make_printer_output(config.target);
    if (!printer) return tl::unexpected(printer.error());
    const PrinterStatus status = (*printer)->status();
    if (auto stop = obstacle(status)) return tl::unexpected(*stop);
    return in_words(describe(status).at("state"));
}

Result<std::string> try_scale(const ScaleConfig& config) {
    auto address = parse_address(config.port);
    if (!address) return tl::unexpected(address.error());
    auto driver = scale_driver(config.protocol);
    if (!driver) return tl::unexpected(driver.error());
    auto settings = line_settings_of(config.line, driver->line);
    if (!settings) return tl::unexpected(settings.error());
    driver->line = *settings;
    auto scale = ScaleReader::open(*address, *driver);
    if (!scale) return tl::unexpected(scale.error());
    auto reading = scale->next(reading_ms);
    if (!reading) return tl::unexpected(reading.error());
    return fmt::format("{} {} g", domain::to_text(reading->state), reading->gross_mg / 1000);
}

/// Whether its port opens as its kind wants it; what it reads is for a person to try.
Result<std::string> try_port(const std::string& port, const std::string& line,
                             CableOptions options) {
    auto address = parse_address(port);
    if (!address) return tl::unexpected(address.error());
    auto settings = line_settings_of(line, options.line);
    if (!settings) return tl::unexpected(settings.error());
    options.line = *settings;
    auto opened = open_device(*address, options);
    if (!opened) return tl::unexpected(opened.error());
    return (*opened)->identity();
}

Result<std::string> try_scanner(const ScannerConfig& config) {
    const ScannerDriver* driver = find_scanner_driver(config.protocol);
    if (driver == nullptr) return failure("bad_protocol", config.protocol);
    return try_port(
        config.port, config.line,
        {.cable = driver->cable, .line = driver->line, .usage_page = driver->usage_page});
}

Result<std::string> try_display(const DisplayConfig& config) {
    const PoleDriver* driver = find_pole_driver(config.protocol);
    if (driver == nullptr) return failure("bad_protocol", config.protocol);
    return try_port(config.port, config.line, {.line = driver->line});
}

Result<std::string> try_camera(const CameraConfig& config) {
    auto first = first_picture({.source = config.source, .pipeline = config.pipeline});
    if (!first) return tl::unexpected(first.error());
    return fmt::format("{}x{}", first->width, first->height);
}

/// Of something that was read well there is no more to say.
template <class T>
Result<std::string> said(const Result<T>& read) {
    if (!read) return tl::unexpected(read.error());
    return std::string();
}

/// Everything that the terminal's devices file names.
Result<std::vector<Step>> try_named(const std::string& file) {
    auto config = read_devices(file);
    if (!config) return tl::unexpected(config.error());
    std::vector<Step> steps;
    if (config->printer) {
        steps.push_back(tried("printer", config->printer->target, try_printer(*config->printer)));
    }
    if (config->scale) {
        steps.push_back(tried("scale", config->scale->port + " " + config->scale->protocol,
                              try_scale(*config->scale)));
    }
    for (const ScannerConfig& scanner : config->scanners) {
        steps.push_back(
            tried("scanner", scanner.port + " " + scanner.protocol, try_scanner(scanner)));
    }
    if (config->display) {
        steps.push_back(tried("display", config->display->port, try_display(*config->display)));
    }
    if (config->camera) {
        const CameraConfig& camera = *config->camera;
        steps.push_back(tried("camera", camera.source.empty() ? "pipeline" : camera.source,
                              try_camera(camera)));
    }
    if (config->printer && !config->printer->logo.empty()) {
        auto logo = read_logo(config->printer->logo);
        steps.push_back(tried("printer", "logo " + config->printer->logo, said(logo)));
    }
    if (!config->label_formats.empty()) {
        steps.push_back(tried("labels", config->label_formats,
                              said(read_label_formats(config->label_formats))));
    }
    return steps;
}

std::vector<Step> try_found() {
    std::vector<Step> steps;
    for (const UsbDevice& device : usb_devices()) {
        const DeviceKind kind = kind_of(device);
        if (kind == DeviceKind::other) continue;
        const NodeHealth health = health_of(device);
        steps.push_back({std::string(domain::to_text(kind)), device.identity(),
                         health.state == "ok" ? "ok" : "failed",
                         health.state == "ok" ? device.name : health.state + " " + health.detail});
    }
    return steps;
}

void add_by_hand(std::vector<Step>& steps) {
    std::vector<Step> more;
    for (const HandRow& row : by_hand) {
        const bool there = std::ranges::any_of(steps, [&](const Step& step) {
            return step.device == row.device ||
                   (step.device == "keyboard" && row.device == "scanner");
        });
        if (there) more.push_back({std::string(row.device), std::string(row.words), "by_hand", ""});
    }
    more.push_back({"display", "顾客屏清晰 customer display can be read", "by_hand", ""});
    steps.insert(steps.end(), more.begin(), more.end());
}

std::vector<domain::ReceiptLine> page(const std::vector<Step>& steps, int columns) {
    std::vector<domain::ReceiptLine> lines;
    auto text = [&](const std::string& words) {
        for (const std::string& part : domain::wrap(words, columns))
            lines.emplace_back(domain::TextLine{part});
    };
    lines.emplace_back(domain::TextLine{"验收单 ACCEPTANCE", domain::Align::center, true, true});
    text(local_time_text());
    text(fmt::format("{}  Fangxin {}", host_name(), FANGXIN_VERSION));
    lines.emplace_back(domain::FeedLine{});
    for (const Step& step : steps) {
        const char* mark = step.state == "ok" ? "[ok]" : step.state == "failed" ? "[X]" : "[  ]";
        text(fmt::format("{} {} {}", mark, step.device, step.words));
        if (!step.detail.empty()) text("     " + step.detail);
    }
    lines.emplace_back(domain::FeedLine{2});
    text("签名 signed: ____________________");
    lines.emplace_back(domain::CutLine{});
    return lines;
}

}  // namespace

ExitCode run(const AcceptTerminal& command) {
    auto steps = command.devices.empty() ? Result<std::vector<Step>>(try_found())
                                         : try_named(command.devices);
    if (!steps) return fail(steps.error());
    if (steps->empty()) return fail({"nothing_to_accept", "no device is named or found"});
    add_by_hand(*steps);
    const auto lines = page(*steps, command.columns);
    if (!command.target.empty()) {
        auto printer = make_printer_output(command.target);
        if (!printer) return fail(printer.error());
        auto printed = (*printer)->print("acceptance", encode(lines), [] {});
        steps->push_back(tried("printer", "this page",
                               printed ? Result<std::string>(command.target)
                                       : Result<std::string>(tl::unexpected(printed.error()))));
    }
    if (!command.json && !print_line(domain::plain_text(lines, command.columns))) {
        return not_whole();
    }
    std::string bad;
    for (const Step& step : *steps) {
        if (step.state == "failed") bad += (bad.empty() ? "" : ", ") + step.device;
        const boost::json::object told{{"device", step.device},
                                       {"what", step.words},
                                       {"state", step.state},
                                       {"detail", step.detail}};
        if (command.json && !print_result(told, true)) return not_whole();
    }
    const boost::json::object all{{"result", bad.empty() ? "pass" : "fail"},
                                  {"at", local_time_text()},
                                  {"machine", host_name()},
                                  {"version", FANGXIN_VERSION}};
    if (command.json && !print_result(all, true)) return not_whole();
    return bad.empty() ? done : fail({"not_accepted", bad});
}

}  // namespace fangxin::drivers
