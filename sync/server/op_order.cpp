#include "sync/server/op_order.hpp"

#include <algorithm>
#include <tuple>

namespace fangxin::sync {

namespace {

constexpr std::int64_t ops_ahead = 200;

auto place_of(const OrderedOp& op) {
    return std::tie(op.came, op.terminal, op.number.epoch, op.number.last_seq);
}

}  // namespace

bool OpOrder::Later::operator()(const OrderedOp& a, const OrderedOp& b) const {
    return place_of(a) > place_of(b);
}

void OpOrder::find_logs() {
    Query query = book_.query("SELECT terminal, epoch FROM terminal_logs ORDER BY terminal, epoch");
    while (query.step()) {
        const std::string terminal = query.text(0);
        const std::int64_t epoch = query.int64(1);
        const bool known = std::ranges::any_of(
            logs_, [&](const Log& log) { return log.terminal == terminal && log.epoch == epoch; });
        if (!known) logs_.push_back({.terminal = terminal, .epoch = epoch, .ahead = {}});
    }
}

/// A negative number: it was replayed, at the number without its sign.
void OpOrder::read_ahead(Log& log) {
    Query query = book_.query(
        "SELECT seq, came, status, body FROM ops WHERE terminal = $1 AND epoch = $2 AND "
        "seq > $3 ORDER BY seq LIMIT $4");
    query.bind(log.terminal).bind(log.epoch).bind(log.read_seq).bind(ops_ahead);
    while (query.step()) {
        log.read_seq = query.int64(0);
        OrderedOp op{
            query.int64(1), log.terminal, {log.epoch, log.read_seq}, query.text(2), query.text(3)};
        if (op.came >= 0) {
            log.ahead.push_back(std::move(op));
        } else {
            op.came = -op.came;
            replayed_.push(std::move(op));
        }
    }
}

std::optional<OrderedOp> OpOrder::take_first() {
    Log* first = nullptr;
    for (Log& log : logs_) {
        if (log.ahead.empty()) read_ahead(log);
        if (log.ahead.empty()) continue;
        if (!first || place_of(log.ahead.front()) < place_of(first->ahead.front())) first = &log;
    }
    const bool replayed_first =
        !replayed_.empty() &&
        (!first || place_of(replayed_.top()) < place_of(first->ahead.front()));
    if (!first && !replayed_first) return std::nullopt;
    if (replayed_first) {
        OrderedOp op = replayed_.top();
        replayed_.pop();
        return op;
    }
    OrderedOp op = std::move(first->ahead.front());
    first->ahead.pop_front();
    return op;
}

Result<std::vector<OrderedOp>> OpOrder::next(std::size_t most) {
    return book_.reading<std::vector<OrderedOp>>([&] {
        std::vector<OrderedOp> ops;
        find_logs();
        while (ops.size() < most) {
            auto op = take_first();
            if (!op) break;
            ops.push_back(std::move(*op));
        }
        return ops;
    });
}

}  // namespace fangxin::sync
