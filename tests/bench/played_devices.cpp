#include "tests/bench/played_devices.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <poll.h>
#include <pthread.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

namespace fangxin::bench {

namespace {

constexpr auto between_frames = std::chrono::milliseconds(50);
constexpr std::int64_t empty_pan = 0;

std::size_t take(int descriptor, std::array<char, 512>& into) {
    const ssize_t count = ::read(descriptor, into.data(), into.size());
    return static_cast<std::size_t>(std::max<ssize_t>(count, 0));
}

}  // namespace

PlayedLine::PlayedLine() {
    std::array<char, 128> name{};
    if (::openpty(&ours_, &theirs_, name.data(), nullptr, nullptr) != 0) {
        throw Failed("no pseudo-terminal", 3);
    }
    name_ = name.data();
    termios settings{};
    ::tcgetattr(theirs_, &settings);
    ::cfmakeraw(&settings);
    ::tcsetattr(theirs_, TCSANOW, &settings);
    for (const int descriptor : {ours_, theirs_})
        ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    ::fcntl(ours_, F_SETFL, O_NONBLOCK);
}

PlayedLine::~PlayedLine() {
    ::close(ours_);
    ::close(theirs_);
}

Clock::time_point PlayedLine::put(std::string_view bytes) const {
    const auto at = Clock::now();
    if (::write(ours_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) {
        throw Failed("nobody reads " + name_);
    }
    return at;
}

std::string toledo_frame(std::int64_t grams) {
    std::string frame = fmt::format("\x02\x2D\x30\x20{:6}{:6}\r", grams, 0);
    int sum = 0;
    for (const char byte : frame)
        sum += byte;
    frame.push_back(static_cast<char>(-sum & 0x7F));
    return frame;
}

PlayedDevices::PlayedDevices(const Run& run, PlayedScale scale) : kind_(scale) {
    const auto folder = run.fresh_folder("devices");
    printer_.emplace(std::vector<std::string>{run.program("fangxin-virtual-printer"), "listen",
                                              "--port", "0", "--out", folder.string()},
                     (folder / "printer.log").string());
    const auto ready = printer_->wait_event("ready");
    file_ = (folder / "devices.toml").string();
    std::ofstream(file_) << fmt::format(
        "[printer]\ntarget = \"tcp:{}\"\n"
        "[scale]\nport = \"{}\"\nprotocol = \"{}\"\n"
        "[scanner]\nport = \"{}\"\nprotocol = \"serial\"\nline = \"9600 8n1\"\n"
        "[display]\nport = \"{}\"\nprotocol = \"cd5220\"\nchinese = true\n",
        std::string_view(ready.object.at("address").as_string()), scale_.name(),
        kind_ == PlayedScale::asked ? "mt-8217" : "toledo-continuous", scanner_.name(),
        pole_.name());
    thread_ = std::thread([this] { play(); });
}

PlayedDevices::~PlayedDevices() {
    stopping_ = true;
    thread_.join();
    printer_->terminate();
}

double PlayedDevices::cpu_ms() const {
    clockid_t clock{};
    timespec used{};
    ::pthread_getcpuclockid(thread_.native_handle(), &clock);
    ::clock_gettime(clock, &used);
    return static_cast<double>(used.tv_sec) * 1e3 + static_cast<double>(used.tv_nsec) / 1e6;
}

void PlayedDevices::hear_scale() {
    std::array<char, 512> bytes{};
    const std::size_t count = take(scale_.descriptor(), bytes);
    if (kind_ != PlayedScale::asked) return;
    for (std::size_t i = 0; i < count; ++i) {
        if (bytes[i] != 'W') continue;
        (void)scale_.put(
            "\x02"
            "00.000\r");
        ++frames_;
    }
}

void PlayedDevices::play() {
    std::array<char, 512> bytes{};
    auto next = Clock::now();
    while (!stopping_) {
        std::array<pollfd, 2> heard{
            {{scale_.descriptor(), POLLIN, 0}, {pole_.descriptor(), POLLIN, 0}}};
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(next - Clock::now());
        ::poll(heard.data(), heard.size(), static_cast<int>(std::max<long>(left.count(), 0)));
        if (heard[0].revents != 0) hear_scale();
        if (heard[1].revents != 0) {
            pole_bytes_ += static_cast<std::int64_t>(take(pole_.descriptor(), bytes));
        }
        if (Clock::now() < next) continue;
        next += between_frames;
        if (kind_ != PlayedScale::continuous || hushed_) continue;
        (void)scale_.put(toledo_frame(empty_pan));
        ++frames_;
    }
}

}  // namespace fangxin::bench
