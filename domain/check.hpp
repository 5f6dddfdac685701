// Our own bugs end the program at once and say where: a till restarts in a third of a second with
// its books whole, and a wrong program that goes on is worse.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace fangxin {

[[noreturn]] inline void check_failed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "fangxin: broken invariant: %s (%s:%d)\n", condition, file, line);
    std::abort();
}

}  // namespace fangxin

#define FANGXIN_CHECK(condition) \
    ((condition) ? void() : ::fangxin::check_failed(#condition, __FILE__, __LINE__))
