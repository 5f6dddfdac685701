// The headless interface (contract): JSON lines in, JSON lines out, the same models as the screens.
// An action is a row: its name, its arguments, what it does. Main loop only; a thread of its own
// reads standard input and queues the lines.
#pragma once

#include "domain/receipt.hpp"
#include "sync/strict_json.hpp"
#include "terminal/station/station.hpp"

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::terminal {

namespace json = boost::json;

enum class ArgumentType { text, integer, boolean };

struct Argument {
    std::string_view name;
    ArgumentType type = ArgumentType::text;
    bool required = false;
    /// Of text, in bytes: words that a person wrote, or a code whose own rules say more.
    std::size_t most = 2'000;
};

/// Codes are refused by the rules of codes, and as such.
inline constexpr std::size_t any_length = 1U << 24U;

/// One request's arguments, checked against the action's row.
class Request {
  public:
    explicit Request(json::object arguments) : arguments_(std::move(arguments)) {}
    std::string text(std::string_view name) const;
    std::optional<std::int64_t> integer(std::string_view name) const;
    bool flag(std::string_view name) const;
    bool has(std::string_view name) const { return arguments_.contains(name); }

  private:
    json::object arguments_;
};

struct Action {
    std::string_view name;
    std::vector<Argument> arguments;
    std::string_view help;
    std::function<void(const Request&, json::object& answer)> run;
};

class Headless {
  public:
    /// Null only for an interface that is asked for its help and never run.
    explicit Headless(Station* station) : station_(station) {}

    void add(Action action) { actions_.push_back(std::move(action)); }
    /// Filled in before each answer goes out: screen, unsent, block_cursor …
    void set_common(std::function<void(json::object&)> common) { common_ = std::move(common); }
    /// Called after each line and each event.
    void set_after(std::function<void()> after) { after_ = std::move(after); }
    /// Called before a request is carried out; true holds the requests back (first snapshot).
    void set_gate(std::function<bool()> must_wait) { must_wait_ = std::move(must_wait); }

    /// Answers requests until `quit` or the end of input.
    void run();
    void quit() { quitting_ = true; }

    void emit(const json::object& line);
    /// Runs what is queued until `done` or `wait_ms` have passed; no further request meanwhile.
    bool wait_until(const std::function<bool()>& done, std::int64_t wait_ms);

    /// Marks the answer as failed, with the words for the person.
    void fail(json::object& answer, const std::string& code, const std::string& detail = {}) const;
    /// In words, as they are spoken here.
    std::string message(const std::string& code, const std::string& detail) const;

    /// Every action with its arguments, for --help.
    std::string help() const;

  private:
    void read_input();
    void handle(const std::string& line);
    std::optional<std::string> check(const Action& action, const json::object& arguments) const;

    Station* station_;
    std::vector<Action> actions_;
    std::function<void(json::object&)> common_;
    std::function<bool()> must_wait_;
    std::function<void()> after_;
    std::deque<std::string> lines_;
    bool input_ended_ = false;
    bool quitting_ = false;
};

}  // namespace fangxin::terminal
