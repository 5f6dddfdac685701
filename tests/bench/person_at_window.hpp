// Somebody who works at a window of this process: events go to SDL as its drivers send them, from a
// thread of their own, and the frame that answers is waited for.
#pragma once

#include "terminal/kit/shell.hpp"
#include "tests/bench/figure.hpp"

#include <SDL.h>
#include <condition_variable>
#include <mutex>
#include <string>

namespace fangxin::bench {

class PersonAtWindow {
  public:
    /// Of the frame that answered: from the event until it was submitted, then until it was shown.
    struct Seen {
        double submitted_ms = 0;
        double swap_ms = 0;
    };

    // The loop's thread.
    void stands_before(kit::Shell& shell) { shell_ = &shell; }
    /// While a frame is drawn: what it shows, as whoever waits for it counts.
    void draws(std::int64_t shown) { drawing_ = shown; }
    /// Call after each step of the window.
    void drew();

    // The person's thread. Fails if no frame answers within a second.
    Seen touch(float x, float y);
    Seen lift(float x, float y);
    Seen press(SDL_Keycode key);
    /// A keyboard scanner's digits and its Enter; counted from that.
    Seen scan(const std::string& digits);
    /// The first frame that shows it; counted from when that went out.
    Seen sees(std::int64_t wanted, Clock::time_point since);
    std::int64_t frames();

    /// The floor: from such an event until a loop that does nothing else has it, in ms.
    static Samples bare_events(int rounds);

  private:
    Seen answer_since(Clock::time_point pushed);
    Seen finger(Uint32 type, float x, float y);

    kit::Shell* shell_ = nullptr;
    std::mutex mutex_;
    std::condition_variable drawn_;
    std::int64_t frames_ = 0;
    kit::Shell::FrameTimes last_{};
    std::int64_t drawing_ = 0;  ///< the loop's thread
    std::int64_t shown_ = 0;
    kit::Shell::FrameTimes first_{};  ///< of those that show it
};

}  // namespace fangxin::bench
