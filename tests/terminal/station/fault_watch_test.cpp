// When a ticket is written: a fault that lasts, once, and no roll change.
#include "terminal/station/fault_watch.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

constexpr std::int64_t second_ms = 1'000;

struct AWatch : ::testing::Test {
    FaultWatch watch;
    std::vector<sync::FaultTicket> tickets;
    std::optional<std::int64_t> shortened_ms;

    /// What is told when `device` says this at this second, with what comes of it.
    std::string at(std::int64_t second, const std::string& device, const std::string& what,
                   std::int64_t since_second) {
        const Watched one{device, what, "", since_second * second_ms};
        std::string said;
        for (const FaultNews& each :
             watch.observe(std::span(&one, 1), tickets, second * second_ms, shortened_ms)) {
            said += fmt::format("{} {} {} {}", static_cast<int>(each.kind),
                                domain::to_text(each.severity), each.what, each.fault);
            if (each.kind == FaultNews::Kind::raised) {
                tickets.push_back({.id = fmt::format("F{}", tickets.size() + 1),
                                   .device = each.device,
                                   .severity = each.severity,
                                   .what = each.what});
            } else {
                for (sync::FaultTicket& ticket : tickets) {
                    if (ticket.id != each.fault) continue;
                    ticket.well_at_ms = each.kind == FaultNews::Kind::passed ? 1 : 0;
                    ticket.severity = each.severity;
                }
            }
        }
        return said;
    }
};

// FAULT-1
TEST_F(AWatch, RaisesOneTicketOnceAFaultHasLasted) {
    EXPECT_EQ(at(0, "scale", "device_gone", 0), "");
    EXPECT_EQ(at(59, "scale", "device_gone", 0), "");
    EXPECT_EQ(at(60, "scale", "device_gone", 0), "0 B device_gone ");
    EXPECT_EQ(at(61, "scale", "device_gone", 0), "") << "one ticket is enough";
    EXPECT_EQ(at(62, "scale", "not_found", 62), "") << "for another reason as well";
    EXPECT_EQ(at(90, "scale", "", 90), "2 B device_gone F1");
    EXPECT_EQ(at(91, "scale", "", 90), "");
}

// FAULT-1: a ticket for every cable that was put back would be read by nobody.
TEST_F(AWatch, SaysNothingOfACableThatWasPutBack) {
    EXPECT_EQ(at(0, "scanner-2", "device_gone", 0), "");
    EXPECT_EQ(at(50, "scanner-2", "", 50), "");
    EXPECT_EQ(at(55, "scanner-2", "device_gone", 55), "");
    EXPECT_EQ(at(114, "scanner-2", "device_gone", 55), "");
    EXPECT_EQ(at(115, "scanner-2", "device_gone", 55), "0 C device_gone ");
}

// FAULT-1: a roll is changed with the cover open, and some printers hang up meanwhile.
TEST_F(AWatch, SaysNothingOfAQuickChangeOfTheRoll) {
    EXPECT_EQ(at(0, "printer", "paper_out", 0), "");
    EXPECT_EQ(at(20, "printer", "cover_open", 20), "");
    EXPECT_EQ(at(90, "printer", "printer_gone", 80), "");
    EXPECT_EQ(at(150, "printer", "printer_gone", 80), "");
    EXPECT_EQ(at(170, "printer", "", 170), "");
    EXPECT_EQ(at(200, "printer", "paper_out", 200), "");
    EXPECT_EQ(at(380, "printer", "paper_out", 200), "0 C paper_out ");
}

// FAULT-1: paper that is nearly at its end is a warning.
TEST_F(AWatch, SaysNothingOfWhatHasNoRow) {
    EXPECT_EQ(at(0, "kettle", "cold", 0), "");
    EXPECT_EQ(at(9'999, "kettle", "cold", 0), "");
}

// FAULT-1
TEST_F(AWatch, AWorseFaultMakesTheSameTicketWorse) {
    EXPECT_EQ(at(0, "disk", "nearly_full", 0), "0 B nearly_full ");
    EXPECT_EQ(at(60, "disk", "nearly_full", 0), "");
    EXPECT_EQ(at(120, "disk", "full", 120), "1 A full F1");
    EXPECT_EQ(at(180, "disk", "nearly_full", 180), "") << "it is no better yet";
}

// FAULT-1: a device that fails again before anybody looked is not two faults.
TEST_F(AWatch, ADeviceThatFailsAgainHasItsTicketBack) {
    at(0, "scale", "device_gone", 0);
    at(60, "scale", "device_gone", 0);
    at(61, "scale", "", 61);
    EXPECT_EQ(at(70, "scale", "device_gone", 70), "");
    EXPECT_EQ(at(130, "scale", "device_gone", 70), "1 B device_gone F1");
    EXPECT_EQ(at(131, "scale", "device_gone", 70), "");
}

// FAULT-1: "mended", and a minute later it is still broken.
TEST_F(AWatch, AFaultThatIsStillThereAfterItWasMendedIsANewOne) {
    at(0, "scale", "device_gone", 0);
    at(60, "scale", "device_gone", 0);
    at(100, "scale", "device_gone", 0);
    tickets.clear();
    EXPECT_EQ(at(101, "scale", "device_gone", 0), "");
    EXPECT_EQ(at(160, "scale", "device_gone", 0), "");
    EXPECT_EQ(at(161, "scale", "device_gone", 0), "0 B device_gone ");
}

// FAULT-1: after a restart the ticket of yesterday still stands for it.
TEST_F(AWatch, ATicketFromBeforeTheStartIsEnough) {
    tickets.push_back({.id = "F9", .device = "scale", .severity = domain::FaultSeverity::B});
    EXPECT_EQ(at(100, "scale", "device_gone", 0), "");
    EXPECT_EQ(at(101, "scale", "", 101), "2 B  F9");
}

// FAULT-1: a cashier's "prints pale" must not hide that the printer is dead.
TEST_F(AWatch, APersonsTicketStandsForAFaultThatIsNoWorse) {
    tickets.push_back({.id = "F9",
                       .device = "printer",
                       .severity = domain::FaultSeverity::C,
                       .raised_by = "1001"});
    EXPECT_EQ(at(200, "printer", "paper_out", 0), "");
    EXPECT_EQ(at(400, "printer", "printer_gone", 210), "0 B printer_gone ");
    EXPECT_EQ(tickets[0].well_at_ms, 0);
    EXPECT_EQ(at(500, "printer", "", 500), "2 B printer_gone F2") << "the person says when hers is";
}

TEST_F(AWatch, WaitsAreShorterWhereATestSaysSo) {
    shortened_ms = 2 * second_ms;
    EXPECT_EQ(at(1, "server", "unreachable", 0), "");
    EXPECT_EQ(at(2, "server", "unreachable", 0), "0 B unreachable ");
}

// FAULT-1
TEST(ADisk, IsNearlyFullBeforeItIsFull) {
    constexpr std::uint64_t mib = 1'048'576;
    EXPECT_EQ(trouble_of({.free_bytes = 6'000 * mib, .all_bytes = 100'000 * mib}), "");
    EXPECT_EQ(trouble_of({.free_bytes = 4'999 * mib, .all_bytes = 100'000 * mib}), "nearly_full");
    EXPECT_EQ(trouble_of({.free_bytes = 511 * mib, .all_bytes = 4'000 * mib}), "nearly_full");
    EXPECT_EQ(trouble_of({.free_bytes = 512 * mib, .all_bytes = 4'000 * mib}), "");
    EXPECT_EQ(trouble_of({.free_bytes = 31 * mib, .all_bytes = 4'000 * mib}), "full");
    EXPECT_EQ(
        trouble_of({.free_bytes = 9'999 * mib, .all_bytes = 20'000 * mib, .write_failed = true}),
        "full");
}

}  // namespace
}  // namespace fangxin::terminal
