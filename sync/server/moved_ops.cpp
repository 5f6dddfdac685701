#include "sync/server/moved_ops.hpp"

#include <map>
#include <string>

namespace fangxin::sync {

namespace {

struct Booked {
    std::int64_t epoch;
    Envelope op;
};

bool is_same(const Envelope& one, const Envelope& other) {
    return one.kind == other.kind && one.person == other.person && one.data == other.data;
}

/// By their instants, which are what the book's ops can be found by.
std::multimap<std::string, Booked> booked_at(Database& database, std::string_view terminal,
                                             std::int64_t epoch,
                                             const std::vector<std::string>& instants) {
    std::multimap<std::string, Booked> all;
    Query query =
        database.query(fmt::format("SELECT at, terminal, epoch, body FROM ops WHERE {} AND "
                                   "epoch <> $2 ORDER BY at, terminal, epoch, seq",
                                   database.is_one_of("at", 1)));
    for (query.bind_list(instants).bind(epoch); query.step();) {
        // Asked of the database, it might go through all that the terminal ever did.
        if (query.text(1) != terminal) continue;
        if (auto op = read_envelope(query.text(3)))
            all.emplace(query.text(0), Booked{query.int64(2), std::move(*op)});
    }
    return all;
}

}  // namespace

std::vector<std::int64_t> epochs_already_booked(Database& database, std::string_view terminal,
                                                std::span<const FreshOp> ops) {
    std::vector<std::int64_t> epochs(ops.size(), 0);
    if (ops.empty() || ops.front().number.epoch <= 1) return epochs;
    std::vector<std::string> instants(ops.size());
    std::vector<std::string> asked;
    for (std::size_t i = 0; i < ops.size(); ++i) {
        if (!ops[i].op) continue;
        instants[i] = domain::format_instant(ops[i].op->at);
        asked.push_back(instants[i]);
    }
    const auto booked = booked_at(database, terminal, ops.front().number.epoch, asked);
    for (std::size_t i = 0; i < ops.size(); ++i) {
        if (!ops[i].op) continue;
        const auto [first, last] = booked.equal_range(instants[i]);
        for (auto each = first; each != last; ++each) {
            if (!is_same(each->second.op, *ops[i].op)) continue;
            epochs[i] = each->second.epoch;
            break;
        }
    }
    return epochs;
}

}  // namespace fangxin::sync
