// The customers' check scale in its window, over a real database and a scale that says 1.000 kg.
#include "terminal/desk/fair_scale_desk.hpp"

#include "domain/code.hpp"
#include "terminal/station/desk_window.hpp"
#include "tests/support/checkout_shop.hpp"
#include "tests/support/written_file.hpp"
#include "tests/terminal/station/screens/patient_stage.hpp"

#include <gtest/gtest.h>
#include <thread>

namespace fangxin::terminal {
namespace {

class FairScaleAtTheDoor : public ::testing::Test {
  protected:
    void open(int certificate_days) {
        domain::Instrument scale =
            tests::shop_scale(shop.today() + std::chrono::days(certificate_days));
        scale.kind = "fair_scale";
        scale.e_mg = 10'000;
        shop.put(scale);
        const std::string capture = folder.path() / "scale.hex";
        tests::write_file(capture, "02 2D 30 20 20 20 31 30 30 30 20 20 20 20 20 30 0D 23\n");
        drivers::DevicesConfig config;
        config.scale = drivers::ScaleConfig{
            .port = "replay:" + capture, .protocol = "toledo-continuous", .instrument = "S1"};
        devices = std::move(
            *Devices::make(config, shop.station(), told_to(desk), ScaleRegister::Use::fair_scale));
        desk = std::make_unique<FairScaleDesk>(shop.station(), *devices);
        shop.station().start(desk->station_events());
        stage.show([this](kit::Ui& ui, kit::Rect) { desk->play(ui); });
        devices->start();
    }
    ~FairScaleAtTheDoor() override {
        while (auto event = shop.station().events().take(std::chrono::milliseconds(0)))
            event();
    }
    /// What comes from the scale is heard until the screen says this.
    bool comes(std::string_view words) {
        for (int i = 0; i < 500 && !stage.says(words); ++i) {
            if (auto event = shop.station().events().take(std::chrono::milliseconds(10))) event();
            stage.rest();
        }
        return stage.says(words);
    }
    static std::string label(const std::string& grams) {
        const std::string digits = "2501011" + grams;
        return digits + *domain::gs1_check_digit(digits);
    }

    tests::CheckoutShop shop;
    tests::TempDir folder;
    std::unique_ptr<Devices> devices;
    std::unique_ptr<FairScaleDesk> desk;
    PatientStage stage{{1280, 800}};
};

// WEIGH-3: a customer scans a label, and reads in both languages what it comes to.
TEST_F(FairScaleAtTheDoor, ALabelIsComparedWithWhatLiesOnTheScale) {
    open(200);
    ASSERT_TRUE(comes("1.000"));
    stage.scan(label("01000"));
    EXPECT_TRUE(comes("Within the error allowed"));
    EXPECT_TRUE(stage.says("在允许误差内"));
    stage.scan(label("01200"));
    EXPECT_TRUE(comes("Less than the label says"));
    EXPECT_TRUE(stage.says("-0.200 kg"));
    EXPECT_TRUE(stage.says("Please take goods and receipt to the service desk"));
    stage.scan(tests::noodles_code);
    EXPECT_TRUE(comes("It tells no weight: key the one on the receipt"));
    EXPECT_EQ(shop.count("SELECT count(*) FROM ops WHERE kind NOT IN ('scale_bound', 'device', "
                         "'terminal_told')"),
              0)
        << "no comparison is journalled";
}

// WEIGH-3
TEST_F(FairScaleAtTheDoor, WithoutACertificateItShowsNoWeight) {
    open(-1);
    EXPECT_TRUE(comes("Out of use: no certificate is in force"));
    for (int i = 0; i < 500; ++i) {
        if (std::holds_alternative<weighing::CurrentReading>(devices->weight())) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ASSERT_TRUE(std::holds_alternative<weighing::CurrentReading>(devices->weight()));
    EXPECT_TRUE(comes("Out of use: no certificate is in force"));
    EXPECT_FALSE(stage.says("1.000"));
}

}  // namespace
}  // namespace fangxin::terminal
