// What happens elsewhere (a scan, a line from the server, a request) waits here for the main loop,
// which alone touches the models. Any thread pushes; the main loop takes.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

namespace fangxin::terminal {

class EventQueue {
  public:
    using Event = std::function<void()>;

    /// Called after each push, by the thread that pushed: for a main loop that waits elsewhere.
    void set_nudge(std::function<void()> nudge) {
        std::lock_guard lock(mutex_);
        nudge_ = std::move(nudge);
    }

    void push(Event event) {
        std::function<void()> nudge;
        {
            std::lock_guard lock(mutex_);
            events_.push_back(std::move(event));
            nudge = nudge_;
        }
        wake_.notify_one();
        if (nudge) nudge();
    }

    /// The next event; an empty one if none came within `wait`.
    Event take(std::chrono::milliseconds wait) {
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, wait, [this] { return !events_.empty(); });
        if (events_.empty()) return {};
        Event event = std::move(events_.front());
        events_.pop_front();
        return event;
    }

  private:
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Event> events_;
    std::function<void()> nudge_;
};

}  // namespace fangxin::terminal
