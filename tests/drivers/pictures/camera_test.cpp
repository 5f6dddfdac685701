// Live pictures by real pipelines of GStreamer's: no camera is needed, and none is pretended.
#include "drivers/pictures/camera.hpp"

#include "tests/support/code_photo.hpp"
#include "tests/support/drawn_code.hpp"
#include "tests/support/pty.hpp"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace fangxin::drivers {
namespace {

namespace fs = std::filesystem;
using tests::PictureFolder;
using tests::soon;

/// A camera and what was heard of it.
struct LiveCamera {
    std::mutex mutex;
    std::vector<std::string> scans, changes;
    Error reason;
    Camera camera;

    explicit LiveCamera(CameraOptions options, ReadConfirmation::Known known = {})
        : camera(with_short_times(std::move(options)), handlers(std::move(known))) {
        camera.start();
    }
    explicit LiveCamera(const std::string& pipeline, ReadConfirmation::Known known = {})
        : LiveCamera(CameraOptions{.feed = {.pipeline = pipeline}}, std::move(known)) {}

    static CameraOptions with_short_times(CameraOptions options) {
        if (options.times.first_retry_ms > 1000) return options;
        options.times = {.first_retry_ms = 20, .last_retry_ms = 50};
        return options;
    }
    CameraHandlers handlers(ReadConfirmation::Known known) {
        return {.on_scan =
                    [this](const Decoded& code) {
                        const std::lock_guard lock(mutex);
                        scans.push_back(code.as_scanned());
                    },
                .on_change =
                    [this](const DeviceChange& change) {
                        const std::lock_guard lock(mutex);
                        reason = change.reason;
                        changes.push_back(change.connected ? "found" : change.reason.code);
                    },
                .known = std::move(known)};
    }
    std::string heard() {
        const std::lock_guard lock(mutex);
        std::string all;
        for (const std::string& each : changes)
            all += (all.empty() ? "" : " ") + each;
        return all;
    }
    std::string scanned() {
        const std::lock_guard lock(mutex);
        std::string all;
        for (const std::string& each : scans)
            all += (all.empty() ? "" : " ") + each;
        return all;
    }
    /// The first loss, with its words.
    std::string trouble() {
        if (!soon([&] { return !heard().empty(); }, std::chrono::seconds(12))) return "silence";
        const std::lock_guard lock(mutex);
        return reason.code + ": " + reason.detail;
    }
};

struct CameraTest : ::testing::Test {
    PictureFolder folder;

    /// A photo of goods, in a file of its own.
    std::string photo(const std::string& name, const std::string& zint,
                      const tests::Hardship& hardship, std::uint64_t seed) {
        const auto taken =
            tests::photograph(tests::load_png(folder.draw(zint)), hardship, seed, 800, 600);
        const std::string path = folder.write(name, "");
        tests::save_png(path, taken.photo);
        return path;
    }
    std::string still(const std::string& path) {
        return "filesrc location=" + path + " ! pngdec ! imagefreeze";
    }
};

TEST_F(CameraTest, ShowsALivePictureOfBoundedSize) {
    LiveCamera live("videotestsrc is-live=true ! video/x-raw,width=3000,height=2000");
    ASSERT_TRUE(soon([&] { return live.camera.sight().number >= 3; }, std::chrono::seconds(12)));
    const CameraSight sight = live.camera.sight();
    EXPECT_EQ(sight.picture->width, 1280);
    EXPECT_EQ(sight.picture->height, 853);
    EXPECT_EQ(sight.picture->rgba.size(), 1280U * 853 * 4);
    EXPECT_EQ(live.heard(), "found");
    EXPECT_TRUE(live.camera.health().connected);
}

TEST_F(CameraTest, FramesTheCodeThatIsHeldBeforeIt) {  // SALE-1
    const std::string path = photo("a.png", "-b EANX -d 6901234567892", {.any_angle = true}, 4);
    LiveCamera live(still(path));
    ASSERT_TRUE(soon([&] { return !live.scanned().empty(); }, std::chrono::seconds(12)));
    EXPECT_EQ(live.scanned(), "]E06901234567892");
    const CameraSight sight = live.camera.sight();
    ASSERT_EQ(sight.codes.size(), 1U);
    EXPECT_TRUE(sight.codes[0].is_confirmed);
    const auto taken = tests::photograph(tests::load_png(folder.draw("-b EANX -d 6901234567892")),
                                         {.any_angle = true}, 4, 800, 600);
    double left = 800, right = 0, top = 600, bottom = 0;
    for (const auto& corner : taken.label) {
        left = std::min(left, corner[0]), right = std::max(right, corner[0]);
        top = std::min(top, corner[1]), bottom = std::max(bottom, corner[1]);
    }
    for (const PicturePoint& corner : sight.codes[0].code.corners) {
        EXPECT_TRUE(corner.x >= left && corner.x <= right) << corner.x;
        EXPECT_TRUE(corner.y >= top && corner.y <= bottom) << corner.y;
    }
}

TEST_F(CameraTest, ReadsBarsAtEveryAngle) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const auto path =
            photo("turned.png", "-b EANX -d 6901234567892", {.any_angle = true}, seed);
        LiveCamera live(still(path));
        EXPECT_TRUE(soon([&] { return !live.scanned().empty(); }, std::chrono::seconds(12)))
            << seed;
        EXPECT_EQ(live.scanned(), "]E06901234567892");
    }
}

TEST_F(CameraTest, ACodeHeldStillIsOneScanAndTheNextPackAnother) {
    const std::string first = photo("p0.png", "-b EANX -d 6901234567892", {}, 1);
    const std::string other = photo("p1.png", "-b EANX -d 6901234567199", {}, 2);
    fs::copy_file(first, fs::path(first).parent_path() / "p2.png");
    fs::copy_file(first, fs::path(first).parent_path() / "p3.png");
    CameraOptions options{
        .feed = {.pipeline = "multifilesrc location=" + fs::path(first).parent_path().string() +
                             "/p%d.png start-index=0 stop-index=3 loop=false "
                             "caps=image/png,framerate=2/3 ! pngdec ! videorate "
                             "! video/x-raw,framerate=10/1"}};
    options.rules.gone_after_ms = 700;
    options.times.first_retry_ms = 60'000;
    LiveCamera live(options);
    ASSERT_TRUE(
        soon([&] { return live.heard().ends_with("camera_ended"); }, std::chrono::seconds(20)));
    live.camera.stop();
    EXPECT_EQ(live.scanned(), "]E06901234567892 ]E06901234567199 ]E06901234567892");
}

// SALE-1: a reading that is not sure becomes a scan when two pictures agree, or the shop knows it.
TEST_F(CameraTest, AsksTheShopAboutACodeThatIsNotSure) {
    const std::string path = photo("upce.png", "-b UPCE -d 123456", {}, 3);
    CameraOptions options{
        .feed = {.pipeline = "filesrc location=" + path + " ! pngdec ! imagefreeze num-buffers=1"}};
    options.decoder.frame_budget_ms = 0;  // one look at each picture
    options.rules.agree_within_ms = 0;
    options.times.first_retry_ms = 60'000;
    std::atomic<bool> is_known = false;
    std::atomic<int> asked = 0;
    const auto known = [&](const std::string&) { return ++asked, is_known.load(); };
    LiveCamera unknown(options, known);
    ASSERT_TRUE(soon([&] { return asked == 1; }, std::chrono::seconds(12)));
    ASSERT_TRUE(soon([&] { return unknown.heard() == "found camera_ended"; }));
    EXPECT_EQ(unknown.scanned(), "");
    is_known = true;
    LiveCamera sold(options, known);
    EXPECT_TRUE(soon([&] { return !sold.scanned().empty(); }, std::chrono::seconds(12)));
}

TEST_F(CameraTest, AFileThatEndsIsALossAndIsPlayedAgain) {
    LiveCamera live("videotestsrc num-buffers=2");
    EXPECT_TRUE(soon([&] { return live.heard().starts_with("found camera_ended found"); },
                     std::chrono::seconds(20)))
        << live.heard();
    EXPECT_GE(live.camera.health().losses, 1);
}

TEST_F(CameraTest, OneThatDiesComesBack) {
    const std::string path = photo("a.png", "-b EANX -d 6901234567892", {}, 1);
    const std::string away = path + ".away";
    fs::rename(path, away);
    LiveCamera live("multifilesrc location=" + path +
                    " loop=true caps=image/png,framerate=10/1 ! pngdec");
    ASSERT_TRUE(soon([&] { return live.heard() == "open_failed"; }, std::chrono::seconds(12)))
        << live.heard();
    EXPECT_EQ(live.camera.sight().picture, nullptr);
    fs::rename(away, path);
    live.camera.wake();
    ASSERT_TRUE(
        soon([&] { return live.scanned() == "]E06901234567892"; }, std::chrono::seconds(12)));
    fs::rename(path, away);
    ASSERT_TRUE(soon([&] { return live.heard().starts_with("open_failed found "); },
                     std::chrono::seconds(12)))
        << live.heard();
    EXPECT_EQ(live.camera.sight().picture, nullptr) << "the last picture is not live";
    fs::rename(away, path);
    EXPECT_TRUE(
        soon([&] { return live.camera.sight().picture != nullptr; }, std::chrono::seconds(12)));
}

TEST_F(CameraTest, AMissingDeviceIsTriedAgain) {
    LiveCamera live(CameraOptions{.feed = {.source = "/dev/video-none"}});
    EXPECT_EQ(live.trouble(), "not_found: /dev/video-none: No such file or directory");
    LiveCamera usb(CameraOptions{.feed = {.source = "usb:1234:5678"}});
    EXPECT_TRUE(usb.trouble().starts_with("not_found")) << usb.trouble();
    LiveCamera file(CameraOptions{.feed = {.source = folder.write("video0", "x")}});
    EXPECT_TRUE(file.trouble().starts_with("wrong_device")) << file.trouble();
    LiveCamera null(CameraOptions{.feed = {.source = "/dev/null"}});
    EXPECT_FALSE(null.trouble().starts_with("silence"));
    EXPECT_FALSE(null.camera.health().connected);
}

TEST_F(CameraTest, HostileTextsAreToldInWordsAndHarmNobody) {
    for (const std::string text : {
             "videotestsrc ! ! x",
             "nonsense",
             "videotestsrc ! fakesink",
             "(",
             "videotestsrc (",
             "audiotestsrc",
             "filesrc location=/proc/self/status ! pngdec",
             "=",
             "a.b",
             "!",
             "videotestsrc ! video/x-raw,width=0",
             "videotestsrc num-buffers=0",
             "\"",
             "appsink",
             "videotestsrc pattern=900000 ! nothing-there",
             "   ",
             "\xff\xfe videotestsrc",
         }) {
        LiveCamera live(text);
        EXPECT_TRUE(live.trouble().starts_with("bad_pipeline")) << text << ": " << live.trouble();
    }
    LiveCamera endless(std::string(5000, 'x'));
    EXPECT_EQ(endless.trouble(), "bad_pipeline: longer than 4096 bytes");
    LiveCamera missing("filesrc location=" + folder.write("x", "") + "-none ! pngdec");
    EXPECT_TRUE(missing.trouble().starts_with("not_found")) << missing.trouble();
}

TEST_F(CameraTest, OddSizesAndOtherSinksOfAnyNameAreNoHindrance) {
    for (const std::string text : {
             "videotestsrc ! video/x-raw,format=RGB,width=321,height=241",
             "videotestsrc ! video/x-raw,format=GRAY8,width=33,height=1",
             "videotestsrc ! tee name=appsink0 ! queue ! appsink name=appsink1 drop=true "
             "max-buffers=1 appsink0. ! queue",
             "videotestsrc name=videorate0 ! identity name=identity0",
         }) {
        LiveCamera live(text);
        EXPECT_TRUE(soon([&] { return live.camera.sight().number >= 2; }, std::chrono::seconds(12)))
            << text << ": " << live.heard();
    }
}

TEST_F(CameraTest, FramesTooLargeForTheMachineEndOnlyTheirProgram) {
    LiveCamera live("videotestsrc ! video/x-raw,format=RGBA,width=32000,height=32000");
    const std::string trouble = live.trouble();
    EXPECT_TRUE(trouble.starts_with("camera_died") || trouble.starts_with("bad_pipeline"))
        << trouble;
    EXPECT_EQ(live.camera.sight().picture, nullptr);
}

TEST_F(CameraTest, ASourceThatGivesNothingIsSilentAndCanBeStopped) {
    const std::string fifo = folder.write("x", "") + "-fifo";
    ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
    for (const std::string& text : {"filesrc location=" + fifo + " ! pngdec",
                                    std::string("videotestsrc ! valve drop=true")}) {
        CameraOptions options{.feed = {.pipeline = text, .first_picture_ms = 700}};
        LiveCamera live(options);
        EXPECT_EQ(live.trouble(), "camera_silent: no picture in 700 ms") << text;
        LiveCamera waiting(text);
        Interrupt never;
        never.wait_for(200);
        const auto before = std::chrono::steady_clock::now();
        waiting.camera.stop();
        EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::milliseconds(500));
        EXPECT_EQ(waiting.heard(), "");
    }
}

TEST_F(CameraTest, OneThatFreezesIsLost) {
    const std::string path = photo("p0.png", "-b EANX -d 6901234567892", {}, 1);
    const std::string fifo = fs::path(path).parent_path() / "p1.png";
    ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
    CameraOptions options{
        .feed = {.pipeline = "multifilesrc location=" + fs::path(path).parent_path().string() +
                             "/p%d.png caps=image/png,framerate=1/1 ! pngdec",
                 .next_picture_ms = 400}};
    LiveCamera live(options);
    EXPECT_TRUE(soon([&] { return live.heard().starts_with("found camera_silent"); },
                     std::chrono::seconds(12)))
        << live.heard();
}

TEST_F(CameraTest, WithoutItsProgramItSaysSo) {
    CameraOptions options{.feed = {.pipeline = "videotestsrc", .program = "/nowhere/camera"}};
    LiveCamera live(options);
    EXPECT_TRUE(live.trouble().starts_with("cannot_start")) << live.trouble();
    options.feed.program = "/bin/true";
    LiveCamera ends(options);
    EXPECT_TRUE(ends.trouble().starts_with("camera_died")) << ends.trouble();
}

}  // namespace
}  // namespace fangxin::drivers
