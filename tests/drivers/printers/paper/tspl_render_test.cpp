#include "drivers/printers/paper/tspl_render.hpp"

#include "drivers/pictures/decoder.hpp"
#include "drivers/printers/tspl.hpp"
#include "drivers/scanners/scan_form.hpp"
#include "tests/support/paper_reader.hpp"
#include "tests/support/temp_dir.hpp"

#include <cstdio>
#include <gtest/gtest.h>
#include <span>
#include <sstream>
#include <string>

namespace fangxin::drivers {
namespace {

using namespace std::literals;

ShelfLabel milk() {
    ShelfLabel label{.name = "有机纯牛奶 250ml×12", .price_fen = 6990, .unit = "箱"};
    label.specification = "250ml×12";
    label.origin = "内蒙古";
    label.unit_price = UnitPrice{2330, "L"};
    label.code = "6901234567892";
    return label;
}

CaseLabel box() {
    CaseLabel label{.name = "有机纯牛奶", .specification = "250ml×12", .gtin = "16901234567899"};
    label.lot = "20261101A";
    label.production = domain::make_date(2026, 11, 1);
    label.expiry = domain::make_date(2027, 5, 1);
    label.pieces = 12;
    label.supplier = "放心乳业";
    return label;
}

template <class L>
std::string printed(const L& label, int copies = 1, const LabelMedia& media = {}) {
    auto bytes = encode_label(label, media, copies);
    return bytes ? plain_labels(*bytes) : bytes.error().detail;
}

class Picture {
  public:
    explicit Picture(std::string_view job) : path(folder_ / "label.png") {
        auto drawn = render_labels(job, path);
        EXPECT_TRUE(drawn) << drawn.error().code << ' ' << drawn.error().detail;
    }

  private:
    tests::TempDir folder_;

  public:
    std::string path;
};

TEST(Tspl, AShelfLabelSaysPriceAndPricePerUnit) {
    EXPECT_EQ(printed(milk(), 2),
              "有机纯牛奶 250ml×12\n250ml×12  产地 内蒙古\n￥69.90\n/箱\n单价\n￥23.30/L\n"
              "[EAN13 6901234567892]\n[PRINT 2]\n");
}

TEST(Tspl, ReducedGoodsSayBothPricesAndTheirExpiry) {
    ShelfLabel label = milk();
    label.before_fen = 6990;
    label.price_fen = 3495;
    label.expiry = domain::make_date(2026, 11, 30);
    std::string text = printed(label);
    for (auto words :
         {"￥34.95\n", "临期特价\n[REVERSE]\n", "原价 ￥69.90\n[BAR]\n", "到期 2026-11-30\n"})
        EXPECT_NE(text.find(words), std::string::npos) << words << " in\n" << text;
}

TEST(Tspl, ACaseLabelCarriesItsLotAndDates) {
    EXPECT_EQ(printed(box(), 1, {.width_mm = 80, .height_mm = 60}),
              "有机纯牛奶\n规格 250ml×12\n批号 20261101A\n生产 2026-11-01\n到期 2027-05-01\n"
              "数量 12\n供应商 放心乳业\nGTIN 16901234567899\n"
              "[DATAMATRIX ~101169012345678991126110117270501"
              "1020261101A]\n[PRINT 1]\n");
}

TEST(Tspl, WhatIsWrongOnALabelIsNotPrinted) {
    auto shelf = [](auto change) {
        ShelfLabel label = milk();
        change(label);
        return printed(label);
    };
    EXPECT_EQ(shelf([](auto& label) { label.name = "\n"; }), "name: empty");
    EXPECT_EQ(shelf([](auto& label) { label.price_fen = -1; }), "price: below 0");
    EXPECT_EQ(shelf([](auto& label) { label.before_fen = 6990; }),
              "price before: not above the price");
    EXPECT_EQ(shelf([](auto& label) { label.code = "6901234567890"; }),
              "code: its check digit does not hold");
    EXPECT_EQ(shelf([](auto& label) { label.code = ""; }), "code: 1..24 characters of ASCII");
    EXPECT_EQ(printed(milk(), 0), "copies: 1..999");
    EXPECT_EQ(printed(milk(), 1, {.width_mm = 10}), "width: 30..104 mm");
    auto carton = [](auto change) {
        CaseLabel label = box();
        change(label);
        return printed(label, 1, {.width_mm = 80, .height_mm = 60});
    };
    EXPECT_EQ(carton([](auto& label) { label.gtin = "6901234567892"; }), "gtin: 14 digits");
    EXPECT_EQ(carton([](auto& label) { label.gtin.back() = '0'; }),
              "gtin: its check digit does not hold");
    EXPECT_EQ(carton([](auto& label) { label.lot = "批号"; }),
              "lot: 1..20 characters that GS1 allows");
    EXPECT_EQ(carton([](auto& label) { label.lot = "A~1"; }),
              "lot: 1..20 characters that GS1 allows");
    EXPECT_EQ(carton([](auto& label) { label.expiry = domain::make_date(2026, 1, 1); }),
              "expiry: before the production");
}

/// What a command covers, in dots of an 8-dot head.
struct Covered {
    std::string what;
    int left, top, right, bottom;
};

std::vector<Covered> covered_by(const std::string& job) {
    std::vector<Covered> all;
    std::istringstream lines(job);
    for (std::string line; std::getline(lines, line);) {
        int x = 0, y = 0, a = 0, b = 0;
        const auto quoted = line.substr(0, line.rfind('"'));
        const std::string words =
            quoted.substr(quoted.rfind('"') + 1);  // GB18030: two columns each
        if (std::sscanf(line.c_str(), "TEXT %d,%d,\"TSS24.BF2\",0,%d", &x, &y, &a) == 3) {
            const int wide = static_cast<int>(words.size()) * 12 * a;
            all.push_back({line, x, y, x + wide, y + 24 * a});
        } else if (std::sscanf(line.c_str(), "BARCODE %d,%d,\"EAN13\",%d", &x, &y, &a) == 3) {
            all.push_back({line, x, y, x + 190, y + a + 24});
        } else if (std::sscanf(line.c_str(), "DMATRIX %d,%d,%d,%d", &x, &y, &a, &b) == 4) {
            all.push_back({line, x, y, x + a, y + b});
        }
    }
    return all;
}

/// What lies over something else or beyond the edge; empty: all is in its place.
std::string overprinted(const std::string& job, const LabelMedia& media) {
    const auto all = covered_by(job);
    for (const Covered& one : all) {
        if (one.right > media.width_mm * 8 || one.bottom > media.height_mm * 8) {
            return one.what + " is beyond the edge";
        }
        for (const Covered& other : all) {
            const bool apart = one.right <= other.left || other.right <= one.left ||
                               one.bottom <= other.top || other.bottom <= one.top;
            if (&one != &other && !apart) return one.what + " over " + other.what;
        }
    }
    return {};
}

template <class L>
int fitting(const L& label, const std::string& code) {
    int fitted = 0;
    for (int width = 30; width <= 80; width += 5) {
        for (int height = 20; height <= 60; height += 5) {
            const LabelMedia media{.width_mm = width, .height_mm = height};
            auto job = encode_label(label, media, 1);
            if (!job) {
                EXPECT_EQ(job.error().code, "bad_label");
                continue;
            }
            ++fitted;
            EXPECT_EQ(overprinted(*job, media), "") << width << "x" << height;
            if (height > 30 && width > 40) continue;  // reading takes its time
            auto read = Decoder().decode_file(Picture(*job).path);
            EXPECT_TRUE(read && read->text.find(code) != std::string::npos)
                << width << "x" << height;
        }
    }
    return fitted;
}

// On media of 25 mm the price lay over the bar code.
TEST(Tspl, NothingLiesOverAnythingElseOnSmallMedia) {
    ShelfLabel reduced = milk();
    reduced.before_fen = 6990;
    reduced.price_fen = 3495;
    reduced.expiry = domain::make_date(2026, 11, 30);
    ShelfLabel plain = milk();
    plain.unit_price.reset();
    EXPECT_EQ(fitting(plain, plain.code), 99);
    EXPECT_EQ(fitting(milk(), milk().code), 63);
    EXPECT_EQ(fitting(reduced, reduced.code), 49);
    EXPECT_EQ(fitting(box(), box().lot), 45);
    EXPECT_EQ(printed(milk(), 1, {.width_mm = 30}), "width: too narrow for the unit price");
    EXPECT_EQ(printed(reduced, 1, {.height_mm = 25}),
              "height: too low for all that is to be printed");
    EXPECT_EQ(printed(box(), 1, {.width_mm = 40}), "width: too narrow for lot, dates and GTIN");
    ShelfLabel coded = milk();
    coded.code = "ABCDEFGHIJKLMNOPQRSTUVWX";
    EXPECT_EQ(printed(coded), "code: too wide for the label");
}

// SALE-1
TEST(Tspl, TheLabelThatScannersAreSetUpByIsWhatTheyLearnFrom) {
    auto job =
        encode_label(ScannerLabel{.title = "扫码枪", .elements = std::string(learn_label)}, {}, 1);
    ASSERT_TRUE(job) << job.error().detail;
    auto read = Decoder().decode_file(Picture(*job).path);
    ASSERT_TRUE(read);
    auto form = learn_scan_form(read->as_scanned());
    ASSERT_TRUE(form) << form.error().code << ' ' << read->as_scanned();
    EXPECT_EQ(form->separator, "\x1d");
}

TEST(Tspl, NoTextCanEndItsLineOrItsQuotes) {
    EXPECT_EQ(tspl_text("7\" Pfanne"), "7\\[\"] Pfanne");
    EXPECT_EQ(tspl_text("a\r\nPRINT 9\x1B!?"), "aPRINT 9!?");
    ShelfLabel label = milk();
    label.name = "平底锅 7\",0,1,1,\"x\r\nPRINT 99";
    std::string text = printed(label);
    EXPECT_TRUE(text.starts_with("平底锅 7\",0,1,1,\"x\nPRINT 99\n250ml")) << text;
    EXPECT_EQ(text.find("[PRINT"), text.find("[PRINT 1]\n"));
    CaseLabel quoted = box();
    quoted.lot = "A\"B";
    EXPECT_NE(printed(quoted, 1, {.width_mm = 80, .height_mm = 60}).find("10A\"B]"),
              std::string::npos);
}

// RECV-8
TEST(Tspl, OurOwnTillReadsTheCaseLabel) {
    Picture picture(*encode_label(box(), {.width_mm = 80, .height_mm = 60}, 1));
    // The code as it lies before a camera, in the middle.
    tests::GreyPicture code = tests::read_grey(picture.path).part(474, 42, 150);
    Decoder decoder;
    auto read = decoder.decode_frame({150, 150, std::as_bytes(std::span(code.dots))});
    ASSERT_TRUE(read) << read.error().code;
    EXPECT_EQ(read->format, "datamatrix");
    EXPECT_EQ(read->as_scanned(), "]d2011690123456789911261101172705011020261101A");
}

TEST(Tspl, AnotherProgramReadsTheShelfLabel) {
    Picture picture(*encode_label(milk(), {}, 1));
    EXPECT_EQ(tests::codes_on(picture.path), "EAN-13:6901234567892\n");
    std::string words = tests::words_on(picture.path);
    EXPECT_NE(words.find("有机纯牛奶"), std::string::npos) << words;
    EXPECT_NE(words.find("内蒙古"), std::string::npos) << words;
}

TEST(Tspl, TheRendererUnderstandsWhatOthersSend) {
    EXPECT_EQ(plain_labels("SIZE 58 mm,40 mm\r\nGAP 3,0\r\nCLS\r\nTEXT 50,50,\"3\",0,1,1,\"Hi\"\r\n"
                           "BARCODE 50,150,\"128\",60,1,0,2,2,\"12345678\"\r\n"
                           "QRCODE 250,50,H,4,A,0,\"https://example.com\"\r\n"
                           "BOX 40,40,450,250,2\r\nBITMAP 0,0,1,2,0,\x0D\x0A\r\nFOO 1\r\n"
                           "PRINT 2,3\r\n"),
              "Hi\n[CODE128 12345678]\n[QR https://example.com]\n[BOX]\n[IMAGE 8x2]\n"
              "[UNKNOWN FOO]\n[PRINT 6]\n");
    EXPECT_EQ(plain_labels("TEXT 1,2\r\nPRINT 1"), "[BAD TEXT]\n[TRUNCATED PRINT 1]\n");
    EXPECT_EQ(plain_labels("DMATRIX 1,1,9,9,\"\"\n"), "[DATAMATRIX ]\n[BAD CODE no data]\n");
    EXPECT_EQ(plain_labels("\x1B!?PRINT 1\n~!T"), "[PRINT 1]\n");
}

TEST(Tspl, RotatedTextAndCodesAreReadable) {
    for (auto degrees : {"0", "90", "180", "270"}) {
        std::string job = "SIZE 80 mm,80 mm\nCLS\nBARCODE 320,320,\"EAN13\",80,0,"s + degrees +
                          ",2,2,\"690123456789\"\nQRCODE 60,60,M,4,A,0,\"" + degrees +
                          "\"\nPRINT 1\n";
        EXPECT_EQ(tests::codes_on(Picture(job).path),
                  "EAN-13:6901234567892\nQR-Code:"s + degrees + "\n");
    }
}

TEST(Tspl, AJobCutAtAnyByteEndsQuietly) {
    std::string job = *encode_label(box(), {.width_mm = 80, .height_mm = 60}, 1);
    for (std::size_t size = 0; size < job.size(); ++size)
        EXPECT_LE(plain_labels(job.substr(0, size)).size(), 4 * job.size());
}

}  // namespace
}  // namespace fangxin::drivers
