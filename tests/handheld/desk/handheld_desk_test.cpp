// The handheld's window, worked with by touch, keys and scanner over a real database.
#include "handheld/screens/receive_draft.hpp"
#include "sync/store/meta.hpp"
#include "tests/handheld/desk/at_the_handheld.hpp"

namespace fangxin::handheld {
namespace {

using kit::Key;
using tests::milk_code;
using tests::noodles_code;
using tests::pin;

class HandheldDeskTest : public AtTheHandheld {};

// RECV-1
TEST_F(HandheldDeskTest, ADeliveryIsScannedAnsweredAndBooked) {
    receive_up_to_quantity();
    EXPECT_TRUE(stage.says("How many pieces?"));
    digits("24");
    on();
    EXPECT_TRUE(tap("供应商"));
    EXPECT_TRUE(tap("All in order"));
    EXPECT_TRUE(stage.says("Is everything right?"));
    on();
    EXPECT_TRUE(stage.says("Booked: 24 pcs"));
    EXPECT_EQ(sound(), kit::Sound::accept);
    EXPECT_EQ(verdict("L7"), "allow");
    key(Key::f10);
    EXPECT_TRUE(stage.says("Nothing to do"));
}

// RECV-1
TEST_F(HandheldDeskTest, GoodsPutAsideWhenReceivedAreBlockedWithTheReasonGiven) {
    receive_up_to_quantity();
    digits("6");
    on();
    EXPECT_TRUE(tap("供应商"));
    EXPECT_TRUE(tap("Put aside"));
    EXPECT_TRUE(tap("Other…"));
    EXPECT_TRUE(stage.says("Why put aside"));
    tap("中");  // Latin from here on
    type("wet");
    key(Key::enter);
    on();
    EXPECT_TRUE(stage.says("Quarantined"));
    EXPECT_EQ(verdict("L7"), "block quarantined");
    auto blocks = shop.station().shop().blocks_of("milk");
    ASSERT_EQ(blocks.size(), 1U);
    EXPECT_EQ(blocks.front().reason, "wet");
}

// RECV-1
TEST_F(HandheldDeskTest, ADeliveryIsTakenUpAgainAfterAPowerCut) {
    receive_up_to_quantity();
    digits("24");
    restart();
    log_in("1201");
    EXPECT_TRUE(stage.says("How many pieces?"));
    EXPECT_TRUE(stage.says("24"));
    // Somebody goes home, comes back, and finds it under "Receive".
    log_out();
    log_in("1201");
    EXPECT_TRUE(tap("Receive"));
    EXPECT_TRUE(stage.says("How many pieces?"));
}

// RECV-1
TEST_F(HandheldDeskTest, ADeliveryThatWasBookedWhenThePowerWentIsSaidToBe) {
    ReceiveState milk{.page = ReceivePage::summary, .item = "milk", .lot = "L1", .quantity = "24"};
    milk.decision = domain::Decision::released;
    auto booked = shop.station().store().run(sync::Priority::sale, [&](sync::Database& writer) {
        return writer.transaction([&]() -> Result<void> {
            DeliveryDraft::booked(writer, 1, write_draft(milk), "milk/L1");
            return {};
        });
    });
    ASSERT_TRUE(booked);
    restart();
    log_in("1101");  // nobody who receives: it waits
    EXPECT_TRUE(stage.says("Nothing to do"));
    log_out();
    log_in("1201");
    EXPECT_TRUE(stage.says("Booked: 24 pcs"));
    EXPECT_TRUE(stage.says("milk/L1"));
    key(Key::f10);
    restart();
    log_in("1201");
    EXPECT_TRUE(stage.says("Nothing to do"));
}

TEST_F(HandheldDeskTest, AnotherItemDoesNotPushADeliveryOut) {
    receive_up_to_quantity();
    digits("24");
    log_out();
    log_in("1201");
    stage.scan(noodles_code);
    EXPECT_TRUE(tap("Receive"));
    EXPECT_TRUE(stage.says("This is another item: finish this one first"));
    EXPECT_TRUE(stage.says("24"));
}

TEST_F(HandheldDeskTest, AnItemIsFoundByPinyinOnTheKeyboardOfTheScreen) {
    log_in("1201");
    EXPECT_TRUE(tap("Receive"));
    EXPECT_TRUE(tap("Name, pinyin or number"));
    type("fbm");
    EXPECT_TRUE(tap("Noodles"));
    EXPECT_TRUE(stage.says("date is on the pack"));
}

// 24 pieces of one lot became 24 of the other.
TEST_F(HandheldDeskTest, AnotherLotOfTheItemIsNotMixedIntoADelivery) {
    receive_up_to_quantity();
    digits("24");
    log_out();
    log_in("1201");
    stage.scan(pack("L9", 1));
    EXPECT_TRUE(tap("Receive"));
    EXPECT_TRUE(stage.says("This is another batch of the item"));
    EXPECT_EQ(sound(), kit::Sound::warn);
    EXPECT_TRUE(stage.says("L7"));
    EXPECT_FALSE(stage.says("L9"));
    EXPECT_TRUE(stage.says("24"));
}

// Lot and date had to be keyed although the scanner had read them a moment before.
TEST_F(HandheldDeskTest, WhatTheLookupReadIsKnownWhenItIsReceived) {
    log_in("1201");
    stage.scan(pack("L8", 1));
    EXPECT_TRUE(tap("Receive"));
    EXPECT_TRUE(stage.says("How many pieces?"));
    EXPECT_TRUE(stage.says("L8"));
    EXPECT_TRUE(stage.says(domain::format_date(shop.today() + std::chrono::days(20))));
}

// RECV-6
TEST_F(HandheldDeskTest, GoodsLateInTheirLifeAreLetInByTheManagerAlone) {
    log_in("1201");
    EXPECT_TRUE(tap("Receive"));
    stage.scan(pack("L8", 10));
    digits("24");
    on();
    EXPECT_TRUE(tap("供应商"));
    EXPECT_TRUE(tap("All in order"));
    on();
    EXPECT_TRUE(stage.says("Receive late in its life: Milk"));
    digits("1301");  // an inspector receives, but does not set the rule
    key(Key::enter);
    digits(pin);
    key(Key::enter);
    key(Key::escape);
    EXPECT_TRUE(stage.says("of its life is used"));
    EXPECT_EQ(shop.count("SELECT count(*) FROM ops WHERE kind = 'batch_received'"), 0);
    on();
    digits("1601");
    key(Key::enter);
    digits(pin);
    key(Key::enter);
    EXPECT_TRUE(stage.says("Booked: 24 pcs"));
    EXPECT_EQ(shop.count("SELECT count(*) FROM ops WHERE kind = 'batch_received' AND "
                         "body LIKE '%\"approved_by\":\"1601\"%'"),
              1);
}

// RECV-1: after a power cut just then, nobody would have known that it was booked. That it is
// written in the booking's own transaction is GoodsWork's (WhatIsWrittenAlongIsPartOfTheDelivery).
TEST_F(HandheldDeskTest, ABookingSaysWhichBatchItsDraftBecame) {
    receive_up_to_quantity();
    digits("24");
    on();
    EXPECT_TRUE(tap("供应商"));
    EXPECT_TRUE(tap("All in order"));
    on();
    std::string booked = sync::meta(shop.station().reader(), "receive_booked");
    auto batches = shop.station().shop().batches_of("milk");
    ASSERT_EQ(batches.size(), 2U);
    EXPECT_EQ(booked.substr(booked.find('\n') + 1), batches.back().id);
}

// A scanner's own bytes stood on the screen, and as many as it liked.
TEST_F(HandheldDeskTest, AMisreadOrUnknownCodeIsSaidInWords) {
    log_in("1201");
    EXPECT_TRUE(tap("Receive"));
    stage.scan("6901234567893");
    EXPECT_TRUE(stage.says("its check digit is wrong"));
    EXPECT_FALSE(stage.says("6901234567893"));
    stage.scan(std::string(300, 'x'));
    EXPECT_TRUE(stage.says("No such item: " + std::string(38, 'x') + "…"));
}

// ACCT-2: it led through all the questions to a refusal.
TEST_F(HandheldDeskTest, WhoMayNotReceiveHasNoTaskToBook) {
    shop.put(sync::UnrecordedBatch{.id = "u", .item = "milk", .lot = "L9"});
    log_in("1101");
    EXPECT_TRUE(stage.says("Nothing to do"));
    log_out();
    log_in("1201");
    EXPECT_TRUE(stage.says("Sold, not booked"));
}

// SAFE-6: the page promised that every till would sell it again.
TEST_F(HandheldDeskTest, ADecisionSaysWhatStopsTheBatchBesides) {
    GoodsWork work{shop.station()};
    log_in("1301");
    work.quarantine("milk/L1", "smell");
    log_in("1201");
    work.quarantine("milk/L1", "wet");
    stage.scan(pack("L1", 3));
    EXPECT_TRUE(tap("Lift quarantine"));
    EXPECT_TRUE(tap("It was another batch"));
    EXPECT_TRUE(stage.says("It stays out of sale: On hold"));
    on();
    EXPECT_EQ(verdict("L1"), "block quarantined");
    on();
    EXPECT_TRUE(tap("Withdraw"));
    on();
    EXPECT_TRUE(stage.says("It stays out of sale: On hold"));
    EXPECT_FALSE(stage.says("Every till refuses this batch from now on"));
}

// SAFE-7: what is withdrawn by a recall's own id stays recalled, and the page says so.
TEST_F(HandheldDeskTest, WithdrawingTheGoodsOfARecallDoesNotEndIt) {
    shop.put(shop.recall_of("milk", "LX"));
    log_in("1201");
    EXPECT_TRUE(tap("Milk"));
    EXPECT_TRUE(tap("Withdraw"));
    on();
    EXPECT_TRUE(stage.says("The recall stays in force"));
}

// SAFE-6
TEST_F(HandheldDeskTest, AQuarantineIsMadeAndReleased) {
    log_in("1301");
    stage.scan(pack("L1", 3));
    EXPECT_TRUE(stage.says("May be sold"));
    EXPECT_TRUE(tap("Quarantine"));
    EXPECT_TRUE(tap("Packs damaged"));
    on();
    EXPECT_TRUE(stage.says("Quarantined"));
    EXPECT_EQ(verdict("L1"), "block quarantined");
    on();
    EXPECT_TRUE(stage.says("May not be sold"));
    EXPECT_TRUE(tap("Release"));
    EXPECT_TRUE(tap("Checked, all in order"));
    on();
    EXPECT_EQ(verdict("L1"), "allow");
}

// ACCT-2
TEST_F(HandheldDeskTest, AShiftLeadWithdrawsWithASecondPersonsPin) {
    log_in("1101");
    stage.scan(pack("L1", 3));
    EXPECT_TRUE(tap("Withdraw"));
    digits("3");
    on();
    on();
    digits("1001");  // a cashier has no right to it
    key(Key::enter);
    digits(pin);
    key(Key::enter);
    EXPECT_FALSE(shop.station().shop().batch("milk/L1")->withdrawal_confirmed);
    key(Key::escape);
    EXPECT_TRUE(stage.says("A second person with the right must confirm"));
    on();
    digits("1201");
    key(Key::enter);
    digits(pin);
    key(Key::enter);
    EXPECT_TRUE(shop.station().shop().batch("milk/L1")->withdrawal_confirmed);
    EXPECT_EQ(shop.count("SELECT count(*) FROM ops WHERE body LIKE '%\"approved_by\":\"1201\"%'"),
              1);
}

// SAFE-7, SAFE-9
TEST_F(HandheldDeskTest, ARecallIsMadeAndSaysWhoHasIt) {
    log_in("1301");
    EXPECT_TRUE(tap("More"));
    EXPECT_TRUE(tap("Make a recall…"));
    stage.scan(milk_code);
    EXPECT_TRUE(tap("One lot"));
    type("L1");
    on();
    EXPECT_TRUE(tap("Level I"));
    EXPECT_TRUE(tap("Failed a test"));
    EXPECT_TRUE(stage.says("1 batch on record is stopped"));
    on();
    EXPECT_EQ(verdict("L1"), "block recalled");
    EXPECT_TRUE(stage.says("No server: the tills hear of it when the line is back"));
    auto blocks = shop.station().shop().all_blocks();
    ASSERT_EQ(blocks.size(), 1U);
    domain::Block made = blocks.front();
    shop.put(made);  // the server numbered it: 1
    shop.put(sync::TerminalBlocks{"till-1", 1, made.made_at_ms + 9'000});
    shop.put(sync::TerminalBlocks{"till-2", 0, made.made_at_ms - 60'000});
    shop.put(sync::TerminalBlocks{"till-3", 0, made.made_at_ms - 60'000});
    desk->station_events().rows_changed();
    sync::Figures figures{.block = made.id};
    figures.terminals = {{.terminal = "till-1", .connected = true},
                         {.terminal = "till-2", .connected = true},
                         {.terminal = "till-3", .seen_ms = made.made_at_ms - 60'000}};
    figures.acks = {{"till-1", made.made_at_ms + 1'200}};
    desk->station_events().figures(figures);
    EXPECT_TRUE(stage.says("Till 1"));
    EXPECT_TRUE(stage.says("1.2 s")) << "when it had it, not when it was heard last";
    EXPECT_TRUE(stage.says("Till 2"));
    EXPECT_TRUE(stage.says("not yet acknowledged"));
    EXPECT_TRUE(stage.says("Till 3"));
    EXPECT_TRUE(stage.says("offline · last")) << "it said that it would still answer";
    on();
    EXPECT_TRUE(stage.says("Recalled"));  // a task now
}

TEST_F(HandheldDeskTest, WhoIsLockedOutFindsTheLoginAgain) {
    log_in("1201");
    stage.scan(milk_code);
    auto person = *shop.station().shop().person("1201");
    person.locked = true;
    shop.put(person);
    shop.station().refresh_person();
    stage.play();
    EXPECT_FALSE(stage.says("May be sold"));
    EXPECT_FALSE(shop.station().person());
}

TEST_F(HandheldDeskTest, AScanIsAnsweredAloudOnEveryPage) {
    log_in("1301");
    auto scans = [this](const std::string& code) {
        desk->sounds().play(kit::Sound::block, 0);
        desk->sounds().silence();
        stage.scan(code);
        return desk->sounds().last();
    };
    EXPECT_EQ(scans(noodles_code), kit::Sound::accept);  // home: looked up
    EXPECT_TRUE(stage.says("Noodles"));
    EXPECT_EQ(scans("6900000000007"), kit::Sound::warn);  // lookup: nobody knows it
    EXPECT_EQ(scans(pack("L1", 3)), kit::Sound::accept);
    EXPECT_TRUE(tap("Quarantine"));
    EXPECT_EQ(scans(noodles_code), kit::Sound::warn);  // a reason is asked
    key(Key::escape);
    key(Key::escape);
    EXPECT_TRUE(tap("Batches"));
    EXPECT_EQ(scans(noodles_code), kit::Sound::accept);
    key(Key::escape);
    key(Key::escape);
    EXPECT_TRUE(tap("Receive"));
    EXPECT_EQ(scans(milk_code), kit::Sound::accept);
    EXPECT_EQ(scans(noodles_code), kit::Sound::warn);  // another item
    desk->device_events().scanned(pack("L9", 1));      // a scanner on a cable
    EXPECT_EQ(desk->sounds().last(), kit::Sound::accept);
    EXPECT_TRUE(stage.says("How many pieces?"));
}

TEST_F(HandheldDeskTest, WithoutACameraItSaysSo) {
    log_in("1301");
    EXPECT_TRUE(tap("Scan"));
    EXPECT_TRUE(stage.says("No camera here"));
    EXPECT_TRUE(stage.says("Use the scanner or the search"));
    stage.scan(pack("L1", 3));
    EXPECT_TRUE(tap("Correct"));
    EXPECT_TRUE(stage.says("a correction needs a photo"));
    EXPECT_TRUE(stage.says("May be sold"));
}

}  // namespace
}  // namespace fangxin::handheld
