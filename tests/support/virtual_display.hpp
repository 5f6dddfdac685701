// An X server of the test's own, for tests that open real windows. It picks a free display number
// itself and ends with the object.
#pragma once

#include <array>
#include <csignal>
#include <cstdlib>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace fangxin {

class VirtualDisplay {
  public:
    explicit VirtualDisplay(int screens = 1) {
        std::array<int, 2> ready{};
        if (pipe(ready.data()) != 0) return;
        pid_ = fork();
        if (pid_ == 0) {
            close(ready[0]);
            const std::string fd = std::to_string(ready[1]);
            const char* more = screens > 1 ? "-screen" : nullptr;
            execlp("Xvfb", "Xvfb", "-displayfd", fd.c_str(), "-screen", "0", "1600x1000x24",
                   "-nolisten", "tcp", "-noreset", more, "1", "1280x800x24",
                   static_cast<char*>(nullptr));
            _exit(127);
        }
        close(ready[1]);
        for (char digit = 0; read(ready[0], &digit, 1) == 1 && digit != '\n';)
            number_ += digit;
        close(ready[0]);
        setenv("DISPLAY", (":" + number_).c_str(), 1);
        setenv("SDL_VIDEODRIVER", "x11", 1);
    }
    ~VirtualDisplay() {
        if (pid_ <= 0) return;
        kill(pid_, SIGTERM);
        waitpid(pid_, nullptr, 0);
    }
    VirtualDisplay(const VirtualDisplay&) = delete;
    VirtualDisplay& operator=(const VirtualDisplay&) = delete;

    bool is_up() const { return !number_.empty(); }

  private:
    pid_t pid_ = -1;
    std::string number_;
};

}  // namespace fangxin
