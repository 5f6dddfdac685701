#include "sync/server/book_news.hpp"

#include <charconv>
#include <fmt/format.h>

namespace fangxin::sync {

std::string news_of(const Changed& changed) {
    if (changed.renewed) return "renewed";
    return fmt::format("changed {} {} {} {}", changed.after_ver, changed.newest_ver,
                       static_cast<int>(changed.tills), static_cast<int>(changed.others));
}

std::string news_of_greeting(std::string_view terminal) {
    return fmt::format("greet {}", terminal);
}

namespace {
std::optional<Pace> pace_of(char digit) {
    if (digit < '0' || digit > '3') return std::nullopt;
    return static_cast<Pace>(digit - '0');
}
}  // namespace

std::optional<Changed> read_news(std::string_view text) {
    if (text == "renewed") return Changed{.renewed = true};
    constexpr std::string_view greet = "greet ";
    if (text.starts_with(greet)) {
        return Changed{.greet_again = {std::string(text.substr(greet.size()))}};
    }
    constexpr std::string_view begin = "changed ";
    if (!text.starts_with(begin)) return std::nullopt;
    Changed changed;
    const char* end = text.data() + text.size();
    const auto after = std::from_chars(text.data() + begin.size(), end, changed.after_ver);
    if (after.ec != std::errc() || after.ptr == end || *after.ptr != ' ') return std::nullopt;
    const auto ver = std::from_chars(after.ptr + 1, end, changed.newest_ver);
    const std::string_view flags(ver.ptr, static_cast<std::size_t>(end - ver.ptr));
    if (ver.ec != std::errc() || flags.size() != 4) return std::nullopt;
    const auto tills = pace_of(flags[1]);
    const auto others = pace_of(flags[3]);
    if (!tills || !others) return std::nullopt;
    changed.tills = *tills;
    changed.others = *others;
    return changed;
}

}  // namespace fangxin::sync
