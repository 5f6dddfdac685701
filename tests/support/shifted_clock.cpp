// Loaded before a program (LD_PRELOAD), so that its calendar clock is SHIFTED_CLOCK_S seconds off.
// Clocks that only count go right. Tests only.
#include <cstdlib>
#include <ctime>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace {
long shift() {
    static const long seconds = [] {
        const char* text = std::getenv("SHIFTED_CLOCK_S");
        return text ? std::atol(text) : 0L;
    }();
    return seconds;
}
}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* now) noexcept {
    const long failed = ::syscall(SYS_clock_gettime, clock, now);
    if (failed == 0 && clock == CLOCK_REALTIME) now->tv_sec += shift();
    return static_cast<int>(failed);
}

extern "C" time_t time(time_t* into) noexcept {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    if (into) *into = now.tv_sec;
    return now.tv_sec;
}

extern "C" int gettimeofday(timeval* into, void*) noexcept {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    into->tv_sec = now.tv_sec;
    into->tv_usec = now.tv_nsec / 1000;
    return 0;
}
