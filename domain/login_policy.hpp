// Wrong PINs (ACCT-2, rules 8): after 5 tries 30 s, doubling; 5 rounds of that lock the account
// until the administrator opens it. One PinTries per person and terminal, kept by the caller, who
// also tells the server of a lock. Pure; any thread.
//
//   wrong tries   5    10    15     20     25
//   then wait     30 s 60 s  2 min  4 min  locked
//
// No wait is longer than 15 min, which matters only where more rounds are allowed.
#pragma once

#include <cstdint>

namespace fangxin::domain {

inline constexpr int tries_per_round = 5;
inline constexpr int rounds_until_locked = 5;

struct PinTries {
    int failures = 0;  ///< in the present round
    int rounds = 0;    ///< finished ones
    std::int64_t blocked_until_ms = 0;
    bool operator==(const PinTries&) const = default;
};

enum class TryAnswer { allowed, wait, locked };

/// `now_ms` is the store clock's. A clock that was corrected backwards by up to a minute makes
/// nobody wait longer than the round's own time; set back by more, it ends the wait (rules 3).
TryAnswer try_allowed(const PinTries& tries, std::int64_t now_ms);
/// How long until the next try, 0 if it is allowed now.
std::int64_t wait_left_ms(const PinTries& tries, std::int64_t now_ms);

/// Call only after a try that was allowed.
PinTries after_failure(PinTries tries, std::int64_t now_ms);
/// Right PIN, or the administrator opened the account.
inline PinTries after_success() { return {}; }

}  // namespace fangxin::domain
