#include "drivers/devices_file.hpp"

#include <algorithm>
#include <sstream>
#include <toml++/toml.h>

namespace fangxin::drivers {

namespace {

/// Takes the keys of one table out by name; what is left over was misspelt.
class Section {
  public:
    Section(const toml::table& table, std::string name) : table_(table), name_(std::move(name)) {}

    std::string text(std::string_view key, bool required, std::string otherwise = {}) {
        known_.emplace_back(key);
        const toml::node* node = table_.get(key);
        if (!node) {
            if (required) complain(key, "is missing");
            return otherwise;
        }
        if (auto value = node->value<std::string>()) return *value;
        complain(key, "must be a text");
        return otherwise;
    }

    int integer(std::string_view key, int otherwise, int least, int most) {
        known_.emplace_back(key);
        const toml::node* node = table_.get(key);
        if (!node) return otherwise;
        auto value = node->value<std::int64_t>();
        if (value && *value >= least && *value <= most) return static_cast<int>(*value);
        complain(key, fmt::format("must be an integer from {} to {}", least, most));
        return otherwise;
    }

    bool flag(std::string_view key) {
        known_.emplace_back(key);
        const toml::node* node = table_.get(key);
        if (!node) return false;
        if (auto value = node->value<bool>()) return *value;
        complain(key, "must be true or false");
        return false;
    }

    /// One of an enumeration's words.
    template <class Enum>
    Enum choice(std::string_view key, const std::string& otherwise) {
        const auto chosen = domain::from_text<Enum>(text(key, false, otherwise));
        if (chosen) return *chosen;
        std::string words;
        for (const auto& row : domain::EnumTable<Enum>::rows)
            words += (words.empty() ? "" : ", ") + std::string(row.text);
        complain(key, "must be one of: " + words);
        return {};
    }

    std::optional<ScanForm> form(std::string_view key) {
        known_.emplace_back(key);
        const toml::node* node = table_.get(key);
        if (!node) return std::nullopt;
        std::ostringstream text;
        if (const toml::table* table = node->as_table()) text << *table;
        auto form = read_scan_form(text.str());
        if (form) return *form;
        complain(key, "is not understood: " + form.error().detail);
        return std::nullopt;
    }

    Result<void> finish() {
        for (const auto& [key, node] : table_) {
            bool known = std::ranges::find(known_, std::string(key.str())) != known_.end();
            if (!known) complain(key.str(), "is not a key of this table");
        }
        if (complaint_.empty()) return {};
        return failure("bad_devices_file", complaint_);
    }

    void complain(std::string_view key, std::string_view what) {
        if (complaint_.empty()) complaint_ = fmt::format("{}.{} {}", name_, key, what);
    }

  private:
    const toml::table& table_;
    std::string name_;
    std::vector<std::string> known_;
    std::string complaint_;
};

Result<void> read_section(const std::string& name, const toml::table& table,
                          DevicesConfig& config) {
    Section section(table, name);
    if (name == "printer") {
        config.printer = PrinterConfig{.target = section.text("target", true),
                                       .columns = section.integer("columns", 48, 24, 96),
                                       .mode = section.choice<TextMode>("mode", "text"),
                                       .drawer_pin = section.choice<DrawerPin>("drawer_pin", "two"),
                                       .logo = section.text("logo", false)};
    } else if (name == "scale") {
        config.scale = ScaleConfig{section.text("port", true), section.text("protocol", true),
                                   section.text("line", false), section.text("instrument", false)};
    } else if (name == "scanner") {
        config.scanners.push_back({.port = section.text("port", true),
                                   .protocol = section.text("protocol", false, "serial"),
                                   .line = section.text("line", false, "9600 8n1"),
                                   .twice_ms = section.integer("twice_ms", 0, 0, 2000),
                                   .form = section.form("form")});
    } else if (name == "display") {
        config.display = DisplayConfig{.port = section.text("port", true),
                                       .protocol = section.text("protocol", false, "cd5220"),
                                       .line = section.text("line", false, "9600 8n1"),
                                       .chinese = section.flag("chinese")};
    } else if (name == "camera") {
        config.camera = CameraConfig{.source = section.text("source", false),
                                     .pipeline = section.text("pipeline", false),
                                     .twice_ms = section.integer("twice_ms", 1000, 0, 10'000)};
        if (config.camera->source.empty() == config.camera->pipeline.empty()) {
            section.complain("source", "or pipeline is to be given, one of them");
        }
    } else if (name == "labels") {
        config.label_formats = section.text("formats", true);
    } else {
        return failure("bad_devices_file", name + " is no kind of device");
    }
    return section.finish();
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
    if (!std::filesystem::exists(file, unreadable)) return failure("not_found", file.string());
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
