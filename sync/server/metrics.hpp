// What a shop's monitoring reads of a server (Prometheus text format 0.0.4): how many terminals it
// has, what it took in, what waits for somebody to look. No names of people or goods.
#pragma once

#include "domain/result.hpp"
#include "sync/store/database.hpp"

#include <cstdint>
#include <string>

namespace fangxin::sync {

/// Since the server started; the socket thread's.
struct ServerCounters {
    std::int64_t connections = 0;
    std::int64_t messages_in = 0;
    std::int64_t messages_out = 0;
    std::int64_t bytes_in = 0;
    std::int64_t bytes_out = 0;
    std::int64_t ops_taken = 0;
    std::int64_t ops_refused = 0;  ///< frames of a log that parts from ours
    std::int64_t pokes = 0;
    std::int64_t tables_repaired = 0;  ///< asked for by a terminal whose copy differed
};

/// As they are now.
struct ServerGauges {
    std::int64_t tills = 0;  ///< connected
    std::int64_t handhelds = 0;
    std::int64_t terminals = 0;         ///< known
    std::int64_t terminals_behind = 0;  ///< without the newest block (SAFE-9)
    std::int64_t terminals_parted = 0;  ///< whose log a manager has to look at
    std::int64_t ver = 0;
    std::int64_t ops = 0;
    std::int64_t rejected = 0;
    std::int64_t pending = 0;
    std::int64_t flagged = 0;
    std::int64_t disk_free_bytes = -1;  ///< -1: not known
    std::int64_t uptime_s = 0;
};

/// What the book tells of them. From any connection; code: the database's.
Result<ServerGauges> read_gauges(Database& book);

std::string metrics_text(const ServerCounters& counters, const ServerGauges& gauges);

}  // namespace fangxin::sync
