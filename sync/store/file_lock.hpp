// One process per database file: an advisory lock held for as long as this object lives; the
// kernel lets go of it when the process ends, however it ends.
#pragma once

#include "domain/result.hpp"

#include <filesystem>

namespace fangxin::sync {

class FileLock {
  public:
    /// Codes: `busy` (another process holds it), `cannot_open`.
    static Result<FileLock> take(const std::filesystem::path& file);
    FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FileLock& operator=(FileLock&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~FileLock();

  private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace fangxin::sync
