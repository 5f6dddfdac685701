#include "tests/sim/line.hpp"

#include "sync/frame.hpp"

#include <fmt/format.h>

namespace fangxin::sync::sim {

namespace {
constexpr int lost = 15;  // per thousand, on a wild line
constexpr int lost_at_the_end = 150;
constexpr int doubled = 15;
constexpr int late = 15;

End other(End end) { return end == End::terminal ? End::server : End::terminal; }
}  // namespace

Line::Line(World& world)
    : world_(world),
      caps_(world),
      slowest_ms_(world.faults && world.chance(200) ? 400 : 20),
      wild_(world.faults && world.chance(250)) {
    if (wild_) caps_.do_not_count();
}

void Line::attach(End end, Receiver receiver) { side(end).receiver = std::move(receiver); }

void Line::go_half_open() {
    ++world_.troubles.half_open;
    half_open_ = true;
}

void Line::send(End from, const std::string& frame) {
    if (frame.size() > frame_limit) {
        world_.fail(fmt::format("a cap does not hold: a frame of {} bytes", frame.size()));
    }
    if (!side(from).open || half_open_) return;
    Side& to = side(other(from));
    bool wild = wild_ && (world_.faults || world_.now_ms() < world_.lossy_until_ms);
    if (wild && world_.chance(world_.faults ? lost : lost_at_the_end)) {
        ++world_.troubles.lost;
        return world_.note("a frame is lost");
    }
    std::int64_t arrival = world_.now_ms() + world_.between(1, slowest_ms_);
    bool passed = wild && world_.chance(late);
    if (!passed) to.last_arrival_ms = arrival = std::max(arrival, to.last_arrival_ms);
    int times = wild && world_.chance(doubled) ? 2 : 1;
    world_.troubles.overtaken += passed ? 1 : 0;
    world_.troubles.doubled += times - 1;
    for (int i = 0; i < times; ++i) {
        std::int64_t delay = arrival - world_.now_ms() + (passed ? 50 : 0) + i;
        world_.after(
            delay, [self = shared_from_this(), from, frame] { self->arrive(other(from), frame); });
    }
}

void Line::arrive(End at, std::string frame) {
    if (!side(at).open || half_open_) return;
    if (torn_) {
        ++world_.troubles.torn;
        if (world_.chance(500)) return;
        frame.resize(static_cast<std::size_t>(
            world_.between(0, static_cast<std::int64_t>(frame.size()) - 1)));
    }
    side(at).receiver.frame(frame);
}

void Line::tell_closed(End end, std::int64_t delay_ms, const std::string& why) {
    world_.after(delay_ms, [self = shared_from_this(), end, why] {
        if (!self->side(end).open || self->half_open_) return;
        self->side(end).open = false;
        self->side(end).receiver.closed(why);
    });
}

void Line::close(End end) {
    if (!side(end).open) return;
    side(end).open = false;
    if (world_.chance(300)) torn_ = true;
    std::int64_t behind =
        std::max<std::int64_t>(0, side(other(end)).last_arrival_ms - world_.now_ms());
    tell_closed(other(end), behind + world_.between(1, slowest_ms_), "closed by the other end");
}

void Line::cut() {
    ++world_.troubles.cut;
    torn_ = true;
    tell_closed(End::terminal, world_.between(1, 100), "cut");
    tell_closed(End::server, world_.between(1, 100), "cut");
}

}  // namespace fangxin::sync::sim
