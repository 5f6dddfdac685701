// A till at its desk in this process, over a filled shop, with a cashier and a basket: what a
// window shows, for benches that look inside.
#pragma once

#include "terminal/desk/till_desk.hpp"
#include "terminal/station/equipment_watch.hpp"
#include "terminal/till.hpp"
#include "tests/bench/bench.hpp"

#include <memory>
#include <string>

namespace fangxin::bench {

class TillAtDesk {
  public:
    /// A basket of so many lines lies on the counter. Devices are opened when they are started.
    TillAtDesk(const std::filesystem::path& shop, int lines, const std::string& devices_file = {});

    terminal::Till& till() { return *till_; }
    terminal::TillDesk& desk() { return *desk_; }
    terminal::Station& station() { return till_->station(); }
    std::size_t lines() const { return till_->checkout().basket().lines.size(); }
    std::int64_t pieces() const;

  private:
    std::unique_ptr<terminal::Till> till_;
    std::unique_ptr<terminal::TillDesk> desk_;
    std::unique_ptr<terminal::EquipmentWatch> watch_;  ///< as every program has one
};

}  // namespace fangxin::bench
