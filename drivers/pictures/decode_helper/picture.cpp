#include "drivers/pictures/decode_helper/picture.hpp"

#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <jpeglib.h>
#include <png.h>

namespace fangxin::drivers {

namespace {

constexpr std::string_view good = {};
constexpr std::string_view not_an_image = "not_an_image";
constexpr std::string_view too_large = "too_large";

bool too_many(std::int64_t width, std::int64_t height) {
    return height > 0 && width > most_pixels / height;
}

// --- PNG. libpng reports errors by longjmp: no object with a destructor lives in between. ---

struct PngReader {
    png_structp png = nullptr;
    png_infop info = nullptr;
    std::span<const std::byte> rest;
    std::vector<std::uint8_t> grey_alpha;
    std::vector<png_bytep> rows;
    png_uint_32 width = 0;
    png_uint_32 height = 0;

    explicit PngReader(std::span<const std::byte> bytes) : rest(bytes) {}
    ~PngReader() { png_destroy_read_struct(&png, &info, nullptr); }
    PngReader(const PngReader&) = delete;
    PngReader& operator=(const PngReader&) = delete;
};

void png_take(png_structp png, png_bytep into, std::size_t count) {
    auto* reader = static_cast<PngReader*>(png_get_io_ptr(png));
    if (count > reader->rest.size()) png_error(png, "cut short");
    std::memcpy(into, reader->rest.data(), count);
    reader->rest = reader->rest.subspan(count);
}

// libpng's own would print, which the sandbox forbids.
[[noreturn]] void png_failed(png_structp png, png_const_charp) { png_longjmp(png, 1); }
void png_silent(png_structp, png_const_charp) {}

bool png_header(PngReader& reader) {
    if (setjmp(png_jmpbuf(reader.png)) != 0) return false;
    png_set_read_fn(reader.png, &reader, png_take);
    png_set_chunk_malloc_max(reader.png, 1U << 20U);  // text and profiles packed to explode
    png_read_info(reader.png, reader.info);
    reader.width = png_get_image_width(reader.png, reader.info);
    reader.height = png_get_image_height(reader.png, reader.info);
    png_set_expand(reader.png);
    png_set_strip_16(reader.png);
    png_set_rgb_to_gray_fixed(reader.png, 1, -1, -1);
    png_set_add_alpha(reader.png, 0xFF, PNG_FILLER_AFTER);
    png_set_interlace_handling(reader.png);
    png_read_update_info(reader.png, reader.info);
    return png_get_rowbytes(reader.png, reader.info) == std::size_t{reader.width} * 2;
}

bool png_pixels(PngReader& reader) {
    if (setjmp(png_jmpbuf(reader.png)) != 0) return false;
    png_read_image(reader.png, reader.rows.data());
    png_read_end(reader.png, nullptr);
    return true;
}

/// The header claims it before anything is believed: 8 bytes of signature, length, IHDR, sizes.
bool png_claims_too_many(std::span<const std::byte> bytes) {
    if (bytes.size() < 24) return false;
    auto number = [bytes](std::size_t at) {
        std::int64_t value = 0;
        for (std::size_t i = 0; i < 4; ++i)
            value = value * 256 + std::to_integer<std::int64_t>(bytes[at + i]);
        return value;
    };
    return too_many(number(16), number(20));
}

std::string_view load_png(std::span<const std::byte> bytes, GreyPicture& picture) {
    if (png_claims_too_many(bytes)) return too_large;
    PngReader reader(bytes);
    reader.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, png_failed, png_silent);
    if (reader.png == nullptr) return not_an_image;
    reader.info = png_create_info_struct(reader.png);
    if (reader.info == nullptr || !png_header(reader)) return not_an_image;
    if (too_many(reader.width, reader.height)) return too_large;
    std::size_t width = reader.width;
    std::size_t height = reader.height;
    reader.grey_alpha.resize(width * height * 2);
    for (std::size_t y = 0; y < height; ++y)
        reader.rows.push_back(&reader.grey_alpha[y * width * 2]);
    if (!png_pixels(reader)) return not_an_image;
    picture.width = static_cast<int>(width);
    picture.height = static_cast<int>(height);
    picture.pixels.resize(width * height);
    for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
        unsigned grey = reader.grey_alpha[i * 2];
        unsigned alpha = reader.grey_alpha[i * 2 + 1];
        picture.pixels[i] = static_cast<std::uint8_t>((grey * alpha + 255 * (255 - alpha)) / 255);
    }
    return good;
}

// --- JPEG: the same, with its own error manager. ---

struct JpegErrors {
    jpeg_error_mgr manager;  // first: libjpeg gives back a pointer to it
    std::jmp_buf jump;
};

[[noreturn]] void jpeg_failed(j_common_ptr jpeg) {
    std::longjmp(reinterpret_cast<JpegErrors*>(jpeg->err)->jump, 1);
}

void jpeg_silent(j_common_ptr) {}

struct JpegReader {
    jpeg_decompress_struct jpeg{};
    JpegErrors errors{};

    JpegReader() {
        jpeg.err = jpeg_std_error(&errors.manager);
        errors.manager.error_exit = jpeg_failed;
        errors.manager.output_message = jpeg_silent;
    }
    ~JpegReader() { jpeg_destroy_decompress(&jpeg); }
    JpegReader(const JpegReader&) = delete;
    JpegReader& operator=(const JpegReader&) = delete;
};

bool jpeg_header(JpegReader& reader, std::span<const std::byte> bytes) {
    if (setjmp(reader.errors.jump) != 0) return false;
    jpeg_create_decompress(&reader.jpeg);
    jpeg_mem_src(&reader.jpeg, reinterpret_cast<const unsigned char*>(bytes.data()),
                 static_cast<unsigned long>(bytes.size()));
    jpeg_read_header(&reader.jpeg, TRUE);
    reader.jpeg.out_color_space = JCS_GRAYSCALE;
    return true;
}

bool jpeg_pixels(JpegReader& reader, std::uint8_t* row, std::size_t width) {
    if (setjmp(reader.errors.jump) != 0) return false;
    jpeg_start_decompress(&reader.jpeg);
    while (reader.jpeg.output_scanline < reader.jpeg.output_height) {
        JSAMPROW at = row + reader.jpeg.output_scanline * width;
        jpeg_read_scanlines(&reader.jpeg, &at, 1);
    }
    return true;
}

std::string_view load_jpeg(std::span<const std::byte> bytes, GreyPicture& picture) {
    JpegReader reader;
    if (!jpeg_header(reader, bytes)) return not_an_image;
    std::size_t width = reader.jpeg.image_width;
    std::size_t height = reader.jpeg.image_height;
    if (too_many(reader.jpeg.image_width, reader.jpeg.image_height)) return too_large;
    picture.width = static_cast<int>(width);
    picture.height = static_cast<int>(height);
    picture.pixels.assign(width * height, 0xFF);
    return jpeg_pixels(reader, picture.pixels.data(), width) ? good : not_an_image;
}

bool starts_with(std::span<const std::byte> bytes, std::string_view start) {
    return bytes.size() >= start.size() &&
           std::memcmp(bytes.data(), start.data(), start.size()) == 0;
}

}  // namespace

std::string_view load_picture(std::span<const std::byte> bytes, GreyPicture& picture) {
    if (starts_with(bytes, "\x89PNG\r\n\x1A\n")) return load_png(bytes, picture);
    if (starts_with(bytes, "\xFF\xD8\xFF")) return load_jpeg(bytes, picture);
    return not_an_image;
}

GreyPicture shrunk(const GreyPicture& picture, int factor) {
    GreyPicture small{
        .width = picture.width / factor, .height = picture.height / factor, .pixels = {}};
    auto width = static_cast<std::size_t>(picture.width);
    auto small_width = static_cast<std::size_t>(small.width);
    auto step = static_cast<std::size_t>(factor);
    small.pixels.resize(small_width * static_cast<std::size_t>(small.height));
    std::vector<unsigned> sums(small_width);
    for (std::size_t y = 0; y < static_cast<std::size_t>(small.height); ++y) {
        std::fill(sums.begin(), sums.end(), 0U);
        for (std::size_t row = y * step; row < (y + 1) * step; ++row) {
            const std::uint8_t* pixel = &picture.pixels[row * width];
            for (std::size_t x = 0; x < small_width * step; ++x)
                sums[x / step] += pixel[x];
        }
        for (std::size_t x = 0; x < small_width; ++x)
            small.pixels[y * small_width + x] = static_cast<std::uint8_t>(sums[x] / (step * step));
    }
    return small;
}

GreyPicture with_margin(const GreyPicture& picture, int margin) {
    GreyPicture wide{
        .width = picture.width + 2 * margin, .height = picture.height + 2 * margin, .pixels = {}};
    auto width = static_cast<std::size_t>(picture.width);
    auto wide_width = static_cast<std::size_t>(wide.width);
    auto offset = static_cast<std::size_t>(margin);
    wide.pixels.assign(wide_width * static_cast<std::size_t>(wide.height), 0xFF);
    for (std::size_t y = 0; y < static_cast<std::size_t>(picture.height); ++y)
        std::memcpy(&wide.pixels[(y + offset) * wide_width + offset], &picture.pixels[y * width],
                    width);
    return wide;
}

}  // namespace fangxin::drivers
