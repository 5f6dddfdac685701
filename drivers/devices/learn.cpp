#include "drivers/devices/learn.hpp"

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

Result<std::string> read_port(const LearnScanner& command) {
    const std::string name = format_address(*command.address);
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

ExitCode run(const LearnScanner& command) {
    auto form = learn_scanner(command);
    if (!form) return fail(form.error());
    return print_line(command.json ? to_json(*form) : to_toml(*form)) ? done : not_whole();
}

std::string learn_help() {
    return fmt::format(
        "The label is a GS1 DataMatrix of\n  {}\n"
        "as zint draws it: zint -b 71 --gs1 -d '[01]02000000000008[10]Yz-1_/q[21]Aa1Zz9'\n"
        "What is found is printed as the table [scanner.form], or with --json as one object:\n"
        "prefix, suffix, aim (]C1 and the like are sent), separator (gs, 029, <GS>, |, ~, #, F8,\n"
        "none), swapped_case (Caps Lock was lit).\n"
        "Errors: nothing cut_short scanned_twice other_layout not_gs1 unknown_separator\n"
        "not_the_label silent",
        learn_label);
}

}  // namespace fangxin::drivers
