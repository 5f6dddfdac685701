// Every scale protocol against what such a scale sends. The captures carry what is to be read from
// each frame; here stands what holds for all of them.
#include "drivers/scales/protocols.hpp"

#include "drivers/scales/registry.hpp"
#include "tests/support/scale_capture.hpp"

#include <gtest/gtest.h>
#include <random>

namespace fangxin::drivers {
namespace {

using tests::captured_frames;
using tests::CapturedFrame;
using tests::readings_of;

/// Toledo's frames have a test of their own, and USB keeps the borders of reports.
bool is_stream(const ScaleDriver& driver) {
    return driver.id != "toledo-continuous" && driver.cable == Cable::serial;
}

std::string capture_of(const ScaleDriver& driver) { return driver.capture; }

std::string all_bytes(const std::vector<CapturedFrame>& frames) {
    std::string bytes;
    for (const CapturedFrame& frame : frames)
        bytes += frame.bytes;
    return bytes;
}

std::string all_readings(const std::vector<CapturedFrame>& frames) {
    std::string text;
    for (const CapturedFrame& frame : frames)
        text += frame.readings;
    return text;
}

TEST(ScaleProtocols, ReadEachFrameAsItsCaptureSays) {  // WEIGH-1, WEIGH-5: kilograms only
    for (const ScaleDriver& driver : scale_drivers()) {
        if (driver.id == "toledo-continuous") continue;
        const auto frames = captured_frames(capture_of(driver));
        EXPECT_GE(frames.size(), 4U) << driver.id;
        for (const CapturedFrame& frame : frames) {
            EXPECT_EQ(readings_of(*driver.make(), frame.bytes), frame.readings)
                << driver.id << " " << frame.bytes;
        }
    }
}

TEST(ScaleProtocols, ReadTheSameInEverySlicing) {
    for (const ScaleDriver& driver : scale_drivers()) {
        if (!is_stream(driver)) continue;
        const auto frames = captured_frames(capture_of(driver));
        const std::string bytes = all_bytes(frames);
        for (std::size_t size = 1; size <= bytes.size(); ++size) {
            EXPECT_EQ(readings_of(*driver.make(), bytes, size), all_readings(frames))
                << driver.id << " in slices of " << size;
        }
    }
}

TEST(ScaleProtocols, LoseNothingToNoiseBeforeAndBetween) {
    for (const ScaleDriver& driver : scale_drivers()) {
        if (!is_stream(driver)) continue;
        auto frames = captured_frames(capture_of(driver));
        std::erase_if(frames, [](const CapturedFrame& frame) { return frame.readings.empty(); });
        for (const std::string noise : {"\r\n", "\x02", "\x01\x02S 0", "ST,GS", "S S", "\xFF\xFF",
                                        "\n01.2", "\x02?", "??", "kg\r\n", "0.050 kg"}) {
            std::string bytes = noise;
            for (const CapturedFrame& frame : frames)
                bytes += frame.bytes + noise;
            EXPECT_EQ(readings_of(*driver.make(), bytes), all_readings(frames))
                << driver.id << " " << noise;
        }
    }
}

TEST(ScaleProtocols, LoseOnlyTheTornFrameWhereverItIsCut) {
    for (const ScaleDriver& driver : scale_drivers()) {
        if (!is_stream(driver)) continue;
        for (const CapturedFrame& frame : captured_frames(capture_of(driver))) {
            if (frame.readings.empty()) continue;
            const std::string& bytes = frame.bytes;
            for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
                const std::string torn = bytes.substr(0, cut) + bytes + bytes;
                const std::string late = bytes.substr(cut) + bytes + bytes;
                const std::string both = frame.readings + frame.readings;
                EXPECT_TRUE(readings_of(*driver.make(), torn).ends_with(both))
                    << driver.id << " cut at " << cut << " " << bytes;
                EXPECT_TRUE(readings_of(*driver.make(), late).ends_with(both))
                    << driver.id << " from " << cut << " " << bytes;
            }
        }
    }
}

TEST(ScaleProtocols, KeepTheLatestReadingsWhereNobodyTakesThem) {
    for (const ScaleDriver& driver : scale_drivers()) {
        const auto parser = driver.make();
        const std::string frames = all_bytes(captured_frames(capture_of(driver)));
        for (int i = 0; i < 2'000; ++i) {
            parser->feed(tests::as_bytes(frames));
            parser->reply();
            ASSERT_LE(parser->held(), 256U + 128U) << driver.id;
        }
    }
}

TEST(ScaleProtocols, StaySmallUnderEndlessNoiseAndReadOnAfterIt) {
    for (const ScaleDriver& driver : scale_drivers()) {
        std::mt19937 random(7);
        const auto parser = driver.make();
        const auto frames = captured_frames(capture_of(driver));
        const std::string some = driver.id == "toledo-continuous" ? "\x02-0 1" : all_bytes(frames);
        for (int i = 0; i < 100'000; ++i) {
            const char byte =
                random() % 3 == 0 ? static_cast<char>(random()) : some[random() % some.size()];
            parser->feed(tests::as_bytes(std::string_view(&byte, 1)));
            ASSERT_LE(parser->held(), 256U + 128U) << driver.id;
        }
        if (!is_stream(driver)) continue;
        tests::drained(*parser);
        const auto& last = frames.front().readings.empty() ? frames[1] : frames.front();
        EXPECT_TRUE(readings_of(*parser, "\r\n" + last.bytes + last.bytes)
                        .ends_with(last.readings + last.readings))
            << driver.id;
    }
}

TEST(ScaleProtocols, KeepTheFrameAsItCame) {  // WEIGH-5
    for (const ScaleDriver& driver : scale_drivers()) {
        if (driver.id == "toledo-continuous") continue;
        for (const CapturedFrame& frame : captured_frames(capture_of(driver))) {
            if (frame.readings.empty()) continue;
            const auto parser = driver.make();
            parser->feed(tests::as_bytes(frame.bytes));
            const std::string raw = parser->next()->raw;
            EXPECT_NE(frame.bytes.find(raw), std::string::npos) << driver.id;
            EXPECT_GE(raw.size() + 3, frame.bytes.size()) << driver.id << " " << frame.bytes;
        }
    }
}

TEST(ScaleProtocols, EachSideOfTheFamilyRefusesTheOthersChecksum) {
    // A basket of bananas for the price of three: CAS and OS2 differ in nothing but what their XOR
    // counts, and a reader that takes both takes a torn frame in 128.
    const std::string of_cas = captured_frames("scale_cas.hex")[1].bytes;
    const std::string of_os2 = captured_frames("scale_os2.hex")[1].bytes;
    EXPECT_EQ(readings_of(*find_scale_driver("os2")->make(), of_cas), "");
    EXPECT_EQ(readings_of(*find_scale_driver("cas")->make(), of_os2), "");
}

TEST(ScaleProtocols, ANetMassWithoutItsTareSaysSo) {  // WEIGH-5
    for (const char* net : {"02 30 30 2E 35 30 30 4E 0D", "02 30 30 2E 35 30 30 0D"}) {
        const auto parser = find_scale_driver("mt-8217")->make();
        parser->feed(tests::as_bytes(tests::from_hex(net)));
        EXPECT_EQ(parser->next()->tare_told, std::string_view(net).find("4E") == std::string::npos);
    }
}

TEST(ScaleProtocols, AScaleThatSaysItIsReadyIsToldToGoOn) {
    const auto parser = find_scale_driver("cas")->make();
    EXPECT_EQ(parser->reply(), "");
    parser->feed(tests::as_bytes("\x15"));
    EXPECT_EQ(parser->reply(), "");
    parser->feed(tests::as_bytes("\x06"));
    EXPECT_EQ(parser->reply(), "\x11");
    EXPECT_EQ(parser->reply(), "");
}

TEST(ScaleProtocols, NoProtocolTakesAnothersFramesForAWeightToSell) {
    // A scale set to another protocol than the till thinks must be silent, not wrong.
    for (const ScaleDriver& reader : scale_drivers()) {
        for (const ScaleDriver& sender : scale_drivers()) {
            if (reader.id == sender.id || reader.id == "toledo-continuous") continue;
            if (!is_stream(reader) || !is_stream(sender)) continue;
            for (const CapturedFrame& frame : captured_frames(capture_of(sender))) {
                const std::string read = readings_of(*reader.make(), frame.bytes);
                const bool is_sold = read.find("stable") != std::string::npos;
                if (frame.readings.empty() || !is_sold) continue;
                EXPECT_EQ(read, frame.readings) << reader.id << " reads " << sender.id;
            }
        }
    }
}

}  // namespace
}  // namespace fangxin::drivers
