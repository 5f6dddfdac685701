#include "terminal/checkout/checkout.hpp"

#include "terminal/checkout/receipts.hpp"
#include "tests/support/checkout_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

using tests::CheckoutShop;
using tests::milk_code;
using tests::noodles_code;
using tests::pin;
using tests::printed;

class CheckoutTest : public ::testing::Test {
  protected:
    CheckoutTest() { EXPECT_TRUE(shop.station().login("1001", pin)); }

    std::string milk_of(const std::string& lot) {
        return "]d201" + tests::gtin14(milk_code) + "10" + lot;
    }
    /// `20` amount in fen, `25` grams.
    static std::string label(const std::string& flag, const std::string& plu, int value) {
        std::string digits = flag + plu + fmt::format("{:05}", value);
        return digits + *domain::gs1_check_digit(digits);
    }

    CheckoutShop shop;
    Checkout checkout{shop.station(), Paper{.columns = 48}};
};

// SAFE-2
TEST_F(CheckoutTest, EveryScanGetsAVerdictBeforeItIsALine) {
    EXPECT_EQ(printed(checkout.scan(milk_code)), "allow");
    EXPECT_EQ(printed(checkout.scan("6900000000007")), "unknown");
    EXPECT_EQ(printed(checkout.basket()), "milk×1 500 sole");
}

// SAFE-3
TEST_F(CheckoutTest, ARecalledLotIsRefusedAndTheAttemptJournalled) {
    shop.put(shop.recall_of("milk", "L1"));
    EXPECT_EQ(printed(checkout.scan(milk_of("L1"))), "block recalled");
    EXPECT_EQ(printed(checkout.basket()), "empty");
    EXPECT_EQ(shop.count("SELECT count(*) FROM ops WHERE kind = 'sale_refused'"), 1);
}

// SAFE-3
TEST_F(CheckoutTest, NothingIsScannedBeforeTheBlockIsAcknowledged) {
    shop.put(shop.recall_of("milk", "L1"));
    checkout.scan(milk_of("L1"));
    EXPECT_EQ(printed(checkout.scan(noodles_code)), "acknowledge_first");
    EXPECT_EQ(printed(checkout.pay_cash(10'000)), "acknowledge_first");
    checkout.acknowledge();
    EXPECT_EQ(printed(checkout.scan(noodles_code)), "allow");
}

// SAFE-6
TEST_F(CheckoutTest, ANewBlockTurnsTheLineRedAndStopsPayment) {
    checkout.scan(milk_of("L1"));
    shop.put(shop.recall_of("milk", "L1"));
    EXPECT_EQ(checkout.on_blocks({shop.recall_of("milk", "L1")}).blocked, std::vector{1});
    EXPECT_EQ(printed(checkout.pay_cash(10'000)), "line_blocked");
    checkout.void_line(1);
    checkout.scan(noodles_code);
    EXPECT_EQ(printed(checkout.pay_cash(10'000)), "done");
}

// SAFE-6
TEST_F(CheckoutTest, PaymentJudgesAgainInItsOwnTransaction) {
    checkout.scan(milk_of("L1"));
    shop.put(shop.recall_of("milk", "L1"));  // and no event has told the till of it yet
    EXPECT_EQ(printed(checkout.pay_cash(10'000)), "line_blocked");
    EXPECT_EQ(shop.count("SELECT count(*) FROM receipts"), 0);
}

// SAFE-6
TEST_F(CheckoutTest, AHeldBasketIsJudgedAgainWhenItIsResumed) {
    checkout.scan(milk_of("L1"));
    std::string hold = checkout.hold().detail;
    shop.put(shop.recall_of("milk", "L1"));
    EXPECT_EQ(printed(checkout.resume(hold)), "done");
    EXPECT_EQ(printed(checkout.basket()), "milk×1 500 coded blocked");
}

// SAFE-2
TEST_F(CheckoutTest, AsksForTheDateAndGoesByTheAnswer) {
    shop.put(shop.batch("milk", "OLD", 30, 21));
    EXPECT_EQ(printed(checkout.scan(milk_code)), "verify");
    auto keyed = [&](int days_ago) {
        auto iso = domain::format_date(shop.today() - std::chrono::days(days_ago));
        return iso.substr(5, 2) + iso.substr(8, 2);
    };
    EXPECT_EQ(printed(checkout.verify({.date = keyed(30)})), "block expired");
    checkout.acknowledge();
    checkout.scan(milk_code);
    EXPECT_EQ(printed(checkout.verify({.date = keyed(3)})), "allow");
    EXPECT_EQ(printed(checkout.basket()), "milk×1 500 read");
}

// SAFE-2: a blank answered the question, as if the cashier had read a lot.
TEST_F(CheckoutTest, ABlankIsNoLotThatWasRead) {
    shop.put(shop.batch("milk", "OLD", 30, 21));
    EXPECT_EQ(printed(checkout.scan(milk_code)), "verify");
    EXPECT_EQ(printed(checkout.verify({.lot = "  "})), "bad_lot");
    EXPECT_EQ(printed(checkout.verify({.lot = std::string(41, 'X')})), "bad_lot");
    EXPECT_EQ(checkout.screen(), "verify");
    EXPECT_EQ(printed(checkout.verify({.lot = "L1"})), "allow");
}

TEST_F(CheckoutTest, WhatCannotBeReadIsNotSold) {
    shop.put(shop.batch("milk", "OLD", 30, 21));
    checkout.scan(milk_code);
    checkout.verify({.unreadable = true});
    EXPECT_EQ(printed(checkout.basket()), "empty");
    EXPECT_EQ(checkout.screen(), "checkout");
}

TEST_F(CheckoutTest, ALineMustBeReadWhenABlockMakesItUnsure) {
    shop.put(shop.batch("milk", "L2", 1, 21));
    checkout.scan(milk_code);
    shop.put(shop.recall_of("milk", "L1"));
    EXPECT_EQ(checkout.on_blocks({shop.recall_of("milk", "L1")}).to_verify, std::vector{1});
    EXPECT_EQ(printed(checkout.pay_cash(10'000)), "line_verify");
    EXPECT_EQ(printed(checkout.verify({.lot = "L2"})), "allow");
    EXPECT_EQ(printed(checkout.pay_cash(10'000)), "done");
}

// SALE-3
TEST_F(CheckoutTest, QuantityComesBeforeOrAfterTheScan) {
    checkout.set_quantity({}, 3);
    checkout.scan(noodles_code);
    EXPECT_EQ(printed(checkout.basket()), "noodles×3 4482 none");
    checkout.set_quantity(1, 2);
    EXPECT_EQ(printed(checkout.basket()), "noodles×2 2988 none");
    EXPECT_EQ(printed(checkout.set_quantity(1, 0)), "quantity_out_of_range");
    EXPECT_EQ(printed(checkout.set_quantity(1, 99'999'999)), "quantity_out_of_range");
}

// SALE-14: three packs went for the price on one label.
TEST_F(CheckoutTest, ALabelIsOfOnePack) {
    for (const char* flag : {"20", "25"}) {
        checkout.set_quantity({}, 3);
        EXPECT_EQ(printed(checkout.scan(label(flag, "01011", 861))), "label_of_one");
    }
    EXPECT_EQ(printed(checkout.basket()), "empty");
    checkout.scan(label("20", "01011", 861));
    EXPECT_EQ(printed(checkout.basket()), "banana×1 861 none") << "the number is used up";
}

// SALE-1
TEST_F(CheckoutTest, APaymentCodeShownWhileSellingIsToldAsSuch) {
    EXPECT_EQ(printed(checkout.scan("134567890123456789")), "payment_code");
    EXPECT_EQ(printed(checkout.scan("281234567890123456")), "payment_code");
    EXPECT_EQ(printed(checkout.scan("211234567890123456")), "bad_code");
}

// SALE-14: goods with another shop's 20–29 code were sold for what its digits would say as a label.
TEST_F(CheckoutTest, ACodeOfTheGoodsTableIsNoLabel) {
    shop.put(domain::Barcode{tests::gtin14(label("20", "77777", 1)), "noodles", 1});
    checkout.set_quantity({}, 2);
    EXPECT_EQ(printed(checkout.scan(label("20", "77777", 1))), "allow");
    EXPECT_EQ(printed(checkout.basket()), "noodles×2 2988 none");
}

// SALE-5
TEST_F(CheckoutTest, CashIsRoundedDownToTheJiaoAndChangeIsGiven) {
    checkout.scan(noodles_code);
    EXPECT_EQ(printed(checkout.pay_cash(1489)), "not_enough");
    EXPECT_EQ(printed(checkout.pay_cash(2000)), "done");
    const auto& receipt = *checkout.last_receipt();
    EXPECT_EQ(fmt::format("{} {} {} {}", receipt.total_fen, receipt.rounding_fen, receipt.paid_fen,
                          receipt.change_fen),
              "1494 4 2000 510");
}

// SALE-2
TEST_F(CheckoutTest, GoodsAreSoldFromAListByTheirItem) {
    EXPECT_EQ(printed(checkout.sell_item("noodles")), "allow");
    EXPECT_EQ(printed(checkout.sell_item("nothing")), "no_such_item");
    EXPECT_EQ(printed(checkout.sell_item("banana")), "allow");
    EXPECT_EQ(checkout.screen(), "weigh");
    EXPECT_EQ(printed(checkout.basket()), "noodles×1 1494 none");
}

// SALE-3
TEST_F(CheckoutTest, APriceCheckJudgesAndSellsNothing) {
    shop.put(shop.recall_of("milk", "L1"));
    auto found = checkout.look_up(milk_of("L1"));
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->found.item.price_fen, 500);
    EXPECT_EQ((*found)->verdict.kind, domain::VerdictKind::block);
    EXPECT_FALSE(*checkout.look_up("6900000000007"));
    EXPECT_EQ(printed(checkout.basket()) + " " + checkout.screen(), "empty checkout");
}

// WEIGH-1
TEST_F(CheckoutTest, AScaleThatIsNotThereSellsNothing) {
    EXPECT_EQ(checkout.scale_now().refusal, "no_scale");
}

// SAFE-3
TEST_F(CheckoutTest, SupplierPapersBlockOnlyWhereTheShopTurnsThatOn) {
    shop.put(domain::SupplierPaper{
        "S1", "food_production", "SC1", {}, shop.today() - std::chrono::days(1)});
    EXPECT_EQ(printed(checkout.scan(noodles_code)), "allow");
    shop.put(sync::Setting{"block_without_supplier_papers", "1"});
    EXPECT_EQ(printed(checkout.scan(noodles_code)), "block supplier_papers");
}

// SYNC-1
TEST_F(CheckoutTest, TheBasketInHandSurvivesTheEndOfTheProgram) {
    checkout.scan(noodles_code);
    shop.restart();
    EXPECT_TRUE(shop.station().login("1001", pin));
    Checkout after(shop.station(), Paper{.columns = 48});
    after.restore_draft();
    EXPECT_EQ(printed(after.basket()), "noodles×1 1494 none");
    after.pay_cash(1490);
    shop.restart();
    Checkout later(shop.station(), Paper{.columns = 48});
    later.restore_draft();
    EXPECT_EQ(printed(later.basket()), "empty");
}

TEST_F(CheckoutTest, AFullDiskRefusesPaymentBeforeMoneyChangesHands) {
    auto limit = [&](std::int64_t pages) {
        shop.station().store().run(sync::Priority::sale, [pages](sync::Database& database) {
            database.limit_pages(pages);
        });
    };
    limit(1);  // as it is now: sales go on while there is room in its pages
    std::string answer = "done";
    std::int64_t sold = -1;
    for (; answer == "done" && sold < 100; ++sold) {
        checkout.scan(noodles_code);
        answer = printed(checkout.pay_cash(2000));
    }
    EXPECT_EQ(answer, "disk_full");
    EXPECT_EQ(printed(checkout.basket()), "noodles×1 1494 none");
    EXPECT_EQ(shop.count("SELECT count(*) FROM receipts"), sold);
    limit(1'000'000);
    EXPECT_EQ(printed(checkout.pay_cash(2000)), "done");
    EXPECT_EQ(shop.count("SELECT count(*) FROM receipts"), sold + 1);
}

TEST_F(CheckoutTest, SpiritsAskForTheAgeOnceABasket) {
    EXPECT_EQ(printed(checkout.plu("02001")), "warn age_check");
    EXPECT_EQ(printed(checkout.pay_cash(10'000)), "age_check");
    checkout.acknowledge();
    EXPECT_EQ(printed(checkout.plu("02001")), "allow");
    EXPECT_EQ(printed(checkout.pay_cash(20'000)), "done");
}

// ACCT-2
TEST_F(CheckoutTest, NobodySellsWithoutTheRightTo) {
    shop.station().logout("test");
    EXPECT_EQ(printed(checkout.scan(noodles_code)), "not_logged_in");
    EXPECT_TRUE(shop.station().login("1301", pin));
    EXPECT_EQ(printed(checkout.scan(noodles_code)), "not_allowed");
}

// ACCT-2: a question could be answered, and goods sold, after the cashier had gone.
TEST_F(CheckoutTest, NobodyAnswersAPromptWithoutTheRightTo) {
    shop.put(shop.batch("milk", "OLD", 30, 21));
    EXPECT_EQ(printed(checkout.scan(milk_code)), "verify");
    shop.station().logout("test");
    EXPECT_EQ(printed(checkout.verify({.lot = "L1"})), "not_logged_in");
    EXPECT_EQ(printed(checkout.cancel()), "not_logged_in");
    EXPECT_EQ(printed(checkout.acknowledge()), "not_logged_in");
    EXPECT_TRUE(shop.station().login("1001", pin));
    EXPECT_EQ(printed(checkout.verify({.lot = "L1"})), "allow");
}

// SALE-3: the next cashier sold nine of what she scanned once.
TEST_F(CheckoutTest, AQuantityKeyedBySomebodyElseDoesNotCount) {
    checkout.set_quantity({}, 9);
    shop.station().logout("test");
    EXPECT_TRUE(shop.station().login("1101", pin));
    checkout.scan(noodles_code);
    EXPECT_EQ(printed(checkout.basket()), "noodles×1 1494 none");
}

// SALE-3: the next customer's sale bore the hold of the one before.
TEST_F(CheckoutTest, ABasketHeldAgainLeavesItsNameToNobody) {
    checkout.scan(noodles_code);
    checkout.resume(checkout.hold().detail);
    checkout.hold();
    checkout.scan(milk_code);
    checkout.pay_cash(1000);
    EXPECT_EQ(shop.count("SELECT count(*) FROM ops WHERE kind = 'sale' AND "
                         "json_extract(body,'$.data.hold') = ''"),
              1);
}

// ACCT-2
TEST_F(CheckoutTest, FiveWrongPinsMakeThePersonWait) {
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(shop.station().login("1001", "000000").error().code, "wrong_pin");
    }
    EXPECT_EQ(shop.station().login("1001", pin).error().code, "wait");
    EXPECT_TRUE(shop.station().login("1601", pin));  // never the whole till
}

// ACCT-2: an account that was locked stayed so for good.
TEST_F(CheckoutTest, AnAccountThatWrongPinsLockedIsOpenedByTheAdministrator) {
    shop.put(domain::Person{.number = "1701",
                            .role = domain::Role::account_admin,
                            .pin_verifier = tests::one_verifier()});
    auto later = shop.station().now();
    for (int tries = 0; tries < 200 && !shop.station().shop().person("1001")->locked; ++tries) {
        (void)shop.station().login("1001", "000000");
        later.utc_ms += 16 * 60 * 1000;
        ASSERT_TRUE(shop.station().set_test_clock(later));
    }
    EXPECT_EQ(shop.station().login("1001", pin).error().code, "locked");
    ASSERT_TRUE(shop.station().login("1701", pin));
    EXPECT_TRUE(shop.station().open_account("1001"));
    EXPECT_EQ(shop.station().open_account("1001").error().code, "not_locked");
    EXPECT_TRUE(shop.station().login("1001", pin));
}

// ACCT-2: somebody who is a manager no more went on as one until he logged out.
TEST_F(CheckoutTest, ARoleThatChangedCountsAtOnce) {
    auto person = *shop.station().shop().person("1001");
    person.role = domain::Role::receiver;
    shop.put(person);
    shop.station().refresh_person();
    EXPECT_EQ(printed(checkout.scan(noodles_code)), "not_allowed");
}

// SALE-7
TEST_F(CheckoutTest, AReceiptIsLaidOutFromItsSaleAndACopyIsMarked) {
    checkout.scan(milk_of("L1"));
    checkout.scan(noodles_code);
    checkout.pay_cash(5000);
    auto text = [&](const std::string& number) {
        auto found = find_receipt(shop.station().reader(), number);
        return found ? domain::plain_text(domain::layout(*found, 48), 48) : "none";
    };
    std::string paper = text(checkout.last_receipt()->number);
    for (const char* word : {"牛奶", "方便面", "批号 L1", "19.94", "50.00", "1001"}) {
        EXPECT_NE(paper.find(word), std::string::npos) << word << "\n" << paper;
    }
    EXPECT_EQ(text("FX99"), "none");
    EXPECT_EQ(printed(checkout.reprint(checkout.last_receipt()->number)), "done");
    EXPECT_EQ(shop.count("SELECT count(*) FROM print_jobs WHERE copy = 1"), 1);
}

// SALE-14: one noodle of ¥14.94 on a label of 1.234 kg was sold for ¥18.44.
TEST_F(CheckoutTest, AMassIsNoPriceOfGoodsSoldByThePiece) {
    shop.put(domain::Barcode{"08088", "noodles", 1});
    EXPECT_EQ(printed(checkout.scan(label("25", "08088", 1234))), "bad_label");
    EXPECT_EQ(printed(checkout.basket()), "empty");
}

// SALE-14
TEST_F(CheckoutTest, ALabelIsReadByTheShopsOwnFormat) {
    domain::LabelFormats formats;
    auto format = domain::LabelFormat::of({.pattern = "FFWWWWWNNNNNC",
                                           .flags = {"23"},
                                           .weight_decimals = 3,
                                           .unit = domain::LabelUnit::piece});
    ASSERT_TRUE(format) << format.error().detail;
    ASSERT_TRUE(formats.add(*format));
    shop.station().set_own_labels(formats);
    shop.put(domain::Barcode{"08088", "noodles", 1});
    EXPECT_EQ(printed(checkout.scan(label("23", "08088", 6))), "allow");
    EXPECT_EQ(checkout.basket().lines.back().quantity, 6);
    EXPECT_EQ(printed(checkout.scan(label("23", "08088", 0))), "bad_label");
    EXPECT_EQ(printed(checkout.scan(label("23", "01011", 6))), "bad_label");  // bananas, by weight
    checkout.set_quantity(std::nullopt, 3);
    EXPECT_EQ(printed(checkout.scan(label("23", "08088", 6))), "label_of_one");
}

// SALE-12
TEST_F(CheckoutTest, TheSaleInTheLogAddsUpToItsReceipt) {
    checkout.scan(noodles_code);
    checkout.scan(milk_code);
    checkout.pay_cash(5000);
    EXPECT_EQ(shop.count("SELECT json_extract(body,'$.data.total_fen') FROM ops "
                         "WHERE kind = 'sale'"),
              1994);
    EXPECT_EQ(shop.count("SELECT sum(json_extract(value,'$.amount_fen')) FROM ops, "
                         "json_each(body,'$.data.lines') WHERE kind = 'sale'"),
              1994);
}

// WEIGH-5
TEST_F(CheckoutTest, WeighsOnlyWithAScale) {
    EXPECT_EQ(printed(checkout.weigh()), "no_scale");
    EXPECT_EQ(printed(checkout.plu("01011")), "allow");
    EXPECT_EQ(checkout.screen(), "weigh");
    EXPECT_EQ(printed(checkout.pay_cash(1000)), "weigh_first");
}

// SAFE-8
TEST_F(CheckoutTest, AClockThatJumpedSellsNothingUntilAManagerAnswers) {
    auto later = shop.station().now();
    later.utc_ms += 3LL * 24 * 60 * 60 * 1000;
    ASSERT_TRUE(shop.station().set_test_clock(later));
    EXPECT_EQ(printed(checkout.scan(noodles_code)), "block clock_unknown");
    checkout.acknowledge();
    ASSERT_TRUE(shop.station().answer_clock(domain::ClockAnswer::clock_is_right, "1601"));
    EXPECT_EQ(printed(checkout.scan(noodles_code)), "allow");
}

}  // namespace
}  // namespace fangxin::terminal
