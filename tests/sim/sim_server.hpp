// The store server of a simulated run: the book, a ServerPeer for each line, and a disk whose power
// may go. Drives them as sync/server/session.cpp does, on the simulated clock.
#pragma once

#include "sync/server/book.hpp"
#include "sync/server/shared_feed.hpp"
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
    /// Lets a terminal begin a new epoch of its log, if it has not been rolled forward meanwhile.
    void open_epoch(const std::string& terminal);
    /// The tables are summed, and whoever is there is told.
    void mark();
    /// A terminal does not read as fast as it is sent to.
    void congest();
    /// Not every run: checkpoints put right what else would be noticed in the end. Where older
    /// versions are about, deleted rows stay without them.
    bool compares() const { return compares_; }
    /// Not every run: a version that names no branches cannot tell a book that was put back
    /// silently.
    bool knows_older_versions() const { return older_versions_; }

    static constexpr const char* machine = "server";

  private:
    struct Session {
        std::shared_ptr<Line> line;
        ServerPeer peer;
        bool open = true;
        bool drops_pushes = false;
        std::shared_ptr<WrittenFrames> written;  ///< of the reading that is being told
    };
    using At = std::shared_ptr<Session>;

    void open_shop();
    void forget_deleted();
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
    void act(const At& session, ServerPeer::LoadTable& action);
    void act(const At& session, ServerPeer::LoadHash& action);
    void act(const At& session, ServerPeer::Claim& action);
    void act(const At& session, ServerPeer::LoadFigures& action);
    template <class Work, class Then>
    void store(const At& session, Priority priority, Work work, Then then);
    void write(std::function<Result<Changed>(Database&)> work, std::function<void()> or_else = {});

    World& world_;
    CrashVfs& disk_;
    Oracle& oracle_;
    std::shared_ptr<SimStore> store_;
    std::optional<Database> reader_;
    std::optional<SharedFeed> feed_;
    std::vector<At> sessions_;
    std::int64_t life_ = 0;
    std::int64_t recalls_ = 0;
    void come_back();

    bool large_;  ///< a shop whose rows fill several frames
    bool older_versions_;
    bool compares_;
    std::optional<CrashVfs::Image> image_;
    enum class SetBack { no, told, silently } set_back_ = SetBack::no;
};

}  // namespace fangxin::sync::sim
