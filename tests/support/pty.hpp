// A pseudo-terminal: the test holds the device's end and may pull the plug. Tests only.
#pragma once

#include <chrono>
#include <functional>
#include <pty.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <termios.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace fangxin::tests {

class Pty {
  public:
    Pty() {
        char name[64];
        int ours = -1;
        if (::openpty(&device_, &ours, name, nullptr, nullptr) != 0)
            throw std::runtime_error("no pseudo-terminal");
        path_ = name;
        termios mode{};
        ::tcgetattr(ours, &mode);
        ::cfmakeraw(&mode);  // else what is sent before the port is opened is echoed
        ::tcsetattr(ours, TCSANOW, &mode);
        ::close(ours);
    }
    ~Pty() { unplug(); }
    Pty(const Pty&) = delete;
    Pty& operator=(const Pty&) = delete;

    const std::string& path() const { return path_; }
    void send(std::string_view bytes) const {
        if (::write(device_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
            throw std::runtime_error("pseudo-terminal takes no bytes");
    }
    std::string received() const {
        char buffer[4096];
        ssize_t count = ::read(device_, buffer, sizeof buffer);
        return count > 0 ? std::string(buffer, static_cast<std::size_t>(count)) : std::string();
    }
    void unplug() {
        if (device_ >= 0) ::close(std::exchange(device_, -1));
    }

  private:
    int device_ = -1;
    std::string path_;
};

/// True once `holds` does, false after five seconds: for what another thread does.
inline bool soon(const std::function<bool()>& holds,
                 std::chrono::seconds patience = std::chrono::seconds(5)) {
    auto deadline = std::chrono::steady_clock::now() + patience;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

}  // namespace fangxin::tests
