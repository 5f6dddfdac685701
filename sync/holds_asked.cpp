#include "sync/holds_asked.hpp"

#include "sync/store/meta.hpp"

#include <algorithm>
#include <sstream>

namespace fangxin::sync {

namespace {

constexpr std::string_view key = "holds_asked";  // ids hold no blanks: one between each two

void write(Database& database, const std::vector<std::string>& asked) {
    std::string text;
    for (const std::string& hold : asked)
        text += (text.empty() ? "" : " ") + hold;
    set_meta(database, key, text);
}

}  // namespace

std::vector<std::string> holds_asked(Database& database) {
    std::istringstream text(meta(database, key));
    std::vector<std::string> asked;
    for (std::string hold; text >> hold;)
        asked.push_back(hold);
    return asked;
}

void note_hold_asked(Database& database, std::string_view hold) {
    auto asked = holds_asked(database);
    if (std::ranges::find(asked, hold) != asked.end()) return;
    asked.emplace_back(hold);
    write(database, asked);
}

void forget_hold_asked(Database& database, std::string_view hold) {
    auto asked = holds_asked(database);
    if (std::erase(asked, hold) != 0) write(database, asked);
}

}  // namespace fangxin::sync
