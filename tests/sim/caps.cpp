#include "tests/sim/caps.hpp"

#include "sync/terminal_peer.hpp"

#include <fmt/format.h>

namespace fangxin::sync::sim {

namespace {
constexpr std::size_t rows_at_once = 1000;
}  // namespace

void Caps::broken(const std::string& what) { world_.fail("a cap does not hold: " + what); }

void Caps::terminal_sends(const Message& message) {
    const auto* ops = std::get_if<OpsFrame>(&message);
    if (!ops) return;
    std::size_t bytes = 0;
    for (const std::string& body : ops->bodies)
        bytes += body.size();
    const auto count = static_cast<std::int64_t>(ops->bodies.size());
    // It ends with the first op that fills it.
    const bool is_full_before =
        !ops->bodies.empty() && bytes - ops->bodies.back().size() >= bytes_per_frame;
    if (count > ops_per_frame || is_full_before) {
        broken(fmt::format("{} ops of {} bytes in a frame", count, bytes));
    }
    up_.push_back({ops->epoch, ops->first + count - 1});
    if (counts_ && static_cast<std::int64_t>(up_.size()) > frames_in_flight) {
        broken(fmt::format("{} frames of ops are not acknowledged", up_.size()));
    }
}

void Caps::terminal_hears(const Message& message) {
    if (std::holds_alternative<Gap>(message)) up_.clear();
    const auto* ack = std::get_if<Ack>(&message);
    if (!ack) return;
    std::erase_if(up_, [&](const LogState& last) {
        return last.epoch == ack->epoch && last.last_seq <= ack->seq;
    });
}

void Caps::server_sends(const Message& message) {
    if (const auto* part = std::get_if<TableRows>(&message)) {
        const std::size_t rows = part->rows.size() + part->newer.size();
        if (rows > rows_at_once) broken(fmt::format("{} rows of a table at once", rows));
    }
    const auto* frame = std::get_if<RowsFrame>(&message);
    if (!frame) return;
    if (frame->rows.size() > rows_at_once) {
        broken(fmt::format("{} rows in a frame", frame->rows.size()));
    }
    down_.push_back(frame->to);
    if (counts_ && static_cast<std::int64_t>(down_.size()) > frames_in_flight) {
        broken(fmt::format("{} frames of rows are not confirmed", down_.size()));
    }
}

void Caps::server_hears(const Message& message) {
    if (std::holds_alternative<Poked>(message)) down_.clear();
    const auto* have = std::get_if<Have>(&message);
    if (!have) return;
    std::erase_if(down_, [&](std::int64_t to) { return to <= have->rows; });
}

}  // namespace fangxin::sync::sim
