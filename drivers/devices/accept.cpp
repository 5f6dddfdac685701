#include "domain/receipt.hpp"
#include "domain/text_width.hpp"
#include "drivers/devices/commands.hpp"
#include "drivers/devices/device_kind.hpp"
#include "drivers/devices/machine.hpp"
#include "drivers/devices/printer_tools.hpp"
#include "drivers/devices/scale_reader.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <toml++/toml.h>

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

Result<std::string> try_printer(const std::string& target) {
    auto printer = open_printer(target, PrinterLanguage::escpos);
    if (!printer) return tl::unexpected(printer.error());
    const PrinterStatus status = (*printer)->status();
    if (auto stop = obstacle(status)) return tl::unexpected(*stop);
    return in_words(describe(status).at("state"));
}

Result<std::string> try_scale(const std::string& port, const std::string& protocol,
                              const std::string& line) {
    auto address = parse_address(port);
    if (!address) return tl::unexpected(address.error());
    auto driver = scale_driver(protocol);
    if (!driver) return tl::unexpected(driver.error());
    if (!line.empty()) {
        auto settings = parse_line_settings(line);
        if (!settings) return tl::unexpected(settings.error());
        driver->line = *settings;
    }
    auto scale = ScaleReader::open(*address, *driver);
    if (!scale) return tl::unexpected(scale.error());
    auto reading = scale->next(reading_ms);
    if (!reading) return tl::unexpected(reading.error());
    return fmt::format("{} {} g", domain::to_text(reading->state), reading->gross_mg / 1000);
}

Result<std::string> try_scanner(const std::string& port, const std::string& line) {
    auto address = parse_address(port);
    if (!address) return tl::unexpected(address.error());
    auto settings = parse_line_settings(line);
    if (!settings) return tl::unexpected(settings.error());
    auto opened = open_device(*address, {.line = *settings});
    if (!opened) return tl::unexpected(opened.error());
    return (*opened)->identity();
}

/// Every table of the devices file; one that the program cannot try is left to the person.
Result<std::vector<Step>> try_named(const std::string& file) {
    if (!std::filesystem::exists(file)) return failure("not_found", file);
    std::vector<Step> steps;
    try {
        for (const auto& [key, node] : toml::parse_file(file)) {
            const toml::table* table = node.as_table();
            const std::string name(key.str());
            if (table == nullptr) return failure("bad_devices_file", name + " is no table");
            auto text = [&](const char* of) { return (*table)[of].value_or(std::string()); };
            if (name == "printer") {
                steps.push_back(tried(name, text("target"), try_printer(text("target"))));
            } else if (name == "scale") {
                steps.push_back(tried(name, text("port") + " " + text("protocol"),
                                      try_scale(text("port"), text("protocol"), text("line"))));
            } else if (name == "scanner") {
                const std::string line = text("line").empty() ? "9600 8n1" : text("line");
                steps.push_back(tried(name, text("port"), try_scanner(text("port"), line)));
            } else {
                steps.push_back({name, "works", "by_hand", ""});
            }
        }
    } catch (const toml::parse_error& error) {
        return failure("bad_devices_file",
                       fmt::format("line {}: {}", error.source().begin.line, error.description()));
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
    add_by_hand(*steps);
    const auto lines = page(*steps, command.columns);
    if (!command.target.empty()) {
        auto printer = open_printer(command.target, PrinterLanguage::escpos);
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
