#include "terminal/station/photos.hpp"

#include "drivers/scales/weighing_code.hpp"

#include <cerrno>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <jpeglib.h>
#include <unistd.h>

namespace fangxin::terminal {

namespace {

namespace fs = std::filesystem;

constexpr int quality = 88;  // small print on a pack stays legible

struct JpegErrors {
    jpeg_error_mgr manager;  // first: libjpeg gives back a pointer to it
    std::jmp_buf jump;
};

[[noreturn]] void failed(j_common_ptr jpeg) {
    std::longjmp(reinterpret_cast<JpegErrors*>(jpeg->err)->jump, 1);
}
void silent(j_common_ptr) {}

struct JpegWriter {
    jpeg_compress_struct jpeg{};
    JpegErrors errors{};
    unsigned char* bytes = nullptr;
    unsigned long size = 0;

    JpegWriter() {
        jpeg.err = jpeg_std_error(&errors.manager);
        errors.manager.error_exit = failed;
        errors.manager.output_message = silent;
    }
    ~JpegWriter() {
        jpeg_destroy_compress(&jpeg);
        std::free(bytes);  // libjpeg allocates it so
    }
    JpegWriter(const JpegWriter&) = delete;
    JpegWriter& operator=(const JpegWriter&) = delete;
};

/// libjpeg reports errors by longjmp: no object with a destructor lives in between.
bool compress(JpegWriter& writer, const kit::Picture& picture, JSAMPLE* row) {
    if (setjmp(writer.errors.jump) != 0) return false;
    jpeg_create_compress(&writer.jpeg);
    jpeg_mem_dest(&writer.jpeg, &writer.bytes, &writer.size);
    writer.jpeg.image_width = static_cast<JDIMENSION>(picture.width);
    writer.jpeg.image_height = static_cast<JDIMENSION>(picture.height);
    writer.jpeg.input_components = 3;
    writer.jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&writer.jpeg);
    jpeg_set_quality(&writer.jpeg, quality, TRUE);
    jpeg_start_compress(&writer.jpeg, TRUE);
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x)
            std::memcpy(row + static_cast<std::ptrdiff_t>(x) * 3, picture.at(x, y), 3);
        jpeg_write_scanlines(&writer.jpeg, &row, 1);
    }
    jpeg_finish_compress(&writer.jpeg);
    return true;
}

std::string jpeg_of(const kit::Picture& picture) {
    if (picture.width <= 0 || picture.height <= 0) return {};
    std::vector<JSAMPLE> row(static_cast<std::size_t>(picture.width) * 3);
    JpegWriter writer;
    if (!compress(writer, picture, row.data())) return {};
    return {reinterpret_cast<const char*>(writer.bytes), writer.size};
}

tl::unexpected<Error> cannot_write(const fs::path& path) {
    return failure("cannot_write", fmt::format("{}: {}", path.string(), std::strerror(errno)));
}

bool write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(file, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return ::fsync(file) == 0;
}

bool sync_folder(const fs::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return false;
    const bool is_synced = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return is_synced;
}

}  // namespace

fs::path photo_path(const fs::path& data_folder, const std::string& name) {
    return data_folder / "photos" / name;
}

/// Under another name first: what bears the hash of its bytes is whole.
Result<std::string> keep_photo(const fs::path& data_folder, const kit::Picture& picture) {
    const std::string bytes = jpeg_of(picture);
    if (bytes.empty()) return failure("cannot_write", "the picture cannot be packed");
    const std::string name = drivers::sha256_hex(bytes) + ".jpg";
    const fs::path path = photo_path(data_folder, name);
    const fs::path folder = path.parent_path();
    const fs::path part = folder / (name + ".part");
    std::error_code error;
    fs::create_directories(folder, error);
    const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return cannot_write(part);
    const bool is_written = write_all(file, bytes);
    const int reason = errno;
    ::close(file);
    errno = reason;
    const bool is_kept = is_written && ::rename(part.c_str(), path.c_str()) == 0 &&
                         sync_folder(folder) && sync_folder(data_folder);
    if (!is_kept) {
        auto failed_to_write = cannot_write(path);
        ::unlink(part.c_str());
        return failed_to_write;
    }
    return name;
}

}  // namespace fangxin::terminal
