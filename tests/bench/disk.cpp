#include "tests/bench/disk.hpp"

#include "tests/bench/bench.hpp"

#include <array>
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/magic.h>
#include <sys/vfs.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace fangxin::bench {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t page_bytes = 4096;
constexpr int syncs = 300;

int open_or_fail(const fs::path& file, int flags) {
    int descriptor = ::open(file.c_str(), flags | O_CLOEXEC, 0600);
    if (descriptor < 0) throw Failed("cannot open " + file.string());
    return descriptor;
}

}  // namespace

void refuse_memory_disk(const fs::path& folder) {
    struct statfs found {};
    if (::statfs(folder.c_str(), &found) != 0) throw Failed("no folder " + folder.string());
    if (found.f_type == TMPFS_MAGIC || found.f_type == RAMFS_MAGIC) {
        throw Failed(folder.string() + " lies in memory (tmpfs): give --data on a real disk");
    }
}

SyncedFile::SyncedFile(const fs::path& file)
    : descriptor_(open_or_fail(file, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND)) {}

SyncedFile::~SyncedFile() { ::close(descriptor_); }

void SyncedFile::append_page() {
    std::array<char, page_bytes> page{};
    page.fill('x');
    bool done = ::write(descriptor_, page.data(), page.size()) == ssize_t{page_bytes} &&
                ::fdatasync(descriptor_) == 0;
    if (!done) throw Failed("cannot write to the data folder");
}

Figure fdatasync_cost(const fs::path& folder) {
    SyncedFile file(folder / "fdatasync.probe");
    Samples took;
    for (int i = 0; i < syncs; ++i)
        took.add(ms_of([&] { file.append_page(); }));
    fs::remove(folder / "fdatasync.probe");
    Figure figure = figure_of_times("fdatasync", took, nullptr);
    figure.conditions = fmt::format("4 KiB appended and synced each time, {}, {} cores",
                                    folder.string(), std::thread::hardware_concurrency());
    return figure;
}

void drop_from_page_cache(const fs::path& file) {
    int descriptor = open_or_fail(file, O_RDONLY);
    ::fdatasync(descriptor);  // only clean pages can be dropped
    ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
    ::close(descriptor);
}

void warm_page_cache(const fs::path& file) {
    int descriptor = open_or_fail(file, O_RDONLY);
    std::vector<char> buffer(1024 * 1024);
    while (::read(descriptor, buffer.data(), buffer.size()) > 0) {
    }
    ::close(descriptor);
}

}  // namespace fangxin::bench
