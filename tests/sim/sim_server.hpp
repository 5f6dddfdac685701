// The store server of a simulated run: the book, a ServerPeer for each line, and a disk whose power
// may go. Drives them as sync/server/session.cpp does, on the simulated clock.
#pragma once

#include "sync/server/book.hpp"
#include "tests/sim/crash_vfs.hpp"
#include "tests/sim/line.hpp"
#include "tests/sim/oracle.hpp"
#include "tests/sim/sim_store.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace fangxin::sync::sim {

inline constexpr const char* vfs_name = "fangxin-crash";

class SimServer {
  public:
    SimServer(World& world, CrashVfs& disk, Oracle& oracle);

    void start();
    /// The power goes, and comes back after a while.
    void crash();
    bool up() const { return store_ != nullptr; }
    /// Only while up.
    Database& reader() { return *reader_; }
    void accept(const std::shared_ptr<Line>& line);

    /// Somebody in the office recalls a lot, lifts a recall, changes a price.
    void work();

    static constexpr const char* machine = "server";

  private:
    struct Session {
        std::shared_ptr<Line> line;
        ServerPeer peer;
        bool open = true;
    };
    using At = std::shared_ptr<Session>;

    void open_shop();
    void tick();
    void announce(const Changed& changed);
    void close(const At& session);
    void take(const At& session, ServerPeer::Actions actions);
    void act(const At& session, ServerPeer::Send& action);
    void act(const At& session, ServerPeer::Close& action);
    void act(const At& session, ServerPeer::Greet& action);
    void act(const At& session, ServerPeer::Ingest& action);
    void act(const At& session, ServerPeer::LoadBlocks& action);
    void act(const At& session, ServerPeer::LoadRows& action);
    void act(const At& session, ServerPeer::Claim& action);
    void act(const At& session, ServerPeer::LoadFigures& action);
    template <class Work, class Then>
    void store(const At& session, Priority priority, Work work, Then then);
    void write(std::function<Result<Changed>(Database&)> work);

    World& world_;
    CrashVfs& disk_;
    Oracle& oracle_;
    std::shared_ptr<SimStore> store_;
    std::optional<Database> reader_;
    std::vector<At> sessions_;
    std::int64_t life_ = 0;
    std::int64_t recalls_ = 0;
    bool large_;  ///< a shop whose rows fill several frames
};

}  // namespace fangxin::sync::sim
