#include "drivers/devices_options.hpp"

#include "drivers/devices_learn.hpp"
#include "drivers/label_formats_file.hpp"
#include "drivers/label_scales/label_scales_options.hpp"
#include "drivers/scales/registry.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace fangxin::drivers {

namespace {

struct Texts {
    std::string state = "selling";
    std::string today;
    std::string port;
    std::string protocol;
    std::string line;
    double wait_seconds = 10;
    bool json = false;
};

std::string scale_help() {
    std::string text =
        "Ports:\n"
        "  /dev/ttyS0, /dev/serial/by-id/…      a serial port or a USB adapter\n"
        "  usb:0eb8:f000[:SERIAL][@1-3.2]       a USB device, by serial number or socket\n"
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

CLI::App* add(CLI::App& app, Texts& texts, const std::string& name, const std::string& words) {
    CLI::App* command = app.add_subcommand(name, words);
    command->set_version_flag("--version", "fangxin-devices " FANGXIN_VERSION);
    command->add_flag("--json", texts.json, "one JSON object a line (it is so anyway)");
    return command;
}

CLI::App* add_parse(CLI::App& app, Texts& texts, ParseCodes& parse) {
    CLI::App* command = add(app, texts, "parse",
                            "Take codes apart: one a line on standard input, one object a line "
                            "out. A code may start with its AIM identifier (]C1); GS is U+001D");
    command->add_option("--state", texts.state, "what the till is doing: selling or tender")
        ->check(CLI::IsMember({"selling", "tender"}));
    command->add_option("--today", texts.today, "the day that decides the century, YYYY-MM-DD");
    command->add_option("--formats", parse.formats,
                        "TOML file of label formats, instead of the default ones: see below");
    command->footer(label_formats_help());
    return command;
}

CLI::App* add_decode(CLI::App& app, Texts& texts, DecodePictures& decode) {
    CLI::App* command = add(app, texts, "decode", "Find the barcode in pictures (PNG, JPEG)");
    command->add_option("files", decode.files, "pictures")->required();
    command->footer(
        "Formats: ean13 ean8 upca upce code128 itf databar databar_expanded datamatrix qr\n"
        "Errors: not_found not_readable not_an_image too_large no_code decoder_died");
    return command;
}

CLI::App* add_scale(CLI::App& app, Texts& texts, ReadScale& scale) {
    CLI::App* command = add(app, texts, "scale", "Print what a scale sends, frame by frame");
    command->add_option("--port", texts.port, "see below")->required();
    command->add_option("--protocol", texts.protocol, "see below")->required();
    command->add_option("--line", texts.line, "other line settings, such as \"4800 7e1\"");
    command->add_option("--count", scale.count, "end after so many readings")
        ->check(CLI::PositiveNumber);
    command->add_option("--wait", texts.wait_seconds, "seconds to wait for a reading")
        ->check(CLI::Range(0.1, 86400.0))
        ->capture_default_str();
    command->footer(scale_help());
    return command;
}

CLI::App* add_learn(CLI::App& app, Texts& texts) {
    CLI::App* command = add(app, texts, "learn",
                            "Learn in which form a scanner sends, from one scan of a known label");
    command->add_option("--port", texts.port, "a serial scanner's; else standard input is read");
    command->add_option("--line", texts.line, "its line settings, such as \"9600 8n1\"");
    command->footer(learn_help());
    return command;
}

/// The value, or CLI::ValidationError with the option's name.
template <class Value>
Value taken(const char* option, Result<Value> value) {
    if (!value)
        throw CLI::ValidationError(option, value.error().code + ": " + value.error().detail);
    return std::move(*value);
}

void understand_scale(const Texts& texts, ReadScale& scale) {
    scale.address = taken("--port", parse_address(texts.port));
    scale.driver = taken("--protocol", scale_driver(texts.protocol));
    if (!texts.line.empty()) scale.driver.line = taken("--line", parse_line_settings(texts.line));
}

void understand_learn(const Texts& texts, LearnScanner& learn) {
    learn.json = texts.json;
    if (!texts.port.empty()) learn.address = taken("--port", parse_address(texts.port));
    if (!texts.line.empty()) learn.line = taken("--line", parse_line_settings(texts.line));
}

/// What CLI11 cannot check. Throws CLI::ValidationError, which ends in parse_devices_options.
void understand(const Texts& texts, ParseCodes& parse, ReadScale& scale, LearnScanner& learn) {
    understand_learn(texts, learn);
    parse.taking_payment = texts.state == "tender";
    if (!texts.today.empty()) {
        parse.today = domain::parse_date(texts.today);
        if (!parse.today) throw CLI::ValidationError("--today", "not a day: " + texts.today);
    }
    if (!texts.protocol.empty()) understand_scale(texts, scale);
    scale.wait_ms = static_cast<std::int64_t>(texts.wait_seconds * 1000);
}

}  // namespace

tl::expected<DevicesCommand, int> parse_devices_options(int count, char** arguments) {
    CLI::App app("Try out the till's devices: read codes, pictures and scales");
    app.set_version_flag("--version", "fangxin-devices " FANGXIN_VERSION);
    app.require_subcommand(1);
    app.footer("Exit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 busy");
    Texts texts;
    ParseCodes parse;
    DecodePictures decode;
    ReadScale scale;
    LearnScanner learn;
    CLI::App* parse_command = add_parse(app, texts, parse);
    CLI::App* decode_command = add_decode(app, texts, decode);
    add_scale(app, texts, scale);
    CLI::App* learn_command = add_learn(app, texts);
    LabelScalesCommand label_scales;
    CLI::App* label_scales_command = add_label_scales(app, label_scales);
    try {
        app.parse(count, arguments);
        understand(texts, parse, scale, learn);
    } catch (const CLI::ParseError& error) {
        return tl::unexpected(app.exit(error) == 0 ? 0 : 2);
    }
    if (parse_command->parsed()) return parse;
    if (decode_command->parsed()) return decode;
    if (learn_command->parsed()) return learn;
    if (label_scales_command->parsed()) return label_scales;
    return scale;
}

}  // namespace fangxin::drivers
