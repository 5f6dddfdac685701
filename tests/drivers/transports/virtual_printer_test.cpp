#include "drivers/transports/virtual_printer.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>

namespace fangxin::drivers {
namespace {

using namespace std::literals;

/// What it answers, in hex, and ` job` if it took more than questions; the same in every slicing.
std::string answers(std::string_view bytes, VirtualStatus status = VirtualStatus::ok,
                    VirtualLanguage language = VirtualLanguage::escpos) {
    std::string whole;
    for (std::size_t slice : {bytes.size(), std::size_t{1}, std::size_t{3}}) {
        VirtualConversation conversation(status, language);
        std::string text;
        for (std::size_t at = 0; at < bytes.size(); at += std::max<std::size_t>(slice, 1)) {
            for (unsigned char byte : conversation.feed(bytes.substr(at, slice)))
                text += fmt::format("{:02X}", byte);
        }
        if (conversation.is_job()) text += " job";
        if (slice != bytes.size()) {
            EXPECT_EQ(text, whole) << "slices of " << slice;
        }
        whole = text;
    }
    return whole;
}

TEST(VirtualPrinter, AnswersRealTimeQuestions) {
    EXPECT_EQ(answers("\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"), "12121212");
    EXPECT_EQ(answers("\x10\x04\x02", VirtualStatus::cover_open), "16");
    EXPECT_EQ(answers("\x10\x04\x02", VirtualStatus::paper_out), "32");
    EXPECT_EQ(answers("\x10\x04\x02", VirtualStatus::error), "52");
    EXPECT_EQ(answers("\x10\x04\x02", VirtualStatus::silent), "");
    EXPECT_EQ(answers("\x10\x04\x09"), "");
}

TEST(VirtualPrinter, AnswersAutomaticStatusAndIdentity) {
    EXPECT_EQ(answers("\x1B@\x1D\x61\xFF"), "1000000F");
    EXPECT_EQ(answers("\x1D\x61\x00"s), "");
    EXPECT_EQ(answers("\x1D\x61\xFF", VirtualStatus::paper_low), "1000030F");
    EXPECT_EQ(answers("\x1D\x61\xFF", VirtualStatus::cover_open), "3800000F");
    EXPECT_EQ(answers("\x1Dr1", VirtualStatus::paper_low), "03");
    EXPECT_EQ(answers("\x1DI\x43"), "5F5649525455414C2038304D4D00");
}

// A picture or a code may hold any bytes; only between commands do they ask.
TEST(VirtualPrinter, StatusBytesInsideAPictureAreDots) {
    EXPECT_EQ(answers("\x1Dv0\x00\x03\x00\x01\x00\x10\x04\x01\x10\x04\x02"s), "12 job");
    EXPECT_EQ(answers("\x1B*\x21\x01\x00\x10\x04\x01"s), " job");
    EXPECT_EQ(answers("\x1D(L\x0D\x00\x30\x70\x30\x01\x01\x31\x18\x00\x01\x00\x10\x04\x01"s),
              " job");
    EXPECT_EQ(answers("\x1D(k\x06\x00\x31P0\x10\x04\x01"s), " job");
    EXPECT_EQ(answers("\x1Dk\x49\x03\x10\x04\x01"), " job");
    EXPECT_EQ(answers("abc\x10\x04\x04"), "12 job");
}

TEST(VirtualPrinter, ALabelPrinterAnswersItsOwnQuestion) {
    auto ask = [](std::string_view bytes, VirtualStatus status) {
        return answers(bytes, status, VirtualLanguage::tspl);
    };
    EXPECT_EQ(ask("\x1B!?", VirtualStatus::ok), "00");
    EXPECT_EQ(ask("\x1B!?", VirtualStatus::paper_out), "04");
    EXPECT_EQ(ask("\x1B!?", VirtualStatus::cover_open), "01");
    EXPECT_EQ(ask("CLS\r\n\x1B!?PRINT 1\r\n", VirtualStatus::ok), "00 job");
    EXPECT_EQ(ask("BITMAP 0,0,3,1,0,\x1B!?\r\n", VirtualStatus::ok), " job");
    EXPECT_EQ(ask("\x10\x04\x01\n", VirtualStatus::ok), " job");
    // A quote that is never closed ends with its line.
    EXPECT_EQ(ask("BITMAP 0,\"1\r\n\x1B!?BOX 1,1,1,1,1\r\n", VirtualStatus::ok), "00 job");
}

}  // namespace
}  // namespace fangxin::drivers
