#include "drivers/scales/scale.hpp"

#include "tests/support/capture.hpp"
#include "tests/support/pty.hpp"

#include <atomic>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <memory>
#include <unistd.h>

namespace fangxin::drivers {
namespace {

using tests::from_hex;
using tests::soon;

constexpr const char* kilogram = "02 2D 30 20 20 20 31 32 33 34 20 20 20 20 20 30 0D 1A";
constexpr const char* moving = "02 2D 38 20 20 20 31 30 30 30 20 20 20 20 20 30 0D 1B";

std::string words(const LatestReading& latest) {
    if (std::holds_alternative<NoScale>(latest)) return "no_scale";
    if (std::holds_alternative<SilentScale>(latest)) return "silent";
    const Reading& reading = std::get<CurrentReading>(latest).reading;
    return fmt::format("{} {}", domain::to_text(reading.state), reading.net_mg);
}

struct Rig {
    tests::Pty pty;
    std::atomic<int> readings = 0;
    Scale scale;

    explicit Rig(std::int64_t silent_ms = 60'000)
        : scale({.address = PathAddress{pty.path()},
                 .driver = *find_scale_driver("toledo-continuous"),
                 .silent_ms = silent_ms},
                {.on_reading = [this](const Reading&) { ++readings; }, .on_change = {}}) {
        scale.start();
        EXPECT_TRUE(soon([this] { return now() == "silent"; }));
    }
    ~Rig() { scale.stop(); }
    std::string now() const { return words(scale.latest(monotonic_now_ms())); }
    void send(const char* frame) {
        int before = readings;
        pty.send(from_hex(frame));
        EXPECT_TRUE(soon([&] { return readings == before + 1; }));
    }
};

TEST(Scale, ReadsOverALine) {
    Rig rig;
    rig.send(moving);
    EXPECT_EQ(rig.now(), "motion 1000000");
    rig.send(kilogram);
    EXPECT_EQ(rig.now(), "motion 1234000");
    rig.send(kilogram);
    EXPECT_EQ(rig.now(), "stable 1234000");
}

// WEIGH-4: how many frames have to agree is a parameter of the register, in force at once.
TEST(Scale, BelievesAWeightAfterAsManyFramesAsTheRegisterSays) {
    Rig rig;
    rig.scale.set_stable_frames(4);
    for (int i = 0; i < 3; ++i)
        rig.send(kilogram);
    EXPECT_EQ(rig.now(), "motion 1234000");
    rig.send(kilogram);
    EXPECT_EQ(rig.now(), "stable 1234000");
    rig.scale.set_stable_frames(1);  // never fewer than its driver says
    rig.send(moving);
    rig.send(kilogram);
    EXPECT_EQ(rig.now(), "motion 1234000");
    rig.send(kilogram);
    EXPECT_EQ(rig.now(), "stable 1234000");
}

TEST(Scale, IsNotThereUntilItsPortIs) {
    Scale scale({.address = PathAddress{"/dev/no-such-scale"},
                 .driver = *find_scale_driver("toledo-continuous")});
    EXPECT_EQ(words(scale.latest(0)), "no_scale");
    scale.start();
    EXPECT_EQ(words(scale.latest(monotonic_now_ms())), "no_scale");
}

TEST(Scale, IsSilentHalfASecondAfterItsLastWord) {  // WEIGH-5
    Rig rig(500);
    rig.pty.send(from_hex(kilogram) + from_hex(kilogram));
    ASSERT_TRUE(soon([&] { return rig.readings == 2; }));
    std::int64_t now_ms = monotonic_now_ms();
    EXPECT_EQ(words(rig.scale.latest(now_ms + 501)), "silent");
    EXPECT_EQ(words(rig.scale.latest(now_ms + 60'000)), "silent");
}

TEST(Scale, ForgetsTheWeightWhenUnpluggedWhileWeighing) {  // WEIGH-5
    Rig rig;
    rig.send(kilogram);
    rig.send(kilogram);
    EXPECT_EQ(rig.now(), "stable 1234000");
    rig.pty.send(from_hex(kilogram).substr(0, 9));
    rig.pty.unplug();
    EXPECT_TRUE(soon([&] { return rig.now() == "no_scale"; }));
}

TEST(Scale, TellsTheAgeOfItsReading) {  // WEIGH-5
    Rig rig;
    rig.send(kilogram);
    std::int64_t now_ms = monotonic_now_ms();
    auto first = std::get<CurrentReading>(rig.scale.latest(now_ms));
    auto later = std::get<CurrentReading>(rig.scale.latest(now_ms + 120));
    EXPECT_EQ(later.age_ms, first.age_ms + 120);
    EXPECT_EQ(first.reading.at_ms + first.age_ms, now_ms);
}

// A command that waits while a scale owes an answer was overwritten by the next.
TEST(Scale, KeepsEachCommandThatItAccepted) {
    tests::Pty pty;
    Scale scale({.address = PathAddress{pty.path()}, .driver = *find_scale_driver("mt-sics")}, {});
    std::string came;
    scale.start();
    ASSERT_TRUE(soon([&] {
        came += pty.received();
        return came.ends_with("SI\r\n");
    }));
    int accepted = 0;
    auto told = [&](ScaleCommand command) { accepted += scale.tell(command) ? 1 : 0; };
    told(ScaleCommand::zero);
    EXPECT_TRUE(soon([&] {
        told(ScaleCommand::tare);
        return accepted == 2;
    }));
    auto third = scale.tell(ScaleCommand::clear_tare);
    ASSERT_FALSE(third);
    EXPECT_EQ(third.error().code, "busy");
    EXPECT_TRUE(soon([&] {
        came += pty.received();
        return came.find("Z\r\n") != std::string::npos && came.find("T\r\n") != std::string::npos;
    })) << came;
    scale.stop();
}

// WEIGH-1: the next goods would be weighed with a tare that nobody sees.
TEST(Scale, TakesNoTareThatItCannotForget) {
    for (const ScaleDriver& driver : scale_drivers()) {
        const Scale scale({.address = PathAddress{"/dev/none"}, .driver = driver}, {});
        EXPECT_EQ(scale.can(ScaleCommand::tare), !driver.tare.empty() && !driver.clear_tare.empty())
            << driver.id;
    }
}

/// A port whose cable the test pulls and puts into another scale.
class Port {
  public:
    Port() : path_(::testing::TempDir() + "fangxin-scale-" + std::to_string(::getpid())) {
        connect();
    }
    ~Port() { ::unlink(path_.c_str()); }
    const std::string& path() const { return path_; }
    void send(const std::string& bytes) { pty_->send(bytes); }
    void pull() {
        ::unlink(path_.c_str());
        pty_->unplug();
    }
    void connect() {
        pty_ = std::make_unique<tests::Pty>();
        EXPECT_EQ(::symlink(pty_->path().c_str(), path_.c_str()), 0);
    }

  private:
    std::string path_;
    std::unique_ptr<tests::Pty> pty_;
};

// WEIGH-5: what one scale said before its cable was pulled is no part of what comes after it,
// neither the half of a frame nor a weight that was stable.
TEST(Scale, BeginsAnewWhenItIsConnectedAgain) {
    Port port;
    std::atomic<int> readings = 0;
    Scale scale({.address = PathAddress{port.path()},
                 .driver = *find_scale_driver("toledo-continuous"),
                 .silent_ms = 60'000},
                {.on_reading = [&](const Reading&) { ++readings; }, .on_change = {}});
    auto now = [&] { return words(scale.latest(monotonic_now_ms())); };
    scale.start();
    ASSERT_TRUE(soon([&] { return now() == "silent"; }));
    port.send(from_hex(kilogram) + from_hex(kilogram).substr(0, 9));
    ASSERT_TRUE(soon([&] { return now() == "motion 1234000"; }));
    port.pull();
    ASSERT_TRUE(soon([&] { return now() == "no_scale"; }));
    port.connect();
    ASSERT_TRUE(soon([&] { return now() == "silent"; }));
    port.send(from_hex(kilogram).substr(9) + from_hex(kilogram));
    ASSERT_TRUE(soon([&] { return readings >= 2; }));
    EXPECT_EQ(now(), "motion 1234000");
    port.send(from_hex(kilogram));
    ASSERT_TRUE(soon([&] { return readings == 3; })) << "the two halves were no frame";
    EXPECT_EQ(now(), "stable 1234000");
}

}  // namespace
}  // namespace fangxin::drivers
