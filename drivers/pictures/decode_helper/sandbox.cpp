#include "drivers/pictures/decode_helper/sandbox.hpp"

#include <array>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/resource.h>

namespace fangxin::drivers {

namespace {

// No open, no stat by path, no mprotect: nothing here becomes code. setitimer is alarm() on
// architectures without the call of that name. zbar asks for the time, which is a call only where
// the kernel's clock cannot be read without one.
constexpr std::array allowed{SCMP_SYS(recvmsg),    SCMP_SYS(sendto),       SCMP_SYS(close),
                             SCMP_SYS(lseek),      SCMP_SYS(munmap),       SCMP_SYS(mremap),
                             SCMP_SYS(brk),        SCMP_SYS(madvise),      SCMP_SYS(futex),
                             SCMP_SYS(alarm),      SCMP_SYS(setitimer),    SCMP_SYS(rt_sigreturn),
                             SCMP_SYS(exit_group), SCMP_SYS(clock_gettime)};

bool limit(decltype(RLIMIT_AS) resource, rlim_t most) {
    rlimit value{.rlim_cur = most, .rlim_max = most};
    return ::setrlimit(resource, &value) == 0;
}

bool load_filter(scmp_filter_ctx filter) {
    for (int call : allowed) {
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) != 0) return false;
    }
    scmp_arg_cmp not_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, not_code) != 0) return false;
    return seccomp_load(filter) == 0;
}

}  // namespace

bool enter_sandbox() {
    if (sanitized) return true;
    if (!limit(RLIMIT_AS, rlim_t{1} << 30U) || !limit(RLIMIT_CORE, 0)) return false;
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (filter == nullptr) return false;
    bool loaded = load_filter(filter);
    seccomp_release(filter);
    return loaded;
}

}  // namespace fangxin::drivers
