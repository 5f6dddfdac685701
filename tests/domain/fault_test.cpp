#include "domain/fault.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::domain {
namespace {

using enum FaultSeverity;

std::string due(FaultSeverity severity, const char* raised) {
    const StoreTime at = parse_instant(raised).value();
    StoreTime until = at;
    until.utc_ms = response_due_ms(severity, at, {});
    return format_instant(until);
}

// FAULT-1
TEST(ResponseDue, IsTwoHoursLaterAtAnyHourForAAndB) {
    EXPECT_EQ(due(A, "2026-06-01T23:30:00+08:00"), "2026-06-02T01:30:00.000+08:00");
    EXPECT_EQ(due(B, "2026-06-01T03:00:00+08:00"), "2026-06-01T05:00:00.000+08:00");
}

// FAULT-1
TEST(ResponseDue, IsFourWorkingHoursLaterForC) {
    EXPECT_EQ(due(C, "2026-06-01T09:00:00+08:00"), "2026-06-01T13:00:00.000+08:00");
    EXPECT_EQ(due(C, "2026-06-01T14:00:00+08:00"), "2026-06-01T18:00:00.000+08:00");
    EXPECT_EQ(due(C, "2026-06-01T17:00:00+08:00"), "2026-06-02T11:00:00.000+08:00");
    EXPECT_EQ(due(C, "2026-06-01T20:00:00+08:00"), "2026-06-02T12:00:00.000+08:00");
    EXPECT_EQ(due(C, "2026-06-01T05:00:00+08:00"), "2026-06-01T12:00:00.000+08:00");
}

TEST(ResponseDue, TakesAsManyDaysAsShortHoursNeed) {
    const StoreTime at = parse_instant("2026-06-01T09:00:00+08:00").value();
    StoreTime until = at;
    until.utc_ms = response_due_ms(C, at, {9 * 60, 10 * 60});
    EXPECT_EQ(format_instant(until), "2026-06-04T10:00:00.000+08:00");
}

TEST(WorkingHours, AreReadAsTheyAreWritten) {
    EXPECT_EQ(parse_working_hours("08:30-21:00"), (WorkingHours{510, 1260}));
    EXPECT_EQ(parse_working_hours("00:00-24:00"), (WorkingHours{0, 1440}));
    for (const char* wrong : {"", "8:30-21:00", "21:00-08:30", "08:00-08:00", "08:00-24:01",
                              "08:60-21:00", "08:00 21:00", "08:00-21:0x"})
        EXPECT_EQ(parse_working_hours(wrong), std::nullopt) << wrong;
}

std::string known(std::string_view device, std::string_view what) {
    const auto fault = known_fault(device, what);
    return fault ? fmt::format("{} after {} s", to_text(fault->severity), fault->after_ms / 1000)
                 : "no ticket";
}

// FAULT-1
TEST(KnownFaults, HaveWhatTheSuiteRaisesItselfAndWhen) {
    EXPECT_EQ(known("scale", "device_gone"), "B after 60 s");
    EXPECT_EQ(known("printer", "paper_out"), "C after 180 s");
    EXPECT_EQ(known("printer", "cover_open"), "C after 180 s");
    EXPECT_EQ(known("printer", "printer_gone"), "B after 60 s");
    EXPECT_EQ(known("scanner", "device_gone"), "C after 60 s");
    EXPECT_EQ(known("display", "device_gone"), "C after 300 s");
    EXPECT_EQ(known("camera", "camera_silent"), "C after 300 s");
    EXPECT_EQ(known("disk", "nearly_full"), "B after 0 s");
    EXPECT_EQ(known("disk", "full"), "A after 0 s");
    EXPECT_EQ(known("database", "damaged"), "A after 0 s");
    EXPECT_EQ(known("server", "unreachable"), "B after 600 s");
    EXPECT_EQ(known("disk", "found"), "no ticket");
    EXPECT_EQ(known("kettle", "lost"), "no ticket");
}

}  // namespace
}  // namespace fangxin::domain
