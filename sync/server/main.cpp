// fangxin-server: the wiring. What it can do is in server_options.cpp and commands.hpp.
#include "process/begin.hpp"
#include "sync/server/command_text.hpp"
#include "sync/server/commands.hpp"
#include "sync/server/dispatch.hpp"
#include "sync/server/server_options.hpp"

#include <boost/json/serialize.hpp>
#include <cstdio>

namespace {

using fangxin::Result;
namespace sync = fangxin::sync;
namespace json = boost::json;

/// False if the line is not whole where it was to go.
bool print_line(std::FILE* to, const std::string& line) {
    return std::fputs(line.c_str(), to) >= 0 && std::fflush(to) == 0;
}

constexpr const char* plain_notice =
    "WITHOUT TLS: everybody on this machine can read and write this shop (--plain-on-loopback)";

Result<void> serve(const sync::ServerOptions& options) {
    const bool is_plain = options.serve.plain_on_loopback;
    if (is_plain) print_line(stderr, fmt::format("fangxin-server: {}\n", plain_notice));
    return sync::serve(options.serve, sync::run_command, [&](const sync::ServerReady& at) {
        json::object ready{{"event", "ready"},
                           {"address", (is_plain ? "ws://" : "wss://") + at.address}};
        if (at.metrics_port)
            ready["metrics"] = fmt::format("http://127.0.0.1:{}/metrics", *at.metrics_port);
        if (is_plain) ready["notice"] = plain_notice;
        print_line(stdout, json::serialize(ready) + "\n");
    });
}

Result<void> run(const sync::ServerOptions& options) {
    if (options.command == "serve") return serve(options);
    bool written = true;
    auto done =
        sync::dispatch_command(options.book, options.arguments, [&](const json::object& answer) {
            const json::value* event = answer.if_contains("event");
            if (event && *event == "refused") {  // `file:line: reason`
                print_line(stderr, std::string(answer.at("reason").as_string()) + "\n");
            } else {
                written = print_line(stdout, options.json ? json::serialize(answer) + "\n"
                                                          : sync::command_text(answer)) &&
                          written;
            }
        });
    if (done && !written) return fangxin::failure("cannot_write", "the output is not whole");
    return done;
}

}  // namespace

int main(int argc, char** argv) {
    fangxin::begin_process();
    fangxin::keep_files_private();
    auto read = sync::read_server_options(argc, argv);
    if (const int* code = std::get_if<int>(&read)) return *code;
    Result<void> done = run(std::get<sync::ServerOptions>(read));
    if (!done) {
        print_line(stderr,
                   fmt::format("fangxin-server: {}: {}\n", done.error().code, done.error().detail));
    }
    return sync::exit_code(done);
}
