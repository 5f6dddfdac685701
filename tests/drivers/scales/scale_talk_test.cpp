#include "drivers/scales/scale_talk.hpp"

#include "tests/support/capture.hpp"

#include <deque>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::drivers {
namespace {

using tests::as_bytes;
using tests::from_hex;

constexpr const char* kilogram = "02 30 31 2E 32 33 34 0D";

ScaleTalk talk_to(const char* protocol) { return {*find_scale_driver(protocol), 100}; }

TEST(ScaleTalk, AsksOnceThenWaitsForTheAnswer) {
    ScaleTalk talk = talk_to("mt-8217");
    talk.begin(0);
    EXPECT_EQ(talk.to_send(0), "W");
    EXPECT_EQ(talk.to_send(10), "");
    EXPECT_EQ(talk.wake_at_ms(), 1000);
    talk.feed(as_bytes(from_hex(kilogram)));
    EXPECT_TRUE(talk.next(10));
    EXPECT_EQ(talk.wake_at_ms(), 100);
    EXPECT_EQ(talk.to_send(60), "");
    EXPECT_EQ(talk.to_send(100), "W");
}

TEST(ScaleTalk, AsksAgainWhenNoAnswerCame) {
    ScaleTalk talk = talk_to("mt-8217");
    talk.begin(0);
    EXPECT_EQ(talk.to_send(0), "W");
    EXPECT_EQ(talk.to_send(999), "");
    EXPECT_EQ(talk.to_send(1000), "W");
}

TEST(ScaleTalk, HalfAnAnswerFromBeforeIsNoStartOfTheNext) {  // WEIGH-5
    // 1.2 kg came, then the cable shook; the rest of the next answer would make 1.2 kg of 3.4 kg.
    ScaleTalk talk = talk_to("mt-8217");
    talk.begin(0);
    talk.to_send(0);
    talk.feed(as_bytes(from_hex("02 30 31 2E 32")));
    EXPECT_EQ(talk.to_send(1000), "W");
    talk.feed(as_bytes(from_hex("30 30 0D")));
    EXPECT_FALSE(talk.next(1001));
    talk.begin(2000);
    EXPECT_EQ(talk.to_send(2000), "W");
}

TEST(ScaleTalk, GoesOnWithAConversationAtOnce) {
    ScaleTalk talk = talk_to("cas");
    talk.begin(0);
    EXPECT_EQ(talk.to_send(0), "\x05");
    talk.feed(as_bytes("\x06"));
    EXPECT_EQ(talk.to_send(1), "\x11");
    EXPECT_EQ(talk.to_send(2), "");
}

std::string weight_of(ScaleTalk& talk) {
    auto reading = talk.next(0);
    if (!reading) return "none";
    return fmt::format("gross {} tare {} net {}{}", reading->gross_mg, reading->tare_mg,
                       reading->net_mg, reading->tare_told ? "" : " untold");
}

// WEIGH-1 WEIGH-5: `S` tells the net mass; after tare was taken on the scale the gate took it for
// the gross.
TEST(ScaleTalk, MtSicsIsAskedForItsTareAfterEachWeight) {
    ScaleTalk talk = talk_to("mt-sics");
    talk.begin(0);
    EXPECT_EQ(talk.to_send(0), "SI\r\n");
    talk.feed(as_bytes("S S      1.184 kg\r\n"));
    EXPECT_EQ(weight_of(talk), "none");
    EXPECT_EQ(talk.to_send(10), "TA\r\n");
    EXPECT_EQ(talk.to_send(11), "");
    talk.feed(as_bytes("TA A      0.050 kg\r\n"));
    EXPECT_EQ(weight_of(talk), "gross 1234000 tare 50000 net 1184000");
    EXPECT_EQ(talk.to_send(100), "SI\r\n");
    talk.feed(as_bytes("S S      1.184 kg\r\n"));
    EXPECT_EQ(talk.to_send(110), "TA\r\n");
    talk.feed(as_bytes("ES\r\n"));
    EXPECT_EQ(weight_of(talk), "gross 1184000 tare 0 net 1184000 untold");
}

// WEIGH-1
TEST(ScaleTalk, AScaleThatIsMuteAboutItsTareIsReadAndSellsNothing) {
    ScaleTalk talk = talk_to("mt-sics");
    talk.begin(0);
    EXPECT_EQ(talk.to_send(0), "SI\r\n");
    talk.feed(as_bytes("S S      1.184 kg\r\n"));
    EXPECT_EQ(talk.to_send(10), "TA\r\n");
    EXPECT_EQ(talk.to_send(talk.wake_at_ms().value()), "");
    EXPECT_EQ(weight_of(talk), "gross 1184000 tare 0 net 1184000 untold");
    std::int64_t now_ms = 1000;
    int tries = 0;
    for (int weights = 0; weights < 22; ++weights) {
        EXPECT_EQ(talk.to_send(now_ms += 100), "SI\r\n");
        talk.feed(as_bytes("S S      1.184 kg\r\n"));
        if (talk.to_send(now_ms) == "TA\r\n") {
            ++tries;
            EXPECT_EQ(talk.to_send(now_ms += 500), "");
        }
        EXPECT_EQ(weight_of(talk), "gross 1184000 tare 0 net 1184000 untold");
    }
    EXPECT_EQ(tries, 2);
    EXPECT_EQ(talk.to_send(now_ms += 100), "SI\r\n");
    talk.feed(as_bytes("S S      1.184 kg\r\nTA A      0.050 kg\r\n"));
    EXPECT_EQ(weight_of(talk), "gross 1234000 tare 50000 net 1184000");
}

TEST(ScaleTalk, PassesACommandOnBetweenTwoQuestions) {
    ScaleTalk talk = talk_to("mt-8217");
    talk.begin(0);
    EXPECT_EQ(talk.to_send(0), "W");
    talk.tell("Z");
    EXPECT_EQ(talk.to_send(5), "");
    talk.feed(as_bytes(from_hex(kilogram)));
    EXPECT_TRUE(talk.next(10));
    EXPECT_EQ(talk.to_send(6), "Z");
    EXPECT_EQ(talk.to_send(120), "");
    EXPECT_EQ(talk.to_send(306), "W");
}

TEST(ScaleTalk, HasSomethingToSayWheneverItWantsToBeWoken) {
    // A scale that was off kept one core busy: it was asked for at once, and had nothing to say.
    ScaleDriver quick = *find_scale_driver("mt-8217");
    quick.answer_ms = 10;
    ScaleTalk talk(quick, 120);
    talk.begin(0);
    std::int64_t now_ms = 0;
    for (int i = 0; i < 20; ++i) {
        if (i == 5) talk.tell("Z");
        EXPECT_NE(talk.to_send(now_ms), "") << i;
        EXPECT_EQ(talk.to_send(now_ms), "") << i;
        ASSERT_GT(*talk.wake_at_ms(), now_ms) << i;
        now_ms = *talk.wake_at_ms();
    }
}

std::string hex_of(int grams) {
    return fmt::format("02 30 {:X} 2E {:X} {:X} {:X} 0D", '0' + grams / 1000,
                       '0' + grams / 100 % 10, '0' + grams / 10 % 10, '0' + grams % 10);
}

/// A scale whose answers all take so long; it weighs when it is asked. Half way through, 2.000 kg
/// are halved. How long after that 2.000 kg still looked fresh enough to be sold.
std::int64_t old_weight_looks_fresh_for_ms(std::int64_t delay_ms) {
    struct Answer {
        std::int64_t at_ms;
        int grams;
    };
    constexpr std::int64_t halved_ms = 10'000;
    ScaleTalk talk = talk_to("mt-8217");
    talk.begin(0);
    std::deque<Answer> answers;
    std::optional<Reading> last;
    std::int64_t until_ms = 0;
    for (std::int64_t now_ms = 0; now_ms < 2 * halved_ms; ++now_ms) {
        if (!answers.empty() && answers.front().at_ms == now_ms) {
            talk.feed(as_bytes(from_hex(hex_of(answers.front().grams).c_str())));
            answers.pop_front();
            while (auto reading = talk.next(now_ms))
                last = reading;
        }
        if (talk.to_send(now_ms) == "W") {
            answers.push_back({now_ms + delay_ms, now_ms < halved_ms ? 2000 : 1000});
        }
        const bool fresh = last && now_ms - last->at_ms <= 500;
        if (now_ms >= halved_ms && fresh && last->gross_mg == 2'000'000) {
            until_ms = now_ms - halved_ms;
        }
    }
    return until_ms;
}

// WEIGH-5: an answer that was late counted from when it came, and 2 kg were sold for three seconds
// after half of it had been taken off.
TEST(ScaleTalk, AWeightIsAsOldAsItsQuestion) {
    for (std::int64_t delay_ms = 5; delay_ms < 5'000; delay_ms += 7)
        EXPECT_LE(old_weight_looks_fresh_for_ms(delay_ms), 500) << delay_ms;
    EXPECT_GT(old_weight_looks_fresh_for_ms(50), 0) << "a quick one is read all the time";
}

TEST(ScaleTalk, AfterALostAnswerItIsReadAgainOnceTheLineWasQuiet) {
    ScaleTalk talk = talk_to("mt-8217");
    talk.begin(0);
    EXPECT_EQ(talk.to_send(0), "W");     // and no answer
    EXPECT_EQ(talk.to_send(1000), "W");  // whose answer is this?
    talk.feed(as_bytes(from_hex(kilogram)));
    EXPECT_FALSE(talk.next(1050));
    EXPECT_EQ(talk.wake_at_ms(), 2550);
    EXPECT_EQ(talk.to_send(2549), "");
    EXPECT_EQ(talk.to_send(2550), "W");
    talk.feed(as_bytes(from_hex(kilogram)));
    auto reading = talk.next(2600);
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->at_ms, 2550);
}

TEST(ScaleTalk, LeavesAScaleAloneThatSendsByItself) {
    ScaleTalk talk = talk_to("toledo-continuous");
    talk.begin(0);
    EXPECT_EQ(talk.to_send(0), "");
    EXPECT_EQ(talk.wake_at_ms(), std::nullopt);
    talk.tell("T");
    EXPECT_EQ(talk.to_send(1), "T");
}

}  // namespace
}  // namespace fangxin::drivers
