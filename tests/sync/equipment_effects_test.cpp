// What the facts about the shop's equipment do to its rows; and databases from before there were
// any.
#include "sync/equipment_ops.hpp"
#include "sync/store/row_table.hpp"
#include "tests/support/sync_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::sync::testing {
namespace {

constexpr const char* hc15 = "checkout_scale/HC-15/1";
constexpr const char* spare = "checkout_scale/HC-15/2";

domain::Instrument scale(std::string serial = "1") {
    return {.kind = "checkout_scale",
            .model = "HC-15",
            .serial = std::move(serial),
            .accuracy_class = "III",
            .max_mg = 15'000'000,
            .min_mg = 100'000,
            .e_mg = 5'000,
            .certificate = "JD-1",
            .until = domain::parse_date("2027-05-01")};
}

InstrumentSet set(domain::Instrument instrument) {
    return {.instrument = std::move(instrument), .reason = "test", .approved_by = {}};
}

struct Equipment : ::testing::Test {
    Store store;

    domain::InstrumentState state(const char* id = hc15) {
        return store.shop().instrument_state(id).value_or(domain::InstrumentState{});
    }
    std::string changes(std::string_view subject) {
        std::string all;
        for (const Change& change : store.shop().changes(subject, 100))
            all += fmt::format("{}[{}->{}]", change.subject, change.before, change.after);
        return all;
    }
};

// WEIGH-4
TEST_F(Equipment, EachChangeOfAProtectedParameterIsCountedAndKeptWithBothValues) {
    store.own(set(scale()));
    EXPECT_EQ(state().events, 1);
    domain::Instrument changed = scale();
    changed.e_mg = 2'000;
    store.own(set(changed));
    EXPECT_EQ(state().events, 2);
    EXPECT_EQ(store.shop().instrument(hc15), changed);
    store.own(set(changed));  // the same again
    EXPECT_EQ(state().events, 2);
    auto last = store.shop().changes("instrument:", 1);
    ASSERT_EQ(last.size(), 1);
    EXPECT_EQ(last[0].before + last[0].after, "e_mg=5000\ne_mg=2000\n");
    EXPECT_EQ(last[0].person, "1001");
}

// WEIGH-4
TEST_F(Equipment, ACertificateIsAChangeAndNoParameter) {
    store.own(set(scale()));
    domain::Instrument renewed = scale();
    renewed.certificate = "JD-2";
    renewed.until.reset();
    store.own(set(renewed));
    EXPECT_EQ(state().events, 1);
    auto last = store.shop().changes("instrument:", 1);
    EXPECT_EQ(last[0].before + last[0].after,
              "certificate=JD-1\nuntil=2027-05-01\ncertificate=JD-2\n");
}

// FAULT-2: of a devices file the lines that differ, not two whole files in every change.
TEST_F(Equipment, OfAChangedFileTheLinesThatDifferAreKept) {
    TerminalTold told{.role = "till",
                      .program = "0.1.0",
                      .system = {},
                      .weighing = {},
                      .configuration = "[scale]\nport = \"a\"\n[printer]\n",
                      .devices = {}};
    store.own(told);
    told.configuration = "[scale]\nport = \"b\"\n[printer]\n";
    store.own(told);
    const auto last = [&] {
        const Change change = store.shop().changes("terminal:", 1)[0];
        return change.before + "->" + change.after;
    };
    EXPECT_EQ(last(), "port = \"a\"\n->port = \"b\"\n");
    told.configuration = "[scale]\n[printer]\nport = \"b\"\n";
    store.own(told);
    EXPECT_EQ(last(), "port = \"b\"\n[printer]\n->[printer]\nport = \"b\"\n")
        << "a line that moved into another section is a change";
    told.configuration = "[scale]\n[printer]\nport = \"b\"\nport = \"b\"";
    store.own(told);
    EXPECT_EQ(last(), "->port = \"b\"\n");
    told.configuration = "";
    store.own(told);
    EXPECT_EQ(last(), "[scale]\n[printer]\nport = \"b\"\nport = \"b\"\n->");
}

// FAULT-2, SALE-14: so it is with a setting of several lines.
TEST_F(Equipment, OfAChangedSettingOfSeveralLinesThoseThatDifferAreKept) {
    store.own(SettingSet{"label_formats", "[[format]]\nflags = 1\nunit = 2\n", "first"});
    store.own(SettingSet{"label_formats", "[[format]]\nflags = 3\nunit = 2\n", "other scales"});
    EXPECT_EQ(store.shop().changes("setting:label_formats", 1)[0].after, "flags = 3\n");
}

// FAULT-1
TEST_F(Equipment, FaultsComeTheOldestFirstAndOfOneTerminalThoseThatAreNotMended) {
    for (const char* id : {"b", "a", "c"})
        store.put(FaultTicket{.id = id,
                              .terminal = id[0] == 'c' ? "till-2" : "till-1",
                              .raised_at_ms = id[0] == 'b' ? 1 : 2});
    store.put(FaultTicket{.id = "d", .terminal = "till-1", .state = domain::FaultState::fixed});
    auto ids = [](const std::vector<FaultTicket>& faults) {
        std::string text;
        for (const FaultTicket& each : faults)
            text += each.id;
        return text;
    };
    EXPECT_EQ(ids(store.shop().faults(0)), "dbac");
    EXPECT_EQ(ids(store.shop().unmended("till-1")), "ba");
}

TEST_F(Equipment, OneScaleIsBoundAtATerminal) {
    store.own(set(scale()));
    store.own(set(scale("2")));
    store.own(ScaleBound{hc15, "0eb8:f000 serial 7", "first"});
    EXPECT_EQ(state().terminal + " " + state().identity, "server 0eb8:f000 serial 7");
    store.own(ScaleBound{spare, "", "swapped"});
    EXPECT_EQ(state().terminal, "") << "a terminal has one scale";
    EXPECT_EQ(store.shop().changes(fmt::format("instrument:{}", hc15), 1)[0].before,
              "terminal=server\n")
        << "its history says that it was taken off";
    EXPECT_EQ(state(spare).terminal, "server");
    EXPECT_NE(changes("instrument:").find("identity="), std::string::npos);
}

// WEIGH-3
TEST_F(Equipment, TheLastCheckCounts) {
    store.own(ScaleChecked{.instrument = hc15, .error_mg = 10'000, .passed = false});
    EXPECT_FALSE(state().check_passed);
    EXPECT_EQ(state().checked_on, noon().date());
    EXPECT_EQ(state().check_error_mg, 10'000);
    store.own(ScaleChecked{.instrument = hc15, .passed = true});
    EXPECT_TRUE(state().check_passed);
    EXPECT_EQ(state().checked_by, "1001");
}

TEST_F(Equipment, ASettingIsChangedWithItsOldValueKept) {
    store.own(SettingSet{"label_formats", "a", "new scales"});
    store.own(SettingSet{"label_formats", "b", "mended"});
    EXPECT_EQ(store.shop().setting("label_formats"), "b");
    EXPECT_EQ(changes("setting:label_formats").find("setting:label_formats[value=a\n->value=b\n]"),
              0);
}

// FAULT-2
TEST_F(Equipment, WhatATerminalHasIsListedAndItsChangesAreKept) {
    TerminalTold told{
        .role = "till",
        .program = "0.1.0",
        .system = "Debian 12",
        .weighing = "1.1.0 AAAA",
        .configuration = "[scale]",
        .devices = {{"scale", "cas", "/dev/ttyS0", ""}, {"scanner", "serial", "/dev/ttyS1", ""}}};
    store.own(told);
    store.own(DeviceEvent{"scale", "lost", "device_gone"});
    auto devices = store.shop().terminal_devices("server");
    ASSERT_EQ(devices.size(), 2);
    EXPECT_EQ(devices[0].state + " " + devices[0].reason, "lost device_gone");
    EXPECT_EQ(store.shop().terminal_setup("server")->program, "0.1.0");

    told.program = "0.2.0";
    told.devices = {{"scale", "cas", "/dev/ttyS0", "0403:6001"}};
    store.own(told);
    devices = store.shop().terminal_devices("server");
    EXPECT_EQ(devices[0].state, "lost") << "it is told of again, not found";
    EXPECT_EQ(devices[1].state, "removed");
    EXPECT_EQ(changes("terminal:"),
              "terminal:server[program=0.1.0\n->program=0.2.0\n]"
              "terminal:server[->" +
                  std::string("terminal=server\nrole=till\nprogram=0.1.0\nsystem=Debian 12\n") +
                  "weighing=1.1.0 AAAA\nconfiguration=[scale]\n]");
    EXPECT_NE(changes("device:server/scale").find("identity=0403:6001"), std::string::npos);
}

// FAULT-1
TEST_F(Equipment, AFaultGoesFromRaisedToFixedWithWhoAndWhy) {
    FaultRaised raised{.fault = "till-1-7",
                       .device = "scale",
                       .severity = domain::FaultSeverity::B,
                       .what = "device_gone",
                       .detail = {},
                       .due_ms = 9,
                       .raised_by = {}};
    store.own(raised);
    store.own(raised);
    ASSERT_EQ(store.shop().faults(0).size(), 1);
    store.own(FaultTaken{"till-1-7"});
    store.own(FaultPassed{"till-1-7"});
    store.own(FaultFixed{"till-1-7", "cable torn", "new cable"});
    store.own(FaultFixed{"till-1-7", "another", "story"});
    auto fault = *store.shop().fault("till-1-7");
    EXPECT_EQ(fault.state, domain::FaultState::fixed);
    EXPECT_EQ(fault.taken_by + fault.fixed_by, "10011001");
    EXPECT_EQ(fault.cause + ", " + fault.fix, "cable torn, new cable");
    EXPECT_EQ(fault.well_at_ms, noon().utc_ms);
    EXPECT_TRUE(store.shop().faults(noon().utc_ms + 1).empty());
}

// FAULT-1
TEST_F(Equipment, AFaultThatIsBackOrWorseStaysOneTicket) {
    FaultRaised raised{.fault = "till-1-7",
                       .device = "disk",
                       .severity = domain::FaultSeverity::B,
                       .what = "nearly_full",
                       .detail = {},
                       .due_ms = 9,
                       .raised_by = {}};
    store.own(raised);
    store.own(FaultPassed{"till-1-7"});
    store.own(raised);
    EXPECT_EQ(store.shop().fault("till-1-7")->well_at_ms, 0) << "it is not well any more";
    raised.severity = domain::FaultSeverity::A;
    raised.what = "full";
    raised.due_ms = 20;
    store.own(raised);
    auto fault = *store.shop().fault("till-1-7");
    EXPECT_EQ(std::string(domain::to_text(fault.severity)) + " " + fault.what, "A full");
    EXPECT_EQ(fault.due_ms, 9) << "what was promised stays";
    store.own(FaultFixed{"till-1-7", "photos", "deleted"});
    store.own(raised);
    EXPECT_EQ(store.shop().fault("till-1-7")->state, domain::FaultState::fixed);
}

// WEIGH-2
TEST(EquipmentOfATill, IsAsItsOwnFactsLeftItUntilTheServerHasThem) {
    Till till;
    till.append(set(scale()));
    till.append(ScaleBound{hc15, "0eb8:f000 serial 7", "first"});
    EXPECT_EQ(till.shop().instrument(hc15), scale());
    EXPECT_EQ(till.shop().instruments("checkout_scale").size(), 1);
    EXPECT_EQ(till.shop().instrument_state(hc15)->terminal, "till-1");
    domain::Instrument renewed = scale();
    renewed.certificate = "JD-2";
    till.append(set(renewed));
    EXPECT_EQ(till.shop().instruments("checkout_scale").size(), 1);
    EXPECT_EQ(till.shop().instrument(hc15)->certificate, "JD-2");
}

/// As the program before this one left it: without the new tables and columns.
void make_schema_2(Database& database) {
    for (const char* table :
         {"instrument_states", "terminal_setups", "terminal_devices", "faults", "changes"})
        database.execute(fmt::format("DROP TABLE {}", table));
    for (const char* column : {"maker", "production_code", "repair_code", "verification_code",
                               "seal", "tare_mg", "stable_frames"})
        database.execute(fmt::format("ALTER TABLE instruments DROP COLUMN {}", column));
    set_meta(database, "schema", "2");
}

TEST(SchemaTwo, OfAServerIsBroughtUpToDateWithItsRows) {
    Store store;
    domain::Instrument limited = scale();
    limited.accuracy_class = "IIII";
    store.put(limited);
    store.own(BatchQuarantined{lot_1, "milk", "swollen"});
    make_schema_2(store.db);
    ASSERT_TRUE(prepare_book(store.db).has_value());
    EXPECT_EQ(store.shop().instrument(hc15), limited);
    EXPECT_EQ(store.shop().all_blocks().size(), 1);
    EXPECT_EQ(store.one("SELECT value FROM meta WHERE key = 'schema'"), "6");
    store.own(ScaleChecked{.instrument = hc15, .passed = true});
    EXPECT_TRUE(store.shop().instrument_state(hc15)->check_passed);
}

// WEIGH-3, SYNC-1: a till that was upgraded first had its check acknowledged, and nobody ever had
// it.
TEST(SchemaTwo, WhatNewerTillsSentMeanwhileIsAppliedInItsOrder) {
    Store store;
    Till till;
    store.put(scale());
    till.append(ScaleBound{hc15, "0eb8:f000 serial 7", "first"});
    till.append(ScaleChecked{.instrument = hc15, .passed = false});
    till.append(ScaleChecked{.instrument = hc15, .passed = true});
    ASSERT_EQ(store.take(till.frame_from(1)).ack.seq, 3);
    make_schema_2(store.db);
    store.db.execute(
        "UPDATE ops SET status = 'pending', why = 'unknown_kind' WHERE terminal = "
        "'till-1'");
    const std::int64_t before = newest_ver(store.db);
    ASSERT_TRUE(prepare_book(store.db).has_value());
    auto state = store.shop().instrument_state(hc15);
    ASSERT_TRUE(state);
    EXPECT_EQ(state->terminal, "till-1");
    EXPECT_TRUE(state->check_passed);
    EXPECT_GT(newest_ver(store.db), before) << "the terminals hear of it";
    EXPECT_EQ(store.one("SELECT count(*) FROM ops WHERE status = 'pending'"), "0");
    ASSERT_TRUE(prepare_book(store.db).has_value());
    // Once: its entry, which no op told before, and that it was bound.
    EXPECT_EQ(store.shop().changes("instrument:", 100).size(), 2);
}

TEST(SchemaTwo, OfATillIsBroughtUpToDateAndGetsAllRowsAgain) {
    Store store;
    domain::Instrument sealed = scale();
    sealed.seal = "A-77";
    sealed.stable_frames = 4;
    store.put(sealed);
    Till till;
    feed(store, till);
    till.append(BatchQuarantined{lot_1, "milk", "swollen"});  // the server has it not yet
    make_schema_2(till.db);
    till.db.execute("DROP TABLE print_begun");
    // What it knew nothing of, it kept; what fits no column of ours is not ours.
    till.db.execute(
        "UPDATE instruments SET extra = '{\"seal\":\"A-77\",\"stable_frames\":4,"
        "\"maker\":7}'");
    ASSERT_TRUE(prepare_journal(till.db, {"till-1", "till"}).has_value());
    EXPECT_EQ(till.shop().instrument(hc15), sealed);
    EXPECT_EQ(load_terminal_state(till.db, {"till-1", "till"}).rows, 0);
    EXPECT_EQ(till.shop().all_blocks().size(), 1);
    till.db.execute("INSERT INTO print_begun (id) VALUES (1)");
    store.put(FaultTicket{.id = "f", .terminal = "till-2"});
    feed(store, till);
    EXPECT_EQ(till.shop().faults(0).size(), 1);
    EXPECT_EQ(till.shop().batch(lot_1)->item, "milk");
    EXPECT_EQ(till.shop().all_blocks().size(), 1);
    ASSERT_TRUE(prepare_journal(till.db, {"till-1", "till"}).has_value());
    EXPECT_NE(load_terminal_state(till.db, {"till-1", "till"}).rows, 0);
}

}  // namespace
}  // namespace fangxin::sync::testing
