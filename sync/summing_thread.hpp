// A terminal's tables are summed on a thread and a connection of their own: it takes half a second
// for 100,000 items, in which nobody at the till waits.
#pragma once

#include "sync/messages.hpp"
#include "sync/store/database.hpp"

#include <functional>
#include <future>
#include <optional>
#include <string>
#include <vector>

namespace fangxin::sync {

class SummingThread {
  public:
    using Sums = std::optional<std::vector<TableSum>>;

    SummingThread(Database reader, std::string role)
        : reader_(std::move(reader)), role_(std::move(role)) {}
    /// Sums the tables as they are now (sum_at_mark()); `then` gets the answer on this thread.
    /// Called by the store thread, which goes on once nothing that it writes is seen here any more.
    /// Nothing comes of it while others are under way.
    void sum(const Mark& mark, std::function<void(Sums)> then);

    /// Waits for the sums that are under way. Not while the store thread may call sum().
    void finish() { under_way_ = {}; }

  private:
    Database reader_;
    std::string role_;
    std::future<void> under_way_;  // its end is waited for
};

}  // namespace fangxin::sync
