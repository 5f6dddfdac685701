#include "drivers/devices/learn.hpp"

#include "drivers/devices/device_kind.hpp"
#include "drivers/devices/first_scan.hpp"
#include "drivers/printers/printer.hpp"
#include "drivers/printers/tspl.hpp"
#include "drivers/transports/open_device.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <span>
#include <unistd.h>

namespace fangxin::drivers {

namespace {

constexpr std::size_t most_bytes = 4096;
constexpr int quiet_ms = 500;

struct Trouble {
    std::string_view code;
    std::string_view words;
};
constexpr std::array troubles{
    Trouble{"nothing", "nothing was scanned"},
    Trouble{"cut_short", "the end of the label is missing: scan it again, and more slowly"},
    Trouble{"scanned_twice", "the label came more than once: scan it once"},
    Trouble{"other_layout",
            "letters or signs come out as others: set the scanner's keyboard country to USA"},
    Trouble{"not_gs1", "the label must be printed as a GS1 DataMatrix (zint: -b 71 --gs1)"},
    Trouble{"unknown_separator",
            "what stands for GS could be part of a value: set the scanner to send GS otherwise"},
    Trouble{"not_the_label", "that was another code"},
};

Error with_words(Error error) {
    for (const Trouble& row : troubles) {
        if (row.code != error.code) continue;
        error.detail = error.detail.empty() ? std::string(row.words)
                                            : fmt::format("{} ({})", row.words, error.detail);
    }
    return error;
}

/// What hangs there: a keyboard and a HID scanner are no serial lines.
const ScannerDriver& driver_of(const LearnScanner& command) {
    if (command.driver != nullptr) return *command.driver;
    std::string_view id = "serial";
    if (const auto* path = std::get_if<PathAddress>(&*command.address)) {
        if (path->path.starts_with("/dev/input/")) id = "keyboard";
        if (path->path.starts_with("/dev/hidraw")) id = "hid-pos";
    } else if (const auto* usb = std::get_if<UsbAddress>(&*command.address)) {
        const auto device = find_usb_device(*usb);
        const DeviceKind kind = device ? kind_of(*device) : DeviceKind::other;
        if (kind == DeviceKind::keyboard) id = "keyboard";
        if (kind == DeviceKind::scanner) id = "hid-pos";
    }
    return *find_scanner_driver(id);
}

/// A keyboard is grabbed meanwhile: what it types goes to nobody else.
Result<std::string> read_scan(const LearnScanner& command, const ScannerDriver& driver) {
    const std::string name = format_address(*command.address);
    auto port =
        open_device(*command.address, {.cable = driver.cable, .usage_page = driver.usage_page});
    if (!port) return tl::unexpected(port.error());
    auto scan = first_scan(
        **port, {.driver = &driver, .options = {.keeps_suffix = true}, .wait_ms = command.wait_ms});
    if (!scan) return tl::unexpected(within(scan.error(), name));
    if (scan->torn || scan->overlong) return failure("cut_short", name);
    return scan->text;
}

Result<std::string> read_port(const LearnScanner& command) {
    const std::string name = format_address(*command.address);
    if (const auto& driver = driver_of(command); driver.cable != Cable::serial) {
        return read_scan(command, driver);
    }
    auto port = open_device(*command.address, {.line = command.line});
    if (!port) return tl::unexpected(port.error());
    std::string raw;
    std::array<std::byte, 512> buffer;
    while (raw.size() < most_bytes) {
        auto wait_ms = raw.empty() ? command.wait_ms : quiet_ms;
        auto count = (*port)->read(buffer, static_cast<int>(wait_ms));
        if (!count) return tl::unexpected(within(count.error(), name));
        if (*count == 0) break;
        for (std::byte byte : std::span(buffer).first(*count))
            raw += static_cast<char>(byte);
    }
    if (raw.empty()) return failure("silent", name + " sends nothing");
    return raw;
}

std::string read_input() {
    bool at_a_desk = ::isatty(STDIN_FILENO) == 1;
    if (at_a_desk) std::fputs("Scan the label now.\n", stderr);
    std::string raw;
    for (int c = std::getchar(); c != EOF && raw.size() < most_bytes; c = std::getchar()) {
        raw += static_cast<char>(c);
        if (at_a_desk && c == '\n') break;
    }
    return raw;
}

}  // namespace

Result<ScanForm> learn_scanner(const LearnScanner& command) {
    Result<std::string> raw =
        command.address ? read_port(command) : Result<std::string>(read_input());
    if (!raw) return tl::unexpected(raw.error());
    return learn_scan_form(*raw).map_error(with_words);
}

namespace {

ExitCode print_label(const LearnScanner& command) {
    auto printer = make_printer_output(command.print_on, {}, PrinterLanguage::tspl);
    if (!printer) return fail(printer.error());
    auto job = encode_label(
        ScannerLabel{.title = "扫码枪设置 scanner set-up", .elements = std::string(learn_label)},
        {}, 1);
    if (!job) return fail(job.error());
    auto printed = (*printer)->print("scanner-label", *job, [] {});
    return printed ? done : fail(printed.error());
}

}  // namespace

ExitCode run(const LearnScanner& command) {
    if (!command.print_on.empty()) return print_label(command);
    auto form = learn_scanner(command);
    if (!form) return fail(form.error());
    return print_line(command.json ? to_json(*form) : to_toml(*form)) ? done : not_whole();
}

std::string learn_help() {
    return fmt::format(
        "The label is a GS1 DataMatrix of\n  {}\n"
        "which --print has a label printer print (TSPL), and zint draws:\n"
        "  zint -b 71 --gs1 -d '[01]02000000000008[10]Yz-1_/q[21]Aa1Zz9'\n"
        "Without --port the scan is typed into the terminal; with the address of a keyboard it is\n"
        "taken from there, grabbed for that long.\n"
        "What is found is printed as the table [scanner.form], or with --json as one object:\n"
        "prefix, suffix, aim (]C1 and the like are sent), separator (gs, 029, <GS>, |, ~, #, F8,\n"
        "none), swapped_case (Caps Lock was lit).\n"
        "Errors: nothing cut_short scanned_twice other_layout not_gs1 unknown_separator\n"
        "not_the_label silent",
        learn_label);
}

}  // namespace fangxin::drivers
