#include "drivers/toml_table.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::drivers {

const toml::node* TomlTable::find(std::string_view key) {
    known_.emplace_back(key);
    return table_.get(key);
}

std::string TomlTable::text(std::string_view key, std::string otherwise) {
    const toml::node* node = find(key);
    if (node == nullptr) return otherwise;
    if (auto value = node->value<std::string>()) return *value;
    complain(key, "must be a text");
    return otherwise;
}

std::string TomlTable::needed_text(std::string_view key) {
    if (table_.get(key) == nullptr) complain(key, "is missing");
    return text(key);
}

int TomlTable::number(std::string_view key, int otherwise, int least, int most) {
    const toml::node* node = find(key);
    if (node == nullptr) return otherwise;
    const auto value = node->value<std::int64_t>();
    if (value && *value >= least && *value <= most) return static_cast<int>(*value);
    complain(key, fmt::format("must be an integer from {} to {}", least, most));
    return otherwise;
}

bool TomlTable::flag(std::string_view key) {
    const toml::node* node = find(key);
    if (node == nullptr) return false;
    if (auto value = node->value<bool>()) return *value;
    complain(key, "must be true or false");
    return false;
}

void TomlTable::complain(std::string_view key, std::string_view what) {
    if (complaint_.empty()) complaint_ = fmt::format("{}{} {}", place_, key, what);
}

std::string TomlTable::finish() {
    for (const auto& [key, node] : table_) {
        if (std::ranges::find(known_, key.str()) == known_.end()) {
            complain(key.str(), "is not a key here");
        }
    }
    return complaint_;
}

}  // namespace fangxin::drivers
