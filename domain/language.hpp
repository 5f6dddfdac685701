// The languages of screens and receipts, and which name is read in them. Any thread.
#pragma once

#include "domain/enum_text.hpp"

#include <array>
#include <string_view>

namespace fangxin::domain {

enum class Language { zh, en };
template <>
struct EnumTable<Language> {
    static constexpr std::array rows{EnumText{Language::zh, "zh"}, EnumText{Language::en, "en"}};
};

struct Names {
    std::string_view zh;
    std::string_view en;
};
/// English speakers read the Chinese name where there is no other.
constexpr std::string_view name_in(Language language, const Names& names) {
    return language == Language::zh || names.en.empty() ? names.zh : names.en;
}

}  // namespace fangxin::domain
