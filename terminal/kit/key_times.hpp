// When a key was pressed by the X server's clock, however late the program hears of it: a busy
// program takes a scanner for a person no more, nor a person for a scanner. Where SDL speaks to
// something else than X, keys have the time at which they were heard. Owned by Shell, one at a
// time; main loop only.
#pragma once

#include <cstdint>
#include <optional>

union SDL_Event;

namespace fangxin::kit {

/// The server's milliseconds as ours. Both clocks run alike; what came with the least delay says
/// how far they are apart. They begin anew after 49 days.
class ServerClock {
  public:
    /// Our time of what the server dates `server_ms` and we heard at `heard_ms`; never later.
    std::uint32_t ours(std::uint32_t server_ms, std::uint32_t heard_ms);

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
