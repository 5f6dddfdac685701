#include "drivers/devices_file.hpp"

#include "drivers/toml_table.hpp"

#include <sstream>

namespace fangxin::drivers {

namespace {

/// What `fangxin-devices learn` printed, as a table of its own.
std::optional<ScanForm> form_in(TomlTable& section) {
    const toml::node* node = section.find("form");
    if (node == nullptr) return std::nullopt;
    std::ostringstream text;
    if (const toml::table* table = node->as_table()) text << *table;
    auto form = read_scan_form(text.str());
    if (form) return *form;
    section.complain("form", "is not understood: " + form.error().detail);
    return std::nullopt;
}

Result<void> read_section(const std::string& name, const toml::table& table,
                          DevicesConfig& config) {
    TomlTable section(table, name + ".");
    if (name == "printer") {
        config.printer = PrinterConfig{.target = section.needed_text("target"),
                                       .columns = section.number("columns", 48, 24, 96),
                                       .mode = section.choice<TextMode>("mode", "text"),
                                       .drawer_pin = section.choice<DrawerPin>("drawer_pin", "two"),
                                       .logo = section.text("logo")};
    } else if (name == "scale") {
        config.scale = ScaleConfig{section.needed_text("port"), section.needed_text("protocol"),
                                   section.text("line"), section.text("instrument")};
    } else if (name == "scanner") {
        config.scanners.push_back({.port = section.needed_text("port"),
                                   .protocol = section.text("protocol", "serial"),
                                   .line = section.text("line"),
                                   .twice_ms = section.number("twice_ms", 0, 0, 2000),
                                   .caps_light = section.flag("caps_light"),
                                   .form = form_in(section)});
    } else if (name == "display") {
        config.display = DisplayConfig{.port = section.needed_text("port"),
                                       .protocol = section.text("protocol", "cd5220"),
                                       .line = section.text("line"),
                                       .chinese = section.flag("chinese")};
    } else if (name == "camera") {
        config.camera = CameraConfig{.source = section.text("source"),
                                     .pipeline = section.text("pipeline"),
                                     .twice_ms = section.number("twice_ms", 1000, 200, 10'000)};
        if (config.camera->source.empty() == config.camera->pipeline.empty()) {
            section.complain("source", "or pipeline is to be given, one of them");
        }
    } else if (name == "labels") {
        config.label_formats = section.needed_text("formats");
    } else {
        return failure("bad_devices_file", name + " is no kind of device");
    }
    const std::string complaint = section.finish();
    if (complaint.empty()) return {};
    return failure("bad_devices_file", complaint);
}

/// `[scanner]`, or each `[[scanner]]`; there is one of all other kinds.
Result<void> read_entry(const std::string& name, const toml::node& node, DevicesConfig& config) {
    if (const toml::table* table = node.as_table()) return read_section(name, *table, config);
    const toml::array* several = name == "scanner" ? node.as_array() : nullptr;
    if (several == nullptr || !several->is_array_of_tables()) {
        return failure("bad_devices_file", name + " is no table");
    }
    for (const toml::node& each : *several) {
        if (auto read = read_section(name, *each.as_table(), config); !read) return read;
    }
    return {};
}

}  // namespace

Result<DevicesConfig> read_devices(const std::filesystem::path& file) {
    std::error_code unreadable;
    if (!std::filesystem::is_regular_file(file, unreadable)) {
        return failure("not_found", file.string());
    }
    try {
        toml::table root = toml::parse_file(file.string());
        DevicesConfig config;
        for (const auto& [key, node] : root) {
            if (auto read = read_entry(std::string(key.str()), node, config); !read) {
                return tl::unexpected(read.error());
            }
        }
        return config;
    } catch (const toml::parse_error& error) {
        return failure("bad_devices_file",
                       fmt::format("line {}: {}", error.source().begin.line, error.description()));
    }
}

}  // namespace fangxin::drivers
