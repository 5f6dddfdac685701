// The words of error codes, in two tables; words.cpp looks them up.
#pragma once

#include "domain/words.hpp"

#include <span>
#include <string_view>

namespace fangxin::terminal {

struct CodeWords {
    std::string_view code;
    domain::Words words;
};

/// Of money: members, shifts, the drawer, tenders, what comes back.
std::span<const CodeWords> money_words();

}  // namespace fangxin::terminal
