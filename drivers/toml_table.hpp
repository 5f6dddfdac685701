// One table of a TOML file, read key by key: each key is asked for by name, the first that is wrong
// is complained of, and what was not asked for was misspelt. One thread; for sources alone.
#pragma once

#include "domain/enum_text.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <toml++/toml.h>
#include <vector>

namespace fangxin::drivers {

class TomlTable {
  public:
    /// `place` stands before each complaint's key: `scale.`, `frame 2: `. The table outlives this.
    TomlTable(const toml::table& table, std::string place)
        : table_(table), place_(std::move(place)) {}

    /// Null: not there.
    const toml::node* find(std::string_view key);
    std::string text(std::string_view key, std::string otherwise = {});
    std::string needed_text(std::string_view key);
    int number(std::string_view key, int otherwise, int least, int most);
    bool flag(std::string_view key);
    /// One of an enumeration's words.
    template <class Enum>
    Enum choice(std::string_view key, const std::string& otherwise) {
        const auto chosen = domain::from_text<Enum>(text(key, otherwise));
        if (chosen) return *chosen;
        std::string words;
        for (const auto& row : domain::EnumTable<Enum>::rows)
            words += (words.empty() ? "" : ", ") + std::string(row.text);
        complain(key, "must be one of: " + words);
        return {};
    }

    void complain(std::string_view key, std::string_view what);
    /// The first complaint; empty if all was well.
    std::string finish();

  private:
    const toml::table& table_;
    std::string place_;
    std::vector<std::string> known_;
    std::string complaint_;
};

}  // namespace fangxin::drivers
