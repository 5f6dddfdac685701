#include "domain/store_clock.hpp"

namespace fangxin::domain {

namespace {

std::int64_t carried_on(const ClockSample& from, std::int64_t monotonic_ms) {
    return from.utc_ms + (monotonic_ms - from.monotonic_ms);
}

bool is_jump(std::int64_t ms) { return ms > clock_jump_ms || ms < -clock_jump_ms; }

}  // namespace

void StoreClock::started(const ClockSample& system, std::optional<std::int64_t> last_journal_ms) {
    *this = StoreClock{};
    base_ = system;
    if (!last_journal_ms) return;
    journal_ = ClockSample{*last_journal_ms, system.monotonic_ms};
    system_is_behind_ = system.utc_ms < *last_journal_ms;
}

void StoreClock::server_time(const ClockSample& server) {
    base_ = server;
    base_source_ = ClockSource::server;
    system_is_behind_ = false;
}

void StoreClock::disconnected() {
    if (base_source_ == ClockSource::server) base_source_ = ClockSource::server_plus_monotonic;
}

void StoreClock::journalled(std::int64_t monotonic_ms) {
    ClockReading reading = now(monotonic_ms);
    if (reading.unknown) return;
    journal_ = ClockSample{reading.utc_ms, monotonic_ms};
}

void StoreClock::answer(ClockAnswer answer, std::int64_t monotonic_ms) {
    if (!now(monotonic_ms).unknown) return;
    if (answer == ClockAnswer::journal_is_right) {
        rejected_jump_ms_ = jump_at(monotonic_ms);
        return;
    }
    journal_ = ClockSample{clock_at(monotonic_ms), monotonic_ms};
    system_is_behind_ = false;
    rejected_jump_ms_.reset();
}

void StoreClock::set_test_time(const ClockSample& at) { test_ = at; }

void StoreClock::clear_test_time() { test_.reset(); }

std::int64_t StoreClock::clock_at(std::int64_t monotonic_ms) const {
    return carried_on(test_ ? *test_ : base_, monotonic_ms);
}

std::int64_t StoreClock::jump_at(std::int64_t monotonic_ms) const {
    return journal_ ? clock_at(monotonic_ms) - carried_on(*journal_, monotonic_ms) : 0;
}

bool StoreClock::rejected_at(std::int64_t monotonic_ms) const {
    // The manager's "the journal is right" holds for this wrong clock only: it ends by itself when
    // the clock is put right, and a clock that is wrong in another way asks anew.
    return rejected_jump_ms_ && is_jump(jump_at(monotonic_ms)) &&
           !is_jump(jump_at(monotonic_ms) - *rejected_jump_ms_);
}

ClockReading StoreClock::now(std::int64_t monotonic_ms) const {
    ClockReading reading;
    reading.clock_ms = clock_at(monotonic_ms);
    if (journal_) reading.last_journal_ms = carried_on(*journal_, monotonic_ms);
    bool rejected = rejected_at(monotonic_ms);
    reading.unknown = is_jump(jump_at(monotonic_ms)) && !rejected;
    if (journal_ && (rejected || (system_is_behind_ && !test_))) {
        reading.utc_ms = *reading.last_journal_ms;
        reading.source = ClockSource::last_journalled;
        reading.banner = true;
        return reading;
    }
    reading.utc_ms = reading.clock_ms;
    reading.source = test_ ? ClockSource::test : base_source_;
    return reading;
}

std::optional<std::int64_t> StoreClock::trusted_ms() const {
    if (!journal_) return std::nullopt;
    return journal_->utc_ms;
}

}  // namespace fangxin::domain
