#include "drivers/scales/toledo.hpp"

#include "drivers/scales/registry.hpp"
#include "tests/support/capture.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <random>

namespace fangxin::drivers {
namespace {

using tests::as_bytes;
using tests::capture;

std::string line(const Reading& reading) {
    return fmt::format("{} {} = {} + {}\n", domain::to_text(reading.state), reading.gross_mg,
                       reading.net_mg, reading.tare_mg);
}

std::string drain(ToledoContinuous& scale) {
    std::string text;
    while (auto reading = scale.next())
        text += line(*reading);
    return text;
}

std::string readings(std::string_view bytes) {
    ToledoContinuous scale;
    scale.feed(as_bytes(bytes));
    return drain(scale);
}

constexpr std::string_view checked_readings =
    "stable 1234000 = 1234000 + 0\n"
    "motion 1000000 = 1000000 + 0\n"
    "stable 1234000 = 1184000 + 50000\n"
    "stable 0 = -50000 + 50000\n"
    "over 0 = 0 + 0\n"
    "zero_error 0 = 0 + 0\n"
    "stable 1235000 = 1235000 + 0\n";

constexpr const char* captures[] = {"toledo_continuous_checked.hex",
                                    "toledo_continuous_tricky_checksums.hex",
                                    "toledo_continuous_bare.hex", "toledo_continuous_units.hex"};

TEST(ScaleToledo, ReadsFramesWithChecksums) {
    EXPECT_EQ(readings(capture("toledo_continuous_checked.hex")), checked_readings);
}

TEST(ScaleToledo, ReadsChecksumsThatLookLikeStxOrCr) {
    EXPECT_EQ(readings(capture("toledo_continuous_tricky_checksums.hex")),
              "stable 7999000 = 7999000 + 0\n"
              "stable 7999000 = 7999000 + 0\n"
              "stable 1499000 = 1499000 + 0\n"
              "stable 1499000 = 1499000 + 0\n");
}

TEST(ScaleToledo, ReadsFramesWithoutChecksums) {
    EXPECT_EQ(readings(capture("toledo_continuous_bare.hex")),
              "stable 0 = 0 + 0\n"
              "motion 412000 = 412000 + 0\n"
              "motion 897000 = 897000 + 0\n"
              "stable 936000 = 936000 + 0\n"
              "stable 936000 = 936000 + 0\n"
              "stable 936000 = 936000 + 0\n"
              "stable 7999000 = 7999000 + 0\n"
              "stable 0 = 0 + 0\n");
}

TEST(ScaleToledo, ConvertsUnitsExactlyOrRefusesThem) {  // WEIGH-5: kilograms only
    EXPECT_EQ(readings(capture("toledo_continuous_units.hex")),
              "fault 0 = 0 + 0\n"
              "stable 12000000 = 12000000 + 0\n"
              "stable 300000000 = 300000000 + 0\n"
              "stable 30000000 = 30000000 + 0\n"
              "stable 1500000 = 1500000 + 0\n"
              "stable 1500000 = 1500000 + 0\n"
              "stable 1500100 = 1500100 + 0\n"
              "stable 1500120 = 1500120 + 0\n"
              "stable 1234000 = 1234000 + 0\n"
              "stable 1234 = 1234 + 0\n"
              "stable 1234 = 1234 + 0\n"
              "fault 0 = 0 + 0\n"
              "fault 1234500 = 1234500 + 0\n"
              "under 0 = 0 + 0\n"
              "fault 0 = 0 + 0\n"
              "over 0 = 0 + 0\n"
              "stable 934000 = 884000 + 50000\n"
              "motion 984000 = 934000 + 50000\n");
}

TEST(ScaleToledo, ReadsTheSameInEverySlicing) {
    for (const char* name : captures) {
        std::string bytes = capture(name);
        std::string whole = readings(bytes);
        for (std::size_t size = 1; size <= bytes.size(); ++size) {
            ToledoContinuous scale;
            std::string sliced;
            for (std::size_t at = 0; at < bytes.size(); at += size) {
                scale.feed(as_bytes(bytes).subspan(at, std::min(size, bytes.size() - at)));
                sliced += drain(scale);
            }
            EXPECT_EQ(sliced, whole) << name << " in slices of " << size;
        }
    }
}

TEST(ScaleToledo, LosesNothingToNoiseBeforeAndBetween) {
    for (std::string noise : {"", "\r\n", "\x02", "\x02\x02", "\x02-0 ", "ST,GS,+1.0kg\r\n",
                              "\xFF\xFF", "\x02- 0   123"}) {
        std::string bytes = capture("toledo_continuous_checked.hex");
        std::string noisy = noise;
        for (std::size_t at = 0; at < bytes.size(); at += 18)
            noisy += bytes.substr(at, 18) + noise;
        EXPECT_EQ(readings(noisy), checked_readings) << noise;
    }
}

TEST(ScaleToledo, CutAtAnyByteLosesOnlyTheTornFrame) {
    std::string bytes = capture("toledo_continuous_checked.hex");
    std::string_view later = checked_readings.substr(checked_readings.find('\n') + 1);
    for (std::size_t cut = 0; cut < 17; ++cut) {
        EXPECT_EQ(readings(bytes.substr(0, cut) + bytes), checked_readings) << "torn " << cut;
        EXPECT_EQ(readings(bytes.substr(cut + 1)), later) << "joined after " << cut;
    }
    std::string without_checksum = bytes.substr(0, 17) + bytes.substr(18);  // a whole short frame
    EXPECT_EQ(readings(without_checksum), checked_readings);
}

TEST(ScaleToledo, TellsAChecksumThatLooksLikeTheNextStxFromTheNextStx) {
    std::string frame = capture("toledo_continuous_tricky_checksums.hex").substr(0, 18);
    std::string bare = frame.substr(0, 17);
    std::string reading = "stable 7999000 = 7999000 + 0\n";
    EXPECT_EQ(readings(frame + frame + "\x02"), reading + reading);
    EXPECT_EQ(readings(bare + bare + bare), reading + reading + reading);
}

TEST(ScaleToledo, DropsAFrameThatFailsItsChecksum) {
    // A customer would pay for 1.734 kg: one digit had changed on a long cable.
    std::string bytes = capture("toledo_continuous_checked.hex");
    std::string flipped = bytes.substr(0, 18);
    flipped[7] = '7';
    EXPECT_EQ(readings(flipped + bytes), checked_readings);
    EXPECT_EQ(readings(bytes + flipped), checked_readings);
}

TEST(ScaleToledo, IgnoresTheParityBitOfALineOpenedAsEightBits) {
    std::string bytes = capture("toledo_continuous_checked.hex");
    for (char& byte : bytes) {
        bool odd = __builtin_parity(static_cast<unsigned char>(byte)) != 0;
        if (odd) byte = static_cast<char>(byte | 0x80);
    }
    EXPECT_EQ(readings(bytes), checked_readings);
}

TEST(ScaleToledo, NoticesThatChecksumsWereSwitchedOffAndOn) {
    std::string with = capture("toledo_continuous_checked.hex").substr(0, 18);
    std::string without = with.substr(0, 17);
    std::string bytes;
    for (const std::string& frame : {with, without, with}) {
        for (int i = 0; i < 20; ++i)
            bytes += frame;
    }
    std::string text = readings(bytes);
    EXPECT_GE(std::count(text.begin(), text.end(), '\n'), 56);
    EXPECT_EQ(text.find("motion"), std::string::npos);
}

TEST(ScaleToledo, KeepsTheRawFrame) {  // WEIGH-5
    std::string bytes = capture("toledo_continuous_checked.hex");
    ToledoContinuous scale;
    scale.feed(as_bytes(bytes));
    EXPECT_EQ(scale.next()->raw, bytes.substr(0, 18));
}

TEST(ScaleToledo, StaysSmallUnderEndlessNoise) {
    ToledoContinuous scale;
    std::mt19937 random(7);
    for (int i = 0; i < 1'000'000; ++i) {
        auto byte = static_cast<std::byte>(random() % 4 == 0 ? 0x02 : random());
        scale.feed(std::span(&byte, 1));
        ASSERT_LE(scale.held(), 19U);
    }
    drain(scale);
    EXPECT_NE(readings(capture("toledo_continuous_checked.hex")), "");
}

TEST(ScaleToledo, KeepsOnlyTheNewestReadingsNobodyAskedFor) {
    ToledoContinuous scale;
    std::string bytes = capture("toledo_continuous_checked.hex");
    for (int i = 0; i < 1000; ++i)
        scale.feed(as_bytes(bytes));
    EXPECT_LE(scale.held(), 256U + 19U);
}

TEST(ScaleRegistry, MakesTheParserOfEachRow) {
    for (const ScaleDriver& row : scale_drivers()) {
        EXPECT_EQ(find_scale_driver(row.id), &row);
        EXPECT_FALSE(row.make()->next().has_value()) << row.id;
    }
    EXPECT_EQ(find_scale_driver("abacus"), nullptr);
}

}  // namespace
}  // namespace fangxin::drivers
