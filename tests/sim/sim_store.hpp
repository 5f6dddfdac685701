// The store thread of a simulated machine: pieces of work in the order of their priority, one after
// the other, each taking its time; a crash leaves those that wait undone. As StoreThread does it,
// on the simulated clock.
#pragma once

#include "sync/store/store_thread.hpp"
#include "tests/sim/world.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <optional>

namespace fangxin::sync::sim {

class SimStore : public std::enable_shared_from_this<SimStore> {
  public:
    /// `after_each` runs behind each piece of work.
    SimStore(World& world, Database database, std::function<void()> after_each)
        : world_(world), database_(std::move(database)), after_each_(std::move(after_each)) {}

    Database& database() { return *database_; }

    void submit(Priority priority, std::function<void(Database&)> work) {
        queues_[static_cast<std::size_t>(priority)].push_back(std::move(work));
        if (!running_) schedule();
    }
    /// What the store thread hands back to the program's own thread, in the order of handing.
    void post(std::function<void()> answer) {
        posted_until_ms_ = std::max(posted_until_ms_, world_.now_ms() + world_.between(0, 2));
        world_.after(posted_until_ms_ - world_.now_ms(), std::move(answer));
    }
    /// The program is gone: nothing that waits is run. Never from inside a piece of work.
    void stop() { database_.reset(); }

  private:
    void schedule() {
        running_ = true;
        world_.after(world_.between(0, 8), [self = shared_from_this()] { self->run_next(); });
    }
    void run_next() {
        running_ = false;
        for (auto& queue : queues_) {
            if (!database_ || queue.empty()) continue;
            auto work = std::move(queue.front());
            queue.pop_front();
            work(*database_);
            if (database_->busy_statements() != 0) world_.fail("a statement stayed busy");
            if (world_.chance(20)) database_->checkpoint();
            after_each_();
            break;
        }
        for (auto& queue : queues_) {
            if (database_ && !running_ && !queue.empty()) schedule();
        }
    }

    World& world_;
    std::optional<Database> database_;
    std::function<void()> after_each_;
    std::array<std::deque<std::function<void(Database&)>>, 5> queues_;
    bool running_ = false;
    std::int64_t posted_until_ms_ = 0;
};

}  // namespace fangxin::sync::sim
