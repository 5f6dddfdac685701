// What is said to a scale and when: asks those that have to be asked, answers in the middle of a
// conversation, passes commands on, and reads what comes. The clock is passed in; one thread.
#pragma once

#include "drivers/scales/registry.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace fangxin::drivers {

class ScaleTalk {
  public:
    /// A question follows its answer after `ask_every_ms` at the earliest.
    ScaleTalk(const ScaleDriver& driver, std::int64_t ask_every_ms);

    /// A cable just opened: whatever was half said before is void.
    void begin(std::int64_t now_ms);
    void feed(std::span<const std::byte> bytes) { parser_->feed(bytes); }
    /// With its `at_ms`: of a scale that sends by itself, when its frame came; of one that is
    /// asked, when it was asked, since it may have weighed at any time from then on (WEIGH-5).
    /// After a question that had no answer in time nobody knows which one an answer belongs to:
    /// they are thrown away until the line has been quiet for longer than questions are apart.
    std::optional<Reading> next(std::int64_t now_ms);
    /// `command` is sent before the next question.
    void tell(const std::string& command) { command_ = command; }
    /// One that was told and has not gone out.
    bool has_command() const { return !command_.empty(); }

    /// One thing at a time, since scales listen and talk by turns: the rest of a conversation, then
    /// a command, then the next question. A question without an answer is asked again, and what
    /// came of its answer is thrown away.
    std::string to_send(std::int64_t now_ms);
    /// When to_send() has something to say though nothing comes; none for a scale that is not
    /// asked.
    std::optional<std::int64_t> wake_at_ms() const;

  private:
    ScaleDriver driver_;
    std::int64_t ask_every_ms_;
    std::unique_ptr<ScaleParser> parser_;
    std::string command_;
    bool asked_ = false;               ///< and not answered
    bool late_ = false;                ///< answers may be those of earlier questions
    std::int64_t quiet_until_ms_ = 0;  ///< while they are, not to be asked before; 0: none came yet
    std::int64_t asked_ms_ = 0;
    std::int64_t next_ask_ms_ = 0;
};

}  // namespace fangxin::drivers
