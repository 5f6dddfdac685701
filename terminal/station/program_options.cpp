#include "terminal/station/program_options.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace fangxin::terminal {

ParsedOptions parse_program_options(int argc, char** argv, const ProgramKind& kind) {
    CLI::App app{std::string(kind.about), std::string(kind.program)};
    ProgramOptions options;
    std::string directory;
    std::string language = "zh";
    bool json = false;
    app.add_flag("--headless", options.headless, "JSON lines on standard input and output");
    app.add_flag("--full-screen", options.full_screen, "the window fills its display");
    if (kind.has_customer_display) {
        app.add_flag("--fair-scale", options.fair_scale,
                     "no till but the customers' check scale (公平秤): nobody logs in, nothing is "
                     "sold");
        app.add_flag("--customer-display", options.customer_display,
                     "a second window for the customer, on the second display if there is one; "
                     "with --full-screen only there, whenever it is attached");
    }
    app.add_option("--data", directory, "folder of this terminal's database")->required();
    app.add_option("--server", options.station.server,
                   "wss://HOST:7080; left out: the server it was enrolled at, if any; none: work "
                   "alone; ws://127.0.0.1:7080 speaks to a server with --plain-on-loopback");
    app.add_option(
        "--enrol", options.station.enrol,
        "the code of fangxin-server enrol, or @FILE that holds it; nothing happens if it "
        "was enrolled by it before");
    app.add_option("--devices", options.devices_file, "TOML file of printer, scale and scanner");
    app.add_option(std::string(kind.number_option), options.station.number,
                   "number of this terminal")
        ->check(CLI::Range(1, 999));
    auto* spoken =
        app.add_option("--language", language,
                       "zh or en, until somebody changes it on the screen; not given: as "
                       "it was set there, at first zh")
            ->check(CLI::IsMember({"zh", "en"}));
    app.add_flag("--json", json, "accepted everywhere; headless output is JSON anyway");
    app.set_version_flag("--version", std::string(kind.program) + " " FANGXIN_VERSION);
    app.footer(
        "Exit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 busy.\n\n"
        "Headless actions ({\"id\":1,\"do\":NAME, …}; ? marks what may be left out):\n" +
        kind.actions_help);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        int code = app.exit(error);
        return {.exit_code = code == 0 ? 0 : 2};
    }
    options.station.directory = directory;
    options.station.role = kind.role;
    options.station.terminal = fmt::format("{}-{}", kind.role, options.station.number);
    options.language_given = spoken->count() > 0;
    options.station.language = *domain::from_text<domain::Language>(language);
    return {.options = std::move(options)};
}

}  // namespace fangxin::terminal
