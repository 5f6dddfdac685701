// A shop of real processes, as tests/e2e/shop.py runs it: the sample shop with made-up items
// besides, its server, one till. Used by one bench, in a folder of its own.
#pragma once

#include "sync/server/book_place.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/child.hpp"
#include "tests/bench/raw_sqlite.hpp"

#include <boost/json/object.hpp>
#include <functional>
#include <memory>
#include <string>

namespace fangxin::bench {

/// Where a till works, and how it gets there.
struct TillAt {
    std::string server;  ///< empty: alone
    std::string code;    ///< to be enrolled by, the first time
    std::function<void(const std::string& fingerprint)> approve;
};

/// A till's headless interface.
class TillProcess {
  public:
    TillProcess(const Run& run, const std::filesystem::path& directory, const TillAt& at);

    Clock::time_point started_at() const { return child_.started_at(); }
    Clock::time_point ready_at() const { return ready_at_; }
    /// One request; the answer, which may be a refusal.
    boost::json::object ask(boost::json::object request);
    /// One that has to succeed.
    boost::json::object must(const boost::json::object& request);
    void login_cashier();
    Child& child() { return child_; }
    /// Ends it in order.
    void quit();

  private:
    Child child_;
    Clock::time_point ready_at_;
    std::int64_t last_id_ = 0;
};

class ShopProcesses {
  public:
    /// Imports the sample shop. `generate` made-up items: 0 for none. `database`: the URL of the
    /// book, if it is no file.
    ShopProcesses(const Run& run, std::filesystem::path folder, std::int64_t generate,
                  std::string database = "");

    /// Where it was before, if it was.
    void start_server();
    void stop_server();
    Child& server() { return *server_; }
    const std::string& server_address() const { return address_; }
    sync::BookPlace book() const { return {server_folder(), database_}; }
    /// One of the running server's, as monitoring reads it.
    std::int64_t metric(const std::string& name) const;
    std::filesystem::path server_folder() const { return folder_ / "server"; }
    std::filesystem::path till_folder() const { return folder_ / "till-1"; }

    std::unique_ptr<TillProcess> start_till(bool online = true);
    /// Gives the store a command, as a subcommand does; its answer, the last line of it.
    boost::json::object command(const boost::json::object& arguments);
    /// Looks into the running server's book.
    RawDatabase open_book() const;

  private:
    std::vector<std::string> server_command() const;

    const Run& run_;
    std::filesystem::path folder_;
    std::string database_;
    std::unique_ptr<Child> server_;
    std::string address_;
    std::string metrics_;
};

}  // namespace fangxin::bench
