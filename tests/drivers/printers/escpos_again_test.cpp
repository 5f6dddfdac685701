#include "drivers/printers/escpos_again.hpp"

#include "drivers/printers/escpos.hpp"
#include "drivers/printers/paper/escpos_render.hpp"
#include "tests/support/receipts.hpp"

#include <gtest/gtest.h>
#include <string>

namespace fangxin::drivers {
namespace {

using namespace std::literals;

// SALE-7
TEST(EscposAgain, TheCopyIsTheJobWithAHeadAndWithoutThePulse) {
    std::string job = encode(domain::layout(tests::full_receipt(), paper_columns));
    std::string original = plain_text(job);
    ASSERT_TRUE(original.starts_with("[DRAWER]\n"));
    EXPECT_EQ(plain_text(printed_again(job)),
              "            *** 重印 ***\n"
              "            上一张未打完 以此张为准\n" +
                  original.substr("[DRAWER]\n"s.size()));
}

TEST(EscposAgain, APrinterWithoutChineseGetsItsHeadDrawn) {
    std::string job =
        encode(domain::layout(tests::full_receipt(), paper_columns), {.mode = TextMode::mixed});
    std::string copy = printed_again(job);
    EXPECT_TRUE(plain_text(copy).starts_with("[IMAGE ")) << plain_text(copy);
    EXPECT_EQ(copy.find("\x1C&"), std::string::npos);
    EXPECT_EQ(plain_text(copy).find("DRAWER"), std::string::npos);
}

TEST(EscposAgain, TheDrawerOpensBeforeAnythingIsOnPaper) {
    // A receipt that found no paper was printed later as a copy, and the drawer had never opened.
    std::string job = encode(domain::layout(tests::full_receipt(), paper_columns));
    std::string front = job.substr(0, before_paper(job));
    EXPECT_EQ(plain_text(front), "[DRAWER]\n");
    EXPECT_EQ(before_paper("SIZE 60 mm,40 mm\r\n"), 0U);
    EXPECT_EQ(before_paper(""), 0U);
    std::string slip = encode(std::vector<domain::ReceiptLine>{domain::TextLine{.text = "x"}});
    EXPECT_LT(before_paper(slip), slip.size());
}

TEST(EscposAgain, BytesOfAPictureAreNoPulse) {
    std::string picture = "\x1B@\x1Dv0\x00\x05\x00\x01\x00\x1Bp\x00\x10\x14"s;
    std::string copy = printed_again(picture);
    EXPECT_TRUE(copy.ends_with(picture.substr(2)));
}

TEST(EscposAgain, WhatIsNoReceiptStaysAsItIs) {
    EXPECT_EQ(printed_again("SIZE 60 mm,40 mm\r\n"), "SIZE 60 mm,40 mm\r\n");
    EXPECT_EQ(printed_again(""), "");
}

TEST(EscposAgain, AJobCutAtAnyByteStaysReadable) {
    std::string job = encode(domain::layout(tests::full_receipt(), paper_columns));
    for (std::size_t size = 0; size < job.size(); ++size)
        EXPECT_EQ(plain_text(printed_again(job.substr(0, size))).find("[DRAWER]"),
                  std::string::npos);
}

}  // namespace
}  // namespace fangxin::drivers
