#include "drivers/scales/frame_template.hpp"

#include <gtest/gtest.h>

namespace fangxin::drivers {
namespace {

using namespace std::literals;

FrameTemplate made(std::string_view text) {
    auto parsed = FrameTemplate::parse(text);
    EXPECT_TRUE(parsed) << parsed.error().detail;
    return *parsed;
}

std::string words(std::string_view text, std::string_view bytes) {
    const auto match = made(text).match(bytes);
    if (match.fit == Fit::no) return "no";
    if (match.fit == Fit::more) return "more";
    std::string said = fmt::format("{}:", match.length);
    const FrameFields& fields = match.fields;
    if (!fields.state.empty()) said += " state " + fields.state;
    if (fields.negative) said += " negative";
    if (fields.mass)
        said += fmt::format(" mass {}e-{}", fields.mass->digits, fields.mass->decimals);
    if (fields.tare)
        said += fmt::format(" tare {}e-{}", fields.tare->digits, fields.tare->decimals);
    if (!fields.unit.empty()) said += " unit " + fields.unit;
    if (fields.point) said += fmt::format(" point {}", *fields.point);
    return said;
}

TEST(FrameTemplate, TakesAFrameApart) {
    constexpr auto frame = "\\x02{state}{sign}{mass:6} {unit}\\r";
    EXPECT_EQ(words(frame, "\x02S-01.234  kg\rrest"), "14: state S negative mass 1234e-3 unit kg");
    EXPECT_EQ(words("{mass},{tare:5}{point}{any:2}!", "1.5,   20377!"),
              "13: mass 15e-1 tare 20e-0 point 3");
    EXPECT_EQ(words("W{rest}\\n", "W any words\n"), "12:");
}

TEST(FrameTemplate, WaitsOnlyForWhatMayStillComeTrue) {
    constexpr auto frame = "\\x02{mass:6}\\r";
    EXPECT_EQ(words(frame, ""), "more");
    EXPECT_EQ(words(frame, "\x02"), "more");
    EXPECT_EQ(words(frame, "\x02 1.2"), "more");
    EXPECT_EQ(words(frame, "\x02 1.2\r"), "no");
    EXPECT_EQ(words(frame, "\x03"), "no");
    EXPECT_EQ(words(frame, "\x02 1.2345"), "no");
    EXPECT_EQ(words("{mass} kg", "1.234"), "more");
    EXPECT_EQ(words("{mass} kg", "1.234567890123"), "no");
}

TEST(FrameTemplate, ChecksWhatIsCheckedFromItsMarkOn) {
    EXPECT_EQ(words("\\x01{[}AB{xor}",
                    "\x01"
                    "AB\x03"),
              "4:");
    EXPECT_EQ(words("{[}\\x01"
                    "AB{xor}",
                    "\x01"
                    "AB\x02"),
              "4:");
    EXPECT_EQ(words("\\x01{[}AB{xor}",
                    "\x01"
                    "AB\x02"),
              "no");
    EXPECT_EQ(words("{[}AB{xor:hex}", "AB03"), "4:");
    EXPECT_EQ(words("{[}AB{sum:hex}", "AB83"), "4:");
    EXPECT_EQ(words("{[}AB{sum:hex}", "AB8G"), "no");
    EXPECT_EQ(words("{[}\\xFF\\xFE{sum}", "\xFF\xFE\xFD"), "3:");
}

TEST(FrameTemplate, LeavesAMassOpenThatAScaleOutOfRangeDraws) {
    EXPECT_EQ(words("{state:2},{mass:6}\\r", "OL,------\r"), "10: state OL");
    EXPECT_EQ(words("{state:2},{mass:6}\\r", "OL,\x01-----\r"), "no");
}

TEST(FrameTemplate, RefusesByPlaceWhatItDoesNotKnow) {
    auto error = [](std::string_view text) {
        auto parsed = FrameTemplate::parse(text);
        return parsed ? "taken"s : parsed.error().code + ": " + parsed.error().detail;
    };
    EXPECT_EQ(error("{mass"), "bad_template: no } after { at 1");
    EXPECT_EQ(error("a{weight}"), "bad_template: weight: no such field");
    EXPECT_EQ(error("{mass:0}"), "bad_template: mass:0: not a width here: 0");
    EXPECT_EQ(error("{mass:x}"), "bad_template: mass:x: not a width here: x");
    EXPECT_EQ(error("{sign:2}"), "bad_template: sign:2: not a width here: 2");
    EXPECT_EQ(error("{xor:3}"), "bad_template: xor:3: not a width here: 3");
    EXPECT_EQ(error("a\\q"), "bad_template: unknown escape at 2");
    EXPECT_EQ(error("a\\x0"), "bad_template: unknown escape at 2");
    EXPECT_EQ(error(" {mass}"), "bad_template: a frame begins with something");
    EXPECT_EQ(error(""), "bad_template: a frame begins with something");
}

TEST(MassText, ReadsDecimalsAsScalesWriteThem) {
    auto text = [](std::string_view written) {
        auto decimal = parse_decimal(written);
        return decimal ? fmt::format("{}e-{}", decimal->digits, decimal->decimals) : "none"s;
    };
    EXPECT_EQ(text("  1.234"), "1234e-3");
    EXPECT_EQ(text("- 0.050"), "-50e-3");
    EXPECT_EQ(text("+0001.234"), "1234e-3");
    EXPECT_EQ(text("1234"), "1234e-0");
    EXPECT_EQ(text("."), "none");
    EXPECT_EQ(text(""), "none");
    EXPECT_EQ(text("1.2.3"), "none");
    EXPECT_EQ(text("1 2"), "none");
    EXPECT_EQ(text("1,2"), "none");
    EXPECT_EQ(text("1234567890"), "none");
}

TEST(MassText, ConvertsExactlyOrNot) {
    EXPECT_EQ(to_milligrams({1234, 3}, 1'000'000), 1'234'000);
    EXPECT_EQ(to_milligrams({12340, 7}, 1'000'000), 1'234);
    EXPECT_EQ(to_milligrams({12345, 7}, 1'000'000), std::nullopt);
    EXPECT_EQ(to_milligrams({-5, 1}, 1'000), -500);
    EXPECT_EQ(to_milligrams({999'999'999, 0}, 1'000'000'000), std::nullopt);
    EXPECT_EQ(milligrams_of("kg"), 1'000'000);
    EXPECT_EQ(milligrams_of(" G"), 1'000);
    EXPECT_EQ(milligrams_of("lb"), std::nullopt);
    EXPECT_EQ(milligrams_of("SJ"), std::nullopt);
    EXPECT_EQ(milligrams_of(""), std::nullopt);
}

}  // namespace
}  // namespace fangxin::drivers
