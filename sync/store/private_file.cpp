#include "sync/store/private_file.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fangxin::sync {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t largest = 64 * 1024;

class Descriptor {
  public:
    Descriptor(const fs::path& path, int flags) : number_(::open(path.c_str(), flags, 0600)) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return number_; }

  private:
    int number_;
};

tl::unexpected<Error> trouble(const char* code, const fs::path& file) {
    return failure(code, file.string() + ": " + std::strerror(errno));
}

fs::path folder_of(const fs::path& file) {
    return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

bool sync_folder(const fs::path& file) {
    Descriptor folder(folder_of(file), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return folder.number() >= 0 && ::fsync(folder.number()) == 0;
}

bool write_all(int to, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(to, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(to) == 0;
}

}  // namespace

Result<void> write_private_file(const fs::path& file, std::string_view text) {
    fs::path draft = file;
    draft += ".new";
    {
        Descriptor out(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW);
        if (out.number() < 0 || ::fchmod(out.number(), 0600) != 0 || !write_all(out.number(), text))
            return trouble("cannot_write", draft);
    }
    if (::rename(draft.c_str(), file.c_str()) != 0) return trouble("cannot_write", file);
    if (!sync_folder(file)) return trouble("cannot_write", file);
    return {};
}

Result<std::optional<std::string>> read_private_file(const fs::path& file) {
    Descriptor in(file, O_RDONLY | O_CLOEXEC);
    if (in.number() < 0) {
        if (errno == ENOENT) return std::optional<std::string>();
        return trouble("cannot_open", file);
    }
    std::string text;
    std::array<char, 4096> part{};
    while (true) {
        const ssize_t size = ::read(in.number(), part.data(), part.size());
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) return trouble("cannot_open", file);
        if (size == 0) return std::optional<std::string>(std::move(text));
        text.append(part.data(), static_cast<std::size_t>(size));
        if (text.size() > largest) return failure("too_large", file.string());
    }
}

void remove_private_file(const fs::path& file) {
    if (::unlink(file.c_str()) == 0) (void)sync_folder(file);
}

Result<void> make_private_folder(const fs::path& folder) {
    std::error_code failed;
    if (fs::is_directory(folder, failed)) return {};
    if (folder.has_parent_path()) fs::create_directories(folder.parent_path(), failed);
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        return trouble("cannot_open", folder);
    return {};
}

}  // namespace fangxin::sync
