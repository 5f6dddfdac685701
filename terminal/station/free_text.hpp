// What somebody typed, before it is journalled for ever: no card number is kept
// (domain/card_digits).
#pragma once

#include "domain/card_digits.hpp"
#include "sync/declaration.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <type_traits>

namespace fangxin::terminal {

/// Members of these names hold free text, in whatever op.
inline constexpr std::array<std::string_view, 6> free_texts{"reason", "what",  "customer",
                                                            "detail", "cause", "fix"};

template <sync::Declared Op>
void mask_card_numbers(Op& op) {
    sync::for_each_field<Op>([&]<class F>(const F& f) {
        if constexpr (std::is_same_v<typename F::type, std::string>) {
            if (std::ranges::find(free_texts, f.name) == free_texts.end()) return;
            op.*(f.pointer) = domain::without_card_numbers(op.*(f.pointer));
        }
    });
}

}  // namespace fangxin::terminal
