#include "sync/server/book_news.hpp"

#include <charconv>
#include <fmt/format.h>

namespace fangxin::sync {

std::string news_of(const Changed& changed) {
    if (changed.renewed) return "renewed";
    return fmt::format("changed {} {:d} {:d}", changed.newest_ver, changed.tills, changed.others);
}

std::optional<Changed> read_news(std::string_view text) {
    if (text == "renewed") return Changed{.renewed = true};
    constexpr std::string_view begin = "changed ";
    if (!text.starts_with(begin)) return std::nullopt;
    Changed changed;
    const char* end = text.data() + text.size();
    const auto ver = std::from_chars(text.data() + begin.size(), end, changed.newest_ver);
    const std::string_view flags(ver.ptr, static_cast<std::size_t>(end - ver.ptr));
    if (ver.ec != std::errc() || flags.size() != 4) return std::nullopt;
    changed.tills = flags[1] == '1';
    changed.others = flags[3] == '1';
    return changed;
}

}  // namespace fangxin::sync
