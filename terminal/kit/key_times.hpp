// When a key was pressed by the X server's clock, however late the program hears of it: a busy
// program takes a scanner for a person no more, nor a person for a scanner. Where SDL speaks to
// something else than X, keys have the time at which they were heard. Owned by Shell, one at a
// time; main loop only.
#pragma once

#include <cstdint>
#include <optional>

union SDL_Event;

namespace fangxin::kit {

/// The server's milliseconds as SDL's. The server counts by the system's monotonic clock, which the
/// network's time makes run faster or slower; SDL by one that nothing touches. So lateness is told
/// by the first and taken off the second. What came with the least delay says how far server and
/// system are apart. All begin anew after 49 days.
class ServerClock {
  public:
    /// One moment, by both clocks.
    struct Moment {
        std::uint32_t system_ms = 0;
        std::uint32_t sdl_ms = 0;
    };
    /// SDL's time of what the server dates `server_ms` and we heard at `heard`; never later.
    std::uint32_t ours(std::uint32_t server_ms, Moment heard);

  private:
    std::optional<std::uint32_t> ahead_ms_;
};

class KeyTimes {
  public:
    /// SDL's video must be on. From now on keys and texts carry their time as `timestamp`.
    KeyTimes();
    ~KeyTimes();
    KeyTimes(const KeyTimes&) = delete;
    KeyTimes& operator=(const KeyTimes&) = delete;

    /// Whether the last key had the server's time.
    bool are_known() const { return pressed_ms_.has_value(); }

  private:
    static int look_at(void* self, SDL_Event* event);

    ServerClock clock_;
    std::optional<std::uint32_t> pressed_ms_;
};

}  // namespace fangxin::kit
