// What may be under way on one line at most (sync.md 10), counted from what both ends say. One
// thread.
#pragma once

#include "sync/messages.hpp"
#include "tests/sim/world.hpp"

#include <vector>

namespace fangxin::sync::sim {

class Caps {
  public:
    explicit Caps(World& world) : world_(world) {}

    /// Frames are lost or doubled: nobody can tell any more how many are under way.
    void do_not_count() { counts_ = false; }

    void terminal_sends(const Message& message);
    void terminal_hears(const Message& message);
    void server_sends(const Message& message);
    void server_hears(const Message& message);

  private:
    void broken(const std::string& what);

    World& world_;
    bool counts_ = true;
    std::vector<LogState> up_;        ///< the last op of each frame that was not acknowledged
    std::vector<std::int64_t> down_;  ///< where each frame of rows ends that was not confirmed
};

}  // namespace fangxin::sync::sim
