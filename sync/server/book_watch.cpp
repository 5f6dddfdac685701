#include "sync/server/book_watch.hpp"

#include "sync/server/book_news.hpp"
#include "sync/server/server_log.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

namespace fangxin::sync {

namespace asio = boost::asio;

BookWatch::BookWatch(asio::io_context& io, const PostgresAddress& address, Announce announce)
    : announce_(std::move(announce)),
      watch_(address, {.on_news =
                           [this, &io](const std::string& news) {
                               asio::post(io, [this, news] { take_news(news); });
                           },
                       .on_look =
                           [this, &io](const PostgresWatch::Look& look) {
                               asio::post(io, [this, look] { take_look(look); });
                           },
                       .on_lost =
                           [](const std::string& why) {
                               server_log(why.empty() ? "database is back" : "database lost",
                                          {{"detail", why}});
                           }}) {}

void BookWatch::announced(const Changed& changed) {
    newest_ver_ = std::max(newest_ver_, changed.newest_ver);
}

void BookWatch::take_news(const std::string& news) {
    if (auto changed = read_news(news)) announce_(*changed);
}

/// News come in the order of commits and ahead of a look, so nothing is newer than they, unless
/// they were lost or another program wrote here.
void BookWatch::take_look(const PostgresWatch::Look& look) {
    const std::int64_t epoch_before = std::exchange(server_epoch_, look.server_epoch);
    const bool renewed = epoch_before != 0 && epoch_before != look.server_epoch;
    if (renewed) announce_({.renewed = true});
    if (look.is_first || look.ver > newest_ver_)
        announce_({.newest_ver = look.ver, .tills = Pace::at_once, .others = Pace::at_once});
}

}  // namespace fangxin::sync
