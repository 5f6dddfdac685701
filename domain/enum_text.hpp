// One table per enumeration gives its text everywhere: database, wire, import files, headless.
#pragma once

#include <optional>
#include <string_view>

namespace fangxin::domain {

template <class E>
struct EnumText {
    E value;
    std::string_view text;
};

// clang 14 does not deduce aggregates by itself.
template <class E>
EnumText(E, std::string_view) -> EnumText<E>;

/// Specialise with a static constexpr array `rows` of EnumText<E>; the order is that of the enum.
template <class E>
struct EnumTable;

template <class E>
constexpr std::string_view to_text(E value) {
    for (const auto& row : EnumTable<E>::rows) {
        if (row.value == value) return row.text;
    }
    return {};
}

template <class E>
constexpr std::optional<E> from_text(std::string_view text) {
    for (const auto& row : EnumTable<E>::rows) {
        if (row.text == text) return row.value;
    }
    return std::nullopt;
}

}  // namespace fangxin::domain
