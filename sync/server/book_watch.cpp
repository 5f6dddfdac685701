#include "sync/server/book_watch.hpp"

#include "sync/server/book_news.hpp"
#include "sync/server/server_clock.hpp"
#include "sync/server/server_log.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

namespace fangxin::sync {

namespace asio = boost::asio;

BookWatch::BookWatch(asio::io_context& io, const PostgresAddress& address, Announce announce)
    : announce_(std::move(announce)),
      looked_ms_(steady_ms()),
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

/// Where something lies between what was announced and this, the next look announces both.
void BookWatch::announced(const Changed& changed) {
    if (changed.after_ver <= newest_ver_) newest_ver_ = std::max(newest_ver_, changed.newest_ver);
    if (!changed.renewed) return;
    renewal_told_ = true;
    if (!telling_) ++own_renewals_;
}

void BookWatch::take_news(const std::string& news) {
    auto changed = read_news(news);
    if (!changed) return;
    if (changed->renewed && own_renewals_ > 0) {
        --own_renewals_;
        return;
    }
    tell(*changed);
}

void BookWatch::tell(const Changed& changed) {
    telling_ = true;
    announce_(changed);
    telling_ = false;
}

/// News come in the order of commits and ahead of a look, so nothing is newer than they, unless
/// they were lost or another program wrote here. On another connection the book may be one that was
/// set back: whoever is connected greets again, and is compared with it.
void BookWatch::take_look(const PostgresWatch::Look& look) {
    looked_ms_ = steady_ms();
    const std::int64_t epoch_before = std::exchange(server_epoch_, look.server_epoch);
    const bool is_again = look.is_first && epoch_before != 0;
    const bool renewed = epoch_before != 0 && epoch_before != look.server_epoch;
    if (is_again || (renewed && !renewal_told_)) tell({.renewed = true});
    renewal_told_ = false;
    if (is_again) newest_ver_ = 0;
    if (look.is_first || look.ver > newest_ver_)
        tell({.newest_ver = look.ver, .tills = Pace::at_once, .others = Pace::at_once});
}

}  // namespace fangxin::sync
