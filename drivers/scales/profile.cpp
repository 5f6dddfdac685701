#include "drivers/scales/profile.hpp"

#include "drivers/scales/template_parser.hpp"
#include "drivers/toml_table.hpp"

#include <filesystem>
#include <optional>

namespace fangxin::drivers {

namespace {

/// A template without fields is the bytes it stands for.
std::optional<std::string> plain_bytes(const std::string& text) {
    auto frame = FrameTemplate::parse(text);
    if (!frame) return std::nullopt;
    return frame->literal();
}

/// A text of bytes; one with fields would be a frame.
std::string bytes_in(TomlTable& table, std::string_view key) {
    const std::string written = table.text(key);
    if (written.empty()) return {};
    auto plain = plain_bytes(written);
    if (!plain) table.complain(key, "has fields, or an unknown escape");
    return plain.value_or(std::string());
}

std::vector<StateWord> states_in(TomlTable& frame) {
    std::vector<StateWord> words;
    const toml::node* node = frame.find("states");
    const toml::table* table = node == nullptr ? nullptr : node->as_table();
    if (node != nullptr && table == nullptr) frame.complain("states", "is no table");
    if (table == nullptr) return words;
    for (const auto& [key, value] : *table) {
        const auto state = domain::from_text<ScaleState>(value.value_or(std::string()));
        if (!state) {
            frame.complain("states", "knows stable, motion, over, under, zero_error, fault");
        }
        words.push_back({std::string(key.str()), state.value_or(ScaleState::fault)});
    }
    return words;
}

const toml::array* frames_in(TomlTable& root) {
    const toml::node* node = root.find("frame");
    const toml::array* array = node == nullptr ? nullptr : node->as_array();
    if (array == nullptr || array->empty() || !array->is_array_of_tables()) {
        root.complain("frame", "is needed, as [[frame]]");
        return nullptr;
    }
    return array;
}

/// The complaint of the first frame that is wrong.
std::string read_frames(const toml::array& frames, FrameProtocol& protocol) {
    for (std::size_t i = 0; i < frames.size(); ++i) {
        TomlTable table(*frames[i].as_table(), fmt::format("frame {}: ", i + 1));
        FrameRule rule{.frame = table.text("bytes"),
                       .states = states_in(table),
                       .unit = table.text("unit", "kg"),
                       .reply = bytes_in(table, "reply")};
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
    TomlTable table(root, "");
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
    driver.ask = bytes_in(table, "ask");
    driver.answer_ms = table.number("answer_ms", 1000, 10, 10'000);
    driver.zero = bytes_in(table, "zero");
    driver.tare = bytes_in(table, "tare");
    driver.clear_tare = bytes_in(table, "clear_tare");
    driver.stable_frames = table.number("stable_frames", 2, 2, 50);
    FrameProtocol protocol{.rules = {},
                           .seven_bits = table.flag("seven_bits"),
                           .decimals = table.number("decimals", 0, 0, 6)};
    std::string complaint;
    if (const toml::array* frames = frames_in(table)) complaint = read_frames(*frames, protocol);
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
