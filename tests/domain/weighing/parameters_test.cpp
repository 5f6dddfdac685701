#include "domain/weighing/gate.hpp"
#include "domain/weighing/library.hpp"

#include <gtest/gtest.h>

namespace fangxin::weighing {
namespace {

constexpr Parameters sound{.min_mg = 100'000,
                           .max_mg = 15'000'000,
                           .e_mg = 5'000,
                           .max_tare_mg = 9'000'000,
                           .stable_frames = 3,
                           .fresh_ms = 400};

template <class Change>
std::string fault(Change change) {
    Parameters changed = sound;
    change(changed);
    return std::string(domain::to_text(fault_of(changed)));
}

// WEIGH-4, WEIGH-5
TEST(Parameters, OnesThatWouldWeakenTheRulesAreUnfit) {
    EXPECT_EQ(fault([](auto&) {}), "none");
    EXPECT_EQ(fault([](auto& p) { p.e_mg = 0; }), "interval");
    EXPECT_EQ(fault([](auto& p) { p.max_mg = 0; }), "range");
    EXPECT_EQ(fault([](auto& p) { p.min_mg = -1; }), "range");
    EXPECT_EQ(fault([](auto& p) { p.min_mg = p.max_mg + 1; }), "range");
    EXPECT_EQ(fault([](auto& p) { p.max_tare_mg = -1; }), "tare");
    EXPECT_EQ(fault([](auto& p) { p.max_tare_mg = p.max_mg + 1; }), "tare");
    EXPECT_EQ(fault([](auto& p) { p.stable_frames = 1; }), "stability");
    EXPECT_EQ(fault([](auto& p) { p.stable_frames = 51; }), "stability");
    EXPECT_EQ(fault([](auto& p) { p.fresh_ms = 501; }), "age");
    EXPECT_EQ(fault([](auto& p) { p.fresh_ms = 0; }), "age");
}

// WEIGH-4
TEST(Parameters, UnfitOnesSellNothing) {
    Parameters unfit = sound;
    unfit.fresh_ms = 60'000;
    WeighingGate gate(sound);
    CurrentReading latest{
        .reading = {
            .state = ScaleState::stable, .gross_mg = 1'000'000, .net_mg = 1'000'000, .raw = {}}};
    EXPECT_EQ(gate.may_sell(latest, {}), WeighAnswer::ok);
    gate.set_parameters(unfit);
    EXPECT_EQ(gate.may_sell(latest, {}), WeighAnswer::parameters);
}

// WEIGH-4
TEST(Parameters, HaveOneTextThatTellsEveryValue) {
    EXPECT_EQ(canonical_text(sound),
              "parameters=1\nmin_mg=100000\nmax_mg=15000000\ne_mg=5000\nmax_tare_mg=9000000\n"
              "stable_frames=3\nfresh_ms=400\n");
}

// WEIGH-4
TEST(Library, HasAVersionOfItsOwn) { EXPECT_EQ(library_version(), "1.1.0"); }

}  // namespace
}  // namespace fangxin::weighing
