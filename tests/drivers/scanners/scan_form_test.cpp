#include "drivers/scanners/scan_form.hpp"

#include "drivers/scanners/keyboard_scan.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <random>
#include <vector>

namespace fangxin::drivers {
namespace {

const std::string gs = "\x1D";
const std::string goods = "0106901234567892";
constexpr std::string_view head = "010200000000000810Yz-1_/q";
constexpr std::string_view tail = "21Aa1Zz9";

/// The learnt form, or the name of what is wrong.
std::string learnt(const std::string& raw) {
    auto form = learn_scan_form(raw);
    return form ? to_json(*form) : form.error().code;
}

std::string label(std::string_view before, std::string_view separator, std::string_view after) {
    return fmt::format("{}{}{}{}{}", before, head, separator, tail, after);
}

std::string swapped(std::string text) {
    for (char& c : text) {
        if (c >= 'a' && c <= 'z') {
            c = static_cast<char>(c - 'a' + 'A');
        } else if (c >= 'A' && c <= 'Z') {
            c = static_cast<char>(c - 'A' + 'a');
        }
    }
    return text;
}

std::string restored(const ScanForm& form, const std::string& raw) {
    return form.restored(raw, *domain::make_date(2026, 11, 23));
}

ScanForm separated_by(const std::string& separator, bool aim = true) {
    return {.prefix = {}, .suffix = {}, .aim = aim, .separator = separator};
}

}  // namespace

// SALE-1
TEST(ScanForm, IsLearntFromOneScanOfTheLabel) {
    EXPECT_EQ(learnt(label("]d2", gs, "\r")),
              R"({"prefix":"","suffix":"\r","aim":true,"separator":"gs","swapped_case":false})");
    EXPECT_EQ(
        learnt(label("", "029", "\r\n")),
        R"({"prefix":"","suffix":"\r\n","aim":false,"separator":"029","swapped_case":false})");
    EXPECT_EQ(learnt(label("~]d2", "<GS>", "\t")),
              R"({"prefix":"~","suffix":"\t","aim":true,"separator":"<GS>","swapped_case":false})");
    EXPECT_EQ(learnt(label("\x02", "|", "\x03")),
              R"({"prefix":"\u0002","suffix":"\u0003","aim":false,"separator":"|",)"
              R"("swapped_case":false})");
    EXPECT_EQ(learnt(label("]Q3", "", "")),
              R"({"prefix":"","suffix":"","aim":true,"separator":"none","swapped_case":false})");
    EXPECT_EQ(learnt(swapped(label("]d2", "<GS>", ""))),
              R"({"prefix":"","suffix":"","aim":true,"separator":"<GS>","swapped_case":true})");
    EXPECT_EQ(learnt(label("\uE702", "\uE708", "\r")),
              "{\"prefix\":\"\uE702\",\"suffix\":\"\\r\",\"aim\":false,\"separator\":\"F8\","
              "\"swapped_case\":false}");
}

TEST(ScanForm, ASeparatorInFrontOfTheFirstAiIsNoPrefix) {
    EXPECT_EQ(learnt(label("]d2" + gs, gs, "")), learnt(label("]d2", gs, "")));
    EXPECT_EQ(learnt(label("~", "~", "")), learnt(label("", "~", "")));
}

TEST(ScanForm, WhatWentWrongIsToldByName) {
    EXPECT_EQ(learnt(""), "nothing");
    EXPECT_EQ(learnt("\r\n"), "nothing");
    EXPECT_EQ(learnt("6901234567892\r"), "not_the_label");
    EXPECT_EQ(learnt(std::string(5'000, 'x')), "not_the_label");
    EXPECT_EQ(learnt(label("\xFF", gs, "")), "not_the_label");
    EXPECT_EQ(learnt(label("]d1", gs, "\r")), "not_gs1");
    EXPECT_EQ(learnt(label("]d2", "X", "\r")), "unknown_separator");
    EXPECT_EQ(learnt(label("]d2", "1234567890", "\r")), "unknown_separator");
    EXPECT_EQ(learnt(label("]d2", gs, "\r") + label("]d2", gs, "\r")), "scanned_twice");
    EXPECT_EQ(learnt(label("]d2", gs, std::string(30, '!'))), "not_the_label");
    // A German scanner or desktop: y and z change places, / and - and _ are others.
    EXPECT_EQ(learnt("]d2010200000000000810Zy-1_/q" + gs + "21Aa1Yy9\r"), "other_layout");
    EXPECT_EQ(learnt("010200000000000810Yz/1?-q" + gs + "21Aa1Zz9\r"), "other_layout");
}

TEST(ScanForm, ALabelCutAtAnyByteIsNeverLearntFrom) {
    std::string whole = label("]d2", gs, "");
    for (std::size_t size = 7; size < whole.size(); ++size) {
        EXPECT_EQ(learnt(whole.substr(0, size)), "cut_short") << size;
        EXPECT_EQ(learnt(swapped(whole.substr(0, size)) + "\r"), "cut_short") << size;
    }
}

// SALE-1
TEST(ScanForm, EverySeparatorGivesTheSameCode) {
    const std::string expected = "]d2" + goods + "10AB12" + gs + "21X7" + gs + "17261231";
    for (std::string separator : {"\x1D", "029", "<GS>", "|", "~", "#", "\uE708", "^]"}) {
        std::string raw = "]d2" + goods + "10AB12" + separator + "21X7" + separator + "17261231";
        EXPECT_EQ(restored(separated_by(separator), raw), expected) << separator;
        EXPECT_EQ(restored(separated_by(separator, false), raw.substr(3)), expected.substr(3))
            << separator;
    }
}

TEST(ScanForm, PrefixSuffixAndCapsLockAreUndone) {
    ScanForm form{.prefix = "~", .suffix = "\t\r", .separator = "<GS>", .swapped_case = true};
    EXPECT_EQ(restored(form, "~]D2" + goods + "10ab12<gs>21X\t\r"),
              "]d2" + goods + "10AB12" + gs + "21x");
    EXPECT_EQ(restored(form, "6901234567892"), "6901234567892") << "both are left off at times";
    EXPECT_EQ(restored(form, "~HTTPS://A.EXAMPLE\t\r"), "https://a.example");
}

TEST(ScanForm, WhatIsNotGs1IsLeftAsItIs) {
    for (std::string separator : {"029", "|", "~", "#", "<GS>"}) {
        for (bool aim : {true, false}) {
            for (std::string raw :
                 {"6900290290296", "]E06900290290296", "https://a.example/~shop/#029|<GS>",
                  "]Q1https://a.example/~shop/#029", "]C0STAFF#029|~", "STAFF#029|~<GS>", "10029",
                  "029", "#", "", "FX0290102902906", "]Q3https://a.example/#029~|<GS>"}) {
                EXPECT_EQ(restored(separated_by(separator, aim), raw), raw);
            }
        }
    }
    EXPECT_EQ(restored(separated_by("#", true), goods + "10A#21B"), goods + "10A#21B")
        << "a scanner with identifiers did not send this";
}

TEST(ScanForm, ATypedAltCodeIsToldFromTheSameDigitsInAValue) {
    ScanForm form = separated_by("029");
    auto read = [&](const std::string& more) {
        return restored(form, "]d2" + goods + more).substr(19);
    };
    EXPECT_EQ(read("10AB029"), "10AB" + gs);
    EXPECT_EQ(read("10A0291"), "10A0291") << "1 is no AI";
    EXPECT_EQ(read("10A02921X"), "10A" + gs + "21X");
    EXPECT_EQ(read("10A029029"
                   "21X"),
              "10A" + gs + gs + "21X")
        << "two separators do no harm";
    EXPECT_EQ(read("10A02910B"), "10A02910B") << "a second lot would contradict the first";
    EXPECT_EQ(restored(form, "]d20106900290290296"), "]d20106900290290296") << "the GTIN's own";
    std::string many = "10";
    for (int i = 0; i < 200; ++i)
        many += "029";
    EXPECT_EQ(read(many), many) << "too many to try";
}

TEST(ScanForm, WhatIsLearntTakesTheLabelBackToItself) {
    std::mt19937 random(4);
    const std::vector<std::string> prefixes{"", "~", "\x02", "\uE702", "AB"};
    const std::vector<std::string> suffixes{"", "\r", "\r\n", "\t", "\x03\r", "$"};
    const std::vector<std::string> separators{gs, "029", "<GS>", "|", "~", "#", "\uE718", ""};
    const std::vector<std::string> identifiers{"", "]d2", "]Q3", "]C1"};
    auto one_of = [&](const std::vector<std::string>& all) { return all[random() % all.size()]; };
    for (int round = 0; round < 2'000; ++round) {
        std::string separator = one_of(separators);
        std::string identifier = one_of(identifiers);
        std::string prefix = one_of(prefixes);
        if (prefix == separator) continue;  // a leading separator
        std::string raw = label(prefix + identifier, separator, one_of(suffixes));
        if (random() % 2 == 0) raw = swapped(raw);
        auto form = learn_scan_form(raw);
        ASSERT_TRUE(form) << raw << form.error().code;
        EXPECT_EQ(restored(*form, raw), label(identifier, separator.empty() ? "" : gs, "")) << raw;
        EXPECT_EQ(read_scan_form(to_toml(*form)), *form) << to_toml(*form);
    }
}

TEST(ScanForm, IsReadBackWithItsTableOrWithout) {
    EXPECT_EQ(to_toml(ScanForm{.suffix = "\r"}),
              "[scanner.form]\n"
              "prefix = \"\"\n"
              "suffix = \"\\r\"\n"
              "aim = true\n"
              "separator = \"gs\"\n"
              "swapped_case = false\n");
    EXPECT_EQ(read_scan_form("separator = \"F12\"\naim = false"),
              (ScanForm{.aim = false, .separator = function_key_text(12)}));
    EXPECT_EQ(read_scan_form(""), ScanForm{});
    for (std::string wrong : {"aim = 1", "prefix = 2", "separater = \"#\"", "x", "[scanner.form"}) {
        EXPECT_EQ(read_scan_form(wrong).error().code, "bad_scan_form") << wrong;
    }
}

}  // namespace fangxin::drivers
