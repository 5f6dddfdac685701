// Receipts and questions of other programs (tests/captures/printers): npm's receiptline, point of
// sale encoder, node-thermal-printer and receiptio.
#include "drivers/printers/paper/escpos_render.hpp"
#include "drivers/printers/paper/receipt_image.hpp"
#include "drivers/transports/virtual_printer.hpp"
#include "tests/support/capture.hpp"
#include "tests/support/paper_reader.hpp"
#include "tests/support/temp_dir.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>

namespace fangxin::drivers {
namespace {

std::string printed(const std::string& name) {
    std::string text = "\n" + plain_text(tests::capture("printers/" + name));
    // Blanks at the ends of lines say nothing.
    for (std::size_t at; (at = text.find(" \n")) != std::string::npos;)
        text.erase(at, 1);
    return text;
}

class Picture {
  public:
    explicit Picture(const std::string& name) : path(folder_ / "paper.png") {
        auto drawn = render_png(tests::capture("printers/" + name), path);
        EXPECT_TRUE(drawn) << drawn.error().code << ' ' << drawn.error().detail;
    }

  private:
    tests::TempDir folder_;

  public:
    std::string path;
};

TEST(OtherPrograms, ReceiptlinesReceipt) {
    EXPECT_EQ(printed("receiptline_escpos.hex"), R"(
[IMAGE 64x32]
                测试超市
                      重 印
                        香蕉  1.234kg ￥9.80
            有机纯牛奶 250ml    ×2   ￥139.80
────────────────────────────────────────────────
                        合计￥149
                            .60
[EAN13 6901234567892]
[CODE128 FX003010000128K]
[ITF 20261123]
[IMAGE 116x116]
          谢谢惠顾
[CUT]
)");
    EXPECT_EQ(printed("receiptline_impact.hex"), R"(
                   [IMAGE 128x24]
                   [IMAGE 128x24]
                   [IMAGE 128x24]
                   [IMAGE 128x24]
             测试超市
                   重 印
                  香蕉  1.234kg ￥9.80
      有机纯牛奶 250ml    ×2   ￥139.80
晻晻晻晻晻晻晻晻晻晻晻晻晻晻晻晻晻晻晻晻晻
                  合计￥149
                      .60
       谢谢惠顾
[CUT]
)");
}

TEST(OtherPrograms, ReceiptlinesGenericReceiptDiffersInThePictureOfTheQrCodeAlone) {
    std::string generic = printed("receiptline_generic.hex");
    std::size_t at = generic.find("[IMAGE 120x116]");  // whole bytes
    ASSERT_NE(at, std::string::npos);
    EXPECT_EQ(generic.replace(at, 15, "[IMAGE 116x116]"), printed("receiptline_escpos.hex"));
}

TEST(OtherPrograms, ThePointOfSaleEncodersReceipt) {
    const std::string below_the_logo = R"(
测试超市
POS receipt
underlined
inverted
BIG
香蕉                1.234kg              ￥9.80
────────────────────────────────────────────────
[EAN13 6901234567892]

[EAN8 69012341]

[UPCA 036000291452]

[CODE39 FX-12]

[CODE128 FX003010000128K]

[QR https://a.cn/1]

[DRAWER]

[CUT]

)";
    EXPECT_EQ(printed("pos_encoder_raster.hex"), "\n[IMAGE 64x32]\n" + below_the_logo);
    EXPECT_EQ(printed("pos_encoder_column.hex"), R"(
                     [IMAGE 64x24]
                     [IMAGE 64x24]
)" + below_the_logo);
}

TEST(OtherPrograms, NodeThermalPrintersReceipt) {
    EXPECT_EQ(printed("node_thermal_printer.hex"), R"(
[IMAGE 64x32]
                测试超市
粗体
下划线
反白
香蕉 1.234kg                                  9.
80
------------------------------------------------
[CODE128 FX003010000128K]
[EAN13 6901234567892]
[QR https://a.cn/1]









[CUT]
[DRAWER]
)");
}

TEST(OtherPrograms, AnotherProgramReadsTheirCodesOffOurPaper) {
    for (auto name : {"receiptline_escpos.hex", "receiptline_generic.hex"}) {
        EXPECT_EQ(tests::codes_on(Picture(name).path),
                  "CODE-128:FX003010000128K\nEAN-13:6901234567892\nI2/5:20261123\n"
                  "QR-Code:https://fp.example.cn/i?n=1\n");
    }
    for (auto name : {"pos_encoder_raster.hex", "pos_encoder_column.hex"}) {
        EXPECT_EQ(tests::codes_on(Picture(name).path),
                  "CODE-128:FX003010000128K\nCODE-39:FX-12\nEAN-13:0036000291452\n"
                  "EAN-13:6901234567892\nEAN-8:69012341\nQR-Code:https://a.cn/1\n");
    }
    EXPECT_EQ(tests::codes_on(Picture("node_thermal_printer.hex").path),
              "CODE-128:FX003010000128K\nEAN-13:6901234567892\nQR-Code:https://a.cn/1\n");
}

TEST(OtherPrograms, AnotherProgramReadsTheirChineseOffOurPaper) {
    for (auto name : {"receiptline_escpos.hex", "receiptline_generic.hex", "receiptline_impact.hex",
                      "pos_encoder_raster.hex", "pos_encoder_column.hex"}) {
        EXPECT_NE(tests::words_on(Picture(name).path).find("测试超市"), std::string::npos) << name;
    }
    EXPECT_NE(tests::words_on(Picture("receiptline_generic.hex").path).find("有机纯牛奶"),
              std::string::npos);
    std::string words = tests::words_on(Picture("node_thermal_printer.hex").path);
    EXPECT_NE(words.find("下划线"), std::string::npos) << words;
}

TEST(OtherPrograms, AReceiptCutAtAnyByteEndsQuietly) {
    for (auto name : {"receiptline_generic.hex", "pos_encoder_column.hex"}) {
        std::string job = tests::capture(std::string("printers/") + name);
        for (std::size_t size = 0; size < job.size(); ++size)
            EXPECT_LE(plain_text(std::string_view(job).substr(0, size)).size(), 8 * job.size());
    }
}

/// `00*8192` in a conversation stands for as many bytes.
std::string bytes_of(const std::string& hex) {
    std::string bytes;
    std::istringstream words(hex);
    for (std::string word; words >> word;) {
        std::size_t star = word.find('*');
        bytes += star == std::string::npos ? tests::from_hex(word)
                                           : std::string(std::stoul(word.substr(star + 1)), '\0');
    }
    return bytes;
}

/// What receiptio makes of an answer to `10 04 02`, by its own documented rules.
std::string receiptio_says(const std::string& answer) {
    if (answer.empty()) return "offline";
    int byte = static_cast<unsigned char>(answer[0]);
    if ((byte & 0x97) == 0x16) return "coveropen";
    if ((byte & 0xB3) == 0x32) return "paperempty";
    if ((byte & 0xD3) == 0x52) return "error";
    return "online";
}

/// A recorded conversation over again: each line's answer must be the one that was recorded.
void converse(const std::string& file) {
    std::ifstream lines(std::string(FANGXIN_SOURCE_DIR) + "/tests/captures/printers/" + file);
    std::optional<VirtualConversation> printer;
    std::string said;
    std::string what;
    int answers = 0;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("#")) continue;
        if (line.starts_with("> ")) {
            said = printer->feed(bytes_of(line.substr(2)));
            bool mute = what == "silent" || line.starts_with("> 10 05");
            EXPECT_TRUE(!mute || said.empty());
        } else if (line.starts_with("< ")) {
            EXPECT_EQ(said, bytes_of(line.substr(2))) << file << ' ' << what;
            ++answers;
        } else {
            std::size_t blank = line.find(' ');
            what = line.substr(0, blank);
            printer.emplace(*parse_virtual_status(what));
            if (file != "receiptio_status.txt") continue;
            VirtualConversation first(*parse_virtual_status(what));
            EXPECT_EQ(receiptio_says(first.feed("\x10\x04\x02")), line.substr(blank + 1)) << what;
            EXPECT_FALSE(first.is_job());
        }
    }
    EXPECT_GE(answers, 3);
}

TEST(OtherPrograms, ReceiptioReadsOurPrintersStatus) { converse("receiptio_status.txt"); }

TEST(OtherPrograms, ReceiptioPrintsOnOurPrinter) { converse("receiptio_print.txt"); }

}  // namespace
}  // namespace fangxin::drivers
