// Tables of names that programs use and the words that people read. Pure; any thread.
#pragma once

#include "terminal/kit/text_table.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace fangxin::terminal {

struct NamedWords {
    std::string_view name;
    kit::Msgid words;
};

/// None: the table does not know the name.
template <std::size_t N>
const kit::Msgid* words_in(const std::array<NamedWords, N>& table, std::string_view name) {
    const auto row = std::ranges::find(table, name, &NamedWords::name);
    return row == table.end() ? nullptr : &row->words;
}

/// The name itself where the table does not know it.
template <std::size_t N>
std::string words_or_name(const std::array<NamedWords, N>& table, std::string_view name,
                          const kit::TextTable& texts) {
    const kit::Msgid* words = words_in(table, name);
    return words == nullptr ? std::string(name) : texts.tr(*words);
}

}  // namespace fangxin::terminal
