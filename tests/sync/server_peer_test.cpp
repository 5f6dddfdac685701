// The server's side of the protocol towards one terminal, message by message.
#include "sync/server_peer.hpp"

#include "tests/support/peer_text.hpp"

#include <gtest/gtest.h>

namespace fangxin::sync::testing {
namespace {

/// A server at version 100; till 1 holds rows and blocks up to 40.
struct Server : ::testing::Test {
    ServerPeer peer{1000};

    std::string hears(const Message& message, std::int64_t now_ms = 1000) {
        return printed_all(peer.on_message(now_ms, message));
    }
    static Hello hello() {
        return {.terminal = "till-1", .role = "till", .server_epoch = 42, .rows = 40, .blocks = 40};
    }
    std::string greets(std::int64_t server_epoch = 42) {
        hears(hello());
        if (server_epoch != 42) blocks_at = rows_at = 0;
        return printed_all(peer.on_greeted({.server_epoch = server_epoch}, 100));
    }
    std::string blocks(std::int64_t to, bool complete = true) {
        BlocksFrame frame{.from = std::exchange(blocks_at, to), .to = to, .complete = complete};
        frame.rows.push_back({{"id", "recall:1"}});
        return printed_all(peer.on_blocks(std::move(frame)));
    }
    std::string rows(std::int64_t to) {
        return printed_all(peer.on_rows({.from = std::exchange(rows_at, to), .to = to}));
    }
    std::string no_blocks(std::int64_t to) {
        return printed_all(
            peer.on_blocks({.from = std::exchange(blocks_at, to), .to = to, .complete = true}));
    }
    std::string changed(std::int64_t ver, Pace pace = Pace::at_once) {
        return printed_all(peer.on_changed(1000, ver, pace));
    }
    std::int64_t blocks_at = 40;  // where the next frame begins
    std::int64_t rows_at = 40;
    static OpsFrame ops(std::int64_t first) { return {1, first, {"{}"}, "00"}; }
    std::string ingested(const ServerPeer::Ingested& result) {
        return printed_all(peer.on_ingested(result));
    }
};

TEST_F(Server, GreetsWithTheBlockLaneFirst) {
    EXPECT_EQ(hears(hello()), "greet");
    EXPECT_EQ(printed_all(peer.on_greeted({.server_epoch = 42}, 100)),
              "send welcome, load_blocks 40");
}

// SAFE-6
TEST_F(Server, SendsNoRowBeforeTheBlockLaneIsWhole) {
    greets();
    EXPECT_EQ(blocks(60, false), "send blocks 40-60, load_blocks 60");
    EXPECT_EQ(blocks(100), "send blocks 60-100, load_rows 40-100");
    EXPECT_EQ(rows(70), "send rows 40-70 after blocks 100, load_rows 70-100");
}

// SAFE-6
TEST_F(Server, ABlockPassesTheRowsThatAreOnTheirWay) {
    greets();
    blocks(100);
    EXPECT_EQ(changed(101), "load_blocks 100");
    EXPECT_EQ(blocks(101), "send blocks 100-101");
    EXPECT_EQ(rows(70), "send rows 40-70 after blocks 101, load_rows 70-101");
}

TEST_F(Server, ReadsNoRowsAboveTheBlocksThatItSent) {
    greets();
    blocks(100);
    rows(100);
    changed(120);
    EXPECT_EQ(rows(100), "send rows 100-100 after blocks 100");
    EXPECT_EQ(blocks(120), "send blocks 100-120, load_rows 100-120");
}

TEST_F(Server, WithoutANewBlockTheRowsAloneSayHowFarTheLaneGoes) {
    greets();
    blocks(100);
    changed(120);
    EXPECT_EQ(no_blocks(120), "nothing");
    EXPECT_EQ(rows(100), "send rows 40-100 after blocks 100, load_rows 100-120");
    EXPECT_EQ(rows(120), "send rows 100-120 after blocks 100 complete");
}

TEST_F(Server, KeepsFourFramesOfRowsOnTheWay) {
    greets();
    blocks(100);
    for (std::int64_t to : {50, 60, 70})
        rows(to);
    EXPECT_EQ(rows(80), "send rows 70-80 after blocks 100");
    EXPECT_EQ(hears(Have{50, 100}), "load_rows 80-100");
}

TEST_F(Server, RefusesATerminalThatHasWhatItWasNotSent) {
    greets();
    EXPECT_EQ(hears(Have{90, 40}), "close: has what was not sent");
}

TEST_F(Server, SendsEverythingToATerminalOfAnotherEpoch) {
    EXPECT_EQ(greets(43), "send welcome, load_blocks 0");
    EXPECT_EQ(blocks(100), "send blocks 0-100, load_rows 0-100");
}

// SYNC-1
TEST_F(Server, AcknowledgesOnlyWhatTheStoreCommitted) {
    greets();
    EXPECT_EQ(hears(ops(1)), "ingest ops 1/1+1");
    EXPECT_EQ(ingested({.ack = {1, 1, 120}}), "send ack 1/1 ver 120");
}

// An acknowledgement whose rows a till does not follow left its own work on top for ever.
TEST_F(Server, SendsTheRowsThatItsAcknowledgementNames) {
    greets();
    blocks(100);
    rows(100);
    hears(ops(1));
    EXPECT_EQ(ingested({.ack = {1, 1, 120}}), "send ack 1/1 ver 120, load_blocks 100");
}

TEST_F(Server, AnAcknowledgementAlsoStandsForThoseBeforeIt) {
    greets();
    ingested({.ack = {1, 1, 120}});
    EXPECT_EQ(ingested({.ack = {1, 2, 0}}), "send ack 1/2 ver 120");
}

TEST_F(Server, AsksForAGap) {
    greets();
    hears(ops(9));
    EXPECT_EQ(ingested({.ack = {1, 4, 0}, .gap = true}), "send gap 1/5");
}

// SYNC-2
TEST_F(Server, EndsWithATerminalWhoseLogParts) {
    greets();
    hears(ops(1));
    EXPECT_EQ(ingested({.refused = "rolled_back"}), "send refused rolled_back, close: rolled_back");
    EXPECT_EQ(hears(ops(2)), "nothing");
    EXPECT_EQ(changed(200), "nothing");
}

TEST_F(Server, TakesNoMoreFramesThanAllowed) {
    greets();
    for (std::int64_t i = 0; i < 2 * frames_in_flight; ++i)
        hears(ops(1 + i));
    EXPECT_EQ(hears(ops(9)), "close: more frames than allowed");
}

TEST_F(Server, RefusesEmptyOrImpossibleOps) {
    for (const OpsFrame& frame :
         {OpsFrame{1, 1, {}, ""}, OpsFrame{1, 0, {"{}"}, ""}, OpsFrame{0, 1, {"{}"}, ""}}) {
        ServerPeer other{1000};
        other.on_message(1000, hello());
        other.on_greeted({.server_epoch = 42}, 100);
        EXPECT_EQ(printed_all(other.on_message(1000, frame)), "close: empty ops");
    }
}

TEST_F(Server, WithoutAHelloTheLineEnds) {
    EXPECT_EQ(printed_all(peer.on_tick(6000, 0)), "nothing");
    EXPECT_EQ(printed_all(peer.on_tick(6001, 0)), "close: no hello");
}

TEST_F(Server, WantsAHelloFirst) {
    for (const Message& message :
         {Message(ops(1)), Message(Have{}), Message(ClaimHold{}), Message(AskFigures{})}) {
        ServerPeer other{1000};
        EXPECT_EQ(printed_all(other.on_message(1000, message)).substr(0, 5), "close");
    }
}

TEST_F(Server, WantsOneHello) {
    greets();
    EXPECT_EQ(hears(hello()), "close: a second hello");
}

TEST_F(Server, RefusesAnotherProtocol) {
    Hello newer = hello();
    newer.protocol_min = protocol_version + 1;
    newer.protocol_max = protocol_version + 3;
    EXPECT_EQ(hears(newer), "send refused protocol, close: protocol");
}

TEST_F(Server, RefusesWhatIsNoTerminal) {
    Hello stranger = hello();
    stranger.role = "browser";
    EXPECT_EQ(hears(stranger), "send refused terminal, close: terminal");
    EXPECT_EQ(hears(hello()), "nothing");
}

// Under this name it could have written into the server's own log.
TEST_F(Server, RefusesATerminalThatCallsItselfTheServer) {
    Hello stranger = hello();
    stranger.terminal = "server";
    EXPECT_EQ(hears(stranger), "send refused terminal, close: terminal");
}

TEST_F(Server, PingsEverySecondAndClosesASilentLine) {
    greets();
    EXPECT_EQ(printed_all(peer.on_tick(2000, 7)), "send ping");
    EXPECT_EQ(printed_all(peer.on_tick(2500, 7)), "nothing");
    EXPECT_EQ(hears(Ping{}, 2500), "send pong");
    EXPECT_EQ(printed_all(peer.on_tick(17'501, 7)), "close: silent");
}

TEST_F(Server, ClosesALineOnWhichNothingIsConfirmed) {
    greets();
    blocks(100);
    std::string last;
    for (std::int64_t now = 2000; now <= 13'000; now += 1000) {
        last = printed_all(peer.on_tick(now, 7));
        hears(Ping{}, now);
    }
    EXPECT_EQ(last, "close: nothing confirmed");
}

TEST_F(Server, ClosesWhenItsStoreFails) {
    greets();
    EXPECT_EQ(printed_all(peer.on_store_failed("disk_full")), "close: the store failed: disk_full");
}

TEST_F(Server, PassesAClaimToTheStore) {
    greets();
    EXPECT_EQ(hears(ClaimHold{3, "h1"}), "claim h1");
    EXPECT_EQ(printed_all(peer.on_claimed({3, "taken", ""})), "send hold_claimed");
}

TEST_F(Server, AnswersOneQuestionForFiguresAtATime) {
    greets();
    EXPECT_EQ(hears(AskFigures{4, "R-1"}), "load figures of R-1");
    EXPECT_EQ(printed_all(peer.on_figures({.id = 4})), "send figures");
    EXPECT_EQ(hears(AskFigures{6, ""}), "load figures of ");
}

TEST_F(Server, AnswersTheLastOfTheQuestionsThatCameMeanwhile) {
    greets();
    (void)hears(AskFigures{4, "R-1"});
    EXPECT_EQ(hears(AskFigures{5, "R-2"}), "nothing");
    EXPECT_EQ(hears(AskFigures{6, "R-3"}), "nothing");
    EXPECT_EQ(printed_all(peer.on_figures({.id = 4})), "send figures, load figures of R-3");
    EXPECT_EQ(printed_all(peer.on_figures({.id = 6})), "send figures");
}

TEST_F(Server, KeepsTheLineWhenFiguresCannotBeCounted) {
    greets();
    (void)hears(AskFigures{4, "R-1"});
    EXPECT_EQ(printed_all(peer.on_figures_failed()), "nothing");
    EXPECT_EQ(hears(AskFigures{5, "R-1"}), "load figures of R-1");
}

TEST_F(Server, ClosesOnAQuestionWithoutEnd) {
    greets();
    EXPECT_EQ(hears(AskFigures{4, std::string(1001, 'x')}), "close: a question without end");
}

TEST_F(Server, SpeaksWithTheVersionBeforeItsOwn) {
    Hello old = hello();
    old.protocol_min = old.protocol_max = 1;
    EXPECT_EQ(hears(old), "greet");
    peer.on_greeted({.protocol = 1, .server_epoch = 42}, 100);
    blocks(100);
    // It would take what is deleted for a torn row, and has never heard of marks.
    auto sent = peer.on_rows(
        {.from = 40, .to = 100, .rows = {{"settings", 90, {}, "gone"}, {"settings", 91, {}, {}}}});
    const auto& frame = std::get<RowsFrame>(std::get<ServerPeer::Send>(sent[0]).message);
    EXPECT_EQ(frame.rows.size(), 1U);
    EXPECT_EQ(printed_all(peer.on_mark(100)), "nothing");
    EXPECT_FALSE(peer.on_congested());
}

TEST_F(Server, RefusesAVersionThatItHasForgotten) {
    Hello older = hello();
    older.protocol_min = older.protocol_max = 0;
    EXPECT_EQ(hears(older), "send refused protocol, close: protocol");
    ServerPeer other(0);
    Hello newer = hello();
    newer.protocol_min = newer.protocol_max = protocol_version + 1;
    EXPECT_EQ(printed_all(other.on_message(1000, newer)), "send refused protocol, close: protocol");
}

TEST_F(Server, TellsStockAtItsEase) {
    greets();
    blocks(100);
    rows(100);
    EXPECT_EQ(changed(110, Pace::calm), "nothing");
    EXPECT_EQ(printed_all(peer.on_tick(1500, 7)), "send ping");
    EXPECT_EQ(changed(120, Pace::calm), "nothing");
    hears(Have{100, 100}, 5900);
    EXPECT_EQ(printed_all(peer.on_tick(6000, 7)), "load_blocks 100, send ping");
    EXPECT_EQ(no_blocks(120), "load_rows 100-120");
}

TEST_F(Server, WhatIsInNoHurryGoesWithWhatIs) {
    greets();
    blocks(100);
    rows(100);
    changed(110, Pace::calm);
    EXPECT_EQ(changed(111), "load_blocks 100");
    EXPECT_EQ(changed(112, Pace::never), "nothing");
}

TEST_F(Server, MarksWhereTheRowsAreExactlyThere) {
    greets();
    blocks(100);
    EXPECT_EQ(printed_all(peer.on_mark(70)), "nothing");
    EXPECT_EQ(rows(100), "send rows 40-100 after blocks 100 complete");  // read before the mark
    EXPECT_EQ(printed_all(peer.on_checkpoint({.at = 70})), "nothing");
    EXPECT_EQ(printed_all(peer.on_mark(100)), "send mark 100");
    EXPECT_EQ(printed_all(peer.on_checkpoint({.at = 100})), "send checkpoint 100");
}

TEST_F(Server, ReadsNoRowBeyondAMarkBeforeItIsTold) {
    greets();
    blocks(100);
    rows(60);
    peer.on_mark(80);
    peer.on_checkpoint({.at = 80});
    rows(70);
    EXPECT_EQ(rows(80),
              "send rows 70-80 after blocks 100, send mark 80, send checkpoint 80, "
              "load_rows 80-100");
}

TEST_F(Server, SendsATableForRepairNoFurtherThanTheBlocks) {
    greets();
    blocks(100);
    EXPECT_EQ(hears(Repair{"items", "milk"}), "load_table items after 'milk' up to 100");
    EXPECT_EQ(hears(Repair{"items", ""}), "close: two repairs at once");
}

TEST_F(Server, GoesOnWhereAPokedTerminalIs) {
    greets();
    blocks(100);
    rows(60);
    rows(70);
    ASSERT_TRUE(peer.on_congested());
    EXPECT_EQ(changed(130), "nothing");
    EXPECT_EQ(printed_all(peer.on_drained()), "send poke");
    EXPECT_EQ(hears(Poked{60, 100}), "load_blocks 100");
    blocks_at = 100;
    EXPECT_EQ(printed_all(peer.on_rows({.from = 70, .to = 100})), "nothing");  // from before
    EXPECT_EQ(no_blocks(130), "send blocks 100-130, load_rows 60-130");
}

TEST_F(Server, LetsGoOfATerminalThatDoesNotAnswerAPoke) {
    greets();
    peer.on_congested();
    peer.on_tick(1100, 7);
    hears(Ping{}, 11'000);
    EXPECT_EQ(printed_all(peer.on_tick(11'200, 7)), "close: it does not read");
}

// SYNC-2
TEST_F(Server, TakesNothingIntoAnEpochThatALaterOneFollowed) {
    Hello rolled_back = hello();
    rolled_back.logs = {{1, 5}};
    hears(rolled_back);
    peer.on_greeted({.server_epoch = 42, .logs = {{1, 5}, {2, 3}}}, 100);
    EXPECT_EQ(hears(ops(6)), "send refused rolled_back, close: rolled_back");
}

}  // namespace
}  // namespace fangxin::sync::testing
