#include "drivers/device_loop.hpp"

#include "domain/check.hpp"
#include "tests/support/capture.hpp"
#include "tests/support/pty.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace fangxin::drivers {
namespace {

/// Counts what happens; says what it is told to say.
struct Listener final : Conversation {
    std::atomic<int> found = 0, lost = 0, opens = 0;
    std::atomic<std::size_t> bytes = 0;
    std::mutex mutex;
    std::string to_say;
    Error reason;

    void opened(std::int64_t) override { ++opens; }
    void received(std::span<const std::byte> got, std::int64_t) override { bytes += got.size(); }
    std::string to_send(std::int64_t) override {
        std::lock_guard lock(mutex);
        return std::exchange(to_say, {});
    }
    void changed(const DeviceChange& change) override {
        std::lock_guard lock(mutex);
        reason = change.reason;
        ++(change.connected ? found : lost);
    }
    std::string why() {
        std::lock_guard lock(mutex);
        return reason.code;
    }
};

OpenDevice at(const std::string& path) { return opener_of(PathAddress{path}, {}); }

TEST(DeviceLoop, ComesBackAfterTheCableWasPulled) {
    std::string link = ::testing::TempDir() + "fangxin-port-" + std::to_string(::getpid());
    Listener heard;
    tests::Pty first;
    ASSERT_EQ(::symlink(first.path().c_str(), link.c_str()), 0);
    DeviceLoop device(at(link), heard, {.first_retry_ms = 5});
    device.start();
    ASSERT_TRUE(tests::soon([&] { return heard.found == 1; }));
    first.send("abc");
    EXPECT_TRUE(tests::soon([&] { return heard.bytes == 3; }));
    tests::Pty second;
    ASSERT_EQ(::unlink(link.c_str()), 0);
    first.unplug();
    EXPECT_TRUE(tests::soon([&] { return heard.lost >= 1; }));
    ASSERT_EQ(::symlink(second.path().c_str(), link.c_str()), 0);
    EXPECT_TRUE(tests::soon([&] { return heard.found == 2; }));
    second.send("de");
    EXPECT_TRUE(tests::soon([&] { return heard.bytes == 5; }));
    device.stop();
    EXPECT_EQ(heard.opens, 2);
    EXPECT_EQ(device.health().losses, 1);
    ::unlink(link.c_str());
}

TEST(DeviceLoop, StopsAtOnceWhileItWaitsForADevice) {
    Listener heard;
    DeviceLoop device(at("/dev/no-such-port"), heard, {.first_retry_ms = 60'000});
    device.start();
    ASSERT_TRUE(tests::soon([&] { return heard.lost == 1; }));
    auto before = std::chrono::steady_clock::now();
    device.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(1));
}

/// A port whose queue of callers is full: who calls now waits for an answer that does not come.
class BusyHost {
  public:
    BusyHost() {
        sockaddr_in any{.sin_family = AF_INET};
        any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        FANGXIN_CHECK(::bind(listener_, as(any), sizeof any) == 0 && ::listen(listener_, 0) == 0);
        socklen_t size = sizeof any;
        ::getsockname(listener_, as(any), &size);
        port = std::to_string(ntohs(any.sin_port));
        for (int caller : callers_)
            ::connect(caller, as(any), sizeof any);
    }
    ~BusyHost() {
        ::close(listener_);
        for (int caller : callers_)
            ::close(caller);
    }
    std::string port;

  private:
    static sockaddr* as(sockaddr_in& address) { return reinterpret_cast<sockaddr*>(&address); }
    static int caller() { return ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0); }
    int listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    std::array<int, 4> callers_{caller(), caller(), caller(), caller()};
};

TEST(DeviceLoop, StopsAtOnceWhileItConnects) {
    BusyHost host;
    Listener heard;
    std::atomic<bool> opening = false;
    const OpenDevice opener = opener_of(TcpAddress{"127.0.0.1", host.port}, {.connect_ms = 20'000});
    DeviceLoop device(
        [&](const Interrupt& stop) {
            opening = true;
            return opener(stop);
        },
        heard);
    device.start();
    ASSERT_TRUE(tests::soon([&] { return opening.load(); }));
    const auto before = std::chrono::steady_clock::now();
    device.wake();
    device.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(1));
    EXPECT_EQ(heard.lost, 0) << "to be stopped is no trouble";
}

TEST(DeviceLoop, StopsAtOnceWhileItReads) {
    tests::Pty pty;
    Listener heard;
    DeviceLoop device(at(pty.path()), heard);
    device.start();
    ASSERT_TRUE(tests::soon([&] { return heard.found == 1; }));
    auto before = std::chrono::steady_clock::now();
    device.stop();
    device.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(1));
    EXPECT_EQ(heard.lost, 0);
}

TEST(DeviceLoop, TellsTheSameLossOnce) {
    Listener heard;
    DeviceLoop device(at("/dev/no-such-port"), heard, {.first_retry_ms = 1, .last_retry_ms = 2});
    device.start();
    ASSERT_TRUE(tests::soon([&] { return heard.lost == 1; }));
    Interrupt never;
    never.wait_for(50);  // a few retries
    device.stop();
    EXPECT_EQ(heard.lost, 1);
    EXPECT_EQ(heard.why(), "not_found");
}

TEST(DeviceLoop, SaysWhatIsToBeSaidWhenItIsWoken) {
    tests::Pty pty;
    Listener heard;
    DeviceLoop device(at(pty.path()), heard);
    device.start();
    ASSERT_TRUE(tests::soon([&] { return heard.found == 1; }));
    {
        std::lock_guard lock(heard.mutex);
        heard.to_say = "Z";
    }
    device.wake();
    std::string said;
    EXPECT_TRUE(tests::soon([&] { return (said = pty.received()) == "Z"; }));
    device.stop();
}

TEST(DeviceLoop, LooksAtOnceWhenSomethingMayHaveBeenPluggedIn) {
    std::string link = ::testing::TempDir() + "fangxin-late-" + std::to_string(::getpid());
    Listener heard;
    DeviceLoop device(at(link), heard, {.first_retry_ms = 60'000, .last_retry_ms = 60'000});
    device.start();
    ASSERT_TRUE(tests::soon([&] { return heard.lost == 1; }));
    tests::Pty pty;
    ASSERT_EQ(::symlink(pty.path().c_str(), link.c_str()), 0);
    device.wake();
    EXPECT_TRUE(tests::soon([&] { return heard.found == 1; }));
    EXPECT_TRUE(device.health().connected);
    EXPECT_EQ(device.health().identity, link);
    device.stop();
    ::unlink(link.c_str());
}

}  // namespace
}  // namespace fangxin::drivers
