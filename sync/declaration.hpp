// How a row or op type is declared once: its fields by name. SQL columns, JSON, binding and
// reading all come from the declaration (sync/codec.hpp, sync/store/row_table.hpp); a member that
// is forgotten does not compile.
#pragma once

#include <boost/pfr/tuple_size.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace fangxin::sync {

/// Specialise for each stored or sent type R:
///     static constexpr std::string_view name = "items";     // table, or op kind
///     static constexpr auto fields = std::tuple{field("code", &Item::code), …};
///     static constexpr std::size_t keys = 1;                // leading fields that identify a row
///     static constexpr std::string_view index = "item";     // column to find rows by, or empty
template <class R>
struct Declaration;

template <class R, class M>
struct Field {
    std::string_view name;
    M R::*pointer;
    int since;  ///< first schema version that has it; older senders leave it out
    using type = M;
};

template <class R, class M>
constexpr Field<R, M> field(std::string_view name, M R::*pointer, int since = 1) {
    return {name, pointer, since};
}

/// The schema version that this program writes.
inline constexpr int schema_version = 6;

template <class R>
constexpr std::size_t field_count = std::tuple_size_v<decltype(Declaration<R>::fields)>;

template <class R>
concept Declared = requires {
    Declaration<R>::fields;
};

/// Calls `visit(member)` for each member in order.
template <Declared R, class Visit>
constexpr void for_each_field(Visit&& visit) {
    static_assert(field_count<R> == boost::pfr::tuple_size_v<R>,
                  "a member of this type is missing from its declaration");
    std::apply([&](const auto&... each) { (visit(each), ...); }, Declaration<R>::fields);
}

/// What identifies a row: its key, of several columns joined by U+001F.
template <Declared R>
std::string key_of_row(const R& row) {
    std::string joined;
    std::size_t place = 0;
    for_each_field<R>([&](const auto& f) {
        if (place++ >= Declaration<R>::keys) return;
        if constexpr (std::is_same_v<std::decay_t<decltype(row.*(f.pointer))>, std::string>) {
            if (place > 1) joined.push_back('\x1f');
            joined += row.*(f.pointer);
        }
    });
    return joined;
}

}  // namespace fangxin::sync
