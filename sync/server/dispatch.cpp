#include "sync/server/dispatch.hpp"

#include "sync/server/commands.hpp"
#include "sync/server/control_server.hpp"
#include "sync/server/log_check.hpp"
#include "sync/server/restore.hpp"
#include "sync/server/store_keys.hpp"
#include "sync/store/store_thread.hpp"

#include <chrono>
#include <thread>
#include <vector>

namespace fangxin::sync {

namespace json = boost::json;

namespace {

// A server that starts or stops holds the lock and does not answer yet, or no more.
constexpr int tries = 20;
constexpr auto between_tries = std::chrono::milliseconds(100);
constexpr std::int64_t rows_per_page = 1000;

/// Runs one command after the other, wherever the first could be run.
class Dispatcher {
  public:
    explicit Dispatcher(BookPlace place) : place_(std::move(place)) {}

    Result<void> run(const json::object& arguments, const CommandOutput& output) {
        for (int i = 0; !held_ && i < tries; ++i) {
            if (!place_.is_shared()) {
                auto sent = send_command(place_.directory / "control.sock", arguments, output);
                if (sent || sent.error().code != "no_server") return sent;
            }
            auto held = hold_book(place_, arguments.at("command") == "import");
            if (held) {
                // What this command journals is signed, if this is a server's folder.
                if (auto keys = read_store_keys(place_.directory)) sign_own_log_with(keys->log);
                held_.emplace(std::move(*held));
                break;
            }
            if (held.error().code != "busy" || i + 1 == tries) return tl::unexpected(held.error());
            std::this_thread::sleep_for(between_tries);
        }
        Database& database = held_->writer;
        auto done = run_command(database, arguments, output, [&] {
            if (database.log_pages() >= pages_overdue) database.checkpoint();
        });
        database.checkpoint();
        return done;
    }

  private:
    BookPlace place_;
    std::optional<HeldBook> held_;
};

/// Page after page, each whole in memory before it is put out: the server never waits for whoever
/// reads our output.
Result<void> export_pages(Dispatcher& dispatcher, json::object arguments,
                          const CommandOutput& output) {
    arguments["limit"] = rows_per_page;
    while (true) {
        std::vector<json::object> page;
        auto done =
            dispatcher.run(arguments, [&](const json::object& object) { page.push_back(object); });
        if (!done) return done;
        for (const json::object& row : page)
            output(row);
        if (static_cast<std::int64_t>(page.size()) < rows_per_page) return {};
        for (const char* part : {"terminal", "epoch", "seq"}) {
            arguments[std::string("after_") + part] = page.back().at(part);
        }
    }
}

}  // namespace

Result<void> dispatch_command(const BookPlace& place, const json::object& arguments,
                              const CommandOutput& output) {
    // It is the database itself that is replaced.
    if (arguments.at("command") == "restore") return restore_book(place, arguments, output);
    Dispatcher dispatcher(place);
    if (arguments.at("command") == "export") return export_pages(dispatcher, arguments, output);
    return dispatcher.run(arguments, output);
}

int exit_code(const Result<void>& done) {
    if (done) return 0;
    const std::string& code = done.error().code;
    if (code == "bad_arguments") return 2;
    if (code == "not_found") return 3;
    return code == "busy" ? 4 : 1;
}

}  // namespace fangxin::sync
