#include "terminal/kit/sounds.hpp"

#include "tests/support/temp_dir.hpp"

#include <SDL.h>
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <span>
#include <string>
#include <thread>

namespace fangxin::kit {
namespace {

/// Cycles a second, by how often the wave goes through zero upwards.
int hertz_of(std::span<const std::int16_t> samples) {
    int rises = 0;
    for (std::size_t i = 1; i < samples.size(); ++i) {
        if (samples[i - 1] < 0 && samples[i] >= 0) ++rises;
    }
    return static_cast<int>(rises * static_cast<std::int64_t>(samples_per_second) /
                            static_cast<std::int64_t>(samples.size()));
}

int loudest_of(std::span<const std::int16_t> samples) {
    return samples.empty() ? 0 : *std::ranges::max_element(samples);
}

/// Where the tones begin: samples after at least 5 ms of silence.
int tones_in(std::span<const std::int16_t> samples) {
    int tones = 0;
    int still = samples_per_second;
    for (const std::int16_t sample : samples) {
        if (sample == 0) {
            ++still;
        } else {
            if (still > samples_per_second / 200) ++tones;
            still = 0;
        }
    }
    return tones;
}

/// Sounds that are played into a file, by SDL's driver for that.
class Recorded : public testing::Test {
  protected:
    void SetUp() override {
        ::setenv("SDL_AUDIODRIVER", "disk", 1);
        ::setenv("SDL_DISKAUDIOFILE", (folder / "played").c_str(), 1);
        ::setenv("SDL_DISKAUDIODELAY", "1", 1);
        // The same for Debian 13, whose SDL2 is a layer over SDL3.
        ::setenv("SDL_AUDIO_DISK_OUTPUT_FILE", (folder / "played").c_str(), 1);
        ::setenv("SDL_AUDIO_DISK_TIMESCALE", "0.05", 1);
    }
    /// All that was played, after as much more as twice what is expected. The driver writes a
    /// block of 21 ms each millisecond, silence too, for as long as it is open.
    std::vector<std::int16_t> played(std::size_t expected_samples) {
        const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        std::vector<std::int16_t> samples = written();
        const std::size_t enough = samples.size() + expected_samples * 2;
        while (samples.size() < enough && std::chrono::steady_clock::now() < give_up) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
            samples = written();
        }
        while (!samples.empty() && samples.back() == 0)
            samples.pop_back();
        samples.erase(samples.begin(),
                      std::ranges::find_if(samples, [](std::int16_t s) { return s != 0; }));
        return samples;
    }
    std::vector<std::int16_t> written() {
        std::ifstream in(folder / "played", std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in),
                                std::istreambuf_iterator<char>()};
        std::vector<std::int16_t> samples(bytes.size() / 2);
        if (!samples.empty()) std::memcpy(samples.data(), bytes.data(), samples.size() * 2);
        return samples;
    }

    tests::TempDir folder;
    std::vector<std::string> told;
    Sounds sounds{[this](const Error& error) { told.push_back(error.code); }};
};

TEST(Tones, AcceptIsShortAndHighBlockLongAndLow) {
    const auto accept = samples_of(Sound::accept);
    const auto block = samples_of(Sound::block);
    EXPECT_EQ(accept.size(), 80U * 48);
    EXPECT_NEAR(hertz_of(accept), 1760, 20);
    EXPECT_EQ(block.size(), 600U * 48);
    EXPECT_NEAR(hertz_of(block), 247, 5);
}

TEST(Tones, WarnFallsFromOneToneToAnother) {
    const auto warn = samples_of(Sound::warn);
    ASSERT_EQ(warn.size(), 240U * 48);
    EXPECT_NEAR(hertz_of(std::span(warn).first(120 * 48)), 1047, 12);
    EXPECT_NEAR(hertz_of(std::span(warn).last(120 * 48)), 784, 12);
}

TEST(Tones, NoneClicksOrClips) {
    for (const Sound sound : {Sound::accept, Sound::warn, Sound::block}) {
        const auto samples = samples_of(sound);
        EXPECT_EQ(samples.front(), 0);
        EXPECT_EQ(samples.back(), 0);
        EXPECT_LT(loudest_of(samples), 30'000);
        EXPECT_GT(loudest_of(samples), 15'000);
    }
}

TEST_F(Recorded, WhatIsPlayedIsTheTone) {
    sounds.set_volume(100);
    sounds.play(Sound::accept, 0);
    const auto heard = played(80 * 48);
    EXPECT_NEAR(hertz_of(heard), 1760, 25);
    EXPECT_NEAR(static_cast<double>(heard.size()), 80 * 48, 4);
    EXPECT_TRUE(told.empty());
    EXPECT_TRUE(sounds.works());
}

TEST_F(Recorded, VolumeMakesItQuieterAndZeroSilent) {
    sounds.set_volume(50);
    sounds.play(Sound::accept, 0);
    EXPECT_NEAR(loudest_of(played(80 * 48)), loudest_of(samples_of(Sound::accept)) / 4, 200);
    sounds.set_volume(-5);
    EXPECT_EQ(sounds.volume(), 0);
    sounds.set_volume(400);
    EXPECT_EQ(sounds.volume(), 100);
}

TEST_F(Recorded, ABlockComesAgainUntilItIsAcknowledged) {
    EXPECT_FALSE(sounds.next_tick_ms());
    sounds.play(Sound::block, 1'000);
    EXPECT_EQ(sounds.next_tick_ms(), 2'500);
    sounds.tick(2'499);
    EXPECT_EQ(sounds.next_tick_ms(), 2'500);
    EXPECT_EQ(tones_in(played(600 * 48)), 1);
    sounds.tick(2'500);
    EXPECT_EQ(sounds.next_tick_ms(), 4'000);
    EXPECT_EQ(tones_in(played(600 * 48)), 2);
    sounds.silence();
    EXPECT_FALSE(sounds.next_tick_ms());
    sounds.tick(10'000);
    EXPECT_EQ(tones_in(played(600 * 48)), 2);
}

TEST_F(Recorded, AScanDoesNotDrownTheBlockTone) {
    sounds.play(Sound::block, 0);
    sounds.play(Sound::accept, 100);
    EXPECT_EQ(sounds.next_tick_ms(), 1'500);
    EXPECT_NEAR(hertz_of(played(600 * 48)), 247, 6);
    sounds.silence();
    sounds.play(Sound::accept, 200);
    EXPECT_FALSE(sounds.next_tick_ms());
}

TEST_F(Recorded, AfterAPauseOfTheMachineItDoesNotCatchUp) {
    sounds.play(Sound::block, 0);
    sounds.tick(1'000'000);
    EXPECT_EQ(sounds.next_tick_ms(), 1'001'500);
}

TEST(SoundsMissing, ATillWithoutALoudspeakerSaysSoOnceAndGoesOn) {
    ::setenv("SDL_AUDIODRIVER", "no-such-driver", 1);
    std::vector<std::string> told;
    Sounds sounds([&](const Error& error) { told.push_back(error.code); });
    EXPECT_TRUE(told.empty()) << "nothing is opened before it is needed";
    EXPECT_FALSE(sounds.works());
    for (int i = 0; i < 3; ++i)
        sounds.play(Sound::warn, i);
    sounds.play(Sound::block, 5);
    EXPECT_EQ(sounds.next_tick_ms(), 1'505) << "the screen may show by it";
    sounds.silence();
    EXPECT_EQ(told, std::vector<std::string>{"no_sound_device"});
    sounds.prepare();
    EXPECT_EQ(told.size(), 1U);
    EXPECT_FALSE(sounds.works()) << "the settings say so";
}

// It was tried once, and a till was silent until it was started again.
TEST(SoundsMissing, ALoudspeakerThatComesLaterIsHeard) {
    const tests::TempDir folder;
    const auto play_into = [](const std::string& file) {
        ::setenv("SDL_AUDIODRIVER", "disk", 1);
        ::setenv("SDL_DISKAUDIOFILE", file.c_str(), 1);
        ::setenv("SDL_AUDIO_DISK_OUTPUT_FILE", file.c_str(), 1);
    };
    const auto tell_sdl = [](Uint32 type) {
        SDL_Event event{};
        event.type = type;
        SDL_PushEvent(&event);
    };
    play_into(folder / "no-such-folder" / "played");
    int told = 0;
    Sounds sounds([&](const Error&) { ++told; });
    sounds.play(Sound::accept, 0);
    sounds.play(Sound::accept, 1);
    EXPECT_FALSE(sounds.works());
    EXPECT_EQ(told, 1);
    play_into(folder / "played");
    tell_sdl(SDL_AUDIODEVICEADDED);
    sounds.play(Sound::accept, 2);
    EXPECT_TRUE(sounds.works());
    play_into(folder / "no-such-folder" / "played");
    tell_sdl(SDL_AUDIODEVICEREMOVED);
    sounds.play(Sound::accept, 3);
    EXPECT_FALSE(sounds.works());
    EXPECT_EQ(told, 2);
}

TEST(SoundsMissing, ADeviceThatPlaysNothingIsNoError) {
    ::setenv("SDL_AUDIODRIVER", "dummy", 1);
    int told = 0;
    Sounds sounds([&](const Error&) { ++told; });
    sounds.play(Sound::accept, 0);
    sounds.play(Sound::block, 1);
    sounds.tick(2'000);
    sounds.silence();
    EXPECT_EQ(told, 0);
}

TEST(SoundsMissing, SilentIsSilentEvenWithoutADevice) {
    ::setenv("SDL_AUDIODRIVER", "no-such-driver", 1);
    int told = 0;
    Sounds sounds([&](const Error&) { ++told; });
    sounds.set_volume(0);
    sounds.play(Sound::block, 0);
    EXPECT_EQ(told, 0);
}

}  // namespace
}  // namespace fangxin::kit
