#include "terminal/station/program.hpp"

#include "drivers/label_formats_file.hpp"
#include "sync/enrolment_text.hpp"
#include "sync/store/private_file.hpp"
#include "terminal/station/station_log.hpp"
#include "terminal/station/words.hpp"

#include <cstdio>
#include <fmt/format.h>

namespace fangxin::terminal {

int exit_code_of(const Error& error) {
    if (error.code == "not_found") return 3;
    if (error.code == "busy") return 4;
    return 1;
}

int refuse_to_start(std::string_view program, const Error& error) {
    std::string text = fmt::format("{}: {}: {}\n", program, error.code, error.detail);
    std::fputs(text.c_str(), stderr);
    return exit_code_of(error);
}

namespace {
/// `@FILE` is read.
Result<std::string> enrolment_code(const std::string& given) {
    std::string code = given;
    if (given.starts_with('@')) {
        auto text = sync::read_private_file(given.substr(1));
        if (!text) return tl::unexpected(text.error());
        if (!*text) return failure("not_found", given.substr(1));
        code = **text;
    }
    if (code.empty()) return code;
    auto read = sync::read_enrolment_code(code);
    if (!read) return tl::unexpected(read.error());
    return code;
}
}  // namespace

Result<OpenedProgram> open_program(const ProgramOptions& options) {
    OpenedProgram opened;
    if (!options.devices_file.empty()) {
        auto devices = drivers::read_devices(options.devices_file);
        if (!devices) return tl::unexpected(devices.error());
        opened.devices = std::move(*devices);
    }
    StationOptions wanted = options.station;
    auto code = enrolment_code(options.station.enrol);
    if (!code) return tl::unexpected(code.error());
    wanted.enrol = std::move(*code);
    auto station = Station::open(wanted);
    if (!station) return tl::unexpected(station.error());
    opened.station = std::move(*station);
    if (!opened.devices.label_formats.empty()) {
        auto formats = drivers::read_label_formats(opened.devices.label_formats);
        if (!formats) return tl::unexpected(formats.error());
        opened.station->set_own_labels(std::move(*formats));
    }
    open_station_log(options.station.directory);
    return opened;
}

Preferences preferences_of(Station& station, const ProgramOptions& options, Preferences usual) {
    usual.language = options.station.language;
    Preferences preferences = load_preferences(station.reader(), usual);
    if (options.language_given) preferences.language = options.station.language;
    return preferences;
}

DeviceEvents device_events(Headless& headless, std::function<void(const std::string&)> scanned) {
    DeviceEvents events;
    events.scanned = std::move(scanned);
    events.misread = [&](const std::string& why) {
        headless.emit({{"event", "misread"}, {"reason", why}});
    };
    events.changed = [&](const std::string& device, const std::string& state,
                         const std::string& reason) {
        headless.emit(
            {{"event", "device"}, {"device", device}, {"state", state}, {"reason", reason}});
    };
    events.print = [&](const std::string& job, const std::string& state,
                       const std::string& reason) {
        headless.emit({{"event", "print"}, {"job", job}, {"state", state}, {"reason", reason}});
    };
    return events;
}

void emit_ready(Headless& headless, Station& station) {
    json::object ready{{"event", "ready"}, {"terminal", station.options().terminal}};
    if (station.test_shop()) ready["test_shop"] = true;
    if (station.needs_enrolment()) ready["not_enrolled"] = true;
    if (station.is_plain()) {
        ready["plain"] = true;
        std::fputs("WITHOUT TLS: everybody on this machine can read this line (ws://)\n", stderr);
    }
    headless.emit(ready);
    if (station.set_aside().empty()) return;
    station_log("store", "damaged database set aside as " + station.set_aside());
    headless.emit({{"event", "damaged"},
                   {"set_aside", station.set_aside()},
                   {"message", message_for("damaged", "", station.options().language)}});
}

}  // namespace fangxin::terminal
