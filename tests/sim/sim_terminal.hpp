// A till or handheld of a simulated run: its journal, its TerminalPeer, a line that comes back by
// itself, people who work at it, and a disk whose power may go. Drives them as sync/link.cpp does,
// on the simulated clock.
#pragma once

#include "sync/terminal_journal.hpp"
#include "tests/sim/crash_vfs.hpp"
#include "tests/sim/oracle.hpp"
#include "tests/sim/sim_server.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace fangxin::sync::sim {

/// What all of a run's machines are part of.
struct Shop {
    World& world;
    CrashVfs& disk;
    Oracle& oracle;
    SimServer& server;
};

class SimTerminal {
  public:
    SimTerminal(Shop shop, TerminalIdentity identity);

    void start();
    void crash();
    bool up() const { return store_ != nullptr; }
    /// Connected, nothing to send, nothing to receive, nothing of its own on top.
    bool is_quiet();
    Database& database() { return store_->database(); }
    const TerminalIdentity& identity() const { return identity_; }

    /// Somebody does something at it.
    void work();
    void upgrade();
    void cut_line();
    void lose_line();
    /// A row of the server's goes wrong on its disk.
    void damage_a_row();

  private:
    using Draft = std::function<std::optional<OpDraft>(Database&)>;

    void connect();
    void retry();
    void drop(const std::string& why);
    void tick();
    void received(const std::string& frame);
    void take(TerminalPeer::Actions actions);
    void act(TerminalPeer::Send& action);
    void act(TerminalPeer::Close& action) { drop(action.why); }
    void act(TerminalPeer::LoadOps& action);
    void act(TerminalPeer::StoreRows& action);
    void act(TerminalPeer::StoreBlocks& action);
    void act(TerminalPeer::StoreAck& action);
    void act(TerminalPeer::ResetRows& action);
    void act(TerminalPeer::NewEpoch& action);
    void act(TerminalPeer::TakeBack& action);
    void act(TerminalPeer::LoadHash& action);
    void act(TerminalPeer::SumTables& action);
    void act(TerminalPeer::StoreTable& action);
    void act(TerminalPeer::Comparing&) {}
    void act(TerminalPeer::ConflictOver&) {
        in_conflict_ = false;
        world_.note(identity_.terminal + " goes on");
    }
    void act(TerminalPeer::ServerTime&) {}
    void act(TerminalPeer::Online&) { wait_ms_ = 100; }
    void act(TerminalPeer::CaughtUp&) {}
    void act(TerminalPeer::Offline&) {}
    void act(TerminalPeer::Conflict& action);
    void act(TerminalPeer::Claimed& action);
    void act(TerminalPeer::FiguresCame&) {}  // nobody looks at them here
    template <class Work, class Then>
    void store(Priority priority, Work work, Then then);

    void append(const Draft& make);
    void check_own_work(Database& database);
    void ask_the_manager();
    void come_back();
    domain::StoreTime now() const;
    void work_at_till();
    void work_at_handheld();
    void sell();
    void claim_a_hold();
    std::string new_lot();
    std::string some_batch(Database& database);
    std::string new_id();

    World& world_;
    CrashVfs& disk_;
    Oracle& oracle_;
    SimServer& server_;
    TerminalIdentity identity_;
    std::shared_ptr<SimStore> store_;
    std::optional<TerminalPeer> peer_;
    std::shared_ptr<Line> line_;
    std::int64_t life_ = 0;
    std::int64_t line_number_ = 0;
    std::int64_t wait_ms_ = 100;
    std::int64_t ids_ = 0;
    std::map<std::int64_t, std::string> claims_;
    std::optional<CrashVfs::Image> image_;  ///< of its disk, taken some time ago
    bool set_back_ = false;
    std::int64_t offline_until_ms_ = 0;
    bool is_older_ = false;  ///< speaks the version before, until it starts again
    bool may_be_misled_ = false;
    bool in_conflict_ = false;
    std::int64_t clock_is_off_by_ms_ = 0;
};

}  // namespace fangxin::sync::sim
