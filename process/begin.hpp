// How each of our programs begins, before it opens anything. Main thread, once.
#pragma once

#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fangxin {

/// Of programs whose files hold verifiers of PINs and customers' numbers: they are the owner's
/// alone.
inline void keep_files_private() { ::umask(077); }

/// A reader that hangs up, or a file at its limit, is an error of that write and not our end.
/// Standard input, output and error are open: else the first file or device would be one of them,
/// and answers would be written into it.
inline void begin_process() {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    int descriptor = 0;
    while (descriptor >= 0 && descriptor <= STDERR_FILENO)
        descriptor = ::open("/dev/null", O_RDWR);  // our children have them too
    if (descriptor > STDERR_FILENO) ::close(descriptor);
}

}  // namespace fangxin
