// The terminal's side of the protocol, message by message.
#include "sync/terminal_peer.hpp"

#include "tests/support/peer_text.hpp"

#include <gtest/gtest.h>

namespace fangxin::sync::testing {
namespace {

/// Till 1, welcomed before by server 42; holds rows and blocks to 10 and five ops, two of them
/// acknowledged.
struct Terminal : ::testing::Test {
    TerminalState state{.terminal = "till-1",
                        .role = "till",
                        .app = "test",
                        .logs = {{1, 5}},
                        .acked = {{1, 2}},
                        .server_epoch = 42,
                        .rows = 10,
                        .blocks = 10};
    TerminalPeer peer{state};

    std::string hears(const Message& message, std::int64_t now_ms = 1000) {
        return printed_all(peer.on_message(now_ms, message));
    }
    static Welcome welcome(std::vector<LogState> logs, std::int64_t server_epoch = 42) {
        return {.server_epoch = server_epoch, .logs = std::move(logs), .ver = 20, .now_ms = 7};
    }
    std::string greeted(std::vector<LogState> logs, std::int64_t server_epoch = 42) {
        peer.on_connected(1000);
        return hears(welcome(std::move(logs), server_epoch));
    }
    std::string loaded(std::int64_t first, std::size_t count) {
        return printed_all(
            peer.on_ops_loaded({1, first}, std::vector<std::string>(count, "{}"), "00"));
    }
    /// What it does at last, on a line that lives and on which nothing else comes.
    std::string does_at(std::int64_t last_ms) {
        std::string last;
        for (std::int64_t now = 2000; now <= last_ms; now += 1000) {
            last = printed_all(peer.on_tick(now));
            hears(Ping{1}, now);
        }
        return last;
    }
};

TEST_F(Terminal, SaysWhatItHoldsWhenItConnects) {
    auto actions = peer.on_connected(1000);
    ASSERT_EQ(printed_all(actions), "send hello");
    const auto& hello = std::get<Hello>(std::get<TerminalPeer::Send>(actions[0]).message);
    EXPECT_EQ(hello.logs, state.logs);
    EXPECT_EQ(hello.rows, 10);
    EXPECT_EQ(hello.server_epoch, 42);
}

// SYNC-1
TEST_F(Terminal, SendsFromWhereTheServerIs) {
    EXPECT_EQ(greeted({{1, 2}}), "time 7, store ack 1/2 ver 20, load_ops 1/3");
    EXPECT_EQ(loaded(3, 3), "send ops 1/3+3");
}

// A till that lost the line with an acknowledgement on it said "unsent" until its next sale.
TEST_F(Terminal, TakesAWelcomeForTheAcknowledgementsThatWereLost) {
    EXPECT_EQ(greeted({{1, 5}}), "time 7, store ack 1/5 ver 20");
    EXPECT_EQ(peer.unsent(), 3);
    peer.on_ack_stored({1, 5, 20});
    EXPECT_EQ(peer.unsent(), 0);
}

TEST_F(Terminal, CountsAsAcknowledgedOnlyWhatTheStoreCommitted) {
    greeted({{1, 2}});
    loaded(3, 3);
    EXPECT_EQ(hears(Ack{1, 5, 30}), "store ack 1/5 ver 30");
    EXPECT_EQ(peer.unsent(), 3);
    peer.on_ack_stored({1, 5, 30});
    EXPECT_EQ(peer.unsent(), 0);
}

TEST_F(Terminal, KeepsFourFramesInFlight) {
    state.logs = {{1, 100}};
    peer = TerminalPeer(state);
    greeted({{1, 0}});
    for (std::int64_t frame = 0; frame < 3; ++frame) {
        EXPECT_EQ(loaded(1 + frame * 10, 10),
                  fmt::format("send ops 1/{}+10, load_ops 1/{}", 1 + frame * 10, 11 + frame * 10));
    }
    EXPECT_EQ(loaded(31, 10), "send ops 1/31+10");
    EXPECT_EQ(hears(Ack{1, 10, 0}), "store ack 1/10 ver 0, load_ops 1/41");
}

TEST_F(Terminal, GoesBackToAGap) {
    greeted({{1, 2}});
    loaded(3, 3);
    EXPECT_EQ(hears(Gap{1, 3}), "load_ops 1/3");
    EXPECT_EQ(hears(Gap{1, 7}), "close: a gap that cannot be");
}

TEST_F(Terminal, RefusesAnAcknowledgementOfWhatItNeverSent) {
    greeted({{1, 2}});
    EXPECT_EQ(hears(Ack{1, 6, 0}), "close: an ack for what was never sent");
}

TEST_F(Terminal, IsSilentUntilItIsWelcome) {
    peer.on_connected(1000);
    EXPECT_EQ(printed_all(peer.on_appended({1, 6})), "nothing");
    EXPECT_EQ(hears(Ack{1, 1, 0}), "close: an ack before the welcome");
}

// SAFE-6
TEST_F(Terminal, IsOnlineWhenItsBlocksAreDurable) {
    greeted({{1, 5}});
    EXPECT_EQ(hears(BlocksFrame{10, 20, true, {}}), "store blocks 10-20");
    EXPECT_FALSE(peer.online());
    EXPECT_EQ(printed_all(peer.on_blocks_stored({20, true, ""})), "send have 10 20, online");
    EXPECT_TRUE(peer.online());
    EXPECT_FALSE(peer.caught_up());
}

TEST_F(Terminal, MovesNoCursorBeforeTheStoreHasTheRows) {
    greeted({{1, 5}});
    hears(BlocksFrame{10, 20, true, {}});
    peer.on_blocks_stored({20, true, ""});
    EXPECT_EQ(hears(RowsFrame{10, 20, 20, true, {}}), "store rows 10-20 after blocks 20 complete");
    EXPECT_EQ(peer.durable().rows, 10);
    EXPECT_EQ(printed_all(peer.on_rows_stored({20, true, ""})), "send have 20 20, caught_up");
    EXPECT_EQ(peer.durable().rows, 20);
}

TEST_F(Terminal, NoticesRowsThatAreMissing) {
    greeted({{1, 5}});
    EXPECT_EQ(hears(RowsFrame{15, 20, 10, true, {}}), "close: rows are missing");
}

TEST_F(Terminal, PassesOverRowsThatComeTwice) {
    greeted({{1, 5}});
    hears(RowsFrame{10, 15, 10, false, {}});
    EXPECT_EQ(hears(RowsFrame{10, 15, 10, false, {}}), "nothing");
    EXPECT_EQ(hears(RowsFrame{15, 20, 10, true, {}}), "store rows 15-20 after blocks 10 complete");
}

TEST_F(Terminal, NoticesRowsThatChangedPlaces) {
    greeted({{1, 5}});
    EXPECT_EQ(hears(RowsFrame{12, 15, 10, false, {}}), "close: rows are missing");
}

// A lost block frame was hidden by the row frame behind it. SAFE-6
TEST_F(Terminal, NoticesThatABlockFrameIsMissingBeforeItsRows) {
    greeted({{1, 5}});
    EXPECT_EQ(hears(RowsFrame{10, 20, 20, true, {}}), "close: blocks are missing");
    EXPECT_EQ(peer.durable().blocks, 10);
}

TEST_F(Terminal, NoticesBlocksThatAreMissingOrComeTwice) {
    greeted({{1, 5}});
    EXPECT_EQ(hears(BlocksFrame{10, 15, true, {}}), "store blocks 10-15");
    EXPECT_EQ(hears(BlocksFrame{10, 15, true, {}}), "nothing");
    EXPECT_EQ(hears(BlocksFrame{18, 20, true, {}}), "close: blocks are missing");
}

TEST_F(Terminal, ClosesASilentLine) {
    greeted({{1, 5}});
    EXPECT_EQ(printed_all(peer.on_tick(2000)), "send ping");
    EXPECT_EQ(printed_all(peer.on_tick(2500)), "nothing");
    EXPECT_EQ(hears(Pong{9}, 2600), "time 9");
    EXPECT_EQ(printed_all(peer.on_tick(4600)), "send ping");
    EXPECT_EQ(printed_all(peer.on_tick(4601)), "close: silent");
}

TEST_F(Terminal, ClosesALineOnWhichNothingIsAcknowledged) {
    greeted({{1, 2}});
    loaded(3, 3);
    EXPECT_EQ(does_at(13'000), "close: no acknowledgement");
}

// SYNC-1: an empty last frame that is lost moves no cursor, and the rows behind it moved that of
// blocks too: the server took it for stored, and the terminal showed "offline" for ever.
TEST_F(Terminal, ClosesALineOnWhichTheEndOfTheBlocksNeverComes) {
    greeted({{1, 5}});
    hears(RowsFrame{10, 20, 10, true, {}});
    peer.on_rows_stored({20, true, ""});
    EXPECT_EQ(does_at(13'000), "close: it was never said that this is all");
}

TEST_F(Terminal, ClosesALineOnWhichTheEndOfTheRowsNeverComes) {
    greeted({{1, 5}});
    hears(BlocksFrame{10, 20, true, {}});
    peer.on_blocks_stored({20, true, ""});
    EXPECT_EQ(does_at(13'000), "close: it was never said that this is all");
}

TEST_F(Terminal, LeavesALineAloneOnWhichAllIsThere) {
    greeted({{1, 5}});
    hears(BlocksFrame{10, 20, true, {}});
    peer.on_blocks_stored({20, true, ""});
    hears(RowsFrame{10, 20, 20, true, {}});
    peer.on_rows_stored({20, true, ""});
    EXPECT_EQ(does_at(60'000), "send ping");
}

TEST_F(Terminal, WaitsAsLongAsItTakesToStoreWhatCame) {
    greeted({{1, 5}});
    hears(BlocksFrame{10, 20, true, {}});
    for (std::int64_t now = 2000; now <= 30'000; now += 1000) {
        EXPECT_EQ(printed_all(peer.on_tick(now)), "send ping") << now;
        hears(Ping{1}, now);
    }
}

// One that came twice was counted for the frame behind it: that one was never missed.
TEST_F(Terminal, MissesAFrameThoughTheAcknowledgementBeforeItComesTwice) {
    greeted({{1, 2}});
    loaded(3, 2);
    loaded(5, 1);
    std::string last;
    for (std::int64_t now = 2000; now <= 14'000; now += 1000) {
        last = printed_all(peer.on_tick(now));
        if (now <= 3000) hears(Ack{1, 4, 30}, now);
        hears(Ping{1}, now);
    }
    EXPECT_EQ(last, "close: no acknowledgement");
}

TEST_F(Terminal, SaysOnceThatItIsOffline) {
    greeted({{1, 5}});
    hears(BlocksFrame{10, 20, true, {}});
    peer.on_blocks_stored({20, true, ""});
    EXPECT_EQ(printed_all(peer.on_closed()), "offline");
    EXPECT_EQ(printed_all(peer.on_closed()), "nothing");
}

TEST_F(Terminal, ClosesWhenItsStoreFails) {
    greeted({{1, 5}});
    EXPECT_EQ(printed_all(peer.on_store_failed("disk_full")), "close: the store failed: disk_full");
}

TEST_F(Terminal, DropsRowsOfAnotherServersEpoch) {
    EXPECT_EQ(greeted({{1, 2}}, 43), "time 7, reset_rows 43");
    EXPECT_EQ(printed_all(peer.on_reset({43, 0})), "store ack 1/2 ver 20, load_ops 1/3");
    EXPECT_EQ(hears(RowsFrame{0, 5, 0, false, {}}), "store rows 0-5 after blocks 0");
}

// SYNC-2
TEST_F(Terminal, ThatWasRolledBackSaysSoAndSendsNothing) {
    EXPECT_EQ(greeted({{1, 6}}), "time 7, conflict rolled_back");
    EXPECT_EQ(printed_all(peer.on_appended({1, 6})), "nothing");
    EXPECT_EQ(printed_all(peer.on_appended({1, 7})), "nothing");
}

// SAFE-6
TEST_F(Terminal, ThatWasRolledBackStillTakesBlocks) {
    greeted({{1, 6}});
    EXPECT_EQ(hears(BlocksFrame{10, 20, true, {}}), "store blocks 10-20");
    EXPECT_EQ(printed_all(peer.on_blocks_stored({20, true, ""})), "send have 10 20, online");
}

TEST_F(Terminal, WhoseDiskWasReplacedGoesOnInANewEpoch) {
    state.logs = {{1, 3}};
    state.acked = {{1, 0}};
    state.server_epoch = state.rows = state.blocks = 0;
    peer = TerminalPeer(state);
    EXPECT_EQ(greeted({{1, 57}, {2, 30}}), "time 7, new_epoch 3");
    EXPECT_EQ(printed_all(peer.on_epoch({{{3, 3}}, {}})), "reset_rows 42");
    EXPECT_EQ(printed_all(peer.on_reset({42, 0})), "load_ops 3/1");
    EXPECT_EQ(peer.unsent(), 3);
}

// A terminal's first line was always dropped once: the server's blocks came while rows were set
// back.
TEST_F(Terminal, TakesWhatCameWhileItsRowsWereSetBack) {
    EXPECT_EQ(greeted({{1, 5}}, 43), "time 7, reset_rows 43");
    EXPECT_EQ(hears(BlocksFrame{0, 20, true, {}}), "nothing");
    EXPECT_EQ(hears(RowsFrame{.from = 0, .to = 20, .blocks = 20}), "nothing");
    EXPECT_EQ(printed_all(peer.on_reset({43, 0})),
              "store ack 1/5 ver 20, store blocks 0-20, store rows 0-20 after blocks 20");
}

TEST_F(Terminal, IgnoresALateWordOfTheEpochThatItLeft) {
    state.server_epoch = 0;
    peer = TerminalPeer(state);
    greeted({{1, 57}});
    peer.on_epoch({{{2, 5}}, {}});
    EXPECT_EQ(printed_all(peer.on_appended({1, 5})), "nothing");
    EXPECT_EQ(peer.durable().logs, (std::vector<LogState>{{2, 5}}));
}

TEST_F(Terminal, RefusedByTheServerTellsWhy) {
    greeted({{1, 2}});
    EXPECT_EQ(hears(Refused{"rolled_back", ""}), "conflict rolled_back, close: refused");
}

// SYNC-2: a till whose log was changed was refused ten times a second, and heard of no recall.
TEST_F(Terminal, WhoseLogWasRefusedSendsNoneOfItAgainAndStillTakesBlocks) {
    greeted({{1, 2}});
    hears(Refused{"chain", ""});
    peer.on_closed();
    EXPECT_EQ(greeted({{1, 2}}), "time 7, store ack 1/2 ver 20");
    EXPECT_EQ(printed_all(peer.on_appended({1, 6})), "nothing");
    EXPECT_EQ(hears(BlocksFrame{10, 20, true, {}}), "store blocks 10-20");
    EXPECT_EQ(printed_all(peer.on_blocks_stored({20, true, ""})), "send have 10 20, online");
}

TEST_F(Terminal, ClaimsAHoldOnlyWhileOnline) {
    EXPECT_EQ(printed_all(peer.claim_hold(1, "h1")), "claimed offline");
    greeted({{1, 5}});
    hears(BlocksFrame{10, 20, true, {}});
    peer.on_blocks_stored({20, true, ""});
    EXPECT_EQ(printed_all(peer.claim_hold(1, "h1")), "send claim_hold");
}

TEST_F(Terminal, AsksForFiguresWhileThereIsAServer) {
    EXPECT_EQ(printed_all(peer.ask_figures(1, "R-1")), "nothing");
    greeted({{1, 5}});
    hears(BlocksFrame{10, 20, true, {}});
    peer.on_blocks_stored({20, true, ""});
    EXPECT_EQ(printed_all(peer.ask_figures(1, "R-1")), "send ask_figures");
    EXPECT_EQ(printed_all(peer.on_message(7, Figures{.id = 1, .block = "R-1"})), "figures of R-1");
}

TEST_F(Terminal, ClosesOnWhatOnlyATerminalSends) {
    greeted({{1, 5}});
    EXPECT_EQ(hears(Have{1, 1}), "close: a message that only a terminal sends");
}

/// Live, with all rows up to 20.
struct LiveTerminal : Terminal {
    LiveTerminal() {
        greeted({{1, 5}});
        hears(BlocksFrame{.from = 10, .to = 20, .complete = true});
        peer.on_blocks_stored({20, true, ""});
        hears(RowsFrame{.from = 10, .to = 20, .blocks = 20, .complete = true});
        peer.on_rows_stored({20, true, ""});
    }
    static std::vector<TableSum> sums(const std::string& of_items) {
        return {{"blocks", 0, "00"}, {"items", 1, of_items}};
    }
    static TableRows part(const std::string& after, const std::string& to, bool last) {
        return {.table = "items", .after = after, .to = to, .last = last};
    }
};

TEST_F(LiveTerminal, ThatAddsUpAsTheServerHasNothingToRepair) {
    EXPECT_EQ(hears(Mark{20, 4}), "comparing, sum at 20");
    EXPECT_EQ(printed_all(peer.on_summed({20, 4}, sums("aa"))), "nothing");
    EXPECT_EQ(hears(Checkpoint{20, sums("aa")}), "compared");
}

// SYNC-1
TEST_F(LiveTerminal, RepairsTheTableThatDiffersAndNoOther) {
    hears(Mark{20, 4});
    EXPECT_EQ(hears(Checkpoint{20, sums("aa")}), "nothing");
    EXPECT_EQ(printed_all(peer.on_summed({20, 4}, sums("bb"))), "send repair items after ''");
    EXPECT_EQ(hears(part("", "milk", false)), "store table_rows items ''-'milk'");
    EXPECT_EQ(printed_all(peer.on_table_stored(part("", "milk", false), 1)),
              "send repair items after 'milk'");
    EXPECT_EQ(hears(part("milk", "rice", true)), "store table_rows items 'milk'-'rice' last");
    EXPECT_EQ(printed_all(peer.on_table_stored(part("milk", "rice", true), 0)), "compared");
}

TEST_F(LiveTerminal, ComparesNothingWhereItsRowsWereElsewhere) {
    EXPECT_EQ(hears(Mark{19, 4}), "nothing");
    EXPECT_EQ(hears(Checkpoint{19, sums("aa")}), "nothing");
    hears(Mark{20, 4});
    EXPECT_EQ(printed_all(peer.on_summed({20, 4}, std::nullopt)), "compared");
}

// A checkpoint that was lost on the way left "comparing" on the screen until the line broke.
TEST_F(LiveTerminal, BeginsAnewAtTheNextMarkWhereOneHangs) {
    hears(Mark{20, 4});
    EXPECT_EQ(hears(Mark{20, 4}), "comparing, sum at 20");
    peer.on_summed({20, 4}, sums("bb"));
    hears(Checkpoint{20, sums("aa")});
    EXPECT_EQ(hears(Mark{20, 4}), "nothing");  // the repair has just begun
    EXPECT_EQ(hears(Mark{20, 4}), "comparing, sum at 20");
}

TEST_F(LiveTerminal, TakesNoTableThatItDidNotAskFor) {
    EXPECT_EQ(hears(part("", "milk", true)), "close: a table that was not asked for");
}

TEST_F(LiveTerminal, AnswersAPokeWhenWhatItReceivedIsDurable) {
    hears(RowsFrame{.from = 20, .to = 30, .blocks = 20});
    EXPECT_EQ(hears(Poke{}), "nothing");
    EXPECT_EQ(printed_all(peer.on_rows_stored({30, false, ""})),
              "send have 30 30, send poked 30 30");
    EXPECT_EQ(hears(RowsFrame{.from = 30, .to = 40, .blocks = 30}),
              "store rows 30-40 after blocks 30");
}

TEST_F(Terminal, TakesAllRowsAgainWhereTheServerForgotWhatWasDeleted) {
    peer.on_connected(1000);
    Welcome forgot = welcome({{1, 5}});
    forgot.snapshot = true;
    EXPECT_EQ(hears(forgot), "time 7, reset_rows 42");
    EXPECT_EQ(printed_all(peer.on_reset({42, 20})), "store ack 1/5 ver 20");
    EXPECT_EQ(peer.durable().snapshot, 20);
}

// SYNC-2: an image of the disk from before a manager had the log go on in another epoch.
TEST_F(Terminal, WhoseLogGoesOnInALaterEpochWasRolledBack) {
    EXPECT_EQ(greeted({{1, 5}, {2, 3}}), "time 7, store ack 1/5 ver 20, conflict rolled_back");
    EXPECT_EQ(printed_all(peer.on_appended({1, 6})), "nothing");
}

/// A till whose image ended at 5 and who wrote 6 to 9 since; the server knows other ones to 8.
struct OpenedTerminal : Terminal {
    OpenedTerminal() {
        state.logs = {{1, 9}};
        peer = TerminalPeer(state);
        peer.on_connected(1000);
    }
    std::string opened() {
        Welcome opened = welcome({{1, 8}});
        opened.new_epoch = 2;
        return hears(opened);
    }
    /// Whether the two agree there.
    std::string compared(std::int64_t seq, bool agree) {
        peer.on_hash({1, seq}, "ours");
        return hears(OpHash{1, seq, agree ? "ours" : "theirs"});
    }
};

// SYNC-2
TEST_F(OpenedTerminal, FindsWhereTheLogsPartAndMovesWhatTheServerHasNot) {
    EXPECT_EQ(opened(), "time 7, send ask_hash 1/4, load_hash 1/4");
    EXPECT_EQ(compared(4, true), "send ask_hash 1/6, load_hash 1/6");
    EXPECT_EQ(compared(6, false), "send ask_hash 1/5, load_hash 1/5");
    EXPECT_EQ(compared(5, true), "new_epoch 2 keep 5");
    EXPECT_EQ(printed_all(peer.on_epoch({{{1, 5}, {2, 4}}, {{1, 5}, {2, 0}}})),
              "conflict over, store ack 1/5 ver 20, load_ops 2/1");
    EXPECT_EQ(peer.unsent(), 4);
}

TEST_F(OpenedTerminal, MovesEverythingWhereNothingAgrees) {
    opened();
    compared(4, false);
    compared(2, false);
    EXPECT_EQ(compared(1, false), "new_epoch 2 keep 0");
}

TEST_F(OpenedTerminal, GivesTheLineUpWhereNoHashComes) {
    opened();
    peer.on_tick(1100);
    hears(Ping{7}, 11'000);
    EXPECT_EQ(printed_all(peer.on_tick(11'200)), "close: no hash");
}

TEST_F(Terminal, IsInConflictWhereTheServersLogIsAnother) {
    greeted({{1, 2}});
    EXPECT_EQ(printed_all(peer.on_store_failed("chain")), "conflict chain");
    EXPECT_EQ(loaded(3, 3), "nothing");
    EXPECT_EQ(printed_all(peer.on_store_failed("chain")), "nothing");  // said once
}

// SYNC-1: a log that parted from the server's waited for ever once the server was put back to a
// backup of before it: no epoch that could be opened there was later than the till's.
TEST_F(Terminal, ALogThatPartedIsComparedAnewWithAServerThatWasPutBack) {
    greeted({{1, 5}});
    EXPECT_EQ(printed_all(peer.on_store_failed("chain")), "conflict chain");
    peer.on_closed();
    EXPECT_EQ(greeted({}, 43), "time 7, reset_rows 43");
    EXPECT_EQ(printed_all(peer.on_reset({43, 20})), "conflict over, take_back 1/0, load_ops 1/1");
}

// SYNC-1: a server that was put back from a backup has lost what it had acknowledged.
TEST_F(Terminal, TakesBackWhatTheServerHasLost) {
    EXPECT_EQ(greeted({{1, 1}}), "time 7, take_back 1/1, store ack 1/1 ver 20, load_ops 1/2");
    EXPECT_EQ(peer.unsent(), 4);
}

// SYNC-1: where the disk was full just then, its own work of before the backup was never seen again
// until it was sent.
TEST_F(Terminal, AsksAgainToTakeBackWhatCouldNotBeStored) {
    greeted({{1, 1}});
    EXPECT_EQ(printed_all(peer.on_store_failed("disk_full")), "close: the store failed: disk_full");
    peer.on_closed();
    EXPECT_EQ(greeted({{1, 1}}), "time 7, take_back 1/1, store ack 1/1 ver 20, load_ops 1/2");
    peer.on_taken_back({{1, 1}});
    peer.on_closed();
    EXPECT_EQ(greeted({{1, 1}}), "time 7, store ack 1/1 ver 20, load_ops 1/2");
}

TEST_F(Terminal, OfWhichTheServerHasNothingTakesAllBack) {
    EXPECT_EQ(greeted({}), "time 7, take_back 1/0, load_ops 1/1");
}

}  // namespace
}  // namespace fangxin::sync::testing
