#include "drivers/label_formats_file.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <toml++/toml.h>
#include <utility>
#include <vector>

namespace fangxin::drivers {

namespace {

using domain::LabelFormatSettings;

/// Reads the tables one by one and collects all that is wrong.
class FormatsReader {
  public:
    explicit FormatsReader(std::string file) : file_(std::move(file)) {}

    void read(const toml::table& root) {
        for (const auto& [key, node] : root) {
            if (key.str() != "format") {
                complain(node, fmt::format("{} is not known here, only [[format]]", key.str()));
            } else if (const toml::array* formats = node.as_array()) {
                for (const toml::node& format : *formats)
                    read_format(format);
            } else {
                complain(node, "a format is a table in double brackets, [[format]]");
            }
        }
        if (formats_.all().empty() && complaints_.empty()) say(1, "names no [[format]]");
    }

    void complain(const toml::parse_error& error) {
        say(error.source().begin.line, std::string(error.description()));
    }

    Result<domain::LabelFormats> finish() {
        if (!complaints_.empty()) return failure("bad_formats_file", complaints_);
        return std::move(formats_);
    }

  private:
    void say(std::int64_t line, std::string_view reason) {
        if (!complaints_.empty()) complaints_ += '\n';
        complaints_ += fmt::format("{}:{}: {}", file_, line, reason);
    }

    void complain(const toml::node& node, std::string_view reason) {
        say(node.source().begin.line, reason);
    }

    void read_format(const toml::node& node) {
        const toml::table* table = node.as_table();
        if (table == nullptr) {
            complain(node, "a format is a table in double brackets, [[format]]");
            return;
        }
        std::size_t before = complaints_.size();
        LabelFormatSettings settings;
        settings.check.reset();
        for (const auto& [key, value] : *table)
            take(key.str(), value, settings);
        for (std::string_view needed : {"pattern", "flags"}) {
            if (!table->contains(needed)) complain(node, fmt::format("{} is missing", needed));
        }
        if (complaints_.size() != before) return;
        auto added = domain::LabelFormat::of(settings).and_then(
            [&](domain::LabelFormat format) { return formats_.add(std::move(format)); });
        if (added) return;
        const std::string& code = added.error().code;
        bool of_flags = code == "bad_flag" || code == "two_formats";
        complain(of_flags ? *table->get("flags") : node, added.error().detail);
    }

    void take(std::string_view key, const toml::node& value, LabelFormatSettings& settings) {
        if (key == "pattern") {
            settings.pattern = text(key, value);
        } else if (key == "flags") {
            settings.flags = flags(value);
        } else if (key == "weight_decimals") {
            settings.weight_decimals = integer(key, value);
        } else if (key == "amount_decimals") {
            settings.amount_decimals = integer(key, value);
        } else if (key == "check") {
            settings.check = one_of<domain::LabelCheck>(key, value);
        } else if (key == "unit") {
            settings.unit = one_of<domain::LabelUnit>(key, value).value_or(domain::LabelUnit::kg);
        } else {
            complain(value, fmt::format("{} is not a key of a format", key));
        }
    }

    std::string text(std::string_view key, const toml::node& node) {
        auto value = node.value_exact<std::string>();
        if (!value) complain(node, fmt::format("{} must be a text", key));
        return value.value_or(std::string());
    }

    int integer(std::string_view key, const toml::node& node) {
        auto value = node.value_exact<std::int64_t>();
        if (value && *value >= 0 && *value <= 9) return static_cast<int>(*value);
        complain(node, fmt::format("{} must be an integer from 0 to 9", key));
        return 0;
    }

    template <class E>
    std::optional<E> one_of(std::string_view key, const toml::node& node) {
        auto chosen = domain::from_text<E>(node.value_exact<std::string>().value_or(""));
        if (chosen) return chosen;
        std::string known;
        for (const auto& row : domain::EnumTable<E>::rows)
            known += fmt::format("{}{}", known.empty() ? "" : ", ", row.text);
        complain(node, fmt::format("{} must be one of {}", key, known));
        return std::nullopt;
    }

    std::vector<std::string> flags(const toml::node& node) {
        std::vector<std::string> all;
        if (const toml::array* array = node.as_array()) {
            for (const toml::node& flag : *array)
                add_flags(flag, all);
        } else {
            add_flags(node, all);
        }
        return all;
    }

    /// `20`, or a range of two-digit ones, `20-24`.
    void add_flags(const toml::node& node, std::vector<std::string>& all) {
        std::string flag = text("each of flags", node);
        bool range = flag.size() == 5 && flag[2] == '-' &&
                     flag.find_first_not_of("0123456789-") == std::string::npos &&
                     std::count(flag.begin(), flag.end(), '-') == 1 &&
                     flag.substr(0, 2) <= flag.substr(3);
        if (!range) {
            all.push_back(std::move(flag));
            return;
        }
        for (int n = std::stoi(flag.substr(0, 2)); n <= std::stoi(flag.substr(3)); ++n)
            all.push_back(fmt::format("{:02}", n));
    }

    std::string file_;
    std::string complaints_;
    domain::LabelFormats formats_;
};

}  // namespace

Result<domain::LabelFormats> read_label_formats(const std::filesystem::path& file) {
    std::error_code gone;
    const bool there = std::filesystem::is_regular_file(file, gone);
    if (!there) return failure("not_found", file.string());
    FormatsReader reader(file.string());
    try {
        reader.read(toml::parse_file(file.string()));
    } catch (const toml::parse_error& error) {
        reader.complain(error);
    }
    return reader.finish();
}

Result<domain::LabelFormats> parse_label_formats(std::string_view text, const std::string& name) {
    FormatsReader reader(name);
    try {
        reader.read(toml::parse(text, name));
    } catch (const toml::parse_error& error) {
        reader.complain(error);
    }
    return reader.finish();
}

std::string label_formats_text(const std::vector<domain::LabelFormatSettings>& formats) {
    std::string text;
    for (const LabelFormatSettings& each : formats) {
        std::string flags;
        for (const std::string& flag : each.flags)
            flags += fmt::format("{}\"{}\"", flags.empty() ? "" : ", ", flag);
        text += fmt::format("[[format]]\npattern = \"{}\"\nflags = [{}]\n", each.pattern, flags);
        text += fmt::format("weight_decimals = {}\namount_decimals = {}\n", each.weight_decimals,
                            each.amount_decimals);
        if (each.check) text += fmt::format("check = \"{}\"\n", domain::to_text(*each.check));
        text += fmt::format("unit = \"{}\"\n", domain::to_text(each.unit));
    }
    return text;
}

std::string label_formats_help() {
    std::string text =
        "Label formats, one [[format]] each:\n"
        "  pattern          F flag, W goods code, E amount, N weight or count,\n"
        "                   V price check digit, C check digit; 13 or 18 letters\n"
        "  flags            [\"20\", \"21\"], \"20\" or a range, \"20-24\"\n"
        "  weight_decimals  of the unit, 3 if left out\n"
        "  amount_decimals  of yuan: 2 fen (if left out), 1 jiao, 0 yuan\n"
        "  check            gs1, left (18 digits, weights from the left) or none\n"
        "  unit             kg (if left out), jin or piece\n"
        "Patterns of scale vendors:";
    for (const domain::LabelPreset& preset : domain::label_presets())
        text += fmt::format("\n  {:20}{}", preset.settings.pattern, preset.en);
    return text;
}

}  // namespace fangxin::drivers
