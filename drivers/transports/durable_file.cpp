#include "drivers/transports/durable_file.hpp"

#include "drivers/transports/descriptor.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace fangxin::drivers {

namespace {

tl::unexpected<Error> trouble(const std::filesystem::path& path, std::string_view code) {
    return failure(std::string(code), fmt::format("{}: {}", path.string(), std::strerror(errno)));
}

Result<Descriptor> open_at(const std::filesystem::path& path, int flags) {
    // A pipe that nobody reads would hold us up for ever.
    Descriptor file(::open(path.c_str(), flags | O_CLOEXEC | O_NONBLOCK, 0644));
    if (file.get() >= 0 && ::fcntl(file.get(), F_SETFL, flags & ~O_NONBLOCK) == 0) return file;
    return trouble(path, errno == ENOENT || errno == ENOTDIR ? "not_found" : "cannot_write");
}

Result<void> write_and_sync(const std::filesystem::path& path, int flags, std::string_view bytes) {
    auto file = open_at(path, flags);
    if (!file) return tl::unexpected(file.error());
    while (!bytes.empty()) {
        const ssize_t count = ::write(file->get(), bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return trouble(path, "cannot_write");
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    // A pipe or terminal has nothing to sync.
    if (::fdatasync(file->get()) != 0 && errno != EINVAL && errno != EROFS) {
        return trouble(path, "cannot_write");
    }
    return {};
}

}  // namespace

Result<void> append_to_file(const std::filesystem::path& path, std::string_view bytes) {
    return write_and_sync(path, O_WRONLY | O_CREAT | O_APPEND, bytes);
}

Result<void> replace_file(const std::filesystem::path& path, std::string_view bytes) {
    std::filesystem::path draft = path;
    draft += ".part";
    auto written = write_and_sync(draft, O_WRONLY | O_CREAT | O_TRUNC, bytes);
    if (!written) return written;
    if (::rename(draft.c_str(), path.c_str()) != 0) return trouble(path, "cannot_write");
    auto folder = open_at(path.parent_path(), O_RDONLY | O_DIRECTORY);
    if (!folder) return tl::unexpected(folder.error());
    return ::fsync(folder->get()) == 0 ? Result<void>() : trouble(path, "cannot_write");
}

}  // namespace fangxin::drivers
