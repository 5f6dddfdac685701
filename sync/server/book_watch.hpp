// Where several servers share a book: brings the commits of the others to this one's terminals.
// Owned by the server; `announce` is called on its socket thread.
#pragma once

#include "sync/server/book.hpp"
#include "sync/store/postgres_watch.hpp"

#include <boost/asio/io_context.hpp>
#include <functional>

namespace fangxin::sync {

class BookWatch {
  public:
    using Announce = std::function<void(const Changed&)>;

    BookWatch(boost::asio::io_context& io, const PostgresAddress& address, Announce announce);

    /// What this server announced itself need not be announced again. On the socket thread.
    void announced(const Changed& changed);
    /// The last time that the database was seen: what another server was told since, this one may
    /// not know. By steady_ms().
    std::int64_t looked_ms() const { return looked_ms_; }

  private:
    void take_news(const std::string& news);
    void tell(const Changed& changed);
    void take_look(const PostgresWatch::Look& look);

    Announce announce_;
    std::int64_t newest_ver_ = 0;    ///< announced up to here
    std::int64_t server_epoch_ = 0;  ///< 0: not looked yet
    std::int64_t looked_ms_;
    int own_renewals_ = 0;       ///< announced, and not heard back
    bool renewal_told_ = false;  ///< since the last look
    bool telling_ = false;       ///< what others did
    PostgresWatch watch_;        // the last: its thread ends before what it calls
};

}  // namespace fangxin::sync
