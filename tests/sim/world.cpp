#include "tests/sim/world.hpp"

#include <fmt/format.h>

namespace fangxin::sync::sim {

namespace {
constexpr std::size_t notes_kept = 30;
}  // namespace

void World::after(std::int64_t delay_ms, std::function<void()> event) {
    events_.push({now_ms_ + delay_ms, next_number_++, std::move(event)});
}

bool World::step() {
    if (events_.empty()) return false;
    Event event = events_.top();
    events_.pop();
    now_ms_ = event.at_ms;
    event.run();
    return true;
}

std::int64_t World::between(std::int64_t low, std::int64_t high) {
    auto range = static_cast<std::uint64_t>(high - low + 1);
    return low + static_cast<std::int64_t>(random() % range);
}

void World::note(const std::string& what) {
    notes_.push_back(fmt::format("{:>7} {}", now_ms_, what));
    if (notes_.size() > notes_kept) notes_.pop_front();
}

void World::fail(const std::string& what) {
    if (!failure_.empty()) return;
    note("FAILED " + what);
    failure_ = what;
}

}  // namespace fangxin::sync::sim
