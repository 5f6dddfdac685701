#include "drivers/scales/profile.hpp"

#include "tests/support/capture.hpp"
#include "tests/support/scale_capture.hpp"
#include "tests/support/temp_dir.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

namespace fangxin::drivers {
namespace {

using tests::from_hex;

constexpr std::string_view like_cas = R"(
words = "大华 ACS-15"
line = "9600 7o1"
ask = "\\x05"
answer_ms = 500
zero = "Z\\r"
stable_frames = 3
[[frame]]
bytes = "\\x01\\x02{[}{state}{sign}{mass:6}{unit:2}{xor}\\x03\\x04"
states = { S = "stable", U = "motion", F = "over" }
[[frame]]
bytes = "\\x06"
reply = "\\x11"
)";

class Profile : public ::testing::Test {
  protected:
    Result<ScaleDriver> read(std::string_view text) {
        std::ofstream(path_, std::ios::trunc) << text;
        return read_scale_profile(path_);
    }
    /// What is wrong with it, without the file's name.
    std::string wrong(std::string_view text) {
        auto driver = read(text);
        if (driver) return "nothing";
        const std::string& detail = driver.error().detail;
        return driver.error().code + detail.substr(std::min(path_.size(), detail.size()));
    }
    ~Profile() override { std::filesystem::remove(path_); }

    std::string path_ = ::testing::TempDir() + "scale-" + std::to_string(::getpid()) + ".toml";
};

TEST_F(Profile, DescribesAScaleThatNoManualDoes) {
    auto driver = read(like_cas);
    ASSERT_TRUE(driver) << driver.error().detail;
    EXPECT_EQ(driver->id, "profile:" + path_);
    EXPECT_EQ(driver->words, "大华 ACS-15");
    EXPECT_EQ(format_line_settings(driver->line), "9600 7o1");
    EXPECT_EQ(driver->ask + driver->zero, "\x05Z\r");
    EXPECT_EQ(driver->stable_frames, 3);
    const auto parser = driver->make();
    EXPECT_EQ(tests::readings_of(*parser, from_hex("01 02 53 20 30 31 2E 32 33 34 6B 67 65 03 04")),
              "stable 1234000 1234000 0\n");
    tests::readings_of(*parser, "\x06");
    EXPECT_EQ(parser->reply(), "\x11");
    EXPECT_EQ(scale_driver("profile:" + path_)->words, "大华 ACS-15");
}

TEST_F(Profile, KnowsDigitsWithoutAPointAndParity) {
    auto driver = read("decimals = 3\nseven_bits = true\n[[frame]]\nbytes = \"={mass:6}\\\\r\"\n");
    ASSERT_TRUE(driver) << driver.error().detail;
    EXPECT_EQ(tests::readings_of(*driver->make(), "=001234\r"), "stable 1234000 1234000 0\n");
    EXPECT_EQ(tests::readings_of(*driver->make(), from_hex("BD 30 30 B1 B2 33 B4 8D")),
              "stable 1234000 1234000 0\n");
}

TEST_F(Profile, SaysWhereItIsWrong) {
    EXPECT_TRUE(wrong("words = ").starts_with("bad_profile:1: ")) << wrong("words = ");
    EXPECT_EQ(wrong(""), "bad_profile: frame is needed, as [[frame]]");
    EXPECT_EQ(wrong("[[frame]]\n"), "bad_profile: frame 1: bytes a frame begins with something");
    EXPECT_EQ(wrong("[[frame]]\nbytes = \"{state}x\"\n"),
              "bad_profile: frame 1: states belongs to a {state} in the bytes, and the other way "
              "round");
    EXPECT_EQ(wrong("[[frame]]\nbytes = \"{state}x\"\nstates = { S = \"steady\" }\n"),
              "bad_profile: frame 1: states knows stable, motion, over, under, zero_error, fault");
    EXPECT_EQ(wrong("baud = 9600\n[[frame]]\nbytes = \"{mass}x\"\n"),
              "bad_profile: baud is not a key here");
    EXPECT_EQ(wrong("line = \"9600\"\n[[frame]]\nbytes = \"{mass}x\"\n"),
              "bad_profile: line is not like \"9600 8n1\"");
    EXPECT_EQ(wrong("ask = \"{mass}\"\n[[frame]]\nbytes = \"{mass}x\"\n"),
              "bad_profile: ask has fields, or an unknown escape");
    EXPECT_EQ(wrong("answer_ms = 1.5\n[[frame]]\nbytes = \"{mass}x\"\n"),
              "bad_profile: answer_ms must be an integer from 10 to 10000");
    EXPECT_EQ(read_scale_profile("/no/such/file.toml").error().code, "not_found");
    EXPECT_EQ(scale_driver("abacus").error().code, "bad_protocol");
}

// "12." was read as 12 g: its point was taken for none.
TEST(ScaleProfile, DecimalsAreOfDigitsWithoutAPoint) {
    tests::TempDir folder;
    std::ofstream(folder / "p.toml") << "decimals = 3\n[[frame]]\nbytes = \"{mass}\\\\r\"\n";
    auto driver = read_scale_profile((folder / "p.toml").string());
    ASSERT_TRUE(driver) << driver.error().detail;
    auto parser = driver->make();
    parser->feed(tests::as_bytes("12.\r1200\r1.2\r"));
    for (std::int64_t mg : {12'000'000, 1'200'000, 1'200'000}) {
        auto reading = parser->next();
        ASSERT_TRUE(reading);
        EXPECT_EQ(reading->gross_mg, mg);
    }
}

}  // namespace
}  // namespace fangxin::drivers
