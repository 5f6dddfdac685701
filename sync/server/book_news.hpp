// What one server process tells the others of a commit: a hint, so that they need not wait for
// their next look at the counter. Any thread.
//     changed 1039 1041 3 1   newest version before and after; the pace at which tills and others
//                             are to hear of it
//     greet till-1            something was decided of this terminal
//     renewed                 another server epoch began
#pragma once

#include "sync/server/book.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace fangxin::sync {

std::string news_of(const Changed& changed);
std::string news_of_greeting(std::string_view terminal);
/// None of a text that is no news: of another program on this channel, or a newer one.
std::optional<Changed> read_news(std::string_view text);

}  // namespace fangxin::sync
