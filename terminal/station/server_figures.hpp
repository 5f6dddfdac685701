// What only the server knows, as it last told (SAFE-9, REPT-1): asked for while somebody looks, and
// not more often than he can read. Main loop only.
#pragma once

#include "sync/messages.hpp"
#include "terminal/station/station.hpp"

#include <optional>
#include <string>

namespace fangxin::terminal {

/// So long a page waits for them before it shows what this terminal knows.
inline constexpr std::int64_t figures_patience_ms = 3'000;
/// And so long while somebody looks before they are asked for again: who is connected, and what is
/// sold, changes without any row.
inline constexpr std::int64_t figures_again_ms = 5'000;
/// Where the server's figures are: told a moment ago, on their way, not told though the server is
/// there, or out of reach.
enum class FiguresStand { told, awaited, silent, offline };
/// `age_ms` of the last ones, `waited_ms` since the server was asked for newer ones; if any.
FiguresStand stand_of(bool online, std::optional<std::int64_t> age_ms,
                      std::optional<std::int64_t> waited_ms);

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
    /// Somebody else looks: nobody has waited yet.
    void wait_anew() { unanswered_since_ms_.reset(); }

    FiguresStand stand() const;
    /// The last that the server told today, however long ago; null where it told nothing.
    const sync::Figures* latest() const;
    /// The same, but null where the server is there and has told nothing lately.
    const sync::Figures* told() const;
    /// When they came; none where there are none.
    std::optional<domain::StoreTime> told_at() const;
    /// How long a page may still wait for an answer; none where none is awaited.
    std::optional<std::int64_t> patience_ms() const;

  private:
    static constexpr std::int64_t ask_every_ms = 500;
    Station& station_;
    std::optional<sync::Figures> figures_;
    std::int64_t told_at_ms_ = 0;  ///< of the store's clock
    std::int64_t asked_ = 0;       ///< number of the last question
    std::int64_t asked_ms_ = -ask_every_ms;
    std::optional<std::int64_t> unanswered_since_ms_;
    bool wanted_ = false;
};

}  // namespace fangxin::terminal
