// What a terminal tells of itself and which tickets it writes, over a real database, with a scale
// that is not there.
#include "terminal/station/equipment_watch.hpp"

#include "terminal/station/faults.hpp"
#include "tests/support/checkout_shop.hpp"
#include "tests/support/written_file.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

drivers::DevicesConfig with_scale(const std::string& port) {
    drivers::DevicesConfig config;
    config.scale = drivers::ScaleConfig{port, "toledo-continuous", "", "HC15-1"};
    return config;
}

struct AnEquipment : ::testing::Test {
    tests::CheckoutShop shop;
    tests::TempDir folder;
    const std::string nowhere = (folder.path() / "scale").string();
    std::unique_ptr<Devices> devices;
    std::unique_ptr<EquipmentWatch> watch;
    std::vector<FaultNews> told;

    void start(const drivers::DevicesConfig& config, const std::string& file = "") {
        watch.reset();
        devices.reset();
        DeviceEvents events;
        events.changed = [](const auto&, const auto&, const auto&) {};
        devices = std::move(*Devices::make(config, shop.station(), events));
        const std::string path = folder.path() / "devices.toml";
        tests::write_file(path, file);
        watch = std::make_unique<EquipmentWatch>(shop.station(), *devices, path);
        watch->set_told([this](const FaultNews& news) { told.push_back(news); });
        devices->start();
    }
    /// A look, once all devices have been tried.
    void look() {
        for (int i = 0; i < 500 && devices->has_scale() && !devices->now()[0].well; ++i)
            take_event();
        while (take_event()) {
        }
        watch->look();
    }
    bool take_event() {
        auto event = shop.station().events().take(std::chrono::milliseconds(10));
        if (event) event();
        return static_cast<bool>(event);
    }
    std::string last_change(const std::string& subject) {
        auto last = shop.station().shop().changes(subject, 1);
        return last.empty() ? "none" : last[0].before + "-> " + last[0].after;
    }
    std::int64_t count(const std::string& kind) {
        return shop.count("SELECT count(*) FROM ops WHERE kind = '" + kind + "'");
    }
};

// FAULT-2
TEST_F(AnEquipment, IsToldOnceAndAgainWhenItIsAnother) {
    start(with_scale(nowhere), "[scale]\nport = \"1\"\n");
    look();
    watch->look();
    EXPECT_EQ(count("terminal_told"), 1);
    auto setup = *shop.station().shop().terminal_setup("till-1");
    EXPECT_EQ(setup.program, FANGXIN_VERSION);
    EXPECT_EQ(setup.role, "till");
    EXPECT_NE(setup.system.find("Linux"), std::string::npos);
    EXPECT_EQ(setup.configuration, "[scale]\nport = \"1\"\n");
    EXPECT_NE(setup.weighing.find("-"), std::string::npos) << "the legal library's short seal";
    auto device = *shop.station().shop().terminal_device("till-1/scale");
    EXPECT_EQ(device.driver + " " + device.address, "toledo-continuous " + nowhere);
    EXPECT_EQ(device.state + " " + device.reason, "lost not_found");
    start(with_scale(nowhere + "2"), "[scale]\nport = \"2\"\n");
    look();
    EXPECT_EQ(count("terminal_told"), 2);
    EXPECT_EQ(last_change("device:till-1/scale"),
              "address=" + nowhere + "\n-> address=" + nowhere + "2\n");
    EXPECT_EQ(last_change("terminal:till-1"), "port = \"1\"\n-> port = \"2\"\n");
    start({});
    look();
    EXPECT_EQ(shop.station().shop().terminal_device("till-1/scale")->state, "removed");
}

// FAULT-2: without the shop's people there is no place in its journal.
TEST_F(AnEquipment, SaysNothingBeforeTheShopIsThere) {
    shop.station().store().run(sync::Priority::bulk, [](sync::Database& database) {
        return database.transaction([&]() -> Result<void> {
            database.execute("DELETE FROM people");
            return {};
        });
    });
    start(with_scale(nowhere));
    look();
    EXPECT_EQ(shop.count("SELECT count(*) FROM ops"), 0);
}

// FAULT-1
TEST_F(AnEquipment, RaisesATicketForAScaleThatStaysAway) {
    shop.put(sync::Setting{"test_shop", "1"});
    shop.put(sync::Setting{"fault_after_s", "0"});
    start(with_scale(nowhere));
    look();
    watch->look();
    auto faults = shop.station().shop().faults(0);
    std::erase_if(faults, [](const auto& each) { return each.device == "disk"; });
    ASSERT_EQ(faults.size(), 1);
    const sync::FaultTicket& ticket = faults[0];
    EXPECT_EQ(ticket.device + " " + ticket.what, "scale not_found");
    EXPECT_EQ(ticket.severity, domain::FaultSeverity::B);
    EXPECT_EQ(ticket.due_ms - ticket.raised_at_ms, 2 * 60 * 60 * 1000) << "on site in two hours";
    EXPECT_TRUE(ticket.raised_by.empty());
    EXPECT_FALSE(told.empty());
}

// FAULT-1: only a test shop's waits are shorter.
TEST_F(AnEquipment, ARealShopWaitsAsLongAsTheTableSays) {
    shop.put(sync::Setting{"fault_after_s", "0"});
    start(with_scale(nowhere));
    look();
    watch->look();  // the second is when a test shop has its ticket
    EXPECT_EQ(shop.count("SELECT count(*) FROM ops WHERE kind = 'fault_raised' AND "
                         "body LIKE '%not_found%'"),
              0);
}

struct Faults : AnEquipment {
    void log_in(const std::string& number) {
        ASSERT_TRUE(shop.station().login(number, tests::pin).has_value());
    }
    std::string raise() {
        return *raise_fault(shop.station(), {"scanner-2", "C", "does not read wet labels"});
    }
    static std::string code(const Result<void>& result) {
        return result ? "done" : result.error().code;
    }
};

// FAULT-1
TEST_F(Faults, AreRaisedByAnybodyAndMendedByWhoAnswersForThem) {
    EXPECT_EQ(raise_fault(shop.station(), {"scanner", "C", "x"}).error().code, "not_logged_in");
    log_in("1001");
    const std::string fault = raise();
    EXPECT_EQ(code(take_fault(shop.station(), fault)), "not_allowed");
    EXPECT_EQ(code(fix_fault(shop.station(), fault, "a", "b")), "not_allowed");
    EXPECT_EQ(raise_fault(shop.station(), {"scanner", "D", "x"}).error().code, "bad_value");
    EXPECT_EQ(raise_fault(shop.station(), {"kettle", "C", "x"}).error().code, "bad_value");
    EXPECT_EQ(raise_fault(shop.station(), {"scanner", "C", ""}).error().code, "bad_value");
    log_in("1101");
    EXPECT_EQ(code(take_fault(shop.station(), fault)), "done");
    EXPECT_EQ(code(take_fault(shop.station(), fault)), "fault_taken");
    EXPECT_EQ(code(fix_fault(shop.station(), fault, "", "b")), "cause_wanted");
    EXPECT_EQ(code(fix_fault(shop.station(), fault, "dirty glass", "")), "fix_wanted");
    EXPECT_EQ(code(fix_fault(shop.station(), fault, "dirty glass", "cleaned")), "done");
    EXPECT_EQ(code(fix_fault(shop.station(), fault, "again", "again")), "fault_fixed");
    EXPECT_EQ(code(take_fault(shop.station(), "F-9")), "no_such_fault");
    auto ticket = *shop.station().shop().fault(fault);
    EXPECT_EQ(ticket.raised_by + " " + ticket.taken_by + " " + ticket.fixed_by, "1001 1101 1101");
    EXPECT_EQ(ticket.cause + ", " + ticket.fix, "dirty glass, cleaned");
}

// FAULT-1: C is answered within four working hours, and when work is, is the shop's to say.
TEST_F(Faults, AreDueByTheShopsWorkingHours) {
    shop.put(sync::Setting{"working_hours", "00:00-24:00"});
    log_in("1001");
    auto ticket = *shop.station().shop().fault(raise());
    EXPECT_EQ(ticket.due_ms - ticket.raised_at_ms, 4 * 60 * 60 * 1000);
}

}  // namespace
}  // namespace fangxin::terminal
