#include "drivers/transports/descriptor.hpp"
#include "drivers/transports/open_device.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <vector>

namespace fangxin::drivers {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const int letter = std::tolower(static_cast<unsigned char>(c));
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/// `02 2D  # words` → the two bytes; false for anything else.
bool bytes_of(std::string_view line, std::string& bytes) {
    int half = -1;
    for (const char c : line.substr(0, line.find('#'))) {
        if (std::isspace(static_cast<unsigned char>(c)) != 0) continue;
        const int digit = hex_digit(c);
        if (digit < 0) return false;
        if (half >= 0) bytes.push_back(static_cast<char>(half * 16 + digit));
        half = half >= 0 ? -1 : digit;
    }
    return half < 0;
}

class ReplayTransport final : public Transport {
  public:
    ReplayTransport(std::vector<std::string> frames, int every_ms)
        : frames_(std::move(frames)),
          every_ms_(every_ms),
          next_ms_(monotonic_now_ms() + every_ms) {}

    Result<std::size_t> read(std::span<std::byte> into, int timeout_ms,
                             const Interrupt* interrupt) override {
        const std::int64_t left_ms = std::max<std::int64_t>(0, next_ms_ - monotonic_now_ms());
        const bool is_due = timeout_ms < 0 || left_ms <= timeout_ms;
        const std::int64_t wait_ms = is_due ? left_ms : timeout_ms;
        const Interrupt never;
        if ((interrupt ? *interrupt : never).wait_for(wait_ms) || !is_due) return 0;
        next_ms_ += every_ms_;
        const std::string& frame = frames_[at_++ % frames_.size()];
        const std::size_t count = std::min(frame.size(), into.size());
        std::memcpy(into.data(), frame.data(), count);
        return count;
    }
    Result<void> write(std::span<const std::byte>, int) override { return {}; }
    std::string identity() const override { return {}; }

  private:
    std::vector<std::string> frames_;
    std::size_t at_ = 0;
    int every_ms_;
    std::int64_t next_ms_;
};

}  // namespace

Result<std::unique_ptr<Transport>> open_replay(const std::string& path, int every_ms) {
    std::error_code gone;
    if (!std::filesystem::is_regular_file(path, gone)) return failure("not_found", path);
    std::ifstream file(path);
    if (!file) return failure("no_permission", path);
    std::vector<std::string> frames;
    int number = 0;
    for (std::string line; std::getline(file, line);) {
        std::string bytes;
        ++number;
        if (!bytes_of(line, bytes)) {
            return failure("not_a_capture", fmt::format("{}:{}: is no hexadecimal", path, number));
        }
        if (!bytes.empty()) frames.push_back(std::move(bytes));
    }
    if (frames.empty()) return failure("not_a_capture", path + " has no bytes");
    return std::make_unique<ReplayTransport>(std::move(frames), every_ms);
}

Result<std::unique_ptr<Transport>> open_file(const std::string& path) {
    Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (file.get() < 0) return open_error(path, errno);
    return std::make_unique<DescriptorTransport>(std::move(file), std::string());
}

}  // namespace fangxin::drivers
