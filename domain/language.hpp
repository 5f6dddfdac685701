// The languages of screens and receipts. Any thread.
#pragma once

#include "domain/enum_text.hpp"

#include <array>

namespace fangxin::domain {

enum class Language { zh, en };
template <>
struct EnumTable<Language> {
    static constexpr std::array rows{EnumText{Language::zh, "zh"}, EnumText{Language::en, "en"}};
};

}  // namespace fangxin::domain
