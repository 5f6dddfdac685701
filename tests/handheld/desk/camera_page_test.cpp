// The camera's page over a real database and a real pipeline: a drawn picture before the camera.
#include "terminal/station/photos.hpp"
#include "tests/handheld/desk/at_the_handheld.hpp"
#include "tests/support/drawn_code.hpp"

#include <chrono>

namespace fangxin::handheld {
namespace {

using kit::Key;

class CameraPageTest : public AtTheHandheld {
  protected:
    /// With this before the camera.
    void hold(const std::string& pipeline) {
        close();
        config.camera = drivers::CameraConfig{.pipeline = pipeline};
        open();
    }
    void hold_code(const std::string& zint) {
        hold("filesrc location=" + pictures.draw(zint) + " ! pngdec ! imagefreeze");
    }
    /// What comes from other threads is heard until the screen says this.
    bool comes(std::string_view words) {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(15);
        while (!stage.says(words)) {
            if (std::chrono::steady_clock::now() > until) return false;
            if (auto event = shop.station().events().take(std::chrono::milliseconds(20))) event();
            stage.play();
        }
        return true;
    }

    tests::PictureFolder pictures;
};

// RECV-1: goods come in by the camera alone.
TEST_F(CameraPageTest, ADeliveryIsReceivedByTheCameraAlone) {
    hold_code("-b 71 --gs1 --quietzones --scale=4 -d '[01]" + tests::gtin14(tests::milk_code) +
              "[11]" + pack("", 1).substr(21, 6) + "[10]L7'");
    log_in("1201");
    EXPECT_TRUE(tap("Receive"));
    key(Key::f3);
    EXPECT_TRUE(stage.says("The camera is starting…"));
    ASSERT_TRUE(comes("How many pieces?"));
    EXPECT_EQ(sound(), kit::Sound::accept);
    stage.play();
    EXPECT_FALSE(devices->is_camera_open()) << "nobody looks at it";
    digits("24");
    on();
    EXPECT_TRUE(tap("供应商"));
    EXPECT_TRUE(tap("All in order"));
    on();
    EXPECT_TRUE(stage.says("Booked: 24 pcs"));
    EXPECT_EQ(verdict("L7"), "allow");
}

TEST_F(CameraPageTest, ACodeIsLookedUpFromHome) {
    hold_code("-b EANX --scale=2 -d " + std::string(tests::noodles_code));
    log_in("1301");
    EXPECT_TRUE(tap("Scan"));
    ASSERT_TRUE(comes("Noodles"));
    stage.play();
    EXPECT_FALSE(devices->is_camera_open());
    EXPECT_EQ(devices->is_well("camera"), true);
}

TEST_F(CameraPageTest, AScannerIsAsGoodWhileTheCameraLooks) {
    hold("videotestsrc is-live=true pattern=black");
    log_in("1301");
    EXPECT_TRUE(tap("Scan"));
    EXPECT_TRUE(comes("It is dark: more light is needed"));
    stage.scan(tests::noodles_code);
    EXPECT_TRUE(stage.says("Noodles"));
}

TEST_F(CameraPageTest, WhoLeavesOrLocksItEndsTheCamera) {
    hold("videotestsrc is-live=true");
    log_in("1301");
    EXPECT_FALSE(devices->is_camera_open());
    EXPECT_TRUE(tap("Scan"));
    EXPECT_TRUE(comes("Hold the code before the camera"));
    EXPECT_TRUE(devices->is_camera_open());
    log_out();
    EXPECT_FALSE(devices->is_camera_open());
    log_in("1301");
    EXPECT_TRUE(tap("Scan"));
    EXPECT_TRUE(comes("Hold the code before the camera"));
    EXPECT_TRUE(tap("Cancel"));
    stage.play();
    EXPECT_FALSE(devices->is_camera_open());
    EXPECT_EQ(shop.count("SELECT count(*) FROM ops WHERE kind IN ('device', 'terminal_told') AND "
                         "body LIKE '%camera%'"),
              1)
        << "opened twice it is found once";
    EXPECT_TRUE(stage.says("Nothing to do"));
}

// FAULT-2
TEST_F(CameraPageTest, ACameraThatFailsSaysSoAndComesBackByItself) {
    const std::string path =
        pictures.draw("-b EANX --scale=2 -d " + std::string(tests::noodles_code));
    std::filesystem::rename(path, path + ".away");
    hold("filesrc location=" + path + " ! pngdec ! imagefreeze");
    log_in("1301");
    EXPECT_TRUE(tap("Scan"));
    EXPECT_TRUE(comes("The camera gives no picture"));
    EXPECT_EQ(devices->is_well("camera"), false);
    EXPECT_EQ(shop.count("SELECT count(*) FROM ops WHERE kind = 'device' AND body LIKE "
                         "'%camera%lost%'"),
              1);
    std::filesystem::rename(path + ".away", path);
    EXPECT_TRUE(comes("Noodles"));
}

// rules 1: a correction is made with a photo of the pack, which is on the disk before the op is.
TEST_F(CameraPageTest, ACorrectionKeepsThePhotoThatWasTaken) {
    hold("videotestsrc is-live=true");
    log_in("1301");
    stage.scan(pack("L1", 3));
    EXPECT_TRUE(tap("Correct"));
    key(Key::f9);  // the date stays
    type("77");
    on();
    key(Key::digit_1);
    EXPECT_TRUE(stage.says("No photo yet"));
    key(Key::f3);
    ASSERT_TRUE(comes("Date and lot sharp in the picture"));
    stage.scan(tests::noodles_code);
    EXPECT_EQ(sound(), kit::Sound::warn) << "a photo is no scan";
    on();
    EXPECT_TRUE(tap("Again"));
    ASSERT_TRUE(comes("Date and lot sharp in the picture"));
    on();
    stage.play();
    EXPECT_FALSE(devices->is_camera_open());
    on();
    EXPECT_TRUE(stage.says("with the photo"));
    on();
    ASSERT_EQ(shop.count("SELECT count(*) FROM ops WHERE kind = 'batch_corrected'"), 1);
    const auto folder = shop.station().options().directory / "photos";
    int named = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        named += static_cast<int>(
            shop.count("SELECT count(*) FROM ops WHERE kind = 'batch_corrected' AND body LIKE '%" +
                       file.path().filename().string() + "%'"));
    }
    EXPECT_EQ(named, 1);
}

}  // namespace
}  // namespace fangxin::handheld
