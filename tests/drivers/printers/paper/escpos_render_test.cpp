#include "drivers/printers/paper/escpos_render.hpp"

#include "domain/text_width.hpp"
#include "drivers/printers/escpos.hpp"
#include "drivers/printers/paper/receipt_image.hpp"
#include "tests/support/receipts.hpp"
#include "tests/support/temp_dir.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <random>
#include <string>
#include <vector>

namespace fangxin::drivers {
namespace {

using namespace std::literals;
using domain::ReceiptLine;

/// What a printer without four-byte characters makes of a text, as text again.
std::string as_printable(const std::string& text) {
    std::string printed;
    std::string_view rest = text;
    while (!rest.empty()) {
        char32_t c = domain::take_code_point(rest);
        std::string one;
        domain::append_utf8(one, c);
        std::string bytes = c == U'\n' ? "\n" : encode_text(one);
        if (bytes == "?")
            printed += '?';
        else if (bytes == "\xA3\xBF")
            printed += "？";
        else if (bytes == "\xA3\xA4")
            printed += "￥";
        else if (!bytes.empty())
            printed += one;
    }
    return printed;
}

// SALE-7
TEST(EscposRender, ShowsTheReceiptAsItWasLaidOut) {
    domain::Receipt receipt = tests::full_receipt();
    for (bool marked : {false, true}) {
        receipt.test_shop = receipt.reprint = marked;
        auto lines = domain::layout(receipt, paper_columns);
        EXPECT_EQ(plain_text(encode(lines)), domain::plain_text(lines, paper_columns));
    }
}

TEST(EscposRender, AnyTextComesBackAsThePrinterCanPrintIt) {
    std::mt19937 random(7);
    std::string pool =
        "牛奶 Milk×¥￥℃ñ🍎한𠮷e\u0301{}\x10\x04\x1B,.（）①Ω"
        "\xFF\xE6";
    std::vector<std::string> characters;
    for (std::string_view rest = pool; !rest.empty();) {
        domain::append_utf8(characters.emplace_back(), domain::take_code_point(rest));
    }
    for (int round = 0; round < 300; ++round) {
        domain::Receipt receipt = tests::full_receipt();
        receipt.items[0].name.clear();
        for (auto length = random() % 60; length > 0; --length)
            receipt.items[0].name += characters[random() % characters.size()];
        receipt.shop_name = receipt.items[0].saved_words = receipt.items[0].name;
        auto lines = domain::layout(receipt, paper_columns);
        EXPECT_EQ(plain_text(encode(lines)),
                  as_printable(domain::plain_text(lines, paper_columns)));
    }
}

// Vectors: devices.md section 4, what other programs send.
TEST(EscposRender, ReadsReceiptline) {
    EXPECT_EQ(plain_text("\x1B@\x1D\x61\x00\x1BM\x00\x1D!\x11\x1B{\x00\x1C.\x1B\x61\x00\x1B!\x30"
                         "\x1Bt\x00\x1C&\xB2\xE2\xCA\xD4\xB3\xAC\xCA\xD0\n\x1B!\x00\x1C&\xCF\xE3"
                         "\xBD\xB6 1.234kg \xA3\xA4"
                         "9.80\n\x1DVB\x00\x1Dr1"s),
              "测试超市\n香蕉 1.234kg ￥9.80\n[CUT]\n");
}

TEST(EscposRender, ReadsThePointOfSaleEncoder) {
    EXPECT_EQ(plain_text("\x1B@\x1C.\x1BM\x00\x1Bt\x00hi\n\r"
                         "\x1D(k\x04\x00\x31\x41\x32\x00\x1D(k\x03\x00\x31\x43\x06\x1D(k\x03\x00"
                         "1E1\x1D(k\x11\x00\x31P0https://a.cn/1\x1D(k\x03\x00\x31Q0\n\r"
                         "\x1Dh\x3C\x1Dw\x03\x1DH\x00\x1Dk\x02"
                         "6901234567892\x00\x1Bp\x00\x32\xFA\x1DV\x01"s),
              "hi\n[QR https://a.cn/1]\n\n[EAN13 6901234567892]\n[DRAWER]\n[CUT]\n");
}

// Vector: node-thermal-printer sends bare pulses, and a real printer eats what follows them.
TEST(EscposRender, ATruncatedPulseSwallowsTheNextTwoBytes) {
    EXPECT_EQ(plain_text("\x1BR\x0F\xCF\xE3\n\x1Bp\x00\x1Bp\x01\x1DV\x00"s),
              "香\n[DRAWER]\n[CUT]\n");
    EXPECT_EQ(plain_text("\x1Bp\x00\x1DV\x00"s), "[DRAWER]\n");
    EXPECT_EQ(plain_text("a\x1Bp\x00"s), "a\n[TRUNCATED 1B 70 00]\n");
    EXPECT_EQ(plain_text("\x1Bp"s), "[TRUNCATED 1B 70]\n");
    EXPECT_EQ(plain_text("\x1Bp\x01\x19\xFA"s), "[DRAWER 5]\n");
}

TEST(EscposRender, AJobCutAtAnyByteEndsQuietly) {
    std::string job = encode(domain::layout(tests::full_receipt(), paper_columns));
    for (std::size_t size = 0; size < job.size(); ++size)
        EXPECT_LE(plain_text(std::string_view(job).substr(0, size)).size(), 8 * job.size());
}

TEST(EscposRender, LeavesStatusQuestionsOut) {
    EXPECT_EQ(plain_text("\x10\x04\x02\x10\x04\x04hi\x10\x04\x01\n"s), "hi\n");
    EXPECT_EQ(plain_text("\x10\x14\x01\x00\x02"s), "[DRAWER]\n");
}

TEST(EscposRender, WrapsAtTheEdgeOfThePaper) {
    EXPECT_EQ(plain_text(std::string(50, 'a') + "\n"), std::string(48, 'a') + "\naa\n");
    EXPECT_EQ(plain_text("\x1D!\x10" + std::string(25, 'a')), std::string(24, 'a') + "\na\n");
}

TEST(EscposRender, NamesWhatItDoesNotKnow) {
    EXPECT_EQ(plain_text("a\x1B\x99z\n"), "a\n[UNKNOWN 1B 99]\nz\n");
    EXPECT_EQ(plain_text("\x1Dv0\x00\x01\x00\x02\x00\xFF\xFFz\n"s), "[IMAGE 8x2]\nz\n");
    EXPECT_EQ(plain_text("\x81\x30\x81\x30\xFF\x1B@x\n"), "\uFFFD\uFFFD\uFFFD\nx\n");
}

TEST(EscposRender, DrawsAPng) {
    tests::TempDir folder;
    auto png = folder / "receipt.png";
    auto drawn = render_png(encode(domain::layout(tests::full_receipt(), 48)), png);
    ASSERT_TRUE(drawn) << drawn.error().detail;
    std::ifstream file(png, std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(file), {});
    EXPECT_EQ(bytes.substr(0, 8), "\x89PNG\r\n\x1A\n");
    EXPECT_EQ(bytes.substr(16, 4), "\x00\x00\x02\x70"s);  // 576 dots and the margins
}

}  // namespace
}  // namespace fangxin::drivers
