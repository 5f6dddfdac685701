#include "drivers/devices_options.hpp"

#include "drivers/scales/registry.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace fangxin::drivers {

namespace {

struct Texts {
    std::string state = "selling";
    std::string today;
    std::string line;
    double wait_seconds = 10;
    bool json = false;
};

std::string scale_help() {
    std::string text = "Protocols:";
    for (const ScaleDriver& row : scale_drivers()) {
        text += fmt::format("\n  {:20} {} ({})", row.id, row.words, format_line_settings(row.line));
    }
    return text;
}

CLI::App* add(CLI::App& app, Texts& texts, const std::string& name, const std::string& words) {
    CLI::App* command = app.add_subcommand(name, words);
    command->set_version_flag("--version", "fangxin-devices " FANGXIN_VERSION);
    command->add_flag("--json", texts.json, "one JSON object a line (it is so anyway)");
    return command;
}

CLI::App* add_parse(CLI::App& app, Texts& texts) {
    CLI::App* command = add(app, texts, "parse",
                            "Take codes apart: one a line on standard input, one object a line "
                            "out. A code may start with its AIM identifier (]C1); GS is U+001D");
    command->add_option("--state", texts.state, "what the till is doing: selling or tender")
        ->check(CLI::IsMember({"selling", "tender"}));
    command->add_option("--today", texts.today, "the day that decides the century, YYYY-MM-DD");
    return command;
}

CLI::App* add_decode(CLI::App& app, Texts& texts, DecodePictures& decode) {
    CLI::App* command = add(app, texts, "decode", "Find the barcode in pictures (PNG, JPEG)");
    command->add_option("files", decode.files, "pictures")->required();
    command->footer(
        "Formats: ean13 ean8 upca upce code128 itf databar databar_expanded datamatrix qr\n"
        "engine: who read it, zxing, or zbar where two looks agreed; corners: [x, y] from the\n"
        "code's own top left round, in pixels\n"
        "Errors: not_found not_readable not_an_image too_large no_code decoder_died");
    return command;
}

CLI::App* add_scale(CLI::App& app, Texts& texts, ReadScale& scale) {
    CLI::App* command = add(app, texts, "scale", "Print what a scale sends, frame by frame");
    command->add_option("--port", scale.port, "such as /dev/serial/by-id/…")->required();
    command->add_option("--protocol", scale.protocol, "see below")->required();
    command->add_option("--line", texts.line, "other line settings, such as \"4800 7e1\"");
    command->add_option("--count", scale.count, "end after so many readings")
        ->check(CLI::PositiveNumber);
    command->add_option("--wait", texts.wait_seconds, "seconds to wait for a reading")
        ->check(CLI::Range(0.1, 86400.0))
        ->capture_default_str();
    command->footer(scale_help());
    return command;
}

/// What CLI11 cannot check. Throws CLI::ValidationError, which ends in parse_devices_options.
void understand(const Texts& texts, ParseCodes& parse, ReadScale& scale) {
    parse.taking_payment = texts.state == "tender";
    if (!texts.today.empty()) {
        parse.today = domain::parse_date(texts.today);
        if (!parse.today) throw CLI::ValidationError("--today", "not a day: " + texts.today);
    }
    if (!texts.line.empty()) {
        auto line = parse_line_settings(texts.line);
        if (!line) throw CLI::ValidationError("--line", "not understood: " + texts.line);
        scale.line = *line;
    }
    if (!scale.protocol.empty() && find_scale_driver(scale.protocol) == nullptr)
        throw CLI::ValidationError("--protocol", "unknown: " + scale.protocol);
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
    CLI::App* parse_command = add_parse(app, texts);
    CLI::App* decode_command = add_decode(app, texts, decode);
    add_scale(app, texts, scale);
    try {
        app.parse(count, arguments);
        understand(texts, parse, scale);
    } catch (const CLI::ParseError& error) {
        return tl::unexpected(app.exit(error) == 0 ? 0 : 2);
    }
    if (parse_command->parsed()) return parse;
    if (decode_command->parsed()) return decode;
    return scale;
}

}  // namespace fangxin::drivers
