// fangxin-devices: for the technician who sets a till up. What it prints is in the outside
// contract; `--help` has the rest.
#include "drivers/devices_json.hpp"
#include "drivers/devices_learn.hpp"
#include "drivers/devices_options.hpp"
#include "drivers/label_formats_file.hpp"
#include "drivers/scales/scale_talk.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <iostream>

namespace {

using namespace fangxin;
using namespace fangxin::drivers;

constexpr std::int64_t ask_every_ms = 50;  // of a scale that has to be asked
constexpr int write_ms = 1000;

enum ExitCode { done = 0, failed = 1, not_found = 3, busy = 4 };

/// Says why on standard error.
ExitCode fail(const Error& error) {
    fmt::print(stderr, "fangxin-devices: {}: {}\n", error.code, error.detail);
    if (error.code == "not_found") return not_found;
    return error.code == "busy" ? busy : failed;
}

ExitCode not_whole() { return fail({"cannot_write", "the output is not whole"}); }

domain::Date machine_date() {
    std::time_t now = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&now, &local);
    return domain::make_date(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday)
        .value_or(domain::Date{});
}

/// False if the line is not whole where it was to go: a full disk, a closed pipe.
bool print_line(const std::string& line) {
    return std::fputs((line + '\n').c_str(), stdout) >= 0 && std::fflush(stdout) == 0;
}

ExitCode run(const ParseCodes& command) {
    domain::CodeContext context{.today = command.today ? *command.today : machine_date()};
    if (command.taking_payment) context.state = domain::TillState::taking_payment;
    domain::LabelFormats formats;
    if (!command.formats.empty()) {
        auto read = read_label_formats(command.formats);
        if (!read) return fail(read.error());
        formats = std::move(*read);
        context.label_formats = &formats;
    }
    std::ios::sync_with_stdio(false);
    std::string line;
    while (std::getline(std::cin, line)) {
        std::cout << json_line(domain::parse_code(line, context)) << '\n';
        if (std::cin.rdbuf()->in_avail() <= 0) std::cout.flush();
    }
    return std::cout.flush() ? done : not_whole();
}

ExitCode run(const DecodePictures& command) {
    Decoder decoder;
    ExitCode worst = done;
    for (const std::string& file : command.files) {
        auto decoded = decoder.decode_file(file);
        if (!print_line(json_line(file, decoded))) return not_whole();
        if (!decoded) worst = std::max(worst, fail(decoded.error()));
    }
    return worst;
}

ExitCode run(const LearnScanner& command) {
    auto form = learn_scanner(command);
    if (!form) return fail(form.error());
    return print_line(command.json ? to_json(*form) : to_toml(*form)) ? done : not_whole();
}

/// Talks to the scale until enough was told, or nothing has come for too long.
ExitCode run(const ReadScale& command) {
    const std::string name = format_address(command.address);
    auto port = open_device(command.address, {.cable = command.driver.cable,
                                              .line = command.driver.line,
                                              .usage_page = scale_usage_page});
    if (!port) return fail(port.error());
    ScaleTalk talk(command.driver, ask_every_ms);
    std::array<std::byte, 512> buffer;
    std::int64_t told = 0;
    std::int64_t last_ms = monotonic_now_ms();
    while (true) {
        std::int64_t now_ms = monotonic_now_ms();
        if (now_ms - last_ms >= command.wait_ms)
            return fail({"silent", name + " sends no reading"});
        const std::string said = talk.to_send(now_ms);
        auto sent = (*port)->write(std::as_bytes(std::span(said)), write_ms);
        if (!sent) return fail(within(sent.error(), name));
        const std::int64_t until_ms = std::min(
            last_ms + command.wait_ms, talk.wake_at_ms().value_or(last_ms + command.wait_ms));
        auto count =
            (*port)->read(buffer, static_cast<int>(std::max<std::int64_t>(0, until_ms - now_ms)));
        if (!count) return fail(within(count.error(), name));
        talk.feed(std::span(buffer).first(*count));
        while (auto reading = talk.next()) {
            if (!print_line(json_line(*reading))) return not_whole();
            last_ms = monotonic_now_ms();
            if (++told == command.count) return done;
        }
    }
}

}  // namespace

int main(int count, char** arguments) {
    auto command = parse_devices_options(count, arguments);
    if (!command) return command.error();
    return std::visit([](const auto& chosen) { return static_cast<int>(run(chosen)); }, *command);
}
