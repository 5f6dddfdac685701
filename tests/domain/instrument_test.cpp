#include "domain/instrument.hpp"

#include <gtest/gtest.h>

namespace fangxin::domain {
namespace {

Instrument scale() {
    return {.certificate = "JL-2026-0117",
            .verified = parse_date("2026-01-17"),
            .until = parse_date("2027-01-16")};
}
bool in_force(const Instrument& instrument, const char* day) {
    return has_certificate_in_force(instrument, *parse_date(day));
}

// WEIGH-2
TEST(Certificate, IsInForceFromItsFirstToItsLastDay) {
    EXPECT_FALSE(in_force(scale(), "2026-01-16"));
    EXPECT_TRUE(in_force(scale(), "2026-01-17"));
    EXPECT_TRUE(in_force(scale(), "2027-01-16"));
    EXPECT_FALSE(in_force(scale(), "2027-01-17"));
}

// WEIGH-2
TEST(Certificate, WithoutANumberOrAnEndIsNone) {
    Instrument nameless = scale();
    nameless.certificate.clear();
    EXPECT_FALSE(in_force(nameless, "2026-06-01"));
    Instrument endless = scale();
    endless.until.reset();
    EXPECT_FALSE(in_force(endless, "2026-06-01"));
    Instrument undated = scale();
    undated.verified.reset();
    EXPECT_TRUE(in_force(undated, "2026-06-01")) << "a register need not say when it began";
}

constexpr std::int64_t hour_ms = 60 * 60 * std::int64_t{1000};

/// Noon in Hangzhou.
StoreTime noon(const char* day, std::int64_t plus_ms = 0) {
    auto at = parse_instant(std::string(day) + "T12:00:00+08:00").value();
    at.utc_ms += plus_ms;
    return at;
}

Instrument registered(const char* serial = "HC15-1") {
    Instrument instrument = scale();
    instrument.kind = checkout_scale_kind;
    instrument.model = "HC-15";
    instrument.serial = serial;
    return instrument;
}

struct Asked {
    Instrument instrument = registered();
    InstrumentState state{.instrument = "checkout_scale/HC-15/HC15-1",
                          .terminal = "till-1",
                          .identity = "0eb8:f000 serial 7",
                          .checked_on = parse_date("2026-06-01"),
                          .check_passed = true};
    InstrumentQuestion question{.terminal = "till-1",
                                .identity = "0eb8:f000 serial 7",
                                .bound_here = "checkout_scale/HC-15/HC15-1",
                                .now = noon("2026-06-01"),
                                .day_began_ms = noon("2026-06-01").utc_ms};
    InstrumentLock lock() {
        question.instrument = &instrument;
        question.state = &state;
        return lock_of(question);
    }
};

TEST(InstrumentLock, IsOffForACheckedScaleInItsPlace) {
    EXPECT_EQ(Asked().lock(), InstrumentLock::none);
}

// WEIGH-2
TEST(InstrumentLock, HoldsWithoutAnEntryOrACertificate) {
    Asked asked;
    asked.instrument.until = parse_date("2026-05-31");
    EXPECT_EQ(asked.lock(), InstrumentLock::certificate);
    asked.instrument.serial.clear();
    EXPECT_EQ(asked.lock(), InstrumentLock::unregistered);
    EXPECT_EQ(lock_of({}), InstrumentLock::unregistered);
}

// WEIGH-2
TEST(InstrumentLock, HoldsForAnotherScaleThanTheBoundOne) {
    Asked swapped;
    swapped.question.identity = "0eb8:f000 serial 8";
    EXPECT_EQ(swapped.lock(), InstrumentLock::other_device);
    swapped.question.identity = "";  // a serial line in place of the USB scale
    EXPECT_EQ(swapped.lock(), InstrumentLock::other_device);
    swapped.question.identity.reset();  // unplugged: nothing to compare, and nothing to weigh by
    EXPECT_EQ(swapped.lock(), InstrumentLock::none);

    Asked other_serial;
    other_serial.instrument = registered("HC15-2");
    other_serial.state = {};
    EXPECT_EQ(other_serial.lock(), InstrumentLock::not_bound);

    Asked elsewhere;
    elsewhere.state.terminal = "till-2";
    EXPECT_EQ(elsewhere.lock(), InstrumentLock::elsewhere);
}

// WEIGH-2, WEIGH-3: with its certificate run out, another scale in its place could pass its check.
TEST(InstrumentLock, OfAnotherScaleComesBeforeTheCertificateOfTheBoundOne) {
    Asked swapped;
    swapped.instrument.until = parse_date("2026-05-31");
    EXPECT_EQ(swapped.lock(), InstrumentLock::certificate);
    swapped.question.identity = "0eb8:f000 serial 8";
    EXPECT_EQ(swapped.lock(), InstrumentLock::other_device);
    swapped.state.terminal = "till-2";
    EXPECT_EQ(swapped.lock(), InstrumentLock::elsewhere);
}

// WEIGH-3
TEST(InstrumentLock, HoldsAtOnceAfterAFailedCheck) {
    Asked failed;
    failed.state.check_passed = false;
    EXPECT_EQ(failed.lock(), InstrumentLock::check_failed);
    failed.question.now = noon("2026-06-02");  // a night does not mend it
    failed.question.day_began_ms = failed.question.now.utc_ms;
    EXPECT_EQ(failed.lock(), InstrumentLock::check_failed);
}

// WEIGH-3
TEST(InstrumentLock, HoldsTwoHoursAfterTheDayBeganWithoutACheck) {
    Asked missed;
    missed.question.day_began_ms = noon("2026-06-02").utc_ms;
    missed.question.now = noon("2026-06-02", 2 * hour_ms - 1);
    EXPECT_EQ(missed.lock(), InstrumentLock::none);
    EXPECT_EQ(check_due_ms(missed.question), noon("2026-06-02", 2 * hour_ms).utc_ms);
    missed.question.now = noon("2026-06-02", 2 * hour_ms);
    EXPECT_EQ(missed.lock(), InstrumentLock::check_missed);
    missed.question.day_began_ms.reset();  // nobody has worked yet
    EXPECT_EQ(missed.lock(), InstrumentLock::none);
    missed.state.checked_on = parse_date("2026-06-02");
    EXPECT_EQ(check_due_ms(missed.question), std::nullopt);
}

// WEIGH-2
TEST(Certificate, IsWarnedOfFromThirtyDaysBeforeItsEnd) {
    auto ends_in = [](const char* day) { return certificate_ends_in(scale(), *parse_date(day)); };
    EXPECT_EQ(ends_in("2026-12-16"), std::nullopt);
    EXPECT_EQ(ends_in("2026-12-17"), 30);
    EXPECT_EQ(ends_in("2027-01-16"), 0);
    EXPECT_EQ(ends_in("2027-01-17"), std::nullopt) << "that is no warning any more";
}

// WEIGH-2
TEST(Certificate, HasOneOfFiveStates) {
    auto state = [](const char* day, const Instrument& of = scale()) {
        return std::string(to_text(certificate_state(of, *parse_date(day))));
    };
    EXPECT_EQ(state("2026-01-16"), "not_yet");
    EXPECT_EQ(state("2026-01-17"), "in_force");
    EXPECT_EQ(state("2026-12-16"), "in_force");
    EXPECT_EQ(state("2026-12-17"), "ends_soon");
    EXPECT_EQ(state("2027-01-16"), "ends_soon");
    EXPECT_EQ(state("2027-01-17"), "run_out");
    EXPECT_EQ(state("2026-06-01", {}), "none");
}

TEST(AccuracyClass, IsReadAsPlatesWriteIt) {
    using enum weighing::AccuracyClass;
    auto read = [](const char* text) { return accuracy_of({.accuracy_class = text}); };
    for (const char* three : {"III", "Ⅲ", "(III)", "（Ⅲ）", "3", "三级", "中准确度级", ""})
        EXPECT_EQ(read(three), III) << three;
    EXPECT_EQ(read("IIII"), IIII);
    EXPECT_EQ(read("Ⅱ级"), II);
    for (const char* none : {"I", "V", "A", "33", "III?"})
        EXPECT_EQ(read(none), std::nullopt) << none;
}

TEST(InstrumentParameters, TakeMaxForTheTareLimitWhereTheRegisterSaysNone) {
    Instrument instrument{.max_mg = 15'000'000, .min_mg = 100'000, .e_mg = 5'000};
    EXPECT_EQ(parameters_of(instrument).max_tare_mg, 15'000'000);
    instrument.tare_mg = 0;
    EXPECT_EQ(parameters_of(instrument).max_tare_mg, 0);
}

}  // namespace
}  // namespace fangxin::domain
