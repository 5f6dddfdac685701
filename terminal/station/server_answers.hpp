// What the server said to what was asked of its book: of each kind the answer to the last question,
// none while it is awaited. Main loop only.
#pragma once

#include "sync/messages.hpp"

#include <optional>

namespace fangxin::terminal {

template <class Message>
class Awaited {
  public:
    /// The number of a new question; what came before is the answer to another.
    std::int64_t ask() {
        message_.reset();
        return ++asked_;
    }
    /// False if this answers an earlier question.
    bool take(const Message& message) {
        if (message.id != asked_ || message_) return false;
        message_ = message;
        return true;
    }
    /// None: it has not come yet, or nothing was asked.
    const std::optional<Message>& message() const { return message_; }
    std::int64_t asked() const { return asked_; }

  private:
    std::int64_t asked_ = 0;
    std::optional<Message> message_;
};

struct ServerAnswers {
    Awaited<sync::JournalPage> page;
    Awaited<sync::JournalEntry> entry;
    Awaited<sync::ContactTold> contact;
};

/// Names an entry of the store's journal.
struct JournalNumber {
    std::string terminal;
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
    bool operator==(const JournalNumber&) const = default;
};

}  // namespace fangxin::terminal
