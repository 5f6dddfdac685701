// All ops of a book in the order in which they were applied: frame by frame as they came, and those
// that had no effect then where they were replayed. For whoever works out anew what follows from
// them.
#pragma once

#include "sync/server/op_rows.hpp"

#include <deque>
#include <queue>
#include <string>
#include <vector>

namespace fangxin::sync {

struct OrderedOp {
    std::int64_t came = 0;  ///< number of its frame, or of its replay
    std::string terminal;
    LogState number;
    std::string status;
    std::string body;
};

/// Reads a page of each log at a time; ops that come meanwhile are read too. From any connection.
class OpOrder {
  public:
    explicit OpOrder(Database& book) : book_(book) {}

    /// The next ones, at most `most`; none: there are no more for now. Code: the database's.
    Result<std::vector<OrderedOp>> next(std::size_t most);

  private:
    struct Log {
        std::string terminal;
        std::int64_t epoch = 0;
        std::int64_t read_seq = 0;
        std::deque<OrderedOp> ahead;
    };
    struct Later {
        bool operator()(const OrderedOp& a, const OrderedOp& b) const;
    };

    void find_logs();
    void read_ahead(Log& log);
    std::optional<OrderedOp> take_first();

    Database& book_;
    std::vector<Log> logs_;
    std::priority_queue<OrderedOp, std::vector<OrderedOp>, Later> replayed_;
};

}  // namespace fangxin::sync
