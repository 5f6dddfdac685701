#include "tests/bench/shop_processes.hpp"

#include "sync/server/dispatch.hpp"

#include <arpa/inet.h>
#include <array>
#include <boost/json/serialize.hpp>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace fangxin::bench {

namespace json = boost::json;

namespace {
// Of assets/sample-shop/people.csv.
constexpr const char* cashier = "1001";
constexpr const char* cashier_pin = "408213";

std::vector<std::string> till_command(const Run& run, const std::filesystem::path& directory,
                                      const TillAt& at) {
    std::vector<std::string> command{
        run.program("fangxin-terminal"), "--headless", "--data", directory.string(), "--till", "1"};
    command.insert(command.end(), {"--server", at.server.empty() ? "none" : at.server});
    if (!at.code.empty()) command.insert(command.end(), {"--enrol", at.code});
    return command;
}
}  // namespace

TillProcess::TillProcess(const Run& run, const std::filesystem::path& directory, const TillAt& at)
    : child_(till_command(run, directory, at), directory.string() + ".log") {
    ready_at_ = child_.wait_event("ready").at;
    if (at.code.empty()) return;
    json::object told;
    while (!told.contains("fingerprint"))
        told = child_.wait_event("enrolment").object;
    at.approve(std::string(told.at("fingerprint").as_string()));
    while (told.at("state") != "enrolled")
        told = child_.wait_event("enrolment").object;
}

json::object TillProcess::ask(json::object request) {
    request["id"] = ++last_id_;
    child_.write_line(request);
    return child_
        .wait_line([&](const json::object& line) {
            const json::value* id = line.if_contains("id");
            return id && *id == last_id_;
        })
        .object;
}

json::object TillProcess::must(const json::object& request) {
    json::object answer = ask(request);
    if (answer.at("ok").as_bool()) return answer;
    throw Failed("the till refused " + json::serialize(request) + ": " + json::serialize(answer));
}

void TillProcess::login_cashier() {
    must({{"do", "login"}, {"person", cashier}, {"pin", cashier_pin}});
}

void TillProcess::quit() {
    child_.write_line({{"do", "quit"}});
    child_.wait();
}

ShopProcesses::ShopProcesses(const Run& run, std::filesystem::path folder, std::int64_t generate,
                             std::string database)
    : run_(run), folder_(std::move(folder)), database_(std::move(database)) {
    std::string sample = std::string(FANGXIN_SOURCE_DIR) + "/assets/sample-shop";
    std::vector<std::string> command = server_command();
    command.insert(command.end(), {"import", sample, "--test-shop"});
    if (generate > 0) {
        command.emplace_back("--generate");
        command.push_back(std::to_string(generate));
    }
    run_to_end(command, (folder_ / "import.log").string());
}

std::vector<std::string> ShopProcesses::server_command() const {
    std::vector<std::string> command{run_.program("fangxin-server"), "--data",
                                     server_folder().string()};
    if (!database_.empty()) command.insert(command.end(), {"--database", database_});
    return command;
}

void ShopProcesses::start_server() {
    std::vector<std::string> command = server_command();
    const std::string at =
        address_.empty() ? "127.0.0.1:0" : address_.substr(address_.find("//") + 2);
    command.insert(command.end(), {"--json", "serve", "--listen", at, "--metrics", "0"});
    server_ = std::make_unique<Child>(command, (folder_ / "server.log").string());
    const json::object ready = server_->wait_event("ready").object;
    address_ = std::string(ready.at("address").as_string());
    metrics_ = std::string(ready.at("metrics").as_string());
}

void ShopProcesses::stop_server() {
    server_->terminate();
    server_.reset();
}

std::unique_ptr<TillProcess> ShopProcesses::start_till(bool online) {
    TillAt at{online ? address_ : ""};
    if (online && !std::filesystem::exists(till_folder() / "identity.pem")) {
        const auto opened =
            command({{"command", "enrol"}, {"kind", "till"}, {"data", server_folder().string()}});
        at.code = opened.at("code").as_string();
        at.approve = [this](const std::string& fingerprint) {
            command({{"command", "approve"}, {"terminal", "till-1"}, {"fingerprint", fingerprint}});
        };
    }
    return std::make_unique<TillProcess>(run_, till_folder(), at);
}

json::object ShopProcesses::command(const json::object& arguments) {
    json::object answer;
    auto done =
        sync::dispatch_command(book(), arguments, [&](const json::object& line) { answer = line; });
    if (!done) throw Failed("the server refused: " + done.error().code + " " + done.error().detail);
    return answer;
}

std::int64_t ShopProcesses::metric(const std::string& name) const {
    const std::string port = metrics_.substr(metrics_.rfind(':') + 1);
    const sockaddr_in address{.sin_family = AF_INET,
                              .sin_port = htons(static_cast<std::uint16_t>(std::stoi(port))),
                              .sin_addr = {htonl(INADDR_LOOPBACK)}};
    const int line = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const std::string request = "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    std::string text;
    if (::connect(line, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
        ::send(line, request.data(), request.size(), MSG_NOSIGNAL) == std::ssize(request)) {
        std::array<char, 4096> part;
        ssize_t got = 0;
        while ((got = ::recv(line, part.data(), part.size(), 0)) > 0)
            text.append(part.data(), static_cast<std::size_t>(got));
    }
    ::close(line);
    const std::string row = "\nfangxin_" + name + " ";
    const auto at = text.find(row);
    if (at == text.npos) throw Failed("the server has no metric " + name);
    return std::stoll(text.substr(at + row.size()));
}

RawDatabase ShopProcesses::open_book() const {
    return {server_folder() / "store.db", RawDatabase::Access::reader};
}

}  // namespace fangxin::bench
