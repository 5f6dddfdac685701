#include "terminal/station/headless.hpp"

#include "domain/check.hpp"
#include "terminal/station/station_log.hpp"
#include "terminal/station/words.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <thread>
#include <unistd.h>

namespace fangxin::terminal {

namespace {

constexpr std::size_t line_limit = 1024 * 1024;
constexpr auto idle_wait = std::chrono::milliseconds(500);

bool is_type(const json::value& value, ArgumentType type) {
    switch (type) {
        case ArgumentType::text:
            return value.is_string();
        case ArgumentType::integer:
            return value.is_int64();
        case ArgumentType::boolean:
            return value.is_bool();
    }
    return false;
}

constexpr std::string_view type_name(ArgumentType type) {
    switch (type) {
        case ArgumentType::text:
            return "text";
        case ArgumentType::integer:
            return "integer";
        case ArgumentType::boolean:
            return "true|false";
    }
    return "";
}

/// Splits standard input into lines; a line beyond the limit is cut there and refused later.
class LineReader {
  public:
    /// False at the end of input; a last line without its end counts as one.
    bool next(std::string& line) {
        line.clear();
        while (true) {
            if (at_ == filled_ && !fill()) return !line.empty();
            char* end = std::find(buffer_ + at_, buffer_ + filled_, '\n');
            std::size_t size = static_cast<std::size_t>(end - (buffer_ + at_));
            if (line.size() <= line_limit) line.append(buffer_ + at_, size);
            at_ += size;
            if (end == buffer_ + filled_) continue;
            ++at_;
            return true;
        }
    }

  private:
    bool fill() {
        ssize_t got = 0;
        do {
            got = ::read(STDIN_FILENO, buffer_, sizeof buffer_);
        } while (got < 0 && errno == EINTR);
        at_ = 0;
        filled_ = got > 0 ? static_cast<std::size_t>(got) : 0;
        return filled_ > 0;
    }

    char buffer_[65536];
    std::size_t at_ = 0;
    std::size_t filled_ = 0;
};

}  // namespace

std::string Request::text(std::string_view name) const {
    const json::value* value = arguments_.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::optional<std::int64_t> Request::integer(std::string_view name) const {
    const json::value* value = arguments_.if_contains(name);
    if (!value || !value->is_int64()) return std::nullopt;
    return value->get_int64();
}

bool Request::flag(std::string_view name) const {
    const json::value* value = arguments_.if_contains(name);
    return value && value->is_bool() && value->get_bool();
}

void Headless::emit(const json::object& line) {
    std::string text = json::serialize(line) + "\n";
    std::string_view rest = text;
    while (!rest.empty()) {
        ssize_t wrote = ::write(STDOUT_FILENO, rest.data(), rest.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) {  // nobody listens any more
            quitting_ = true;
            return;
        }
        rest.remove_prefix(static_cast<std::size_t>(wrote));
    }
}

std::string Headless::message(const std::string& code, const std::string& detail) const {
    return message_for(code, detail, station_->options().language);
}

void Headless::fail(json::object& answer, const std::string& code,
                    const std::string& detail) const {
    answer["ok"] = false;
    answer["error"] = code;
    answer["message"] = message_for(code, detail, station_->options().language);
}

void Headless::read_input() {
    LineReader reader;
    std::string line;
    while (reader.next(line)) {
        station_->events().push([this, line] { lines_.push_back(line); });
    }
    station_->events().push([this] { input_ended_ = true; });
}

void Headless::run() {
    // The thread may sit in read() when we quit: it holds nothing, and the process ends with us.
    std::thread([this] { read_input(); }).detach();
    while (!quitting_) {
        bool held = must_wait_ && must_wait_();
        if (!lines_.empty() && !held) {
            std::string line = std::move(lines_.front());
            lines_.pop_front();
            handle(line);
            if (after_) after_();
            continue;
        }
        if (lines_.empty() && input_ended_) break;
        auto wait = held ? std::chrono::milliseconds(20) : idle_wait;
        if (auto event = station_->events().take(wait)) event();
        if (after_) after_();
    }
}

bool Headless::wait_until(const std::function<bool()>& done, std::int64_t wait_ms) {
    std::int64_t until = Station::monotonic_ms() + wait_ms;
    while (!done()) {
        if (Station::monotonic_ms() >= until) return false;
        if (auto event = station_->events().take(std::chrono::milliseconds(20))) event();
    }
    return true;
}

/// Unknown and missing arguments and wrong types, by name.
std::optional<std::string> Headless::check(const Action& action,
                                           const json::object& arguments) const {
    for (const auto& argument : arguments) {  // clang 14 binds no parts of it in a lambda
        std::string_view key = argument.key();
        const json::value& value = argument.value();
        if (key == "id" || key == "do") continue;
        auto known = std::ranges::find_if(action.arguments,
                                          [&](const Argument& each) { return each.name == key; });
        if (known == action.arguments.end()) return fmt::format("unknown argument {}", key);
        if (!is_type(value, known->type)) {
            return fmt::format("{} must be {}", key, type_name(known->type));
        }
        if (value.is_string() && value.get_string().size() > known->most) {
            return fmt::format("{} is longer than {} bytes", key, known->most);
        }
    }
    for (const Argument& each : action.arguments) {
        if (each.required && !arguments.contains(each.name)) {
            return fmt::format("{} is missing", each.name);
        }
    }
    return std::nullopt;
}

void Headless::handle(const std::string& line) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) return;
    json::object answer;
    auto arguments = line.size() > line_limit
                         ? Result<json::object>(failure("bad_json", "the line is too long"))
                         : sync::parse_strict_object(line);
    if (!arguments) {
        fail(answer, "bad_json", arguments.error().detail);
        station_log("headless", "refused a line: " + arguments.error().detail);
        if (common_) common_(answer);
        return emit(answer);
    }
    if (const json::value* id = arguments->if_contains("id")) answer["id"] = *id;
    answer["ok"] = true;
    const json::value* name = arguments->if_contains("do");
    auto action = actions_.end();
    if (name && name->is_string()) {
        action = std::ranges::find_if(
            actions_, [&](const Action& each) { return each.name == name->get_string(); });
    }
    if (action == actions_.end()) {
        std::string what = name && name->is_string() ? std::string(name->get_string()) : "(none)";
        fail(answer, "unknown_action", what);
    } else if (auto wrong = check(*action, *arguments)) {
        fail(answer, "bad_argument", *wrong);
    } else {
        action->run(Request(std::move(*arguments)), answer);
    }
    if (common_) common_(answer);
    emit(answer);
}

std::string Headless::help() const {
    std::string text;
    for (const Action& action : actions_) {
        std::string arguments;
        for (const Argument& each : action.arguments) {
            arguments += fmt::format("{}{}{}:{}", arguments.empty() ? "" : ", ", each.name,
                                     each.required ? "" : "?", type_name(each.type));
        }
        text += fmt::format("  {}{{{}}}\n      {}\n", action.name, arguments, action.help);
    }
    return text;
}

}  // namespace fangxin::terminal
