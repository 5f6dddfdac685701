// What a simulated run has in common: one clock, one source of chance, the events to come, and the
// last of what happened. The same seed gives the same run, event by event. One thread.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <queue>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::sync::sim {

/// How often each kind of trouble happened: a run in which none did proves nothing.
struct Troubles {
    std::int64_t lost = 0;  ///< frames, as the next two
    std::int64_t doubled = 0;
    std::int64_t overtaken = 0;
    std::int64_t torn = 0;
    std::int64_t cut = 0;  ///< lines, as the next one
    std::int64_t half_open = 0;
    std::int64_t terminal_crashes = 0;
    std::int64_t server_crashes = 0;
    std::int64_t full_disks = 0;
};

/// A bug of ours, planted to see that the oracle notices it. Each takes one safety line away, in
/// what drives the product here. No run has a server that was restored or a terminal with an old
/// disk: what epochs are for is proved by the peers' own tests.
enum class Planted {
    nothing,
    ack_before_commit,
    applied_again,  ///< ops that come a second time
    rows_ahead_of_blocks,
    blocks_not_stored,
    sale_without_verdict
};

class World {
  public:
    explicit World(std::uint64_t seed, Planted bug = Planted::nothing)
        : random(seed), planted(bug) {}

    /// Runs `event` so many simulated milliseconds from now; those of one instant in their order.
    void after(std::int64_t delay_ms, std::function<void()> event);
    /// Runs the next event; false if there is none.
    bool step();

    std::int64_t now_ms() const { return now_ms_; }
    /// Both ends included.
    std::int64_t between(std::int64_t low, std::int64_t high);
    bool chance(int per_thousand) { return between(1, 1000) <= per_thousand; }

    void note(const std::string& what);
    /// An invariant is broken: the run ends. The first one counts.
    void fail(const std::string& what);
    const std::string& failure() const { return failure_; }
    const std::deque<std::string>& last_notes() const { return notes_; }

    std::mt19937_64 random;
    const Planted planted;
    Troubles troubles;
    bool faults = true;  ///< off while all heals

  private:
    struct Event {
        std::int64_t at_ms;
        std::int64_t number;
        std::function<void()> run;
        bool operator>(const Event& other) const {
            return at_ms != other.at_ms ? at_ms > other.at_ms : number > other.number;
        }
    };
    std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
    std::int64_t now_ms_ = 1000;
    std::int64_t next_number_ = 0;
    std::deque<std::string> notes_;
    std::string failure_;
};

}  // namespace fangxin::sync::sim
