#include "drivers/scales/profile.hpp"

#include "drivers/scales/template_parser.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <toml++/toml.h>

namespace fangxin::drivers {

namespace {

/// A template without fields is the bytes it stands for.
std::optional<std::string> plain_bytes(const std::string& text) {
    auto frame = FrameTemplate::parse(text);
    if (!frame) return std::nullopt;
    return frame->literal();
}

/// Reads one table, key by key, and keeps the first complaint.
class Table {
  public:
    Table(const toml::table& table, std::string place) : table_(table), place_(std::move(place)) {}

    std::string text(std::string_view key, std::string otherwise = {}) {
        const toml::node* node = find(key);
        if (node == nullptr) return otherwise;
        if (auto value = node->value<std::string>()) return *value;
        complain(key, "is no text");
        return otherwise;
    }
    std::string bytes(std::string_view key) {
        const std::string written = text(key);
        if (written.empty()) return {};
        auto plain = plain_bytes(written);
        if (!plain) complain(key, "has fields, or an unknown escape");
        return plain.value_or(std::string());
    }
    int number(std::string_view key, int otherwise, int least, int most) {
        const toml::node* node = find(key);
        if (node == nullptr) return otherwise;
        const auto value = node->value<std::int64_t>();
        if (value && *value >= least && *value <= most) return static_cast<int>(*value);
        complain(key, fmt::format("is no number from {} to {}", least, most));
        return otherwise;
    }
    bool flag(std::string_view key) {
        const toml::node* node = find(key);
        if (node == nullptr) return false;
        if (auto value = node->value<bool>()) return *value;
        complain(key, "is neither true nor false");
        return false;
    }
    std::vector<StateWord> states() {
        std::vector<StateWord> words;
        const toml::node* node = find("states");
        const toml::table* table = node == nullptr ? nullptr : node->as_table();
        if (node != nullptr && table == nullptr) complain("states", "is no table");
        if (table == nullptr) return words;
        for (const auto& [key, value] : *table) {
            const auto state = domain::from_text<ScaleState>(value.value_or(std::string()));
            if (!state) complain("states", "knows stable, motion, over, under, zero_error, fault");
            words.push_back({std::string(key.str()), state.value_or(ScaleState::fault)});
        }
        return words;
    }
    const toml::array* frames() {
        const toml::node* node = find("frame");
        const toml::array* array = node == nullptr ? nullptr : node->as_array();
        if (array == nullptr || array->empty() || !array->is_array_of_tables()) {
            complain("frame", "is needed, as [[frame]]");
            return nullptr;
        }
        return array;
    }
    void complain(std::string_view key, std::string_view what) {
        if (complaint_.empty()) complaint_ = fmt::format("{}{} {}", place_, key, what);
    }
    /// Empty if all was well.
    std::string finish() {
        for (const auto& [key, node] : table_) {
            if (std::ranges::find(known_, key.str()) == known_.end()) {
                complain(key.str(), "is not a key here");
            }
        }
        return complaint_;
    }

  private:
    const toml::node* find(std::string_view key) {
        known_.emplace_back(key);
        return table_.get(key);
    }

    const toml::table& table_;
    std::string place_;
    std::vector<std::string> known_;
    std::string complaint_;
};

/// The complaint of the first frame that is wrong.
std::string read_frames(const toml::array& frames, FrameProtocol& protocol) {
    for (std::size_t i = 0; i < frames.size(); ++i) {
        Table table(*frames[i].as_table(), fmt::format("frame {}: ", i + 1));
        FrameRule rule{.frame = table.text("bytes"),
                       .states = table.states(),
                       .unit = table.text("unit", "kg"),
                       .reply = table.bytes("reply")};
        auto frame = FrameTemplate::parse(rule.frame);
        if (!frame) table.complain("bytes", frame.error().detail);
        if (frame && frame->has_state() == rule.states.empty()) {
            table.complain("states", "belongs to a {state} in the bytes, and the other way round");
        }
        if (auto complaint = table.finish(); !complaint.empty()) return complaint;
        protocol.rules.push_back(std::move(rule));
    }
    return {};
}

Result<ScaleDriver> read(const toml::table& root, const std::string& file) {
    Table table(root, "");
    ScaleDriver driver{.id = "profile:" + file,
                       .words = table.text("words", std::filesystem::path(file).stem()),
                       .capture = {},
                       .line = {},
                       .make = {}};
    const std::string line = table.text("line", "9600 8n1");
    if (auto settings = parse_line_settings(line)) {
        driver.line = *settings;
    } else {
        table.complain("line", "is not like \"9600 8n1\"");
    }
    driver.ask = table.bytes("ask");
    driver.answer_ms = table.number("answer_ms", 1000, 10, 10'000);
    driver.zero = table.bytes("zero");
    driver.tare = table.bytes("tare");
    driver.clear_tare = table.bytes("clear_tare");
    driver.stable_frames = table.number("stable_frames", 2, 2, 50);
    FrameProtocol protocol{.rules = {},
                           .seven_bits = table.flag("seven_bits"),
                           .decimals = table.number("decimals", 0, 0, 6)};
    std::string complaint;
    if (const toml::array* frames = table.frames()) complaint = read_frames(*frames, protocol);
    if (auto own = table.finish(); !own.empty()) complaint = own;
    if (!complaint.empty()) return failure("bad_profile", fmt::format("{}: {}", file, complaint));
    driver.make = [protocol] { return std::make_unique<TemplateParser>(protocol); };
    return driver;
}

}  // namespace

Result<ScaleDriver> read_scale_profile(const std::string& file) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error)) return failure("not_found", file);
    try {
        return read(toml::parse_file(file), file);
    } catch (const toml::parse_error& wrong) {
        return failure("bad_profile", fmt::format("{}:{}: {}", file, wrong.source().begin.line,
                                                  wrong.description()));
    }
}

}  // namespace fangxin::drivers
