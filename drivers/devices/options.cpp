#include "drivers/devices/options.hpp"

#include "drivers/devices/learn.hpp"
#include "drivers/label_formats_file.hpp"
#include "drivers/label_scales/label_scales_options.hpp"
#include "drivers/printers/printer.hpp"
#include "drivers/scales/mass_text.hpp"
#include "drivers/scales/registry.hpp"

#include <CLI/CLI.hpp>
#include <array>
#include <fmt/format.h>
#include <functional>

namespace fangxin::drivers {

namespace {

/// What is typed, of all commands: only one of them is given.
struct Texts {
    LabelScalesCommand label_scales;
    std::string state = "selling";
    std::string today;
    std::string formats;
    std::vector<std::string> files;
    std::string port;
    std::string pipeline;
    std::string protocol;
    std::string print_on;
    std::string line;
    std::int64_t count = 0;
    std::optional<double> wait_seconds;
    std::string target = "usb:/dev/usb/lp*";
    std::string language = "escpos";
    std::string mode = "text";
    int columns = 48;
    bool again = false;
    std::string pin = "two";
    std::string mass;
    std::string e;
    std::string accuracy = "III";
    std::string file;
    std::string paper;
    bool json = false;
};

/// A command as the command line has it. `make` may throw CLI::ValidationError, which ends in
/// parse_devices_options.
struct Offered {
    CLI::App* app = nullptr;
    std::function<DevicesCommand()> make;
};

std::string scale_help() {
    std::string text =
        "Ports:\n"
        "  /dev/ttyS0, /dev/serial/by-id/…      a serial port or a USB adapter\n"
        "  usb:0eb8:f000[:SERIAL|@1-3.2]        a USB device, by serial number or socket\n"
        "  tcp:HOST:PORT                        a device server\n"
        "  replay:/FILE.hex                     a capture\n"
        "Protocols:";
    for (const ScaleDriver& row : scale_drivers()) {
        const bool is_usb = row.cable == Cable::hid;
        text += fmt::format("\n  {:20} {} ({})", row.id, row.words,
                            is_usb ? "USB" : format_line_settings(row.line));
    }
    return text + "\n  profile:FILE         described in a file, see drivers/scales/profile.hpp";
}

/// The value, or CLI::ValidationError with the option's name.
template <class Value>
Value taken(const char* option, Result<Value> value) {
    if (!value)
        throw CLI::ValidationError(option, value.error().code + ": " + value.error().detail);
    return std::move(*value);
}

template <class Value>
Value taken(const char* option, const std::optional<Value>& value, const std::string& text) {
    if (!value) throw CLI::ValidationError(option, "not understood: " + text);
    return *value;
}

std::optional<LineSettings> line_of(const Texts& texts) {
    if (texts.line.empty()) return std::nullopt;
    return taken("--line", parse_line_settings(texts.line));
}

std::int64_t wait_ms_of(const Texts& texts, double otherwise_seconds = 10) {
    return static_cast<std::int64_t>(texts.wait_seconds.value_or(otherwise_seconds) * 1000);
}

CLI::App* add(CLI::App& app, Texts& texts, const std::string& name, const std::string& words,
              const std::string& json_words = "one JSON object a line") {
    CLI::App* command = app.add_subcommand(name, words);
    command->set_version_flag("--version", "fangxin-devices " FANGXIN_VERSION);
    command->add_flag("--json", texts.json, json_words);
    return command;
}

void add_wait(CLI::App* command, Texts& texts, const std::string& words) {
    command->add_option("--wait", texts.wait_seconds, words)->check(CLI::Range(0.1, 86400.0));
}

constexpr const char* always_json = "one JSON object a line (it is so anyway)";

Offered add_parse(CLI::App& app, Texts& texts) {
    CLI::App* command = add(app, texts, "parse",
                            "Take codes apart: one a line on standard input, one object a line "
                            "out. A code may start with its AIM identifier (]C1); GS is U+001D",
                            always_json);
    command->add_option("--state", texts.state, "what the till is doing: selling or tender")
        ->check(CLI::IsMember({"selling", "tender"}));
    command->add_option("--today", texts.today, "the day that decides the century, YYYY-MM-DD");
    command->add_option("--formats", texts.formats,
                        "TOML file of label formats, instead of the default ones: see below");
    command->footer(label_formats_help());
    return {command, [&texts] {
                ParseCodes parse{.taking_payment = texts.state == "tender",
                                 .today = {},
                                 .formats = texts.formats};
                if (!texts.today.empty()) {
                    parse.today = taken("--today", domain::parse_date(texts.today), texts.today);
                }
                return parse;
            }};
}

Offered add_decode(CLI::App& app, Texts& texts) {
    CLI::App* command =
        add(app, texts, "decode",
            "Find the barcode in pictures (PNG, JPEG), or in what a camera sees", always_json);
    auto* files = command->add_option("files", texts.files, "pictures");
    auto* camera = command->add_option("--camera", texts.port,
                                       "a camera: /dev/video0, or usb:… as list tells it");
    auto* pipeline =
        command->add_option("--pipeline", texts.pipeline, "GStreamer's text up to its sink");
    files->excludes(camera)->excludes(pipeline);
    camera->excludes(pipeline);
    command->add_option("--count", texts.count, "end after so many codes of a camera")
        ->check(CLI::PositiveNumber);
    add_wait(command, texts, "seconds to wait for a camera's next code, else 10");
    command->footer(
        "Formats: ean13 ean8 upca upce code128 itf databar databar_expanded datamatrix qr\n"
        "engine: who read it, zxing, or zbar where two looks agreed; corners: [x, y] from the\n"
        "code's own top left round, in pixels (of a camera: at most 1280 × 1280)\n"
        "A camera's code is one line, until it has been out of view for a second.\n"
        "Errors: not_found not_readable not_an_image too_large no_code decoder_died\n"
        "of a camera: bad_pipeline no_permission busy open_failed camera_silent camera_ended\n"
        "camera_died device_gone");
    return {command, [&texts]() -> DevicesCommand {
                if (!texts.files.empty()) return DecodePictures{.files = texts.files};
                if (texts.port.empty() == texts.pipeline.empty())
                    throw CLI::ValidationError("decode", "pictures, --camera or --pipeline");
                return DecodeLive{.source = texts.port,
                                  .pipeline = texts.pipeline,
                                  .count = texts.count,
                                  .wait_ms = wait_ms_of(texts)};
            }};
}

Offered add_scale(CLI::App& app, Texts& texts) {
    CLI::App* command =
        add(app, texts, "scale", "Print what a scale sends, frame by frame", always_json);
    command->add_option("--port", texts.port, "see below")->required();
    command
        ->add_option("--protocol", texts.protocol,
                     "see below; auto: found out, by listening and then by asking")
        ->required();
    command->add_option("--line", texts.line, "other line settings, such as \"4800 7e1\"");
    command->add_option("--count", texts.count, "end after so many readings")
        ->check(CLI::PositiveNumber);
    add_wait(command, texts, "seconds to wait for a reading, else 10");
    command->footer(scale_help());
    return {command, [&texts] {
                ReadScale scale{.address = taken("--port", parse_address(texts.port)),
                                .driver = {},
                                .line = line_of(texts),
                                .count = texts.count,
                                .wait_ms = wait_ms_of(texts)};
                if (texts.protocol != "auto") {
                    scale.driver = taken("--protocol", scale_driver(texts.protocol));
                }
                return scale;
            }};
}

Offered add_learn(CLI::App& app, Texts& texts) {
    CLI::App* command = add(app, texts, "learn",
                            "Learn in which form a scanner sends, from one scan of a known label");
    command->add_option("--port", texts.port, "the scanner's address; else standard input is read");
    command->add_option("--protocol", texts.protocol, "serial, hid-pos, keyboard; else by --port")
        ->check(CLI::IsMember({"serial", "hid-pos", "keyboard"}));
    command->add_option(
        "--print", texts.print_on,
        "print the label on this label printer instead, as print takes its --target");
    command->add_option("--line", texts.line, "its line settings, such as \"9600 8n1\"");
    command->footer(learn_help());
    return {command, [&texts] {
                LearnScanner learn{.json = texts.json};
                if (!texts.port.empty()) {
                    learn.address = taken("--port", parse_address(texts.port));
                }
                if (!texts.protocol.empty()) learn.driver = find_scanner_driver(texts.protocol);
                const auto* row = learn.driver ? learn.driver : find_scanner_driver("serial");
                learn.line = line_of(texts).value_or(row->line);
                learn.print_on = texts.print_on;
                return learn;
            }};
}

Offered add_list(CLI::App& app, Texts& texts) {
    CLI::App* command =
        add(app, texts, "list",
            "Tell what hangs on the machine: USB devices, its serial ports and cameras");
    command->footer(
        "kind: scale scanner keyboard (perhaps a scanner that types) printer serial camera other\n"
        "address: as --port and the devices file take it; drivers: what may fit\n"
        "health: ok, no_permission (see 60-fangxin.rules), busy (who has it), no_node (no driver\n"
        "of the kernel). Nothing is opened for it.");
    return {command, [&texts] { return ListDevices{.json = texts.json}; }};
}

Offered add_probe(CLI::App& app, Texts& texts) {
    CLI::App* command = add(app, texts, "probe", "Find out what a port's device is and says");
    command->add_option("--port", texts.port, "an address, as list tells it")->required();
    command->add_option("--line", texts.line, "only these line settings, such as \"4800 7e1\"");
    add_wait(command, texts, "seconds for somebody to scan something, else 10");
    command->footer(
        "A serial line is listened to; if nothing comes, it is asked in each scale protocol in\n"
        "turn, under its usual settings: up to 10 s. What fits is said, and if several fit, all.\n"
        "USB devices are told by their class: a scale's first reading, a printer's id and status,\n"
        "a first scan as parse tells it, but no payment code; the size of a camera's picture.");
    return {command, [&texts] {
                return ProbeDevice{.address = taken("--port", parse_address(texts.port)),
                                   .line = line_of(texts),
                                   .scan_ms = wait_ms_of(texts),
                                   .json = texts.json};
            }};
}

void add_target(CLI::App* command, Texts& texts) {
    command
        ->add_option("--target", texts.target,
                     "usb:/dev/usb/lp*, usb:0416:5011[:SERIAL|@SOCKET], tcp:HOST:PORT, file:PATH")
        ->capture_default_str();
}

constexpr const char* printer_states =
    "Told before and after: state ok, unknown (it does not answer), paper_low, paper_out,\n"
    "cover_open, printer_error, printer_busy, printer_gone; drawer_pin_high (open or shut, as the\n"
    "drawer is made).";

/// Nothing is opened: whether it is an address at all.
std::string target_of(const Texts& texts) {
    (void)taken("--target", make_printer_output(texts.target));
    return texts.target;
}

Offered add_print(CLI::App& app, Texts& texts) {
    CLI::App* command = add(app, texts, "print", "Print a test page, or a test label");
    add_target(command, texts);
    command->add_option("--language", texts.language, "escpos (receipts) or tspl (labels)")
        ->check(CLI::IsMember({"escpos", "tspl"}));
    command->add_option("--columns", texts.columns, "48 on 80 mm paper, 32 on 58 mm")
        ->check(CLI::Range(24, 96));
    command->add_option("--mode", texts.mode, "text; raster: all drawn; mixed: Chinese drawn")
        ->check(CLI::IsMember({"text", "raster", "mixed"}));
    command->add_flag("--again", texts.again, "as a copy, marked");
    command->footer(printer_states);
    return {command, [&texts] {
                return PrintTestPage{
                    .target = target_of(texts),
                    .language =
                        texts.language == "tspl" ? PrinterLanguage::tspl : PrinterLanguage::escpos,
                    .mode = taken("--mode", domain::from_text<TextMode>(texts.mode), texts.mode),
                    .columns = texts.columns,
                    .again = texts.again,
                    .json = texts.json};
            }};
}

Offered add_drawer(CLI::App& app, Texts& texts) {
    CLI::App* command = add(app, texts, "drawer", "Open the cash drawer on a printer");
    add_target(command, texts);
    command->add_option("--pin", texts.pin, "two or five, as the cable is made")
        ->check(CLI::IsMember({"two", "five"}));
    command->footer(printer_states);
    return {command, [&texts] {
                return OpenDrawer{
                    .target = target_of(texts),
                    .pin = taken("--pin", domain::from_text<DrawerPin>(texts.pin), texts.pin),
                    .json = texts.json};
            }};
}

Offered add_check(CLI::App& app, Texts& texts) {
    CLI::App* command = add(app, texts, "check", "Check a scale with a known mass, step by step");
    command->add_option("--port", texts.port, "as for scale")->required();
    command->add_option("--protocol", texts.protocol, "as for scale")->required();
    command->add_option("--line", texts.line, "as for scale");
    command->add_option("--mass", texts.mass, "the known mass, such as 2000g")->required();
    command->add_option("--e", texts.e, "the scale's verification interval, such as 5g")
        ->required();
    command->add_option("--class", texts.accuracy, "its accuracy class, else III")
        ->check(CLI::IsMember({"II", "III", "IIII"}));
    add_wait(command, texts, "seconds for each step, else 60");
    command->footer(
        "Allowed is twice the error of initial verification (OIML R 76-1, 3.5): on class III one "
        "e\n"
        "up to 500e, two up to 2000e, three up to 10000e. Ends with 1 if it is exceeded, or if "
        "the\n"
        "scale does not come back to zero within one e.");
    return {command, [&texts] {
                CheckScale check{.address = taken("--port", parse_address(texts.port)),
                                 .driver = taken("--protocol", scale_driver(texts.protocol))};
                check.driver.line = line_of(texts).value_or(check.driver.line);
                check.mass_mg = taken("--mass", parse_mass_mg(texts.mass), texts.mass);
                check.e_mg = taken("--e", parse_mass_mg(texts.e), texts.e);
                check.accuracy =
                    taken("--class", domain::from_text<weighing::AccuracyClass>(texts.accuracy),
                          texts.accuracy);
                if (!weighing::tolerance_in_service_mg(check.accuracy, check.e_mg, check.mass_mg)) {
                    throw CLI::ValidationError("--mass", "beyond the class's most intervals");
                }
                check.wait_ms = wait_ms_of(texts, 60);
                check.json = texts.json;
                return check;
            }};
}

Offered add_accept(CLI::App& app, Texts& texts) {
    CLI::App* command = add(app, texts, "accept",
                            "Go through a new terminal's devices: the checklist, to be signed");
    command->add_option("--devices", texts.file, "its devices file; else what is found on USB");
    command->add_option("--print", texts.paper, "the printer for the page, as print --target");
    command->add_option("--columns", texts.columns, "48 on 80 mm paper, 32 on 58 mm")
        ->check(CLI::Range(24, 96));
    command->footer(
        "What can be tried is ok or failed; by_hand is left to be ticked. Ends with 1 if anything\n"
        "failed.");
    return {command, [&texts] {
                return AcceptTerminal{.devices = texts.file,
                                      .target = texts.paper,
                                      .columns = texts.columns,
                                      .json = texts.json};
            }};
}

Offered add_label_scales_command(CLI::App& app, Texts& texts) {
    CLI::App* command = add_label_scales(app, texts.label_scales);
    return {command, [&texts] { return texts.label_scales; }};
}

constexpr std::array commands{add_list,
                              add_probe,
                              add_scale,
                              add_check,
                              add_print,
                              add_drawer,
                              add_learn,
                              add_accept,
                              add_parse,
                              add_decode,
                              add_label_scales_command};

}  // namespace

tl::expected<DevicesCommand, int> parse_devices_options(int count, char** arguments) {
    CLI::App app("Set up and try out a till's devices");
    app.set_version_flag("--version", "fangxin-devices " FANGXIN_VERSION);
    app.require_subcommand(1);
    app.footer("Exit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 busy");
    Texts texts;
    std::vector<Offered> offered;
    for (auto* add_command : commands)
        offered.push_back(add_command(app, texts));
    try {
        app.parse(count, arguments);
        for (const Offered& each : offered) {
            if (each.app->parsed()) return each.make();
        }
    } catch (const CLI::ParseError& error) {
        return tl::unexpected(app.exit(error) == 0 ? 0 : 2);
    }
    return tl::unexpected(2);
}

}  // namespace fangxin::drivers
