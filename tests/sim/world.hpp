// What a simulated run has in common: one clock, one source of chance, the events to come, and the
// last of what happened. The same seed gives the same run, event by event. One thread.
#pragma once

#include <array>
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
    std::int64_t old_terminals = 0;  ///< disks put back to an older image, as the next one
    std::int64_t old_servers = 0;
    std::int64_t opened_epochs = 0;
    std::int64_t damaged_rows = 0;
    std::int64_t repairs = 0;
    std::int64_t deleted_rows = 0;
    std::int64_t pokes = 0;
    std::int64_t older_versions = 0;  ///< terminals that greeted as the version before
    std::int64_t clock_jumps = 0;

    static constexpr auto all();
    void operator+=(const Troubles& more);
};

struct Trouble {
    const char* name;
    std::int64_t Troubles::*count;
};
constexpr auto Troubles::all() {
    using T = Troubles;
    return std::array{Trouble{"lost", &T::lost},
                      Trouble{"doubled", &T::doubled},
                      Trouble{"overtaken", &T::overtaken},
                      Trouble{"torn", &T::torn},
                      Trouble{"cut", &T::cut},
                      Trouble{"half_open", &T::half_open},
                      Trouble{"terminal_crashes", &T::terminal_crashes},
                      Trouble{"server_crashes", &T::server_crashes},
                      Trouble{"full_disks", &T::full_disks},
                      Trouble{"old_terminals", &T::old_terminals},
                      Trouble{"old_servers", &T::old_servers},
                      Trouble{"opened_epochs", &T::opened_epochs},
                      Trouble{"damaged_rows", &T::damaged_rows},
                      Trouble{"repairs", &T::repairs},
                      Trouble{"deleted_rows", &T::deleted_rows},
                      Trouble{"pokes", &T::pokes},
                      Trouble{"older_versions", &T::older_versions},
                      Trouble{"clock_jumps", &T::clock_jumps}};
}
inline void Troubles::operator+=(const Troubles& more) {
    for (const Trouble& each : all())
        this->*each.count += more.*each.count;
}

class World {
  public:
    explicit World(std::uint64_t seed) : random(seed) {}

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
    Troubles troubles;
    bool faults = true;               ///< off while all heals
    std::int64_t lossy_until_ms = 0;  ///< lines that lose frames do so a little longer

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
