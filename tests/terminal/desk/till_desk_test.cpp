// The till's window, worked with by touch, keys and scanner over a real database, with no server.
#include "terminal/station/recalls.hpp"
#include "tests/terminal/desk/at_the_desk.hpp"

#include <fstream>

namespace fangxin::terminal {
namespace {

using kit::Key;
using tests::milk_code;
using tests::noodles_code;

class TillDeskTest : public AtTheDesk {
  protected:
    /// `devices`: of the technician's file.
    explicit TillDeskTest(const std::string& devices = "") {
        ProgramOptions options;
        if (!devices.empty()) {
            options.devices_file = folder.path() / "devices.toml";
            std::ofstream(options.devices_file) << devices;
        }
        shop.put(domain::Barcode{case_of_noodles(), "noodles", 12});
        shop.put(person("1501", domain::Role::instruments));
        shop.put(shop.batch("milk", "L2", 1, 21));
        shop.put(shop.recall_of("milk", "L2"));
        shop.put(sync::Setting{"shop_name", "Corner Shop"});
        open(options);
    }

    static std::string case_of_noodles() {
        std::string digits = "1692116850925";
        return digits + *domain::gs1_check_digit(digits);
    }
    void pay_exactly() {
        key(Key::f12);
        key(Key::f1);
        key(Key::f12);
    }
    void tell_rows() {
        desk->station_events().rows_changed();
        rest();
    }
    std::string lot(const std::string& name) {
        return "]d201" + tests::gtin14(milk_code) + "10" + name;
    }
    std::string basket() { return tests::printed(till->checkout().basket()); }
    void recall_here(const std::string& item, const std::string& of_lot) {
        auto made = make_recall(
            station(),
            {.item = item, .lot = of_lot, .level = domain::RecallLevel::I, .reason = "test"});
        FANGXIN_CHECK(made.has_value());
        rest();
    }
    std::int64_t ops(const std::string& kind) {
        sync::Query query = station().reader().query("SELECT count(*) FROM ops WHERE kind = $1");
        query.bind(kind);
        return query.step() ? query.int64(0) : -1;
    }

    tests::TempDir folder;
};

TEST_F(TillDeskTest, ASaleIsScannedPaidAndOver) {
    log_in("1001");
    scan(noodles_code);
    EXPECT_EQ(basket(), "noodles×1 1494 none");
    key(Key::f12);
    key(Key::f1);
    key(Key::f12);
    EXPECT_EQ(ops("sale"), 1);
    EXPECT_TRUE(stage.says("Paid"));
    key(Key::f12);
    EXPECT_EQ(basket(), "empty");
}

// SALE-3
TEST_F(TillDeskTest, ANumberBeforeTheScanCountsOnce) {
    log_in("1001");
    key(Key::f9);
    digits("3");
    key(Key::f12);
    scan(noodles_code);
    scan(noodles_code);
    EXPECT_EQ(basket(), "noodles×4 5976 none");
}

// SAFE-3
TEST_F(TillDeskTest, NothingButItsOwnKeyLeavesABlock) {
    log_in("1001");
    scan(lot("L2"));
    EXPECT_TRUE(stage.says("Not for sale"));
    for (Key each : {Key::f12, Key::enter, Key::escape, Key::space})
        key(each);
    scan(noodles_code);
    EXPECT_EQ(basket(), "empty");
    EXPECT_EQ(ops("sale_refused"), 1);
    key(Key::f8);
    scan(noodles_code);
    EXPECT_EQ(basket(), "noodles×1 1494 none");
}

// SAFE-6
TEST_F(TillDeskTest, ARecallTurnsTheLineRedAndIsNotPaid) {
    log_in("1601");
    scan(lot("L1"));
    EXPECT_EQ(basket(), "milk×1 500 coded");
    recall_here("milk", "L1");
    EXPECT_EQ(basket(), "milk×1 500 coded blocked");
    EXPECT_FALSE(stage.says("May be sold")) << "the last scan still says that it is good";
    key(Key::f12);
    key(Key::f1);
    key(Key::f12);
    EXPECT_EQ(ops("sale"), 0);
}

// SAFE-2
TEST_F(TillDeskTest, ATwoDateQuestionIsAskedAndGoneByItsAnswer) {
    log_in("1001");
    scan(milk_code);
    EXPECT_EQ(basket(), "empty");
    EXPECT_TRUE(stage.says("Some batches: Recalled"));
    key(Key::digit_1);  // L1, the older one
    EXPECT_EQ(basket(), "milk×1 500 read");
    EXPECT_EQ(ops("sale_refused"), 0);
}

// SAFE-2, SAFE-3
TEST_F(TillDeskTest, TheDateOfARecalledBatchIsNotSold) {
    log_in("1001");
    scan(milk_code);
    key(Key::digit_2);
    EXPECT_EQ(basket(), "empty");
    EXPECT_EQ(ops("sale_refused"), 1);
    EXPECT_TRUE(stage.says("Not for sale"));
}

// SAFE-2
TEST_F(TillDeskTest, OneMoreOfALineThatWasReadIsAskedAbout) {
    log_in("1001");
    scan(milk_code);
    key(Key::digit_1);
    key(Key::up);
    key(Key::plus);
    EXPECT_TRUE(stage.says("Which date is on the pack?"));
    EXPECT_EQ(basket(), "milk×1 500 read");
    key(Key::digit_1);
    EXPECT_EQ(basket(), "milk×2 1000 read");
}

// SAFE-3: the date of a line was read as that of a recalled batch, and no panel said so.
TEST_F(TillDeskTest, ALineThatIsReadAsRecalledOpensThePanel) {
    log_in("1601");
    scan(noodles_code);
    recall_here("noodles", "N1");
    EXPECT_TRUE(stage.says("Which date is on the pack?"));
    key(Key::digit_0);
    key(Key::f2);
    EXPECT_FALSE(stage.says("Not for sale"));
    auto answered = till->checkout().verify({.lot = "N1"});
    EXPECT_EQ(tests::printed(answered), "block recalled");
    rest();
    EXPECT_TRUE(stage.says("Not for sale"));
    EXPECT_EQ(ops("sale_refused"), 1);
}

// SAFE-6: the price check and the last scan went on saying that recalled goods may be sold.
TEST_F(TillDeskTest, WhatWasSaidOfGoodsFollowsARecall) {
    log_in("1601");
    scan(lot("L1"));
    EXPECT_TRUE(stage.says("May be sold"));
    key(Key::up);
    key(Key::remove);
    EXPECT_EQ(basket(), "empty");
    key(Key::f5);
    scan(lot("L1"));
    recall_here("milk", "L1");
    EXPECT_TRUE(stage.says("Not for sale · Recalled"));
    key(Key::escape);
    EXPECT_FALSE(stage.says("May be sold"));
}

// SAFE-6
TEST_F(TillDeskTest, ARedLineInAResumedBasketIsSaid) {
    log_in("1601");
    scan(lot("L1"));
    key(Key::f2);
    recall_here("milk", "L1");
    key(Key::f3);
    key(Key::digit_1);
    EXPECT_EQ(basket(), "milk×1 500 coded blocked");
    EXPECT_TRUE(stage.says("A line may not be sold"));
}

// SAFE-6: the last scan was judged by the line of that number in the basket taken up.
TEST_F(TillDeskTest, TheLastScanIsNotOfTheBasketTakenUp) {
    log_in("1601");
    scan(lot("L1"));
    key(Key::f2);
    scan(noodles_code);
    key(Key::up);
    key(Key::remove);
    EXPECT_TRUE(stage.says("Noodles")) << "the last scan";
    key(Key::f3);
    key(Key::digit_1);
    EXPECT_EQ(basket(), "milk×1 500 coded");
    EXPECT_FALSE(stage.says("Noodles"));
}

// SALE-18
TEST_F(TillDeskTest, APriceCheckOfACaseSaysWhatIsInItAndWhatItCosts) {
    log_in("1001");
    key(Key::f5);
    scan(case_of_noodles());
    EXPECT_TRUE(stage.says("¥179.28"));
    EXPECT_TRUE(stage.says("Case of 12"));
    EXPECT_EQ(basket(), "empty");
}

// SALE-10: the change of the last customer stood on both screens again after the next login.
TEST_F(TillDeskTest, APaidSaleIsOverWhenThePersonChanges) {
    log_in("1001");
    scan(noodles_code);
    pay_exactly();
    EXPECT_TRUE(stage.says("Paid"));
    station().logout("locked");
    rest();
    log_in("1001");
    EXPECT_FALSE(stage.says("Paid"));
    ScreenStage customer{{1280, 800}};
    customer.show([this](kit::Ui& ui, kit::Rect) { desk->play_customer(ui); });
    EXPECT_TRUE(customer.says("Welcome"));
}

// SALE-18: keyed in the search, a case was sold as one piece.
TEST_F(TillDeskTest, ACodeIsKeyedWhereItsLabelIsTorn) {
    log_in("1001");
    key(Key::f4);
    for (char each : case_of_noodles())
        stage.type(std::string(1, each));
    EXPECT_TRUE(stage.says("Noodles ×12"));
    key(Key::enter);
    EXPECT_EQ(basket(), "noodles×12 17928 none");
}

// SALE-3: a list that could not be read was shown as an empty one.
TEST_F(TillDeskTest, WhatCannotBeReadStaysAndIsSaid) {
    log_in("1001");
    scan(noodles_code);
    key(Key::f2);
    auto broken = station().store().run(sync::Priority::bulk, [](sync::Database& database) {
        database.execute("ALTER TABLE settings RENAME TO lost_as_well");
        database.execute("ALTER TABLE holds RENAME TO lost");
        database.execute("ALTER TABLE barcodes RENAME TO lost_too");
        return Result<void>{};
    });
    ASSERT_TRUE(broken);
    tell_rows();
    EXPECT_TRUE(stage.says("This terminal cannot use its data"));
    EXPECT_TRUE(stage.says("白酒")) << "a quick key";
    EXPECT_TRUE(stage.says("Corner Shop"));
    key(Key::f3);
    EXPECT_TRUE(stage.says("¥14.94"));
}

// ACCT-2
TEST_F(TillDeskTest, TheWithdrawalListsAreForThoseWhoSeeBatches) {
    log_in("1501");
    key(Key::f10);
    EXPECT_TRUE(stage.says("Admin area"));
    EXPECT_FALSE(stage.says("Withdrawal lists"));
    key(Key::escape);
    log_in("1601");
    key(Key::f10);
    ASSERT_TRUE(tap("Withdrawal lists"));
    EXPECT_TRUE(stage.says("Near expiry"));
}

// FAULT-1: a cashier reports one in the middle of a sale, and goes on with it.
TEST_F(TillDeskTest, AFaultIsReportedFromTheTill) {
    log_in("1001");
    scan(noodles_code);
    key(Key::f10);
    ASSERT_TRUE(tap("Report a fault"));
    EXPECT_TRUE(stage.says("Choose what does not work"));
    EXPECT_TRUE(tap("Scanner"));
    key(Key::f5);
    EXPECT_TRUE(stage.says("Somebody comes within 2 hours, at any hour"));
    key(Key::f8);
    EXPECT_TRUE(tap("中"));  // Latin from here on
    stage.letters("dead");
    key(Key::escape);
    key(Key::f12);
    EXPECT_TRUE(stage.says("The fault is reported"));
    const auto faults = station().shop().faults(0);
    ASSERT_EQ(faults.size(), 1);
    EXPECT_EQ(faults[0].device + " " + faults[0].what, "scanner dead");
    EXPECT_EQ(faults[0].severity, domain::FaultSeverity::A);
    key(Key::escape);
    EXPECT_EQ(basket(), "noodles×1 1494 none");
}

// SALE-3
TEST_F(TillDeskTest, ThePersonWhoLeavesLeavesNothingHalfDone) {
    log_in("1001");
    key(Key::f9);
    digits("3");
    log_in("1601");
    scan(noodles_code);
    EXPECT_EQ(basket(), "noodles×1 1494 none");
}

// ACCT-2
TEST_F(TillDeskTest, ACashierHasNoAdminArea) {
    log_in("1001");
    key(Key::f10);
    EXPECT_FALSE(stage.says("Admin area"));
    key(Key::escape);
    log_in("1601");
    key(Key::f10);
    EXPECT_TRUE(stage.says("Admin area"));
}

TEST_F(TillDeskTest, TheAdminAreaSaysWhatThisTillSoldAndThatThereIsNoServer) {
    log_in("1601");
    scan(noodles_code);
    key(Key::f12);
    key(Key::f1);
    key(Key::f12);
    key(Key::f12);
    key(Key::f10);
    EXPECT_TRUE(tap("Admin area"));
    EXPECT_TRUE(stage.says("Sales today"));
    EXPECT_TRUE(stage.says("¥14.90")) << "the shop forgives the last four fen";
    EXPECT_TRUE(stage.says("No server: only what this till knows"));
    key(Key::escape);
    scan(noodles_code);
    EXPECT_EQ(basket(), "noodles×1 1494 none");
}

// SAFE-7
TEST_F(TillDeskTest, ARecallIsMadeInTheAdminAreaAndInForceAtOnce) {
    log_in("1601");
    key(Key::f10);
    EXPECT_TRUE(tap("Admin area"));
    key(Key::f4);
    key(Key::f11);
    scan(noodles_code);
    for (Key each : {Key::f9, Key::f9, Key::f10})  // as quickly as one likes
        stage.key(each);
    key(Key::f8);
    stage.letters("glass");
    key(Key::enter);
    key(Key::enter);
    key(Key::f12);
    EXPECT_EQ(ops("recall_made"), 0) << "it says first what it will do";
    key(Key::f12);
    EXPECT_EQ(ops("recall_made"), 1);
    key(Key::escape);
    key(Key::escape);
    scan(noodles_code);
    EXPECT_EQ(basket(), "empty");
    EXPECT_TRUE(stage.says("Not for sale"));
}

// It was obeyed at the first start only: what is saved went before it ever after.
TEST_F(TillDeskTest, ALanguageOfTheCommandLineGoesBeforeTheOneThatWasSaved) {
    save_preferences(station().store(), {.language = domain::Language::zh, .volume = 30});
    station().store().run(sync::Priority::bulk, [](sync::Database&) {});
    const auto started_with = [this](std::vector<std::string> words) {
        std::vector<char*> arguments;
        for (std::string& word : words)
            arguments.push_back(word.data());
        auto parsed =
            parse_program_options(static_cast<int>(arguments.size()), arguments.data(),
                                  {.program = "fangxin-terminal", .number_option = "--till"});
        FANGXIN_CHECK(parsed.options.has_value());
        return preferences_of(station(), *parsed.options);
    };
    EXPECT_EQ(started_with({"fangxin-terminal", "--data", "."}).language, domain::Language::zh);
    const Preferences asked = started_with({"fangxin-terminal", "--data", ".", "--language", "en"});
    EXPECT_EQ(asked.language, domain::Language::en);
    EXPECT_EQ(asked.volume, 30);
}

// SALE-11: the keys lie over the page, not under it.
TEST_F(TillDeskTest, ASearchInTheAdminAreaIsTypedByTouch) {
    log_in("1601");
    key(Key::f10);
    EXPECT_TRUE(tap("Admin area"));
    key(Key::f2);
    key(Key::f8);
    for (const char* letter : {"n", "o", "o", "d"})
        EXPECT_TRUE(tap(letter));
    EXPECT_TRUE(stage.says("nood"));
    EXPECT_EQ(kit::complaints(stage.stage().log(), kit::Theme::light()),
              std::vector<std::string>{});
    EXPECT_TRUE(tap("Done"));
    EXPECT_FALSE(tap("q")) << "the keys are gone, and the page is whole again";
}

// SAFE-8
TEST_F(TillDeskTest, AWrongDateIsAskedAboutAtTheLoginAndStopsDatedGoods) {
    log_in("1601");
    scan(noodles_code);
    station().logout("asked");
    rest();
    domain::StoreTime later = station().now();
    later.utc_ms += 400LL * 86'400'000;
    FANGXIN_CHECK(station().set_test_clock(later).has_value());
    log_in("1601");
    EXPECT_TRUE(stage.says("Which date is right?"));
    scan(noodles_code);
    EXPECT_EQ(basket(), "noodles×1 1494 none");
    key(Key::escape);
    scan(lot("L1"));
    EXPECT_TRUE(stage.says("Time not confirmed"));
    EXPECT_EQ(basket(), "noodles×1 1494 none");
    EXPECT_EQ(ops("sale_refused"), 1);
}

class PrintingTill : public TillDeskTest {
  protected:
    PrintingTill() : TillDeskTest("[printer]\ntarget = \"file:/nowhere\"\ncolumns = 48\n") {}
};

// SALE-7
TEST_F(PrintingTill, ACopyIsSaidAndAskedForOnce) {
    log_in("1001");
    scan(noodles_code);
    pay_exactly();
    EXPECT_TRUE(tap("Print again"));
    EXPECT_TRUE(stage.says("A copy is being printed"));
    tap("Print again");
    EXPECT_EQ(ops("receipt_reprinted"), 1);
    std::string job = "000002-" + till->checkout().last_receipt()->number + "-copy";
    desk->device_events().print(job, "printed", "");
    tap("Print again");
    EXPECT_EQ(ops("receipt_reprinted"), 2);
}

}  // namespace
}  // namespace fangxin::terminal
