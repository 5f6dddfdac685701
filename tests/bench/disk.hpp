// The disk under the data folder: refused when it is none, and what one fdatasync on it costs.
#pragma once

#include "tests/bench/figure.hpp"

#include <filesystem>

namespace fangxin::bench {

/// Fails on tmpfs and ramfs: nothing is durable there, every figure of a commit would lie.
void refuse_memory_disk(const std::filesystem::path& folder);

/// A file that is written to 4 KiB at a time, each made durable.
class SyncedFile {
  public:
    explicit SyncedFile(const std::filesystem::path& file);
    ~SyncedFile();
    SyncedFile(const SyncedFile&) = delete;
    SyncedFile& operator=(const SyncedFile&) = delete;

    /// Appends 4 KiB and waits for fdatasync.
    void append_page();

  private:
    int descriptor_;
};

Figure fdatasync_cost(const std::filesystem::path& folder);

/// Drops the file's clean pages from the page cache, as after the machine was started.
void drop_from_page_cache(const std::filesystem::path& file);
/// Reads the file once, so that what follows finds it in the page cache.
void warm_page_cache(const std::filesystem::path& file);

}  // namespace fangxin::bench
