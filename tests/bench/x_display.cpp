#include "tests/bench/x_display.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <sys/mman.h>
#include <unistd.h>

namespace fangxin::bench {

namespace fs = std::filesystem;

namespace {

constexpr const char* program = "/usr/bin/Xvfb";
constexpr std::size_t width = 1280;
constexpr std::size_t height = 800;

}  // namespace

XDisplay::XDisplay(const Run& run) : folder_(run.fresh_folder("display")) {
    if (!fs::exists(program)) throw Failed("no Xvfb: a display without a screen", 3);
    const fs::path number = folder_ / "number";
    server_.emplace(
        std::vector<std::string>{
            "/bin/sh", "-c",
            fmt::format("exec {} -displayfd 3 -screen 0 {}x{}x24 -noreset -nolisten tcp "
                        "-fbdir '{}' 3>'{}'",
                        program, width, height, folder_.string(), number.string())},
        (folder_ / "log").string());
    ::setenv("DISPLAY", (":" + number_of_it(number)).c_str(), 1);
    ::setenv("SDL_VIDEODRIVER", "x11", 1);
    ::setenv("SDL_AUDIODRIVER", "dummy", 1);
    const fs::path file = folder_ / "Xvfb_screen0";
    bytes_ = fs::file_size(file);
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    void* mapped = ::mmap(nullptr, bytes_, PROT_READ, MAP_SHARED, descriptor, 0);
    ::close(descriptor);
    if (mapped == MAP_FAILED) throw Failed("cannot read " + file.string());
    pixels_ = static_cast<const unsigned char*>(mapped);
}

XDisplay::~XDisplay() {
    if (pixels_ != nullptr) ::munmap(const_cast<unsigned char*>(pixels_), bytes_);
    server_->terminate();
}

std::string XDisplay::number_of_it(const fs::path& file) const {
    for (int i = 0; i < 500; ++i) {
        std::string number;
        std::ifstream written(file);
        if (std::getline(written, number) && !written.eof()) return number;
        ::usleep(10'000);
    }
    throw Failed("Xvfb does not start; see " + (folder_ / "log").string());
}

/// The pixels end the file, 4 bytes each.
bool XDisplay::is_lit() const {
    const std::size_t middle = bytes_ - width * height * 4 / 2 + width * 4 / 2;
    const auto* pixel = reinterpret_cast<const volatile unsigned char*>(pixels_ + middle);
    return pixel[0] != 0 || pixel[1] != 0 || pixel[2] != 0;
}

Clock::time_point XDisplay::wait_lit(std::chrono::seconds timeout) const {
    const auto deadline = Clock::now() + timeout;
    while (!is_lit()) {
        if (Clock::now() > deadline) throw Failed("no window was shown");
        ::usleep(200);
    }
    return Clock::now();
}

void XDisplay::wait_dark() const {
    for (int i = 0; i < 5000 && is_lit(); ++i)
        ::usleep(1000);
}

}  // namespace fangxin::bench
