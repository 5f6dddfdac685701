#include "drivers/label_scales/goods_file.hpp"
#include "drivers/label_scales/registry.hpp"

#include <set>
#include <toml++/toml.h>

namespace fangxin::drivers {

namespace {

bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= 40 &&
           text.find_first_not_of(
               "abcdefghijklmnopqrstuvwxyz0123456789-_"
               "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == text.npos;
}

/// `tcp:HOST`, or with its port.
Result<TcpAddress> network_address(std::string text, std::string_view port) {
    auto address = parse_address(text);
    if (!address) address = parse_address(text += fmt::format(":{}", port));
    if (!address) return tl::unexpected(address.error());
    if (const auto* tcp = std::get_if<TcpAddress>(&*address)) return *tcp;
    return failure("bad_address", text + " is not on the network");
}

struct Texts {
    std::string id;
    std::string words;
    std::string address;
    std::string protocol;
    std::string pattern;
    std::string flag;
};

Result<LabelScale> scale_of(const Texts& texts, std::int64_t department) {
    if (!is_id(texts.id)) return failure("bad_id", "id must be letters, digits, - and _");
    auto protocol = label_protocol(texts.protocol);
    if (!protocol) return tl::unexpected(protocol.error());
    auto address = network_address(texts.address, (*protocol)->tcp_port);
    if (!address) return tl::unexpected(address.error());
    auto format = domain::LabelFormat::of({.pattern = texts.pattern, .flags = {texts.flag}});
    if (!format) return tl::unexpected(format.error());
    if (department < 0 || department > (*protocol)->limits.department)
        return failure("bad_department", fmt::format("{}", department));
    return LabelScale{.id = texts.id,
                      .words = texts.words.empty() ? texts.id : texts.words,
                      .address = std::move(*address),
                      .protocol = *protocol,
                      .format = std::move(*format),
                      .department = static_cast<int>(department)};
}

/// The reason it is none, or the scale.
Result<LabelScale> read_scale(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr) return failure("bad_table", "a scale is a table, [[scale]]");
    Texts texts;
    std::int64_t department = 0;
    for (const auto& [key, value] : *table) {
        if (key.str() == "department") {
            department = value.value_exact<std::int64_t>().value_or(-1);
            continue;
        }
        std::string* into = key.str() == "id"         ? &texts.id
                            : key.str() == "words"    ? &texts.words
                            : key.str() == "address"  ? &texts.address
                            : key.str() == "protocol" ? &texts.protocol
                            : key.str() == "pattern"  ? &texts.pattern
                            : key.str() == "flag"     ? &texts.flag
                                                      : nullptr;
        auto text = value.value_exact<std::string>();
        if (into == nullptr || !text)
            return failure("bad_key", fmt::format("{} is not a key with a text", key.str()));
        *into = *text;
    }
    return scale_of(texts, department);
}

}  // namespace

Result<std::vector<LabelScale>> read_label_scales(const std::filesystem::path& file) {
    std::error_code gone;
    if (!std::filesystem::is_regular_file(file, gone)) return failure("not_found", file.string());
    std::vector<LabelScale> scales;
    std::string complaints;
    const auto say = [&](std::int64_t line, std::string_view reason) {
        complaints +=
            fmt::format("{}{}:{}: {}", complaints.empty() ? "" : "\n", file.string(), line, reason);
    };
    try {
        const toml::table root = toml::parse_file(file.string());
        std::set<std::string> ids;
        for (const auto& [key, node] : root) {
            const toml::array* all = key.str() == "scale" ? node.as_array() : nullptr;
            if (all == nullptr) {
                say(node.source().begin.line, "only [[scale]] is known here");
                continue;
            }
            for (const toml::node& one : *all) {
                auto scale = read_scale(one);
                if (!scale) {
                    say(one.source().begin.line, scale.error().code + ": " + scale.error().detail);
                } else if (!ids.insert(scale->id).second) {
                    say(one.source().begin.line, "two scales are " + scale->id);
                } else {
                    scales.push_back(std::move(*scale));
                }
            }
        }
        if (scales.empty() && complaints.empty()) say(1, "names no [[scale]]");
    } catch (const toml::parse_error& error) {
        say(error.source().begin.line, error.description());
    }
    if (!complaints.empty()) return failure("bad_scales_file", complaints);
    return scales;
}

}  // namespace fangxin::drivers
