#include "tests/sim/simulator.hpp"

#include "tests/sim/sim_terminal.hpp"

#include <fmt/format.h>

namespace fangxin::sync::sim {

namespace {

constexpr std::int64_t trouble_until_ms = 25'000;
constexpr std::int64_t lossy_for_ms = 5000;
constexpr std::int64_t quiet_within_ms = 90'000;
/// A lost last frame is found by then, though stock set out with it only when it was due.
constexpr std::int64_t quiet_for_ms = stuck_after_ms + calm_within_ms + 2000;

class Simulation {
  public:
    explicit Simulation(std::uint64_t seed)
        : disk_(vfs_name), world_(seed), oracle_(world_), server_(world_, disk_, oracle_) {
        std::int64_t terminals = world_.chance(100) ? world_.between(6, 12) : world_.between(2, 5);
        for (std::int64_t i = 1; i <= terminals; ++i) {
            const bool one_of_two = terminals > 2 && i == terminals - 1;
            bool handheld = world_.chance(i == terminals ? 700 : one_of_two ? 500 : 0);
            TerminalIdentity identity{fmt::format("{}-{}", handheld ? "hand" : "till", i),
                                      handheld ? "handheld" : "till"};
            terminals_.push_back(
                std::make_unique<SimTerminal>(Shop{world_, disk_, oracle_, server_}, identity));
        }
    }

    SimReport run(std::uint64_t seed) {
        server_.start();
        for (auto& terminal : terminals_)
            terminal->start();
        every(10, 250, [this] { any_terminal().work(); });
        every(500, 4000, [this] { server_.work(); });
        every(50, 1500, [this] { trouble(); });
        if (server_.compares()) mark();
        while (holds() && world_.now_ms() < trouble_until_ms)
            world_.step();
        heal();
        while (holds() && !is_quiet()) {
            if (world_.now_ms() > trouble_until_ms + quiet_within_ms) {
                world_.fail("no quiet: " + who_is_loud());
            }
            world_.step();
        }
        for (auto& terminal : terminals_) {
            if (!holds()) break;
            oracle_.check_quiet(terminal->identity(), terminal->database(), server_.reader());
        }
        if (holds()) oracle_.check_stock(server_.reader());
        if (holds()) oracle_.check_receipts(server_.reader());
        return {seed,
                world_.failure(),
                {world_.last_notes().begin(), world_.last_notes().end()},
                oracle_.ops(),
                world_.troubles};
    }

  private:
    bool holds() const { return world_.failure().empty(); }

    SimTerminal& any_terminal() {
        auto last = static_cast<std::int64_t>(terminals_.size()) - 1;
        return *terminals_[static_cast<std::size_t>(world_.between(0, last))];
    }

    void every(std::int64_t low_ms, std::int64_t high_ms, const std::function<void()>& event) {
        world_.after(world_.between(low_ms, high_ms), [this, low_ms, high_ms, event] {
            if (!world_.faults) return;
            event();
            every(low_ms, high_ms, event);
        });
    }

    /// Also while all heals: that is when a damaged row is found at the latest.
    void mark() {
        world_.after(world_.between(2000, 5000), [this] {
            server_.mark();
            mark();
        });
    }

    void trouble() {
        SimTerminal& terminal = any_terminal();
        const std::string& name = terminal.identity().terminal;
        std::int64_t what = world_.between(1, 110);
        if (what > 105) {
            if (server_.compares()) terminal.damage_a_row();
        } else if (what > 100) {
            server_.congest();
        } else if (what <= 25) {
            terminal.cut_line();
        } else if (what <= 35) {
            terminal.lose_line();
        } else if (what <= 50) {
            if (terminal.up()) disk_.power_off_after(name, world_.between(0, 12));
        } else if (what <= 58) {
            if (terminal.up()) terminal.crash();
        } else if (what <= 70) {
            if (server_.up()) disk_.power_off_after(SimServer::machine, world_.between(0, 25));
        } else if (what <= 76) {
            if (server_.up()) server_.crash();
        } else if (what <= 90) {
            fill(name);
        } else {
            fill(SimServer::machine);
        }
    }

    void fill(const std::string& machine) {
        world_.note(machine + "'s disk is full");
        ++world_.troubles.full_disks;
        disk_.set_full(machine, true);
        const std::int64_t longest_ms = world_.chance(500) ? 20 : 2000;
        world_.after(world_.between(1, longest_ms),
                     [this, machine] { disk_.set_full(machine, false); });
    }

    void heal() {
        world_.note("all is mended");
        world_.faults = false;
        world_.lossy_until_ms = world_.now_ms() + lossy_for_ms;
        disk_.set_full(SimServer::machine, false);
        disk_.power_off_after(SimServer::machine, -1);
        for (auto& terminal : terminals_) {
            disk_.set_full(terminal->identity().terminal, false);
            disk_.power_off_after(terminal->identity().terminal, -1);
            terminal->upgrade();
        }
    }

    /// For a while: a terminal that has all it was told of may have been told too little.
    bool is_quiet() {
        bool loud = !server_.up() || !who_is_loud().empty();
        if (loud) quiet_since_ms_ = world_.now_ms();
        return world_.now_ms() - quiet_since_ms_ >= quiet_for_ms;
    }
    std::string who_is_loud() {
        std::string names;
        for (auto& terminal : terminals_) {
            if (!terminal->is_quiet()) names += terminal->identity().terminal + " ";
        }
        return names;
    }

    CrashVfs disk_;  // before the world: what waits there may still hold a database
    World world_;
    Oracle oracle_;
    SimServer server_;
    std::vector<std::unique_ptr<SimTerminal>> terminals_;
    std::int64_t quiet_since_ms_ = trouble_until_ms;
};

}  // namespace

SimReport simulate(std::uint64_t seed) { return Simulation(seed).run(seed); }

std::string printed(const SimReport& report) {
    std::string text = fmt::format("FANGXIN_SIM_SEED={}: {}\n", report.seed, report.failure);
    for (const std::string& note : report.last_notes)
        text += note + "\n";
    return text;
}

}  // namespace fangxin::sync::sim
