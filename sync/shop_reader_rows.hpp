// How ShopReader finds and lists rows, with a terminal's own on top: for the files that read them.
#pragma once

#include "sync/overlay.hpp"
#include "sync/shop_reader.hpp"
#include "sync/store/row_table.hpp"

#include <algorithm>

namespace fangxin::sync {

/// Replaces rows by those on top that bear the same key; adds the others.
template <class R>
void lay_over(std::vector<R>& rows, std::vector<R> on_top) {
    for (R& each : on_top) {
        auto same = std::ranges::find_if(
            rows, [&](const R& row) { return key_of_row(row) == key_of_row(each); });
        if (same != rows.end()) {
            *same = std::move(each);
        } else {
            rows.push_back(std::move(each));
        }
    }
}

template <class R>
std::optional<R> ShopReader::find(std::string_view key) {
    if (side_ == Side::terminal) {
        if (auto on_top = overlay_find<R>(database_, key)) return on_top;
    }
    return find_row<R>(database_, key);
}

template <class R, class... Bound>
std::vector<R> ShopReader::select(std::string_view tail, const Bound&... bound) {
    std::vector<R> rows = select_rows<R>(database_, tail, bound...);
    if (side_ == Side::terminal) lay_over(rows, overlay_all<R>(database_));
    return rows;
}

}  // namespace fangxin::sync
