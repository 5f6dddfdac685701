#include "drivers/label_formats_file.hpp"

#include "tests/support/temp_dir.hpp"
#include "tests/support/written_file.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::drivers {
namespace {

class LabelFormatsFile : public ::testing::Test {
  protected:
    Result<domain::LabelFormats> read(std::string_view text) {
        return read_label_formats(tests::write_file(folder / "formats.toml", text));
    }
    /// What is wrong, without the folder's name.
    std::string complaints(std::string_view text) {
        auto formats = read(text);
        if (formats) return "fine";
        EXPECT_EQ(formats.error().code, "bad_formats_file");
        std::string detail = formats.error().detail;
        std::string path = folder.path().string() + "/";
        for (auto at = detail.find(path); at != detail.npos; at = detail.find(path))
            detail.erase(at, path.size());
        return detail;
    }

    tests::TempDir folder;
};

}  // namespace

// SALE-14
TEST_F(LabelFormatsFile, GivesTheShopsFormats) {
    auto formats = read(
        "# scales of the fish counter\n"
        "[[format]]\n"
        "pattern = \"FFWWWWWEEEEEC\"\n"
        "flags = [\"20\", \"22-24\"]\n"
        "amount_decimals = 1\n"
        "[[format]]\n"
        "pattern = \"FFWWWWWNNNNNEEEEEC\"\n"
        "flags = \"21\"\n"
        "weight_decimals = 2\n"
        "check = \"left\"\n"
        "unit = \"jin\"\n");
    ASSERT_TRUE(formats) << formats.error().detail;
    for (std::string flag : {"20", "22", "23", "24"}) {
        const auto* format = formats->find(flag + "12345012580");
        ASSERT_NE(format, nullptr) << flag;
        EXPECT_EQ(format->amount_fen(flag + "12345012580"), 12'580);
    }
    EXPECT_EQ(formats->find("2112345012580"), nullptr);
    const auto* both = formats->find("211234500123012580");
    ASSERT_NE(both, nullptr);
    EXPECT_EQ(both->weight_mg("211234500123012580"), 615'000);
    EXPECT_EQ(both->amount_fen("211234500123012580"), 1'258);
    EXPECT_EQ(both->check(), domain::LabelCheck::left);
}

// SALE-14
TEST_F(LabelFormatsFile, SaysInWhichLineEachThingIsWrong) {
    EXPECT_EQ(complaints("[[format]]\n"
                         "pattern = \"FFWWWWWEEEEEC\"\n"
                         "flag = \"20\"\n"
                         "[[format]]\n"
                         "pattern = 13\n"
                         "flags = [20]\n"
                         "check = \"right\"\n"
                         "unit = \"lb\"\n"
                         "weight_decimals = 3.0\n"
                         "amount_decimals = -2\n"),
              "formats.toml:3: flag is not a key of a format\n"
              "formats.toml:1: flags is missing\n"
              "formats.toml:10: amount_decimals must be an integer from 0 to 9\n"
              "formats.toml:7: check must be one of gs1, left, none\n"
              "formats.toml:6: each of flags must be a text\n"
              "formats.toml:5: pattern must be a text\n"
              "formats.toml:8: unit must be one of kg, jin, piece\n"
              "formats.toml:9: weight_decimals must be an integer from 0 to 9");
}

// SALE-14
TEST_F(LabelFormatsFile, RefusesAPatternThatCannotBeAndTwoFormatsOfOneFlag) {
    EXPECT_EQ(complaints("[[format]]\n"
                         "pattern = \"FFWWWWWPPPPPC\"\n"
                         "flags = [\"20\"]\n"),
              "formats.toml:1: “FFWWWWWPPPPPC”: “P” is none of F W E N V C");
    EXPECT_EQ(complaints("[[format]]\n"
                         "pattern = \"FFWWWWWEEEEEC\"\n"
                         "flags = [\"20-22\"]\n"
                         "[[format]]\n"
                         "pattern = \"FFWWWWWNNNNNC\"\n"
                         "flags = [\"22\"]\n"),
              "formats.toml:6: “22” of 13 digits is “FFWWWWWEEEEEC” already");
    EXPECT_EQ(complaints("[[format]]\n"
                         "pattern = \"FFWWWWWEEEEEC\"\n"
                         "flags = [\"24-20\"]\n"),
              "formats.toml:3: “24-20” is not the two digits of “FFWWWWWEEEEEC”");
}

TEST_F(LabelFormatsFile, RefusesWhatIsNoListOfFormats) {
    EXPECT_EQ(complaints(""), "formats.toml:1: names no [[format]]");
    EXPECT_EQ(complaints("x = 1\n[format]\npattern = \"FFWWWWWEEEEEC\"\n"),
              "formats.toml:2: a format is a table in double brackets, [[format]]\n"
              "formats.toml:1: x is not known here, only [[format]]");
    EXPECT_EQ(complaints("format = [1]"),
              "formats.toml:1: a format is a table in double brackets, [[format]]");
    EXPECT_TRUE(complaints("[[format]\n").starts_with("formats.toml:1: "));
    EXPECT_EQ(read_label_formats(folder / "none.toml").error().code, "not_found");
    EXPECT_EQ(read_label_formats(folder.path()).error().code, "not_found");
}

}  // namespace fangxin::drivers
