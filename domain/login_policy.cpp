#include "domain/login_policy.hpp"

#include <algorithm>

namespace fangxin::domain {

namespace {

constexpr std::int64_t first_wait_ms = 30'000;
constexpr std::int64_t longest_wait_ms = 15 * 60'000;
/// A till's time is corrected by the server's all day; by so little a wait stays a wait.
constexpr std::int64_t small_correction_ms = 60'000;

std::int64_t wait_after_round(int rounds) {
    std::int64_t wait = first_wait_ms;
    for (int round = 1; round < rounds && wait < longest_wait_ms; ++round)
        wait *= 2;
    return std::min(wait, longest_wait_ms);
}

}  // namespace

std::int64_t wait_left_ms(const PinTries& tries, std::int64_t now_ms) {
    std::int64_t left = std::max<std::int64_t>(tries.blocked_until_ms - now_ms, 0);
    std::int64_t given = wait_after_round(tries.rounds);
    // Far more than the round ever gave: the clock was corrected backwards, and a wrong date must
    // not keep people out (rules 3).
    return left > given + small_correction_ms ? 0 : std::min(left, given);
}

TryAnswer try_allowed(const PinTries& tries, std::int64_t now_ms) {
    if (tries.rounds >= rounds_until_locked) return TryAnswer::locked;
    return wait_left_ms(tries, now_ms) > 0 ? TryAnswer::wait : TryAnswer::allowed;
}

PinTries after_failure(PinTries tries, std::int64_t now_ms) {
    ++tries.failures;
    if (tries.failures < tries_per_round) return tries;
    tries.failures = 0;
    ++tries.rounds;
    tries.blocked_until_ms = now_ms + wait_after_round(tries.rounds);
    return tries;
}

}  // namespace fangxin::domain
