// A store's tills, all of them in this process, on one server process; each makes a sale now and
// then.
#pragma once

#include "tests/bench/linked_till.hpp"
#include "tests/bench/shop_processes.hpp"

#include <memory>
#include <stop_token>
#include <thread>
#include <vector>

namespace fangxin::bench {

class Fleet {
  public:
    /// Enrols them in a shop whose server does not run.
    Fleet(const ShopProcesses& shop, std::filesystem::path folder, int tills);

    /// All at once, to the shop's server, which runs.
    void connect();
    void disconnect() { tills_.clear(); }

    /// Seconds from `since` until each was caught up and had nothing unsent. Fails after a while.
    Samples seconds_until_caught_up(Clock::time_point since);
    /// Milliseconds from `since` until each had the blocks up to `ver` durable.
    Samples ms_until_blocks(std::int64_t ver, Clock::time_point since);
    /// Milliseconds until sales were acknowledged, of those that were since it was asked last.
    Samples acknowledged();
    std::vector<std::unique_ptr<LinkedTill>>& tills() { return tills_; }

  private:
    std::filesystem::path folder_;
    const ShopProcesses& shop_;
    std::vector<std::string> names_;
    std::vector<std::unique_ptr<LinkedTill>> tills_;
};

/// While it lives each till of the fleet sells every `period`, one as long after another as chance
/// wants it.
class FleetSales {
  public:
    FleetSales(Fleet& fleet, std::vector<domain::Batch> batches, std::chrono::milliseconds period);
    std::int64_t made() const { return made_; }
    /// No more from here on.
    void stop();

  private:
    void sell(const std::stop_token& stop, std::chrono::milliseconds period);

    Fleet& fleet_;
    std::vector<domain::Batch> batches_;
    std::atomic<std::int64_t> made_ = 0;
    std::jthread thread_;
};

}  // namespace fangxin::bench
