// The question "which date is on the pack?" at the till: when it is asked, for how many packs its
// answer counts, and what becomes of it when blocks and rows come. Baskets that were put aside.
#include "domain/money.hpp"
#include "drivers/transports/serial.hpp"
#include "sync/holds_asked.hpp"
#include "terminal/checkout/basket_text.hpp"
#include "terminal/checkout/checkout.hpp"
#include "tests/support/checkout_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

using tests::CheckoutShop;
using tests::milk_code;
using tests::noodles_code;
using tests::pin;
using tests::printed;

class CheckoutQuestion : public ::testing::Test {
  protected:
    CheckoutQuestion() { EXPECT_TRUE(shop.station().login("1001", pin)); }

    domain::Batch old_batch(const std::string& item) { return shop.batch(item, "OLD", 30, 21); }
    /// Milk is in the basket, and a recall has made its batch a question.
    Rejudged recall_under_the_basket() {
        shop.put(shop.recall_of("milk", "L1"));
        return checkout.on_blocks({shop.recall_of("milk", "L1")});
    }
    std::string why() {
        std::string text;
        for (domain::Reason reason : std::get<AskVerify>(checkout.prompt()).verdict.asked_for)
            text += std::string(domain::to_text(reason)) + " ";
        return text;
    }
    std::int64_t refused_so_far() {
        return shop.count("SELECT count(*) FROM ops WHERE kind = 'sale_refused'");
    }

    CheckoutShop shop;
    Checkout checkout{shop.station(), Paper{.columns = 48}};
};

// SAFE-2: "+1" sold a pack whose date nobody had read.
TEST_F(CheckoutQuestion, OneAnswerDoesNotServePacksThatComeLater) {
    shop.put(old_batch("milk"));
    checkout.scan(milk_code);
    checkout.verify({.lot = "L1"});
    EXPECT_EQ(printed(checkout.set_quantity(1, 3)), "verify");
    EXPECT_EQ(printed(checkout.basket()), "milk×1 500 read");
    EXPECT_EQ(printed(checkout.verify({.lot = "OLD"})), "block expired");
    checkout.acknowledge();
    EXPECT_EQ(printed(checkout.set_quantity(1, 3)), "verify");
    EXPECT_EQ(printed(checkout.verify({.lot = "L1"})), "allow");
    EXPECT_EQ(printed(checkout.basket()), "milk×3 1500 read");
    EXPECT_EQ(printed(checkout.set_quantity(1, 1)), "done");
    EXPECT_EQ(printed(checkout.set_quantity(1, 10'000)), "quantity_out_of_range");
    EXPECT_EQ(printed(checkout.basket()), "milk×1 500 read");
}

// SAFE-2: one answer serves the quantity that was scanned with it.
TEST_F(CheckoutQuestion, OneAnswerServesWhatWasScannedWithIt) {
    shop.put(old_batch("milk"));
    checkout.set_quantity({}, 4);
    checkout.scan(milk_code);
    checkout.verify({.lot = "L1"});
    EXPECT_EQ(printed(checkout.basket()), "milk×4 2000 read");
}

TEST_F(CheckoutQuestion, SaysWhatIsWrongWithPacksOfTheItem) {
    shop.put(old_batch("milk"));
    checkout.scan(milk_code);
    EXPECT_EQ(why(), "expired ");
    checkout.cancel();
    shop.put(shop.recall_of("milk", "on no record"));
    checkout.scan(milk_code);
    EXPECT_EQ(why(), "recalled expired ");
}

// SAFE-2: the cashier was told of a recall whose packs are off the shelf.
TEST_F(CheckoutQuestion, SaysNothingOfWhatIsOffTheShelf) {
    domain::Batch away = shop.batch("milk", "L2", 1, 21);
    away.withdrawal_confirmed = true;
    shop.put(away);
    domain::Block recall = shop.recall_of("milk", "L2");
    recall.withdrawal_confirmed = true;
    shop.put(recall);
    shop.put(old_batch("milk"));
    checkout.scan(milk_code);
    EXPECT_EQ(why(), "expired ");
}

// SAFE-2: of a recall by dates, which no batch on record matches, no reason was said.
TEST_F(CheckoutQuestion, SaysWhenDatesOnNoRecordAreRecalled) {
    domain::Block recall = shop.recall_of("milk", "");
    recall.from = shop.today() - std::chrono::days(10);
    recall.to = shop.today() - std::chrono::days(9);
    shop.put(recall);
    EXPECT_EQ(printed(checkout.scan(milk_code)), "verify");
    EXPECT_EQ(why(), "recalled ");
}

// SAFE-3: no panel, no sound, no journal: the line turned red and that was all.
TEST_F(CheckoutQuestion, ALineThatWasReadAsRecalledIsAnAttempt) {
    shop.put(shop.batch("milk", "L2", 1, 21));
    checkout.scan(milk_code);
    recall_under_the_basket();
    EXPECT_EQ(printed(checkout.verify({.lot = "L1"})), "block recalled");
    EXPECT_EQ(checkout.screen(), "block");
    EXPECT_EQ(refused_so_far(), 1);
    checkout.acknowledge();
    EXPECT_EQ(printed(checkout.basket()), "milk×1 500 read blocked");
}

// SAFE-6: payment said "check the date first", and nothing asked for it.
TEST_F(CheckoutQuestion, ALineIsAskedAboutAsSoonAsNothingElseIs) {
    shop.put(shop.batch("milk", "L2", 1, 21));
    checkout.scan(milk_code);
    auto weighing = [&] {
        checkout.plu("01011");
        EXPECT_EQ(checkout.screen(), "weigh");
    };
    weighing();
    EXPECT_EQ(recall_under_the_basket().to_verify, std::vector{1});
    checkout.cancel();
    EXPECT_EQ(checkout.screen(), "verify") << "given up";
    checkout.verify({.lot = "L2"});
    EXPECT_EQ(checkout.screen(), "checkout");
}

// SAFE-6: nor when the cashier scanned on instead of weighing.
TEST_F(CheckoutQuestion, ALineIsAskedAboutAfterTheNextScan) {
    shop.put(shop.batch("milk", "L2", 1, 21));
    checkout.scan(milk_code);
    checkout.plu("01011");
    recall_under_the_basket();
    EXPECT_EQ(printed(checkout.scan(noodles_code)), "allow");
    EXPECT_EQ(checkout.screen(), "verify");
}

// SAFE-6: nor after the answer about goods that are no line yet.
TEST_F(CheckoutQuestion, ALineIsAskedAboutAfterAnotherAnswer) {
    shop.put(shop.batch("milk", "L2", 1, 21));
    shop.put(shop.batch("noodles", "N1", 1, 21));
    shop.put(old_batch("noodles"));
    checkout.scan(milk_code);
    checkout.scan(noodles_code);
    EXPECT_EQ(checkout.screen(), "verify");
    recall_under_the_basket();
    EXPECT_EQ(printed(checkout.verify({.lot = "N1"})), "allow");
    EXPECT_EQ(checkout.screen(), "verify");
    EXPECT_EQ(std::get<AskVerify>(checkout.prompt()).line, 1);
}

// SAFE-2: Esc at a question that had no reason any more took out goods that may be sold.
TEST_F(CheckoutQuestion, EndsWhenTheWithdrawalIsConfirmed) {
    shop.put(old_batch("milk"));
    EXPECT_EQ(printed(checkout.scan(milk_code)), "verify");
    domain::Batch gone = old_batch("milk");
    gone.withdrawal_confirmed = true;
    shop.put(gone);
    EXPECT_EQ(checkout.on_rows().added, 1);
    EXPECT_EQ(checkout.screen(), "checkout");
    EXPECT_EQ(printed(checkout.basket()), "milk×1 500 sole");
}

// SALE-3: goods that could be no line when their question ended were gone without a word.
TEST_F(CheckoutQuestion, StaysWhereItsGoodsCanBeNoLine) {
    shop.put(domain::Item{.code = "caviar",
                          .name_zh = "鱼子酱",
                          .category = "dairy",
                          .price_fen = domain::largest_amount_fen});
    shop.put(domain::Barcode{"04001", "caviar", 1});
    shop.put(shop.batch("caviar", "C1", 1, 21));
    shop.put(old_batch("caviar"));
    checkout.set_quantity({}, 2);
    EXPECT_EQ(printed(checkout.plu("04001")), "verify");
    domain::Batch gone = old_batch("caviar");
    gone.withdrawal_confirmed = true;
    shop.put(gone);
    EXPECT_EQ(checkout.on_rows().added, std::nullopt);
    EXPECT_EQ(checkout.screen(), "verify");
    EXPECT_EQ(printed(checkout.verify({.lot = "C1"})), "amount_out_of_range");
    EXPECT_EQ(checkout.screen(), "checkout");
}

// SAFE-2: the same, asked of a line.
TEST_F(CheckoutQuestion, OfALineEndsWhenItsBlockIsLifted) {
    shop.put(shop.batch("milk", "L2", 1, 21));
    checkout.scan(milk_code);
    recall_under_the_basket();
    EXPECT_EQ(checkout.screen(), "verify");
    domain::Block lifted = shop.recall_of("milk", "L1");
    lifted.lifted = true;
    shop.put(lifted);
    checkout.on_rows();
    EXPECT_EQ(checkout.screen(), "checkout");
    EXPECT_EQ(printed(checkout.basket()), "milk×1 500 assumed");
}

// SAFE-6: a block that comes while goods are asked about is said without an answer.
TEST_F(CheckoutQuestion, TurnsIntoABlockWhenAllIsRecalled) {
    shop.put(old_batch("milk"));
    checkout.scan(milk_code);
    shop.put(shop.recall_of("milk", ""));
    checkout.on_blocks({shop.recall_of("milk", "")});
    EXPECT_EQ(checkout.screen(), "block");
    EXPECT_EQ(refused_so_far(), 1);
}

/// Cheese by weight, followed by lot, and a scale that shows what it is told.
class WeighedQuestion : public CheckoutQuestion {
  protected:
    WeighedQuestion() {
        shop.put(domain::Item{.code = "cheese",
                              .name_zh = "奶酪",
                              .category = "dairy",
                              .unit = domain::Unit::kg,
                              .price_fen = 10'000});
        shop.put(domain::Barcode{"03001", "cheese", 1});
        shop.put(shop.batch("cheese", "C1", 3, 60));
        checkout.set_scale(&scale);
    }
    void put(std::int64_t grams) { gross_mg = grams * 1000; }

    std::int64_t gross_mg = 0;
    weighing::WeighingGate gate{{.min_mg = 20'000, .max_mg = 15'000'000, .e_mg = 1'000}};
    ScalePort scale{.latest =
                        [this] {
                            return weighing::CurrentReading{{.state = weighing::ScaleState::stable,
                                                             .gross_mg = gross_mg,
                                                             .net_mg = gross_mg,
                                                             .at_ms = drivers::monotonic_now_ms()}};
                        },
                    .gate = &gate,
                    .standing =
                        [] {
                            return ScaleStanding{.instrument = {.serial = "S1"},
                                                 .lock = domain::InstrumentLock::none};
                        }};
};

// WEIGH-5: what lay on the scale before the question was sold after it, whatever lay there then.
TEST_F(WeighedQuestion, IsWeighedAfterTheAnswer) {
    checkout.plu("03001");
    put(500);
    domain::Batch old = shop.batch("cheese", "OLD", 90, 60);
    shop.put(old);
    EXPECT_EQ(printed(checkout.weigh()), "verify");
    EXPECT_EQ(printed(checkout.verify({.lot = "C1"})), "allow");
    EXPECT_EQ(checkout.screen(), "weigh");
    EXPECT_EQ(printed(checkout.basket()), "empty");
    put(800);
    EXPECT_EQ(printed(checkout.weigh()), "allow");
    EXPECT_EQ(printed(checkout.basket()), "cheese×1 8000 read");
}

// SAFE-6
TEST_F(WeighedQuestion, ALineIsAskedAboutAfterTheWeighing) {
    shop.put(shop.batch("milk", "L2", 1, 21));
    checkout.scan(milk_code);
    checkout.plu("03001");
    put(500);
    recall_under_the_basket();
    EXPECT_EQ(printed(checkout.weigh()), "allow");
    EXPECT_EQ(checkout.screen(), "verify");
}

class HeldBasket : public CheckoutQuestion {
  protected:
    /// A basket of noodles that another till held and that the server says `by` has.
    void given_to(const std::string& by) {
        checkout.scan(noodles_code);
        sync::Hold hold{.id = "till-2-1-5",
                        .terminal = "till-2",
                        .person = "1001",
                        .lines = 1,
                        .body = write_basket(checkout.basket()),
                        .resumed_by = by};
        checkout.void_line(1);
        shop.put(hold);
    }
    void note_asked() {
        auto done = shop.station().transact([](sync::Database& database) -> Result<void> {
            sync::note_hold_asked(database, "till-2-1-5");
            return {};
        });
        EXPECT_TRUE(done);
    }
    std::size_t listed() { return shop.station().shop().holds().size(); }
};

// SALE-3: the server gave it, its answer was lost, and the basket stood in no till's list.
TEST_F(HeldBasket, IsListedWhereTheServerGaveItAndTheAnswerWasLost) {
    given_to("till-1");
    EXPECT_EQ(listed(), 0U) << "taken up long ago";
    note_asked();
    EXPECT_EQ(listed(), 1U);
    shop.restart();
    EXPECT_TRUE(shop.station().login("1001", pin));
    Checkout after(shop.station(), Paper{.columns = 48});
    EXPECT_EQ(listed(), 1U);
    EXPECT_EQ(printed(after.resume("till-2-1-5")), "done") << "its row says whose it is";
    EXPECT_EQ(printed(after.basket()), "noodles×1 1494 none");
    EXPECT_EQ(listed(), 0U);
}

TEST_F(HeldBasket, ThatAnotherTillGotIsNotListed) {
    given_to("till-3");
    note_asked();
    EXPECT_EQ(listed(), 0U);
    EXPECT_EQ(printed(checkout.resume("till-2-1-5")), "hold_taken");
}

// SAFE-6: the line was red, and nobody had been told.
TEST_F(HeldBasket, SaysWhichLinesWereBlockedMeanwhile) {
    checkout.scan("]d201" + tests::gtin14(milk_code) + "10L1");
    std::string hold = checkout.hold().detail;
    shop.put(shop.recall_of("milk", "L1"));
    EXPECT_EQ(checkout.resume(hold).rejudged.blocked, std::vector{1});
}

}  // namespace
}  // namespace fangxin::terminal
