#include "drivers/printers/paper/receipt_image.hpp"

#include "drivers/printers/escpos.hpp"
#include "tests/support/paper_reader.hpp"
#include "tests/support/receipts.hpp"
#include "tests/support/temp_dir.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>
#include <vector>

namespace fangxin::drivers {
namespace {

using namespace std::literals;

/// A picture's black dots: `height()` rows of `#` and `.`.
std::vector<std::string> dots(const std::string& path) {
    tests::GreyPicture picture = tests::read_grey(path);
    std::vector<std::string> rows(picture.height);
    for (std::size_t at = 0; at < picture.dots.size(); ++at)
        rows[at / picture.width] += picture.dots[at] < 128 ? '#' : '.';
    return rows;
}

class Paper {
  public:
    /// The picture of a job.
    std::string print(std::string_view job) {
        std::string path = folder_ / "paper.png";
        auto drawn = render_png(job, path);
        EXPECT_TRUE(drawn) << drawn.error().code << ' ' << drawn.error().detail;
        return path;
    }
    std::string file(const std::string& name) { return folder_ / name; }

  private:
    tests::TempDir folder_;
};

/// Where the ink of a picture lies: columns from the paper's left edge, first and behind the last.
std::string extent(const std::vector<std::string>& rows) {
    std::size_t first = 10000;
    std::size_t last = 0;
    for (const std::string& row : rows) {
        first = std::min(first, row.find('#'));
        if (auto end = row.rfind('#'); end != std::string::npos) last = std::max(last, end + 1);
    }
    return fmt::format("{}..{}", first - 24, last - 24);
}

TEST(ReceiptImage, APictureLiesWhereThePrinterPutsIt) {
    Paper paper;
    std::string four = "\x1Dv0\x00\x01\x00\x02\x00\xF0\x0F"s;
    auto rows = dots(paper.print(four));
    EXPECT_EQ(rows[24].substr(24, 8), "####....");
    EXPECT_EQ(rows[25].substr(24, 8), "....####");
    EXPECT_EQ(extent(dots(paper.print("\x1B\x61\x01" + four))), "284..292");
    EXPECT_EQ(extent(dots(paper.print("\x1B\x61\x02" + four))), "568..576");
    four[3] = '\x03';  // both sizes doubled
    EXPECT_EQ(extent(dots(paper.print(four))), "0..16");
}

TEST(ReceiptImage, ColumnsAndStoredPicturesAreTheSameDots) {
    Paper paper;
    auto raster = dots(paper.print("\x1Dv0\x00\x01\x00\x02\x00\x80\x40"s));
    for (const std::string& job :
         {"\x1D(L\x0C\x00\x30\x70\x30\x01\x01\x31\x08\x00\x02\x00\x80\x40\x1D(L\x02\x00\x30\x32"s,
          "\x1D"
          "8L\x0C\x00\x00\x00\x30\x70\x30\x01\x01\x31\x08\x00\x02\x00\x80\x40"
          "\x1D(L\x02\x00\x30\x02"s,
          "\x1D(L\x0D\x00\x30\x53\x30G1\x01\x08\x00\x02\x00\x31\x80\x40"
          "\x1D(L\x06\x00\x30\x55G1\x01\x01"s}) {
        EXPECT_EQ(dots(paper.print(job)), raster);
    }
    auto column = dots(paper.print("\x1B*\x21\x02\x00\x80\x00\x00\x40\x00\x00\x1B\x33\x00\n"s));
    EXPECT_EQ(column[24].substr(24, 3), "#..");
    EXPECT_EQ(column[25].substr(24, 3), ".#.");
    auto logo =
        dots(paper.print("\x1Cq\x01\x01\x00\x01\x00\x80\x40\x00\x00\x00\x00\x00\x00"
                         "\x1Cp\x01\x00"s));
    EXPECT_EQ(logo[24].substr(24, 3), "#..");
    EXPECT_EQ(logo[25].substr(24, 3), ".#.");
}

TEST(ReceiptImage, EveryColumnIsTwelveDotsAndAChineseOneTwentyFour) {
    Paper paper;
    auto bar = [&](const std::string& style, const std::string& text) {
        return extent(dots(paper.print(style + "\x1D\x42\x01" + text + "\n")));
    };
    EXPECT_EQ(bar("", "A"), "0..12");
    EXPECT_EQ(bar("", "\xD6\xD0"), "0..24");
    EXPECT_EQ(bar("\x1D!\x11", "\xD6\xD0"), "0..48");
    EXPECT_EQ(bar("\x1D!\x70", "A"), "0..96");
    EXPECT_EQ(bar("\x1B\x61\x02", "A\xD6\xD0"), "540..576");
    EXPECT_EQ(bar("\x1B\x4D\x01", "AB"), "0..18");
    EXPECT_EQ(bar("\x1B$\x64\x00"s, "A"), "100..112");
    EXPECT_EQ(bar("\x1DL\x40\x00"s, "A"), "64..76");
    EXPECT_EQ(bar("\x1B \x04", "AB"), "0..32");
}

TEST(ReceiptImage, AnUnderlineRunsUnderTheText) {
    Paper paper;
    auto rows = dots(paper.print("\x1B-\x02 \xD6\xD0 \n"));
    EXPECT_EQ(rows[24 + 22].substr(24, 48), std::string(48, '#'));
    EXPECT_EQ(rows[24 + 23].substr(24, 48), std::string(48, '#'));
    EXPECT_EQ(rows[24 + 24].substr(24, 48), std::string(48, '.'));
}

TEST(ReceiptImage, AnotherProgramReadsEveryCode) {
    Paper paper;
    std::string job =
        "\x1Dw\x02\x1Dh\x50"
        "\x1Dk\x43\x0D"
        "6901234567892\x1B\x64\x02"
        "\x1Dk\x03"
        "6901234\x00\x1B\x64\x02"
        "\x1Dk\x04"
        "FX-12\x00\x1B\x64\x02"
        "\x1Dk\x46\x0E"
        "16901234567899\x1B\x64\x02"
        "\x1Dk\x49\x08{BFx{C\x0C\x22\x1B\x64\x02"
        "\x1D(k\x03\x00\x31\x43\x06\x1D(k\x0D\x00\x31P0https://x\x1D(k\x03\x00\x31Q0\n"s;
    job.replace(job.find("https://x") - 6 + 1, 1, "\x0C");
    EXPECT_EQ(tests::codes_on(paper.print(job)),
              "CODE-128:Fx1234\nCODE-39:FX-12\nEAN-13:6901234567892\nEAN-8:69012341\n"
              "I2/5:16901234567899\nQR-Code:https://x\n");
}

TEST(ReceiptImage, ACodeWiderThanThePaperIsLeftOutAndSaid) {
    Paper paper;
    auto wide = dots(paper.print("\x1Dw\x06\x1Dk\x49\x0E{B012345678901\n"));
    auto none = dots(paper.print("\x1Dw\x06\n"));
    EXPECT_LT(wide.size(), none.size() + 162);
}

// SALE-7
TEST(ReceiptImage, OurReceiptIsReadByOthers) {
    Paper paper;
    auto receipt = tests::full_receipt();
    std::string picture = paper.print(encode(domain::layout(receipt, 48)));
    EXPECT_EQ(tests::codes_on(picture),
              "CODE-128:FX003010000128K\nQR-Code:https://fp.example.cn/i?n=FX003010000128K\n");
    std::string words = tests::words_on(picture);
    // Not 香蕉 alone in its line, nor what stands close above the bars: it misses those by itself.
    for (auto word : {"人民路188号", "小票号", "有机纯牛奶", "净重", "五香牛肉", "按标签金额",
                      "微信支付", "不含税", "投诉电话", "安全核验序号"})
        EXPECT_NE(words.find(word), std::string::npos) << word << " in\n" << words;
}

// SALE-7
TEST(ReceiptImage, APrinterWithoutChineseGetsTheSameReceiptDrawn) {
    Paper paper;
    auto lines = domain::layout(tests::full_receipt(), 48);
    std::string drawn = paper.print(encode(lines, {.mode = TextMode::raster}));
    std::string words = tests::words_on(drawn);
    for (auto word : {"人民路188号", "有机纯牛奶", "按标签金额", "投诉电话"})
        EXPECT_NE(words.find(word), std::string::npos) << word << " in\n" << words;
    EXPECT_EQ(tests::codes_on(drawn),
              "CODE-128:FX003010000128K\nQR-Code:https://fp.example.cn/i?n=FX003010000128K\n");
}

TEST(ReceiptImage, ADrawnLineHasTheColumnsOfOneThatIsText) {
    Paper paper;
    for (auto align : {domain::Align::left, domain::Align::center, domain::Align::right}) {
        for (bool large : {false, true}) {
            std::vector<domain::ReceiptLine> lines{
                domain::TextLine{"口口 1.234kg 口", align, large, false}};
            auto text = dots(paper.print(encode(lines)));
            auto drawn = dots(paper.print(encode(lines, {.mode = TextMode::raster})));
            EXPECT_EQ(extent(drawn), extent(text));
            EXPECT_EQ(drawn.size(), text.size());
        }
    }
}

TEST(ReceiptImage, DrawsNoMoreThanFourMetres) {
    tests::TempDir folder;
    std::string feeds;
    for (int at = 0; at < 10; ++at)
        feeds += "\x1B\x64\xFF";
    auto drawn = render_png(feeds, folder / "receipt.png");
    ASSERT_FALSE(drawn);
    EXPECT_EQ(drawn.error().code, "too_long");
}

}  // namespace
}  // namespace fangxin::drivers
