// What only the server knows, as it last told (SAFE-9, REPT-1): asked for while somebody looks, and
// not more often than he can read. Main loop only.
#pragma once

#include "sync/messages.hpp"
#include "terminal/station/station.hpp"

#include <optional>
#include <string>

namespace fangxin::terminal {

class ServerFigures {
  public:
    explicit ServerFigures(Station& station) : station_(station) {}

    /// They may have changed: they are asked for by the next ask().
    void want() { wanted_ = true; }
    /// The same once the last question is so long ago: for what changes without any row.
    void want_after(std::int64_t ms);
    /// Asks if they are wanted, about `block` too, which may be empty. How long to wait where that
    /// would be too often.
    std::optional<std::int64_t> ask(const std::string& block);
    void take(const sync::Figures& figures);

    /// What the server told; null where it told nothing, or nothing lately though it is there.
    const sync::Figures* told() const;
    /// Since when they are what is known, where the server is not there to ask.
    std::optional<domain::StoreTime> as_of() const;

  private:
    static constexpr std::int64_t ask_every_ms = 500;
    Station& station_;
    std::optional<sync::Figures> figures_;
    std::int64_t told_at_ms_ = 0;  ///< of the store's clock
    std::int64_t asked_ = 0;       ///< number of the last question
    std::int64_t asked_ms_ = -ask_every_ms;
    bool wanted_ = false;
};

}  // namespace fangxin::terminal
