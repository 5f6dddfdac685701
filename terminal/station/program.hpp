// What both terminal programs do before and after their own part: open the station and its devices,
// or say in words why not and with which exit code.
#pragma once

#include "terminal/station/devices.hpp"
#include "terminal/station/headless.hpp"
#include "terminal/station/preferences.hpp"
#include "terminal/station/program_options.hpp"

namespace fangxin::terminal {

/// The exit code of the contract for an error: 3 not found, 4 busy, else 1.
int exit_code_of(const Error& error);
/// Writes the reason to standard error and gives the exit code.
int refuse_to_start(std::string_view program, const Error& error);

struct OpenedProgram {
    drivers::DevicesConfig devices;
    std::unique_ptr<Station> station;
};
/// Reads the devices file, checks the server's address, opens database and log.
Result<OpenedProgram> open_program(const ProgramOptions& options);

/// As people set them on the screen, or else as usual. A language that the command line names goes
/// before, until somebody changes it.
Preferences preferences_of(Station& station, const ProgramOptions& options, Preferences usual = {});

/// Events of devices, common to both programs; `scanned` is the program's own.
DeviceEvents device_events(Headless& headless, std::function<void(const std::string&)> scanned);

/// `ready`, and what a technician must know from the start.
void emit_ready(Headless& headless, Station& station);

}  // namespace fangxin::terminal
