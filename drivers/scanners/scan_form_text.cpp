// A scan form as TOML and JSON, and back: the other half of drivers/scanners/scan_form.hpp.
#include "drivers/scanners/keyboard_scan.hpp"
#include "drivers/scanners/scan_form.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

namespace fangxin::drivers {

namespace {

constexpr int function_keys = 24;

std::string separator_name(const std::string& separator) {
    if (separator.empty()) return "none";
    if (separator == "\x1d") return "gs";
    for (int number = 1; number <= function_keys; ++number) {
        if (separator == function_key_text(number)) return fmt::format("F{}", number);
    }
    return separator;
}

std::string separator_called(const std::string& name) {
    if (name == "none") return {};
    if (name == "gs") return "\x1d";
    for (int number = 1; number <= function_keys; ++number) {
        if (name == fmt::format("F{}", number)) return function_key_text(number);
    }
    return name;
}

/// TOML's basic strings and JSON's have these escapes in common. Bytes that are no UTF-8 do not
/// come here: keys and labels have none.
std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\') {
            result.append({'\\', c});
        } else if (c == '\r') {
            result += "\\r";
        } else if (c == '\n') {
            result += "\\n";
        } else if (c == '\t') {
            result += "\\t";
        } else if (static_cast<unsigned char>(c) < 0x20 || c == '\x7f') {
            result += fmt::format("\\u{:04x}", static_cast<int>(c));
        } else {
            result += c;
        }
    }
    return result + '"';
}

Result<void> take(std::string_view key, const toml::node& value, ScanForm& form) {
    auto text = value.value_exact<std::string>();
    auto yes = value.value_exact<bool>();
    if (key == "prefix" && text) {
        form.prefix = *text;
    } else if (key == "suffix" && text) {
        form.suffix = *text;
    } else if (key == "separator" && text) {
        form.separator = separator_called(*text);
    } else if (key == "aim" && yes) {
        form.aim = *yes;
    } else if (key == "swapped_case" && yes) {
        form.swapped_case = *yes;
    } else {
        return failure("bad_scan_form", fmt::format("line {}: {} is not known, or of another kind",
                                                    value.source().begin.line, key));
    }
    return {};
}

}  // namespace

std::string to_toml(const ScanForm& form) {
    return fmt::format(
        "[scanner.form]\n"
        "prefix = {}\n"
        "suffix = {}\n"
        "aim = {}\n"
        "separator = {}\n"
        "swapped_case = {}\n",
        quoted(form.prefix), quoted(form.suffix), form.aim, quoted(separator_name(form.separator)),
        form.swapped_case);
}

std::string to_json(const ScanForm& form) {
    return fmt::format(R"({{"prefix":{},"suffix":{},"aim":{},"separator":{},"swapped_case":{}}})",
                       quoted(form.prefix), quoted(form.suffix), form.aim,
                       quoted(separator_name(form.separator)), form.swapped_case);
}

Result<ScanForm> read_scan_form(std::string_view toml_text) {
    try {
        toml::table root = toml::parse(toml_text);
        const toml::table* table = root["scanner"]["form"].as_table();
        ScanForm form;
        for (const auto& [key, value] : table != nullptr ? *table : root) {
            if (auto taken = take(key.str(), value, form); !taken)
                return tl::unexpected(taken.error());
        }
        return form;
    } catch (const toml::parse_error& error) {
        return failure("bad_scan_form",
                       fmt::format("line {}: {}", error.source().begin.line, error.description()));
    }
}

}  // namespace fangxin::drivers
