// A folder of broken and hostile files: each is answered by its error code, soon, and the program
// lives.
#include "drivers/pictures/decoder.hpp"
#include "tests/support/capture.hpp"
#include "tests/support/code_photo.hpp"
#include "tests/support/drawn_code.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <jpeglib.h>
#include <random>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

namespace fangxin::drivers {
namespace {

using tests::PictureFolder;

struct HostilePictures : ::testing::Test {
    PictureFolder folder;
    Decoder decoder;

    std::string answer(const std::string& path) {
        auto start = std::chrono::steady_clock::now();
        auto decoded = decoder.decode_file(path);
        auto took = std::chrono::steady_clock::now() - start;
        EXPECT_LT(took, std::chrono::seconds(8)) << path;
        return decoded ? decoded->text : decoded.error().code;
    }
    std::string answer_to(std::string_view bytes) { return answer(folder.write("a.png", bytes)); }
};

std::string number(std::uint32_t value) {
    return {static_cast<char>(value >> 24U), static_cast<char>(value >> 16U),
            static_cast<char>(value >> 8U), static_cast<char>(value)};
}

std::string chunk(const std::string& type, const std::string& data) {
    std::string body = type + data;
    auto sum = static_cast<std::uint32_t>(
        ::crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size())));
    return number(static_cast<std::uint32_t>(data.size())) + body + number(sum);
}

std::string packed(const std::string& data) {
    auto room = ::compressBound(data.size());
    std::string result(room, '\0');
    ::compress2(reinterpret_cast<Bytef*>(result.data()), &room,
                reinterpret_cast<const Bytef*>(data.data()), data.size(), 9);
    result.resize(room);
    return result;
}

std::string png(std::uint32_t width, std::uint32_t height, const std::string& image_data,
                const std::string& more = {}) {
    std::string header = number(width) + number(height) + std::string("\x08\0\0\0\0", 5);
    return "\x89PNG\r\n\x1A\n" + chunk("IHDR", header) + more + chunk("IDAT", image_data) +
           chunk("IEND", "");
}

TEST_F(HostilePictures, ThatAreNoPicturesAreNone) {
    EXPECT_EQ(answer(folder.write("empty.png", "")), "not_an_image");
    EXPECT_EQ(answer(folder.write("animated.gif", "GIF89a\x01\0\x01\0\x80")), "not_an_image");
    EXPECT_EQ(answer(folder.write("page.png", "<svg onload='x'/>")), "not_an_image");
    std::mt19937 dice(5);
    for (int i = 0; i < 20; ++i) {
        std::string noise(std::size_t{1} << (i % 16), '\0');
        for (char& c : noise)
            c = static_cast<char>(dice());
        EXPECT_EQ(answer_to(noise), "not_an_image");
        std::string said = answer_to("\x89PNG\r\n\x1A\n" + noise);
        EXPECT_TRUE(said == "not_an_image" || said == "too_large") << said;
    }
}

TEST_F(HostilePictures, ThatAreNoFilesAreNotWaitedFor) {
    std::string here = folder.write("x", "");
    std::string link = here + "-link", fifo = here + "-fifo";
    std::filesystem::create_symlink("/dev/zero", link);
    ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
    EXPECT_EQ(answer(link), "not_an_image");
    EXPECT_EQ(answer(fifo), "not_an_image");
    EXPECT_EQ(answer(std::filesystem::path(here).parent_path()), "not_an_image");
    EXPECT_EQ(answer(here + "-none"), "not_found");
    std::filesystem::create_symlink(here + "-loop", here + "-loop");
    EXPECT_EQ(answer(here + "-loop"), "not_readable");
}

TEST_F(HostilePictures, ThatMayNotBeReadSaySo) {
    std::string locked = folder.write("locked.png", "x");
    std::filesystem::permissions(locked, std::filesystem::perms::none);
    // Root may read everything: for the moment of opening we are nobody.
    const uid_t self = ::geteuid();
    constexpr uid_t nobody = 65534;
    if (self == 0) {
        ASSERT_EQ(::seteuid(nobody), 0);
    }
    const std::string said = answer(locked);
    if (self == 0) {
        ASSERT_EQ(::seteuid(self), 0);
    }
    EXPECT_EQ(said, "not_readable");
}

TEST_F(HostilePictures, ThatClaimMoreThanTheyHoldAreRefused) {
    EXPECT_EQ(answer_to(png(100'000, 100'000, packed("x"))), "too_large");
    EXPECT_EQ(answer_to(png(0x7FFFFFFF, 1, packed("x"))), "too_large");
    EXPECT_EQ(answer_to(png(6000, 6000, packed("x"))), "not_an_image");
    EXPECT_EQ(answer_to(png(0, 0, packed("x"))), "not_an_image");
    EXPECT_EQ(answer_to(png(0xFFFFFFFF, 0xFFFFFFFF, packed("x"))), "too_large");
}

TEST_F(HostilePictures, ThatUnpackToMuchMoreThanTheyAreCostBoundedTime) {
    std::string bomb = packed(std::string(36'000'000 + 6000, '\0'));
    ASSERT_LT(bomb.size(), 60'000U);
    EXPECT_EQ(answer_to(png(6000, 6000, bomb)), "no_code");
    std::string text = chunk("zTXt", std::string("a\0\0", 3) + packed(std::string(9'000'000, 'a')));
    std::string many;
    for (int i = 0; i < 50; ++i)
        many += text;
    EXPECT_EQ(answer_to(png(1, 1, packed(std::string(2, '\0')), many)), "no_code");
}

std::string jpeg_of(const tests::GreyPhoto& photo) {
    jpeg_compress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = static_cast<JDIMENSION>(photo.width);
    jpeg.image_height = static_cast<JDIMENSION>(photo.height);
    jpeg.input_components = 1;
    jpeg.in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    auto pixels = photo.pixels;
    while (jpeg.next_scanline < jpeg.image_height) {
        JSAMPROW row = &pixels[std::size_t{jpeg.next_scanline} * jpeg.image_width];
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    std::string all(reinterpret_cast<const char*>(bytes), size);
    std::free(bytes);
    return all;
}

// SALE-1: a PNG that is cut is none; a JPEG gives what there is of it, and never another code.
TEST_F(HostilePictures, ThatAreCutAtAnyLengthAreAnsweredAndNeverMisread) {
    const std::string drawn = folder.draw("-b EANX --scale=2 -d 6901234567892");
    const std::string png_bytes = PictureFolder::read(drawn);
    const std::string jpeg_bytes = jpeg_of(tests::load_png(drawn));
    const int helper = decoder.helper_process();
    int read = 0;
    for (const std::string& whole : {png_bytes, jpeg_bytes}) {
        for (std::size_t i = 0; i < 60; ++i) {
            const std::string said = answer_to(whole.substr(0, whole.size() * i / 60));
            EXPECT_TRUE(said == "not_an_image" || said == "no_code" || said == "6901234567892")
                << i << ": " << said;
            read += said == "6901234567892" ? 1 : 0;
        }
        EXPECT_EQ(answer_to(whole), "6901234567892");
    }
    EXPECT_GT(read, 0) << "a JPEG that lacks its last rows still has its bars";
    EXPECT_TRUE(helper == 0 || decoder.helper_process() == helper) << "one died";
}

TEST_F(HostilePictures, ThatEndAnywhereOrAreSpoiledAnywhereLeaveTheNextOneReadable) {
    std::string good = folder.draw("-b EANX -d 6901234567892");
    std::string bytes = PictureFolder::read(good);
    std::mt19937 dice(6);
    for (int i = 0; i < 150; ++i) {
        std::string spoiled = bytes;
        for (int change = 0; change < 3; ++change)
            spoiled[8 + dice() % (spoiled.size() - 8)] = static_cast<char>(dice());
        std::string said = answer_to(spoiled);
        EXPECT_TRUE(said == "not_an_image" || said == "too_large" || said == "no_code" ||
                    said == "6901234567892")
            << said;
    }
    EXPECT_EQ(answer(good), "6901234567892");
}

}  // namespace
}  // namespace fangxin::drivers
