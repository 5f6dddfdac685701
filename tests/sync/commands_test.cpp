#include "sync/server/commands.hpp"

#include "sync/envelope.hpp"
#include "sync/server/command_text.hpp"
#include "sync/server/dispatch.hpp"
#include "sync/store/file_lock.hpp"
#include "tests/support/book_shop.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace fangxin::sync {
namespace {

using tests::BookShop;

/// The answers, a line each, then the error if there is one.
std::string run(Database& database, const json::object& arguments) {
    std::string text;
    auto done = run_command(database, arguments, [&](const json::object& answer) {
        text += json::serialize(answer) + "\n";
    });
    if (!done) text += done.error().code + ": " + done.error().detail;
    return text;
}

json::object recall_of(const std::string& item) {
    return {{"command", "recall"}, {"item", item}, {"level", "I"}, {"reason", "glass"}};
}

struct Commands : ::testing::Test {
    void SetUp() override { ASSERT_EQ(book.tried(tests::small_shop()), "ok"); }
    BookShop book;
};

TEST_F(Commands, RecallANamedLotUnderANewId) {  // SAFE-7
    auto arguments = recall_of("6901234567892");
    arguments["lot"] = "A1";
    std::string answer = run(book.database, arguments);
    EXPECT_EQ(answer, R"({"event":"recalled","recall":"R-2","item":"130101","ver":)" +
                          std::to_string(book.ver()) + R"(,"batches":["130101/A1/2026-12-11"]})" +
                          "\n");
    EXPECT_EQ(book.shop.block("R-2")->lot, "A1");
    EXPECT_EQ(book.shop.block("R-2")->made_by, "server");
}

TEST_F(Commands, FindTheItemUnderEveryWayItsCodeIsWritten) {
    for (const char* code : {"6901234567892", "06901234567892", "130101"}) {
        EXPECT_NE(run(book.database, recall_of(code)).find(R"("item":"130101")"), std::string::npos)
            << code;
    }
    EXPECT_NE(run(book.database, recall_of("01011")).find(R"("item":"380101")"), std::string::npos);
}

TEST_F(Commands, RecallDatesAndCoverNoOtherBatch) {
    auto arguments = recall_of("130101");
    arguments["from"] = "2026-01-01";
    arguments["to"] = "2026-02-01";
    EXPECT_NE(run(book.database, arguments).find(R"("batches":[])"), std::string::npos);
}

TEST_F(Commands, RefuseARecallThatSaysTooLittleOrNonsense) {
    auto without = [&](const char* name) {
        auto arguments = recall_of("130101");
        arguments.erase(name);
        return run(book.database, arguments);
    };
    EXPECT_EQ(without("item"), "bad_arguments: --item is missing");
    EXPECT_EQ(without("reason"), "bad_arguments: --reason is missing");
    EXPECT_EQ(without("level"), "bad_arguments: --level is I, II or III");
    auto backwards = recall_of("130101");
    backwards["from"] = "2026-02-01";
    backwards["to"] = "2026-01-01";
    EXPECT_EQ(run(book.database, backwards), "bad_arguments: --to is before --from");
    auto blank = recall_of("130101");  // it recalled nothing, and said that it had
    blank["lot"] = "  ";
    EXPECT_EQ(run(book.database, blank), "bad_arguments: --lot '  ' can be no lot");
    EXPECT_EQ(run(book.database, recall_of("99")), "not_found: no item 99");
    EXPECT_TRUE(book.shop.all_blocks().empty());
}

TEST_F(Commands, LiftARecallOnce) {  // rules 4
    run(book.database, recall_of("130101"));
    json::object lift{{"command", "lift"}, {"recall", "R-2"}, {"reason", "wrong item"}};
    std::string answer = run(book.database, lift);
    EXPECT_EQ(answer, R"({"event":"lifted","recall":"R-2","item":"130101","ver":)" +
                          std::to_string(book.ver()) + "}\n");
    EXPECT_TRUE(book.shop.block("R-2")->lifted);
    EXPECT_EQ(run(book.database, lift), "lifted_already: R-2 was lifted before");
    lift["recall"] = "R-9";
    EXPECT_EQ(run(book.database, lift), "not_found: no recall R-9");
}

TEST_F(Commands, TellTheShopsStatus) {
    book.database.execute(
        "INSERT INTO known_terminals (terminal,role,app,last_seen_ms) "
        "VALUES ('till-1','till','x',0)");
    book.database.execute(
        "INSERT INTO terminal_logs (terminal,epoch,last_seq,head) VALUES ('till-1',1,7,x'00')");
    EXPECT_EQ(
        run(book.database, {{"command", "status"}}),
        R"({"event":"status","shop":"放心超市","test_shop":false,"items":2,"batches":1,)"
        R"("ops":8,"ver":)" +
            std::to_string(book.ver()) +
            R"(,"terminals":[{"terminal":"till-1","role":"till","app":"x",)"
            R"("last_seen":"1970-01-01T08:00:00.000+08:00",)"
            R"("logs":[{"epoch":1,"last_seq":7}],"block_cursor":0,"blocks_since":null,)"
            R"("conflict":"","repairs":0,"rows":0,"unsent":0,"identity":"none"}],"waiting":[],)"
            R"("newest_block":0,"rejected":0,"flagged":0,"pending":0})"
            "\n");
}

TEST_F(Commands, ExportTheJournalSoThatItsChainCanBeChecked) {
    run(book.database, recall_of("130101"));
    Hash head{};
    std::string kinds;
    auto done = run_command(book.database, {{"command", "export"}, {"what", "ops"}},
                            [&](const json::object& op) {
                                head = chain(head, std::string_view(op.at("body").as_string()));
                                EXPECT_EQ(to_hex(head), std::string(op.at("hash").as_string()));
                                kinds += std::string(op.at("kind").as_string()) + " ";
                                EXPECT_EQ(op.size(), 8U);
                            });
    ASSERT_TRUE(done);
    EXPECT_EQ(kinds, "batch_received recall_made ");
}

TEST_F(Commands, ExportFromWhereTheLastPageEnded) {
    run(book.database, recall_of("130101"));
    json::object page{{"command", "export"}, {"what", "ops"}, {"limit", 1}};
    EXPECT_NE(run(book.database, page).find(R"("seq":1)"), std::string::npos);
    page["after_terminal"] = "server";
    page["after_epoch"] = 1;
    page["after_seq"] = 1;
    EXPECT_NE(run(book.database, page).find(R"("seq":2)"), std::string::npos);
    page["after_seq"] = 2;
    EXPECT_EQ(run(book.database, page), "");
}

TEST_F(Commands, ExportSalesWithTheirLines) {
    book.database.execute("INSERT INTO sales VALUES ('till-1',1,3,'FX1',0,'1001',450,0,500,50,2)");
    book.database.execute(
        "INSERT INTO sale_lines (terminal,epoch,seq,place,line,item,batch,batch_basis,lot,quantity,"
        "net_mg,amount_fen) VALUES ('till-1',1,3,1,1,'130101','b','sole','A1',1,0,450)");
    book.database.execute("INSERT INTO sale_tenders VALUES ('till-1',1,3,1,'cash',500,'')");
    EXPECT_EQ(run(book.database, {{"command", "export"}, {"what", "sales"}}),
              R"({"terminal":"till-1","epoch":1,"seq":3,"receipt":"FX1",)"
              R"("at":"1970-01-01T08:00:00.000+08:00","person":"1001","total_fen":450,)"
              R"("rounding_fen":0,"paid_fen":500,"change_fen":50,"block_cursor":2,)"
              R"("lines":[{"line":1,"item":"130101","batch":"b","batch_basis":"sole","lot":"A1",)"
              R"("quantity":1,"net_mg":0,"amount_fen":450}],)"
              R"("tenders":[{"kind":"cash","amount_fen":500,"reference":""}]})"
              "\n");
}

TEST_F(Commands, PutEveryRefusedLineOutBeforeTheError) {
    auto folder = tests::write_file(book.dir / "bad" / "suppliers.csv", "code,name\nS1,\nS2,\n")
                      .parent_path();
    EXPECT_EQ(run(book.database, {{"command", "import"}, {"folder", folder.string()}}),
              R"({"event":"refused","reason":"suppliers.csv:2: name: is empty"})"
              "\n"
              R"({"event":"refused","reason":"suppliers.csv:3: name: is empty"})"
              "\nbad_import: 2 refused, nothing was imported");
}

TEST_F(Commands, RefuseWhatTheyDoNotKnow) {
    EXPECT_EQ(run(book.database, {{"command", "dance"}}), "unknown_command: dance");
    EXPECT_EQ(run(book.database, {}), "bad_arguments: no command");
    EXPECT_EQ(run(book.database, {{"command", "import"}, {"folder", 7}}),
              "bad_arguments: --folder is of a wrong type");
}

TEST_F(Commands, LeaveTheBookAsItWasAfterAFailure) {
    auto ver = book.ver();
    run(book.database, recall_of("99"));
    run(book.database, {{"command", "import"}, {"folder", "/nosuch"}});
    EXPECT_EQ(book.ver(), ver);
    EXPECT_EQ(book.database.busy_statements(), 0);
}

TEST_F(Commands, SpeakToPeopleInShortLines) {
    EXPECT_EQ(command_text({{"event", "lifted"}, {"recall", "R-2"}, {"item", "130101"}}),
              "lifted              R-2\nitem                130101\n");
    EXPECT_EQ(command_text({{"terminal", "till-1"}}), "{\"terminal\":\"till-1\"}\n");
}

TEST_F(Commands, SpeakToPeopleOfARecall) {
    EXPECT_EQ(command_text({{"event", "recalled"},
                            {"recall", "R-2"},
                            {"item", "130101"},
                            {"batches", json::array{"130101/A1/2026-12-11"}}}),
              "recall              R-2\n"
              "item                130101\n"
              "batch on record     130101/A1/2026-12-11\n");
    EXPECT_EQ(command_text({{"event", "recalled"},
                            {"recall", "R-3"},
                            {"item", "130101"},
                            {"batches", json::array{}}}),
              "recall              R-3\n"
              "item                130101\n"
              "batch on record     none\n");
}

TEST_F(Commands, SpeakToPeopleOfTheShopsStatus) {
    json::object till{{"terminal", "till-1"},
                      {"role", "till"},
                      {"last_seen", "2026-11-23T10:00:00.000+08:00"},
                      {"logs", json::array{json::object{{"epoch", 1}, {"last_seq", 7}}}},
                      {"block_cursor", 12},
                      {"unsent", 3},
                      {"conflict", "rolled back to 3 of 7 in epoch 1"}};
    EXPECT_EQ(command_text({{"event", "status"},
                            {"shop", "放心超市"},
                            {"test_shop", false},
                            {"items", 2},
                            {"batches", 1},
                            {"ops", 8},
                            {"ver", 15},
                            {"newest_block", 12},
                            {"rejected", 0},
                            {"flagged", 1},
                            {"pending", 0},
                            {"terminals", json::array{till}}}),
              "shop                放心超市\n"
              "test_shop           no\n"
              "items               2\n"
              "batches             1\n"
              "ops                 8\n"
              "ver                 15\n"
              "newest_block        12\n"
              "rejected            0\n"
              "flagged             1\n"
              "pending             0\n"
              "terminals           1\n"
              "  till-1            till      seen 2026-11-23T10:00:00.000+08:00 blocks 12 unsent 3 "
              "logs 1:7"
              " CONFLICT rolled back to 3 of 7 in epoch 1\n");
}

// Exit code 4, as the contract says.
TEST(Dispatch, TellsThatAnotherProgramHasTheDatabase) {
    tests::TempDir dir;
    auto nothing = [](const json::object&) {};
    ASSERT_TRUE(dispatch_command(dir.path(), {{"command", "import"}, {"generate", 1}}, nothing));
    auto held = FileLock::take(dir / "store.db.lock");
    ASSERT_TRUE(held);
    auto status = dispatch_command(dir.path(), {{"command", "status"}}, nothing);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, "busy");
    EXPECT_EQ(exit_code(status), 4);
}

TEST(Dispatch, MakesADatabaseForAnImportOnly) {
    tests::TempDir dir;
    auto nothing = [](const json::object&) {};
    auto status = dispatch_command(dir.path(), {{"command", "status"}}, nothing);
    EXPECT_EQ(exit_code(status), 3);
    EXPECT_EQ(exit_code(dispatch_command(dir.path() / "shop",
                                         {{"command", "import"}, {"generate", 1}}, nothing)),
              0);
    EXPECT_EQ(exit_code(dispatch_command(dir.path() / "shop", {{"command", "status"}}, nothing)),
              0);
}

TEST(Dispatch, ExportsMoreThanAPage) {
    tests::TempDir dir;
    auto nothing = [](const json::object&) {};
    ASSERT_TRUE(dispatch_command(dir.path(), {{"command", "import"}, {"generate", 2500}}, nothing));
    std::int64_t expected = 0;
    ASSERT_TRUE(dispatch_command(
        dir.path(), {{"command", "export"}, {"what", "ops"}},
        [&](const json::object& op) { EXPECT_EQ(op.at("seq").as_int64(), ++expected); }));
    EXPECT_EQ(expected, 2500);
}

}  // namespace
}  // namespace fangxin::sync
