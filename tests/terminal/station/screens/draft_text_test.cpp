#include "terminal/station/screens/draft_text.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

TEST(DraftText, ATextOfSeveralLinesComesBackFromOne) {
    for (const char* text : {"", "牛奶有异味", "一\n二", "\\n", "a\\", "\\\\\n"}) {
        const std::string line = in_one_line(text);
        EXPECT_EQ(line.find('\n'), line.npos) << text;
        EXPECT_EQ(from_one_line(line), text);
    }
}

TEST(DraftText, ATornLineIsReadAsFarAsItGoes) { EXPECT_EQ(from_one_line("ab\\"), "ab\\"); }

}  // namespace
}  // namespace fangxin::terminal
