#include "tests/bench/plain_readers.hpp"

#include "tests/bench/bench.hpp"

#include <cstring>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fangxin::bench {

namespace {

using tests::GreyPhoto;

/// A record in the pipe: milliseconds, length, text.
void tell(int pipe, double ms, const std::string& text) {
    std::string record(sizeof ms + 4, '\0');
    const auto length = static_cast<std::uint32_t>(text.size());
    std::memcpy(record.data(), &ms, sizeof ms);
    std::memcpy(record.data() + sizeof ms, &length, sizeof length);
    record += text;
    if (::write(pipe, record.data(), record.size()) < 0) ::_exit(1);
}

[[noreturn]] void read_in_child(const std::vector<const GreyPhoto*>& photos, std::size_t first,
                                PlainReader reader, int pipe) {
    const rlimit no_core{.rlim_cur = 0, .rlim_max = 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    ::close(STDERR_FILENO);  // an assertion that fails says so, each time
    const auto read = [&](const GreyPhoto& photo) {
        try {
            return reader == PlainReader::zxing ? plain_zxing(photo) : plain_zbar(photo);
        } catch (const std::exception&) {
            return std::string();
        }
    };
    (void)read(*photos[first]);  // pages of a fresh child are copied once
    for (std::size_t i = first; i < photos.size(); ++i) {
        std::string text;
        const double ms = ms_of([&] { text = read(*photos[i]); });
        tell(pipe, ms, text);
    }
    ::_exit(0);
}

bool take(int pipe, void* into, std::size_t size) {
    auto* at = static_cast<char*>(into);
    while (size > 0) {
        const ssize_t count = ::read(pipe, at, size);
        if (count <= 0) return false;
        at += count;
        size -= static_cast<std::size_t>(count);
    }
    return true;
}

}  // namespace

std::vector<PlainReading> read_plainly(const std::vector<const GreyPhoto*>& photos,
                                       PlainReader reader) {
    std::vector<PlainReading> readings;
    while (readings.size() < photos.size()) {
        int ends[2];
        if (::pipe(ends) != 0) throw Failed("no pipe");
        const pid_t child = ::fork();
        if (child < 0) throw Failed("no child");
        if (child == 0) {
            ::close(ends[0]);
            read_in_child(photos, readings.size(), reader, ends[1]);
        }
        ::close(ends[1]);
        PlainReading reading;
        std::uint32_t length = 0;
        while (take(ends[0], &reading.ms, sizeof reading.ms) &&
               take(ends[0], &length, sizeof length)) {
            reading.text.assign(length, '\0');
            if (!take(ends[0], reading.text.data(), length)) break;
            readings.push_back(reading);
        }
        ::close(ends[0]);
        ::waitpid(child, nullptr, 0);
        if (readings.size() < photos.size()) readings.push_back({.has_died = true});
    }
    return readings;
}

}  // namespace fangxin::bench
