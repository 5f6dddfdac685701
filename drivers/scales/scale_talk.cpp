#include "drivers/scales/scale_talk.hpp"

#include "domain/check.hpp"

#include <algorithm>
#include <utility>

namespace fangxin::drivers {

namespace {

/// How long a scale may take over a command before it is asked again.
constexpr std::int64_t command_ms = 300;
/// A line is quiet when nothing came for so much longer than an answer is waited for.
constexpr std::int64_t quiet_ms = 500;

}  // namespace

ScaleTalk::ScaleTalk(const ScaleDriver& driver, std::int64_t ask_every_ms)
    : driver_(driver), ask_every_ms_(ask_every_ms) {
    FANGXIN_CHECK(driver_.make);
    begin(0);
}

void ScaleTalk::begin(std::int64_t now_ms) {
    parser_ = driver_.make();
    command_.clear();
    asked_ = false;
    late_ = false;
    quiet_until_ms_ = 0;
    next_ask_ms_ = now_ms;
}

std::optional<Reading> ScaleTalk::next(std::int64_t now_ms) {
    while (auto reading = parser_->next()) {
        asked_ = false;
        if (late_) {
            quiet_until_ms_ = now_ms + driver_.answer_ms + quiet_ms;
            continue;
        }
        reading->at_ms = driver_.ask.empty() ? now_ms : asked_ms_;
        return reading;
    }
    return std::nullopt;
}

std::string ScaleTalk::to_send(std::int64_t now_ms) {
    // Also where there is nothing to be said: the parser may be content with what it has.
    if (std::string reply = parser_->reply(); !reply.empty()) return reply;
    if (asked_ && now_ms < asked_ms_ + driver_.answer_ms) return {};
    if (asked_ && parser_->give_up()) return {};  // next() has the answer
    if (asked_ && !(command_.empty() && now_ms < next_ask_ms_)) {
        parser_ = driver_.make();
        asked_ = false;
        late_ = true;
        quiet_until_ms_ = 0;
    }
    if (!command_.empty()) {
        next_ask_ms_ = now_ms + command_ms;
        return std::exchange(command_, {});
    }
    if (driver_.ask.empty() || now_ms < std::max(next_ask_ms_, quiet_until_ms_)) return {};
    if (quiet_until_ms_ != 0) late_ = false;
    quiet_until_ms_ = 0;
    asked_ = true;
    asked_ms_ = now_ms;
    next_ask_ms_ = now_ms + ask_every_ms_;
    return driver_.ask;
}

std::optional<std::int64_t> ScaleTalk::wake_at_ms() const {
    if (driver_.ask.empty()) return std::nullopt;
    if (asked_) return std::max(asked_ms_ + driver_.answer_ms, next_ask_ms_);
    return std::max(next_ask_ms_, quiet_until_ms_);
}

}  // namespace fangxin::drivers
