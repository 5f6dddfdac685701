// What `list` gives: rows for a screen's table, read when asked. Main loop only.
#pragma once

#include "terminal/station/goods_search.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <string>

namespace fangxin::terminal {

/// `items` `batches` `tasks` `near_expiry` `blocks` `complaints` `terminals` `holds` `attempts`:
/// items that the search finds for `filter`, other rows that contain it in some text. Code
/// `no_such_list`, or the database's.
Result<boost::json::array> list_rows(Station& station, GoodsSearch& goods, const std::string& what,
                                     const std::string& filter);

/// A text of such a row; empty where it has none of this name.
std::string text_of(const boost::json::object& row, std::string_view name);

/// The item's name in the terminal's language.
std::string name_of(const domain::Item& item, domain::Language language);

/// `]C1…`, a bare code or an item code → the item.
std::optional<sync::FoundItem> find_item(Station& station, const std::string& code);

}  // namespace fangxin::terminal
