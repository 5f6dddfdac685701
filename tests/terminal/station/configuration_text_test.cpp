#include "terminal/station/configuration_text.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

// FAULT-2: what everybody may read has nobody's password in it.
TEST(AConfiguration, IsShownWithoutRemarksAndSecrets) {
    EXPECT_EQ(shown_configuration("# the router's password is 1234\n"
                                  "[scale]\r\n"
                                  "port = \"/dev/ttyS0\"   # was ttyS1\n"
                                  "\n"
                                  "logo = \"/shop/#1.png\"\n"
                                  "drawer_pin = \"two\"\n"),
              "[scale]\nport = \"/dev/ttyS0\"\nlogo = \"/shop/#1.png\"\ndrawer_pin = \"two\"\n");
    EXPECT_EQ(shown_configuration("password = \"abc def\"\nPIN = 1234\n"),
              "password = …\nPIN = …\n");
    EXPECT_EQ(
        shown_configuration("source = \"rtspsrc location=rtsp://a:b@cam/1 user-pw=geheim x=1\"\n"),
        "source = \"rtspsrc location=rtsp://…@cam/1 user-pw=…\"\n");
    EXPECT_EQ(shown_configuration("x = \"131234567890123456\"\n"), "x = \"…\"\n");
    EXPECT_EQ(shown_configuration("port = \"usb:0eb8:f000:123456789012345\"\n"),
              "port = \"usb:0eb8:f000:123456789012345\"\n");
}

// FAULT-2: however a password is written.
TEST(AConfiguration, HidesASecretInEveryWayOfWritingIt) {
    EXPECT_EQ(shown_configuration("\"password\"\t=\t\"a\"\n'user-pw' = 'b'\n"),
              "\"password\"\t= …\n'user-pw' = …\n");
    EXPECT_EQ(shown_configuration("token = \"\"\"\nfirst\nsecond\"\"\"\nport = 1\n"),
              "token = …\nport = 1\n");
    EXPECT_EQ(shown_configuration("x = \"rtsp://u:p/w@cam/1\"\ny = \"rtsp://u:p@ss@cam/1\"\n"),
              "x = \"rtsp://…@cam/1\"\ny = \"rtsp://…@cam/1\"\n");
    EXPECT_EQ(shown_configuration("x = \"a location=http://cam/?pwd=1&n=2 ! b\"\n"),
              "x = \"a location=http://cam/?pwd=…\"\n");
}

// FAULT-2
TEST(AConfiguration, HidesASecretWithinAText) {
    EXPECT_EQ(shown_configuration(R"(password = "ab\"cd ef")"), "password = …\n");
    EXPECT_EQ(shown_configuration(R"(x = "rtspsrc user-pw=\"geheim wort\" ! fakesink")"),
              "x = \"rtspsrc user-pw=…\"\n");
    for (const char* name : {"proxy-pw", "passphrase", "pass", "stream-key", "Authorization"})
        EXPECT_EQ(shown_configuration("x = 'a=1 " + std::string(name) + "=b c=d'\n"),
                  "x = 'a=1 " + std::string(name) + "=…'\n");
    EXPECT_EQ(shown_configuration("x = {user = \"a\", pass = \"b\", c = 1}\ny = [[\"a\"]]\n"),
              "x = {user = \"a\", pass = …\ny = [[\"a\"]]\n");
    EXPECT_EQ(shown_configuration("passwords = [[\"a]b\"],\n[\"c\"]]\ny = 1\n"),
              "passwords = …\ny = 1\n");
    EXPECT_EQ(shown_configuration("\"pin of it\" = 1\nz = \"\"\"a\"\"\"\" # remark\n"),
              "\"pin of it\" = …\nz = \"\"\"a\"\"\"\"\n");
    EXPECT_EQ(shown_configuration("x = \"\"\"a # is none\n\"\"\" # the password is 1234\ny = 1\n"),
              "x = \"\"\"a # is none\n\"\"\"\ny = 1\n");
    EXPECT_EQ(shown_configuration("tokens = [\"a\", \"b\"]\ny = 1\n"), "tokens = …\ny = 1\n");
    EXPECT_EQ(shown_configuration("x = \"unfinished\n# remark\ny = 1"),
              "x = \"unfinished\ny = 1\n");
}

TEST(AConfiguration, IsBounded) {
    std::string file;
    for (int i = 0; i < 5'000; ++i)
        file += "a = 1\n";
    EXPECT_LE(shown_configuration(file).size(), longest_configuration + 4);
    EXPECT_EQ(shown_configuration("key = \"unfinished"), "key = …\n");
}

}  // namespace
}  // namespace fangxin::terminal
