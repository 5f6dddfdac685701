#include "drivers/pictures/decoder.hpp"

#include "drivers/pictures/decode_helper/sandbox.hpp"
#include "drivers/pictures/decoded_text.hpp"
#include "tests/support/capture.hpp"
#include "tests/support/drawn_code.hpp"

#include <csignal>
#include <cstdio>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <jpeglib.h>
#include <png.h>
#include <vector>

namespace fangxin::drivers {
namespace {

using tests::PictureFolder;

std::string words(const Result<Decoded>& decoded) {
    if (!decoded) return decoded.error().code;
    return fmt::format("{} {} {}", decoded->format, decoded->symbology, decoded->text);
}

struct GreyImage {
    unsigned width = 0;
    unsigned height = 0;
    std::vector<unsigned char> pixels;
};

GreyImage load(const std::string& path) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    png_image_begin_read_from_file(&image, path.c_str());
    image.format = PNG_FORMAT_GRAY;
    GreyImage result{.width = image.width, .height = image.height, .pixels = {}};
    result.pixels.resize(PNG_IMAGE_SIZE(image));
    png_image_finish_read(&image, nullptr, result.pixels.data(), 0, nullptr);
    return result;
}

/// The code on a white ground of the size of a phone's photo.
GreyImage on_ground(const GreyImage& code, unsigned width, unsigned height) {
    GreyImage ground{.width = width, .height = height, .pixels = {}};
    ground.pixels.assign(std::size_t{width} * height, 0xFF);
    for (unsigned y = 0; y < code.height; ++y) {
        std::copy_n(&code.pixels[std::size_t{y} * code.width], code.width,
                    &ground.pixels[std::size_t{y + height / 3} * width + width / 4]);
    }
    return ground;
}

void save_png(const std::string& path, const GreyImage& picture) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = picture.width;
    image.height = picture.height;
    image.format = PNG_FORMAT_GRAY;
    ASSERT_NE(png_image_write_to_file(&image, path.c_str(), 0, picture.pixels.data(), 0, nullptr),
              0);
}

void save_jpeg(const std::string& path, GreyImage picture) {
    jpeg_compress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    std::FILE* file = std::fopen(path.c_str(), "wb");
    jpeg_stdio_dest(&jpeg, file);
    jpeg.image_width = picture.width;
    jpeg.image_height = picture.height;
    jpeg.input_components = 1;
    jpeg.in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < jpeg.image_height) {
        JSAMPROW row = &picture.pixels[std::size_t{jpeg.next_scanline} * picture.width];
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    std::fclose(file);
}

struct DecoderTest : ::testing::Test {
    PictureFolder folder;
    Decoder decoder;

    std::string drawn(const std::string& arguments) {
        return words(decoder.decode_file(folder.draw(arguments)));
    }
};

TEST_F(DecoderTest, ReadsRetailCodes) {  // SALE-1
    EXPECT_EQ(drawn("-b EANX -d 6901234567892"), "ean13 E0 6901234567892");
    EXPECT_EQ(drawn("-b EANX -d 2012345"), "ean8 E4 20123451");
    EXPECT_EQ(drawn("-b UPCA -d 03600029145"), "upca E0 036000291452");
    EXPECT_EQ(drawn("-b ITF14 -d 1690123456789"), "itf I1 16901234567899");
    EXPECT_EQ(drawn("-b CODE128 -d 'FX001'"), "code128 C0 FX001");
}

TEST_F(DecoderTest, KeepsTheSeparatorOfGs1Codes) {  // SALE-1
    std::string data = " --gs1 -d '[01]06901234567892[17]261231[10]AB12[21]X7'";
    std::string text =
        "01069012345678921726123110AB12\x1D"
        "21X7";
    EXPECT_EQ(drawn("-b GS1_128" + data), "code128 C1 " + text);
    EXPECT_EQ(drawn("-b QRCODE" + data), "qr Q3 " + text);
    for (int degrees : {0, 90, 180, 270}) {
        EXPECT_EQ(drawn(fmt::format("-b DATAMATRIX --scale=3 --rotate={}{}", degrees, data)),
                  "datamatrix d2 " + text)
            << degrees;
    }
}

TEST_F(DecoderTest, GivesDataBarTheApplicationIdentifierItLeavesOut) {  // SALE-1
    EXPECT_EQ(drawn("-b DBAR_OMN -d 0690123456789"), "databar e0 0106901234567892");
    EXPECT_EQ(drawn("-b DBAR_EXP -d '[01]06901234567892[3103]001234[10]AB'"),
              "databar_expanded e0 (01)06901234567892(3103)001234(10)AB");
}

TEST_F(DecoderTest, ReadsChineseInUtf8AndInGb18030) {
    EXPECT_EQ(drawn("-b QRCODE --binary -d '产地:山东'"), "qr Q1 产地:山东");
    std::string gb = folder.write("gb.txt", tests::from_hex("CFE3 BDB6 20 90 31 81 30"));
    EXPECT_EQ(drawn("-b QRCODE --binary -i " + gb), "qr Q1 香蕉 \U000104EC");
    EXPECT_EQ(drawn("-b QRCODE -d '香蕉'"), "qr Q1 香蕉");  // zint packs it as Kanji
    for (int eci : {20, 26, 29, 32}) {
        EXPECT_EQ(drawn(fmt::format("-b QRCODE --eci={} -d '香蕉'", eci)), "qr Q1 香蕉") << eci;
    }
}

TEST_F(DecoderTest, ReadsAJpegAndAPhotoOfTwelveMegapixels) {
    GreyImage code = load(folder.draw("-b EANX -d 6901234567892 --scale=4"));
    std::string photo = folder.write("photo.jpg", "");
    save_jpeg(photo, on_ground(code, 4000, 3000));
    EXPECT_EQ(words(decoder.decode_file(photo)), "ean13 E0 6901234567892");
}

TEST_F(DecoderTest, ReadsASmallCodeOnALargePhotoAtItsFullSize) {
    GreyImage code = load(folder.draw("-b EANX -d 6901234567892"));
    std::string photo = folder.write("photo.png", "");
    save_png(photo, on_ground(code, 4600, 4000));
    EXPECT_EQ(words(decoder.decode_file(photo)), "ean13 E0 6901234567892");
}

TEST_F(DecoderTest, ReadsAFrameOfTheCamera) {
    GreyImage code = load(folder.draw("-b EANX -d 6901234567892"));
    GreyImage ground = on_ground(code, 1280, 720);
    auto pixels = std::as_bytes(std::span(ground.pixels));
    EXPECT_EQ(words(decoder.decode_frame({.width = 1280, .height = 720, .pixels = pixels})),
              "ean13 E0 6901234567892");
    EXPECT_EQ(words(decoder.decode_frame({.width = 1280, .height = 721, .pixels = pixels})),
              "not_an_image");
}

TEST_F(DecoderTest, SaysWhatIsNoPicture) {
    EXPECT_EQ(words(decoder.decode_file("/no/such.png")), "not_found");
    EXPECT_EQ(words(decoder.decode_file("/tmp")), "not_an_image");
    EXPECT_EQ(words(decoder.decode_file(folder.write("empty.png", ""))), "not_an_image");
    EXPECT_EQ(words(decoder.decode_file(folder.write("text.png", "6901234567892\n"))),
              "not_an_image");
    EXPECT_EQ(words(decoder.decode_file(folder.write("text.jpg", "\xFF\xD8\xFF\xE0 jpeg?"))),
              "not_an_image");
}

TEST_F(DecoderTest, SaysThatAPictureHasNoCode) {
    std::string path = folder.write("white.png", "");
    save_png(path, on_ground({}, 640, 480));
    EXPECT_EQ(words(decoder.decode_file(path)), "no_code");
}

TEST_F(DecoderTest, RefusesATruncatedPngWhereverItEnds) {
    std::string png = PictureFolder::read(folder.draw("-b EANX -d 6901234567892"));
    for (std::size_t size = 1; size < png.size(); size += 7) {
        std::string cut = folder.write("cut.png", png.substr(0, size));
        EXPECT_EQ(words(decoder.decode_file(cut)), "not_an_image") << size;
    }
}

TEST_F(DecoderTest, RefusesWhatIsTooLargeBeforeBelievingIt) {
    std::string claims = tests::from_hex(
        "89 50 4E 47 0D 0A 1A 0A 00 00 00 0D 49 48 44 52 00 01 86 A0 00 01 86 A0 08 00 00 00 00");
    EXPECT_EQ(words(decoder.decode_file(folder.write("bomb.png", claims))), "too_large");
    std::string big = folder.write("big.png", std::string(20'000'001, 'x'));
    EXPECT_EQ(words(decoder.decode_file(big)), "too_large");
}

TEST_F(DecoderTest, StartsAgainAfterItsHelperDied) {
    std::string path = folder.draw("-b EANX -d 6901234567892");
    EXPECT_EQ(words(decoder.decode_file(path)), "ean13 E0 6901234567892");
    int first = decoder.helper_process();
    ::kill(first, SIGKILL);
    std::string again = words(decoder.decode_file(path));
    if (again == "decoder_died") again = words(decoder.decode_file(path));
    EXPECT_EQ(again, "ean13 E0 6901234567892");
    EXPECT_NE(decoder.helper_process(), first);
}

TEST_F(DecoderTest, LooksAtPicturesShutIn) {
    decoder.decode_file(folder.write("text.png", "not a picture"));
    std::string status =
        PictureFolder::read(fmt::format("/proc/{}/status", decoder.helper_process()));
    if (status.find("Seccomp:\t0\n") != std::string::npos && sanitized)
        GTEST_SKIP() << "the sanitizer needs more calls than a decoder";
    EXPECT_NE(status.find("Seccomp:\t2\n"), std::string::npos) << status;
    EXPECT_NE(status.find("NoNewPrivs:\t1\n"), std::string::npos) << status;
}

TEST_F(DecoderTest, KeepsOneHelperForManyPictures) {
    std::string path = folder.draw("-b EANX -d 6901234567892");
    decoder.decode_file(path);
    int first = decoder.helper_process();
    decoder.decode_file(folder.write("text.png", "not a picture"));
    decoder.decode_file(path);
    EXPECT_EQ(decoder.helper_process(), first);
}

TEST(Decoder, SaysThatItsHelperDied) {
    PictureFolder folder;
    std::string path = folder.write("any.png", "any");
    for (const char* helper : {"/bin/false", "/bin/true", "/no/such/helper"}) {
        Decoder decoder({.helper = helper});
        EXPECT_EQ(words(decoder.decode_file(path)), "decoder_died") << helper;
        EXPECT_EQ(words(decoder.decode_file(path)), "decoder_died") << helper;
    }
}

TEST(Decoder, KillsAHelperThatIsTooSlow) {
    PictureFolder folder;
    std::string slow = folder.write("slow", "#!/bin/sh\nexec /bin/sleep 60\n");
    std::filesystem::permissions(slow, std::filesystem::perms::owner_all);
    Decoder decoder({.helper = slow, .timeout_ms = 50});
    EXPECT_EQ(words(decoder.decode_file(folder.write("any.png", "any"))), "decoder_died");
    EXPECT_EQ(decoder.helper_process(), 0);
}

TEST(DecodedText, IsUtf8OrElseGb18030) {
    EXPECT_EQ(text_of_bytes("plain"), "plain");
    EXPECT_EQ(text_of_bytes("\xEF\xBB\xBF香蕉"), "香蕉");
    EXPECT_EQ(text_of_bytes(tests::from_hex("CFE3 BDB6")), "香蕉");
    EXPECT_EQ(text_of_bytes(tests::from_hex("CFE3 FF")), std::nullopt);
    EXPECT_EQ(text_of_bytes(tests::from_hex("D6EC E946 BBF9")), "朱镕基");
    EXPECT_EQ(text_of_bytes(tests::from_hex("8D81 8FD4")), std::nullopt);  // Kanji mode
    EXPECT_EQ(text_of_bytes(""), "");
}

}  // namespace
}  // namespace fangxin::drivers
