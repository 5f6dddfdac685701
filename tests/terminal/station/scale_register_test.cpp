#include "terminal/station/scale_register.hpp"

#include "terminal/station/daily_check.hpp"
#include "tests/support/checkout_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

constexpr const char* scale_a = "usb:0eb8:f000:A17";
constexpr const char* scale_b = "usb:0eb8:f000:B02";
constexpr std::int64_t minute_ms = 60'000;

class ScaleInTheRegister : public ::testing::Test {
  protected:
    ScaleInTheRegister() { enter("S1"); }

    domain::Instrument scale(const std::string& serial) {
        return {.kind = "checkout_scale",
                .model = "HC-15",
                .serial = serial,
                .accuracy_class = "III",
                .max_mg = 15'000'000,
                .min_mg = 100'000,
                .e_mg = 5'000,
                .certificate = "C-1",
                .verified = shop.today() - std::chrono::days(100),
                .until = shop.today() + std::chrono::days(200)};
    }
    void enter(const std::string& serial) { shop.put(scale(serial)); }
    Station& station() { return shop.station(); }
    void log_in(const std::string& number) {
        if (station().person()) station().logout("asked");
        ASSERT_TRUE(station().login(number, tests::pin));
    }
    void wait(std::int64_t minutes) {
        ASSERT_TRUE(
            station().set_test_clock(station().at(station().now().utc_ms + minutes * minute_ms)));
    }
    static std::string lock(ScaleRegister& of, const std::optional<std::string>& identity) {
        return std::string(domain::to_text(of.standing(identity).lock));
    }
    static std::string printed(const Result<void>& result) {
        return result ? "done" : result.error().code;
    }
    domain::Person person(const std::string& number) { return *station().shop().person(number); }
    std::int64_t ops(const std::string& kind) {
        return shop.count("SELECT count(*) FROM ops WHERE kind = '" + kind + "'");
    }

    tests::CheckoutShop shop;
};

// WEIGH-2: the first scale of a till is taken as it stands, once, and that is in the journal.
TEST_F(ScaleInTheRegister, TheFirstOneIsBoundOnSight) {
    ScaleRegister till(station(), "");
    till.follow(std::nullopt);
    EXPECT_EQ(ops("scale_bound"), 0);
    till.follow(scale_a);
    till.follow(scale_a);
    till.follow(scale_b);
    EXPECT_EQ(ops("scale_bound"), 1);
    const ScaleStanding now = till.standing(scale_a);
    EXPECT_EQ(now.state.terminal, "till-1");
    EXPECT_EQ(now.state.identity, scale_a);
    EXPECT_EQ(now.lock, domain::InstrumentLock::none);
    ASSERT_EQ(till.changes(now.instrument, 9).size(), 1U);
    EXPECT_NE(till.changes(now.instrument, 9)[0].after.find(scale_a), std::string::npos);
}

// WEIGH-2: another scale in its place sells nothing until somebody who may has bound it.
TEST_F(ScaleInTheRegister, OneThatWasSwappedIsLockedUntilItIsBound) {
    ScaleRegister till(station(), "S1");
    till.follow(scale_a);
    EXPECT_EQ(lock(till, scale_b), "other_device");
    EXPECT_EQ(printed(till.bind(scale_b, "换秤", person("1001"))), "not_allowed");
    EXPECT_EQ(printed(till.bind(scale_b, " ", person("1601"))), "why_wanted");
    EXPECT_EQ(printed(till.bind(std::nullopt, "换秤", person("1601"))), "no_scale");
    EXPECT_EQ(lock(till, scale_b), "other_device");
    EXPECT_EQ(printed(till.bind(scale_b, "换秤", person("1601"))), "done");
    EXPECT_EQ(lock(till, scale_b), "none");
    EXPECT_EQ(lock(till, scale_a), "other_device");
    EXPECT_EQ(till.standing(scale_b).state.bound_by, "1601");
}

// WEIGH-2: another serial number, too, is another scale.
TEST_F(ScaleInTheRegister, OneOfAnotherSerialNumberIsLockedUntilItIsBound) {
    enter("S2");
    ScaleRegister before(station(), "S1");
    before.follow("/dev/ttyS0");
    ScaleRegister after(station(), "S2");
    after.follow("/dev/ttyS0");
    EXPECT_EQ(lock(after, "/dev/ttyS0"), "not_bound");
    EXPECT_EQ(printed(after.bind("/dev/ttyS0", "换秤", person("1601"))), "done");
    EXPECT_EQ(lock(after, "/dev/ttyS0"), "none");
    EXPECT_EQ(lock(before, "/dev/ttyS0"), "not_bound");
}

// WEIGH-2: a scale is at one till at a time, and none takes it from another by itself.
TEST_F(ScaleInTheRegister, OneThatIsBoundElsewhereIsLockedUntilItIsBoundHere) {
    shop.put(domain::InstrumentState{.instrument = domain::instrument_id(scale("S1")),
                                     .terminal = "till-2"});
    ScaleRegister till(station(), "S1");
    till.follow(scale_a);
    EXPECT_EQ(ops("scale_bound"), 0);
    EXPECT_EQ(lock(till, scale_a), "elsewhere");
    EXPECT_EQ(printed(till.bind(scale_a, "从二号台搬来", person("1601"))), "done");
    EXPECT_EQ(lock(till, scale_a), "none");
}

// WEIGH-2: a line and a network address say nothing of the scale at their end.
TEST_F(ScaleInTheRegister, APlainLineIsNoIdentity) {
    ScaleRegister till(station(), "S1");
    till.follow("/dev/pts/3");
    EXPECT_EQ(lock(till, "/dev/pts/8"), "none");
    EXPECT_EQ(lock(till, ""), "none");
    EXPECT_EQ(lock(till, scale_a), "other_device");
}

// WEIGH-2: nobody guesses which of several scales is meant; the one that is bound here is.
TEST_F(ScaleInTheRegister, IsTheOneInTheFileOrTheOneThatIsBoundOrTheOnlyOne) {
    ScaleRegister unnamed(station(), "");
    EXPECT_EQ(unnamed.standing({}).instrument.serial, "S1");
    enter("S2");
    EXPECT_EQ(lock(unnamed, scale_a), "unregistered");
    unnamed.follow(scale_a);
    EXPECT_EQ(ops("scale_bound"), 0);
    ScaleRegister named(station(), "S2");
    named.follow(scale_a);
    EXPECT_EQ(unnamed.standing(scale_a).instrument.serial, "S2");
    ScaleRegister wrong(station(), "NOPE");
    EXPECT_EQ(lock(wrong, scale_a), "unregistered");
}

// WEIGH-2: a fair scale sells nothing at a till, and is one where it stands as such.
TEST_F(ScaleInTheRegister, AFairScaleIsNoCheckoutScale) {
    domain::Instrument fair = scale("G1");
    fair.kind = "fair_scale";
    shop.put(fair);
    ScaleRegister till(station(), "G1");
    EXPECT_EQ(lock(till, scale_a), "unregistered");
    ScaleRegister for_customers(station(), "G1", ScaleRegister::Use::fair_scale);
    EXPECT_EQ(lock(for_customers, scale_a), "none");
}

// WEIGH-2: from 30 days before its end a certificate is warned of.
TEST_F(ScaleInTheRegister, ItsCertificateIsWarnedOf) {
    domain::Instrument ending = scale("S1");
    ending.until = shop.today() + std::chrono::days(30);
    shop.put(ending);
    ScaleRegister till(station(), "S1");
    EXPECT_EQ(till.standing({}).ends_in, 30);
    ending.until = shop.today() - std::chrono::days(1);
    shop.put(ending);
    EXPECT_EQ(lock(till, scale_a), "certificate");
}

// WEIGH-3: two hours after the day's first work; a restart gives no more time.
TEST_F(ScaleInTheRegister, AMissedCheckLocksTwoHoursAfterTheDayBegan) {
    const auto morning =
        domain::parse_instant(domain::format_date(shop.today()) + "T08:00:00+08:00");
    ASSERT_TRUE(station().set_test_clock(*morning));
    {
        ScaleRegister till(station(), "S1");
        wait(60);
        EXPECT_EQ(till.standing(scale_a).check_due_ms, std::nullopt);  // nobody works yet
        log_in("1001");
        till.follow(scale_a);
        const std::int64_t due_ms = *till.standing(scale_a).check_due_ms - morning->utc_ms;
        EXPECT_EQ(due_ms / minute_ms, 180);
        wait(119);
        EXPECT_EQ(lock(till, scale_a), "none");
    }
    const domain::StoreTime then = station().now();
    shop.restart();
    ASSERT_TRUE(station().set_test_clock(then));
    ScaleRegister till(station(), "S1");
    log_in("1101");
    till.follow(scale_a);
    wait(2);
    EXPECT_EQ(lock(till, scale_a), "check_missed");
    wait(14 * 60);  // the next day has not begun yet, and yesterday's check is nobody's any more
    EXPECT_EQ(lock(till, scale_a), "none");
    till.begin_day();
    wait(120);
    EXPECT_EQ(lock(till, scale_a), "check_missed");
}

/// What a till does with the readings of its scale.
class CheckOfTheDay : public ScaleInTheRegister {
  protected:
    CheckOfTheDay() {
        log_in("1001");
        till.follow(scale_a);
    }
    std::string start(std::int64_t mass_mg, const char* device = scale_a) {
        const ScaleStanding standing = till.standing(device);
        return printed(check.start(
            {.mass_mg = mass_mg, .standing = standing, .seal = seal, .connected = true}));
    }
    void show(std::int64_t gross_mg) {
        check.observe(
            {.state = weighing::ScaleState::stable, .gross_mg = gross_mg, .net_mg = gross_mg});
    }

    ScaleRegister till{station(), "S1"};
    DailyCheck check{station()};
    drivers::WeighingSeal seal{.version = "1", .whole = "ab", .genuine = true};
};

// WEIGH-3: the check fails, the scale is locked at once; it passes, the scale is free again.
TEST_F(CheckOfTheDay, LocksAtOnceWhenItFailsAndFreesWhenItPasses) {
    EXPECT_EQ(start(2'000'000), "done");
    show(0);
    show(2'010'000);  // 5 g is allowed
    show(0);
    EXPECT_FALSE(check.last()->result().passed);
    EXPECT_EQ(lock(till, scale_a), "check_failed");
    EXPECT_EQ(till.standing(scale_a).state.check_error_mg, 10'000);
    EXPECT_EQ(start(2'000'000), "done");
    show(0);
    show(2'005'000);
    EXPECT_EQ(lock(till, scale_a), "check_failed");
    show(0);
    EXPECT_TRUE(check.last()->result().passed);
    EXPECT_EQ(lock(till, scale_a), "none");
    EXPECT_TRUE(till.standing(scale_a).checked_today);
    EXPECT_EQ(ops("scale_checked"), 2);
    EXPECT_EQ(shop.count("SELECT count(*) FROM ops WHERE body LIKE '%\"library\":\"1 ab\"%'"), 2);
}

// WEIGH-3: once the scale has shown the mass, nobody walks away from what it showed.
TEST_F(CheckOfTheDay, IsFailedWhenItIsLeftWithTheMassOn) {
    start(1'000'000);
    show(0);
    check.leave();
    EXPECT_EQ(ops("scale_checked"), 0);
    EXPECT_FALSE(check.is_running());
    start(1'000'000);
    show(0);
    show(1'020'000);
    check.leave();
    EXPECT_EQ(ops("scale_checked"), 1);
    EXPECT_EQ(lock(till, scale_a), "check_failed");
}

// WEIGH-3: a scale that does not come to the mass has failed, by a person's word.
TEST_F(CheckOfTheDay, IsFailedWhenAPersonGivesItUp) {
    EXPECT_EQ(printed(check.give_up()), "no_check");
    start(1'000'000);
    show(0);
    EXPECT_EQ(printed(check.give_up()), "done");
    EXPECT_EQ(lock(till, scale_a), "check_failed");
}

// WEIGH-3
TEST_F(CheckOfTheDay, IsRefusedWhereItWouldProveNothing) {
    EXPECT_EQ(start(50'000), "check_mass");
    EXPECT_EQ(start(16'000'000), "check_mass");
    EXPECT_EQ(start(1'000'000, scale_b), "scale_other_device");
    seal.genuine = false;
    EXPECT_EQ(start(1'000'000), "scale_library");
    seal.genuine = true;
    log_in("1201");
    EXPECT_EQ(start(1'000'000), "not_allowed");
    station().logout("asked");
    EXPECT_EQ(start(1'000'000), "not_logged_in");
    EXPECT_FALSE(check.is_running());
}

// WEIGH-3: the mass that was used last comes first the next morning.
TEST_F(CheckOfTheDay, RemembersItsMass) {
    start(5'000'000);
    check.leave();
    shop.restart();
    EXPECT_EQ(DailyCheck(station()).last_mass_mg(), 5'000'000);
}

}  // namespace
}  // namespace fangxin::terminal
