// When a terminal writes a fault ticket by itself (FAULT-1): a fault has to last before anybody is
// called for it, one ticket stands for it until it is mended, and it is told when it is over. Pure:
// what fails, the tickets and the time are given; owned by EquipmentWatch.
#pragma once

#include "sync/equipment_records.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::terminal {

/// Something that can fail, as it is now.
struct Watched {
    std::string device;  ///< `scale`, of several `scanner-2`
    std::string what;    ///< a code; empty: it is well
    std::string detail;
    std::int64_t since_ms = 0;  ///< of `what`; by the clock that observe() is given
};

struct FaultNews {
    enum class Kind {
        raised,  ///< a new ticket
        again,   ///< `fault` is back, or worse than it says
        passed   ///< the device of `fault` is well
    };
    Kind kind = Kind::raised;
    std::string fault;  ///< empty: a new one
    std::string device;
    domain::FaultSeverity severity = domain::FaultSeverity::C;
    std::string what;
    std::string detail;
};

class FaultWatch {
  public:
    /// `unmended` are this terminal's tickets that are open or taken. `shortened_ms` takes the
    /// place of every wait; none: as known_fault() says.
    std::vector<FaultNews> observe(std::span<const Watched> all,
                                   std::span<const sync::FaultTicket> unmended, std::int64_t now_ms,
                                   std::optional<std::int64_t> shortened_ms = {});

  private:
    /// From the first trouble until the device is well.
    struct Trouble {
        std::int64_t since_ms = 0;
        std::int64_t wait_ms = 0;  ///< the longest of all that was wrong: a roll is being changed
        bool had_ticket = false;
    };
    std::optional<FaultNews> look_at(const Watched& one,
                                     std::span<const sync::FaultTicket> unmended,
                                     std::int64_t now_ms, std::optional<std::int64_t> shortened_ms);

    std::map<std::string, Trouble> troubles_;  ///< by device
};

/// `scanner` of `scanner-2`.
std::string_view kind_of_device(std::string_view device);

/// What the free space of the data folder says: `nearly_full` below 5 % or 512 MiB, whichever is
/// more, `full` below 32 MiB or where a write has just failed for want of it; else nothing.
struct DiskSpace {
    std::uint64_t free_bytes = 0;
    std::uint64_t all_bytes = 0;
    bool write_failed = false;
};
std::string_view trouble_of(const DiskSpace& space);

}  // namespace fangxin::terminal
