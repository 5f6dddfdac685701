#include "sync/server/dispatch.hpp"

#include "sync/server/book.hpp"
#include "sync/server/commands.hpp"
#include "sync/server/control_server.hpp"
#include "sync/store/file_lock.hpp"
#include "sync/store/store_thread.hpp"

#include <chrono>
#include <thread>
#include <vector>

namespace fangxin::sync {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

// A server that starts or stops holds the lock and does not answer yet, or no more.
constexpr int tries = 20;
constexpr auto between_tries = std::chrono::milliseconds(100);
constexpr std::int64_t rows_per_page = 1000;

Result<Database> open_book(const fs::path& directory, bool create) {
    fs::path file = directory / "store.db";
    std::error_code ignored;
    if (!create && !fs::exists(file, ignored)) {
        return failure("not_found", "no database in " + directory.string());
    }
    auto database = Database::open(file, Database::Access::writer);
    if (!database) return database;
    if (auto prepared = prepare_book(*database); !prepared) {
        return tl::unexpected(prepared.error());
    }
    return database;
}

/// Runs one command after the other, wherever the first could be run.
class Dispatcher {
  public:
    explicit Dispatcher(fs::path directory) : directory_(std::move(directory)) {}

    Result<void> run(const json::object& arguments, const CommandOutput& output) {
        for (int i = 0; !database_ && i < tries; ++i) {
            auto sent = send_command(directory_ / "control.sock", arguments, output);
            if (sent || sent.error().code != "no_server") return sent;
            auto opened = open(arguments.at("command") == "import");
            if (opened) break;
            if (opened.error().code != "busy" || i + 1 == tries) return opened;
            std::this_thread::sleep_for(between_tries);
        }
        auto done = run_command(*database_, arguments, output, [this] {
            if (database_->log_pages() >= pages_overdue) database_->checkpoint();
        });
        database_->checkpoint();
        return done;
    }

  private:
    Result<void> open(bool create) {
        std::error_code failed;
        if (create) fs::create_directories(directory_, failed);
        if (!fs::is_directory(directory_, failed)) {
            return failure("not_found", "no folder " + directory_.string());
        }
        auto lock = FileLock::take(directory_ / "store.db.lock");
        if (!lock) return tl::unexpected(lock.error());
        auto database = open_book(directory_, create);
        if (!database) return tl::unexpected(database.error());
        lock_.emplace(std::move(*lock));
        database_.emplace(std::move(*database));
        return {};
    }

    fs::path directory_;
    std::optional<FileLock> lock_;
    std::optional<Database> database_;  // closed before the lock is let go
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

Result<void> dispatch_command(const fs::path& directory, const json::object& arguments,
                              const CommandOutput& output) {
    Dispatcher dispatcher(directory);
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
