// The store's time (SAFE-8, rules 3): what o'clock it is, where that is known from, and whether a
// manager has to be asked first. A value that is told what happened; it reads no clock itself.
// Owned by one terminal's main loop; one thread.
//
//   what is known                            time used           source
//   a server is connected                    server's            server
//   a server was heard in this run           server's + elapsed  server_plus_monotonic
//   restarted offline, system ≥ last entry   system's + elapsed  system
//   restarted offline, system < last entry   entry's + elapsed   last_journalled, with a banner
//
// "Elapsed" is a monotonic clock that also runs while the machine sleeps (CLOCK_BOOTTIME).
#pragma once

#include "domain/enum_text.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace fangxin::domain {

enum class ClockSource { server, server_plus_monotonic, system, last_journalled, test };
template <>
struct EnumTable<ClockSource> {
    static constexpr std::array rows{
        EnumText{ClockSource::server, "server"},
        EnumText{ClockSource::server_plus_monotonic, "server_plus_monotonic"},
        EnumText{ClockSource::system, "system"},
        EnumText{ClockSource::last_journalled, "last_journalled"},
        EnumText{ClockSource::test, "test"}};
};

/// A moment on both clocks at once.
struct ClockSample {
    std::int64_t utc_ms = 0;
    std::int64_t monotonic_ms = 0;
};

/// A manager's answer to "which date is right?". There is no default: a dead battery sets a clock
/// back to 2000, a week's holiday sets the journal behind, and only a person knows which it is.
enum class ClockAnswer { clock_is_right, journal_is_right };

struct ClockReading {
    std::int64_t utc_ms = 0;
    ClockSource source = ClockSource::system;
    bool banner = false;   ///< the time is only as good as the last journal entry: say so on screen
    bool unknown = false;  ///< no sale before a manager answers; show the two dates below
    std::int64_t clock_ms = 0;                    ///< what the server's or system clock says
    std::optional<std::int64_t> last_journal_ms;  ///< the last journal entry, carried on to now
};

/// Jumps of more than this since the last journal entry ask a manager (rules 3).
inline constexpr std::int64_t clock_jump_ms = 24 * 60 * 60 * std::int64_t{1000};

class StoreClock {
  public:
    /// The program started. `last_journal_ms` is trusted_ms() as stored with the last journal
    /// entry; none if the journal is empty.
    void started(const ClockSample& system, std::optional<std::int64_t> last_journal_ms);
    /// The server told its time (every pong).
    void server_time(const ClockSample& server);
    void disconnected();
    /// An entry was journalled at this reading. Does nothing while the time is unknown,
    /// so that an entry made at a wrong time never becomes the measure of the right one.
    void journalled(std::int64_t monotonic_ms);
    /// A manager answered; both dates were shown. Does nothing if there was nothing to ask.
    void answer(ClockAnswer answer, std::int64_t monotonic_ms);

    /// Test shops only: the clock now says this and runs on, until cleared. The rule on jumps holds
    /// for it as for any clock, so that it can be tried.
    void set_test_time(const ClockSample& at);
    void clear_test_time();

    ClockReading now(std::int64_t monotonic_ms) const;
    /// The last journal entry made at a known time: store it with each entry, give it to started().
    std::optional<std::int64_t> trusted_ms() const;

  private:
    std::int64_t clock_at(std::int64_t monotonic_ms) const;
    std::int64_t jump_at(std::int64_t monotonic_ms) const;
    bool rejected_at(std::int64_t monotonic_ms) const;

    ClockSample base_;  ///< the server's time once heard, until then the system's
    ClockSource base_source_ = ClockSource::system;
    std::optional<ClockSample> journal_;
    bool system_is_behind_ = false;
    std::optional<std::int64_t> rejected_jump_ms_;
    std::optional<ClockSample> test_;
};

}  // namespace fangxin::domain
