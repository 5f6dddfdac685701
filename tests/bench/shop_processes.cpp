#include "tests/bench/shop_processes.hpp"

#include "sync/server/control_server.hpp"

#include <boost/json/serialize.hpp>

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
    command.insert(command.end(), {"--json", "serve", "--listen", "127.0.0.1:0"});
    server_ = std::make_unique<Child>(command, (folder_ / "server.log").string());
    address_ = std::string(server_->wait_event("ready").object.at("address").as_string());
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
    auto done = sync::send_command(server_folder() / "control.sock", arguments,
                                   [&](const json::object& line) { answer = line; });
    if (!done) throw Failed("the server refused: " + done.error().code + " " + done.error().detail);
    return answer;
}

RawDatabase ShopProcesses::open_book() const {
    return {server_folder() / "store.db", RawDatabase::Access::reader};
}

}  // namespace fangxin::bench
