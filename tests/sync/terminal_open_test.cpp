// Opening a terminal's folder: missing, damaged, another's, in use.
#include "sync/terminal_journal.hpp"
#include "tests/support/sync_shop.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <set>

namespace fangxin::sync::testing {
namespace {

namespace fs = std::filesystem;

const TerminalIdentity till_1{"till-1", "till"};

std::string code_of(const Result<OpenedJournal>& opened) {
    return opened ? "ok" : opened.error().code;
}

/// Leaves `sales` of them in the folder's log, and the program ended as if by a power cut.
void sell(const fs::path& folder, int sales) {
    auto opened = open_journal(folder, till_1);
    (void)opened->writer.transaction([&]() -> Result<void> {
        for (int i = 0; i < sales; ++i)
            (void)append_op(opened->writer, fact(sale_of(100)));
        return {};
    });
    opened->writer.checkpoint();
}

void overwrite(const fs::path& file, std::streamoff at, const std::string& bytes) {
    std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
    out.seekp(at);
    out << bytes;
}

TEST(OpenJournal, AMissingDatabaseIsMade) {
    tests::TempDir folder;
    auto opened = open_journal(folder / "deep" / "er", till_1);
    ASSERT_EQ(code_of(opened), "ok");
    EXPECT_EQ(opened->set_aside, "");
    EXPECT_EQ(next_op(opened->writer), (LogState{1, 1}));
}

TEST(OpenJournal, AnotherTerminalsFolderIsRefused) {
    tests::TempDir folder;
    sell(folder.path(), 1);
    EXPECT_EQ(code_of(open_journal(folder.path(), {"till-2", "till"})), "other_terminal");
    EXPECT_EQ(code_of(open_journal(folder.path(), till_1)), "ok");
}

TEST(OpenJournal, ASecondProgramIsToldThatItIsBusy) {
    tests::TempDir folder;
    auto first = open_journal(folder.path(), till_1);
    EXPECT_EQ(code_of(open_journal(folder.path(), till_1)), "busy");
}

// An older one was refused as newer, and sent people to look for a program that there is not.
TEST(OpenJournal, ADatabaseOfAnotherVersionIsLeftAloneAndToldWhichItIs) {
    for (auto [schema, code] :
         {std::pair{"99", "newer_version"}, std::pair{"1", "older_version"}}) {
        tests::TempDir folder;
        {
            auto opened = open_journal(folder.path(), till_1);
            set_meta(opened->writer, "schema", schema);
        }
        EXPECT_EQ(code_of(open_journal(folder.path(), till_1)), code);
    }
}

// SYNC-1
TEST(OpenJournal, ADamagedDatabaseIsSetAsideAndItsLogSalvaged) {
    tests::TempDir folder;
    sell(folder.path(), 300);
    auto size = static_cast<std::streamoff>(fs::file_size(folder / "terminal.db"));
    overwrite(folder / "terminal.db", size - 4096, std::string(4096, 'x'));
    auto opened = open_journal(folder.path(), till_1);
    ASSERT_EQ(code_of(opened), "ok");
    ASSERT_NE(opened->set_aside, "");
    EXPECT_TRUE(fs::exists(folder / opened->set_aside));
    EXPECT_GT(opened->salvaged_ops, 0);
    EXPECT_EQ(next_op(opened->writer).last_seq, 1);
    std::ifstream log(folder / (opened->set_aside + ".ops.jsonl"));
    std::string line;
    ASSERT_TRUE(std::getline(log, line));
    EXPECT_EQ(read_envelope(line)->kind, "sale");
}

TEST(OpenJournal, AFileThatIsNoDatabaseIsSetAside) {
    tests::TempDir folder;
    std::ofstream(folder / "terminal.db") << std::string(8192, 'x');
    auto opened = open_journal(folder.path(), till_1);
    ASSERT_EQ(code_of(opened), "ok");
    EXPECT_EQ(opened->salvaged_ops, 0);
    EXPECT_EQ(fs::file_size(folder / opened->set_aside), 8192U);
}

TEST(OpenJournal, ASecondDamageOnOneDayKeepsTheFirst) {
    tests::TempDir folder;
    std::set<std::string> names;
    for (int i = 0; i < 3; ++i) {
        std::ofstream(folder / "terminal.db") << std::string(8192, static_cast<char>('a' + i));
        names.insert(open_journal(folder.path(), till_1)->set_aside);
    }
    EXPECT_EQ(names.size(), 3U);
}

// SYNC-1: after an orderly end nothing looked, and the till stood there without its people.
TEST(OpenJournal, DamageThatWasMetWhileRunningIsLookedIntoAtTheNextStart) {
    tests::TempDir folder;
    sell(folder.path(), 300);
    auto size = static_cast<std::streamoff>(fs::file_size(folder / "terminal.db"));
    mark_clean(open_journal(folder.path(), till_1)->writer);
    overwrite(folder / "terminal.db", size - 4096, std::string(4096, 'x'));
    {
        auto opened = open_journal(folder.path(), till_1);
        ASSERT_EQ(opened->set_aside, "");
        Query all = opened->writer.query("SELECT sum(length(body)) FROM ops");
        EXPECT_FALSE(all.step());
        EXPECT_EQ(opened->writer.take_error()->code, "damaged");
        mark_clean(opened->writer);
    }
    EXPECT_NE(open_journal(folder.path(), till_1)->set_aside, "");
    EXPECT_EQ(open_journal(folder.path(), till_1)->set_aside, "");
}

TEST(OpenJournal, AnOrderlyEndIsRemembered) {
    tests::TempDir folder;
    {
        auto opened = open_journal(folder.path(), till_1);
        EXPECT_EQ(meta(opened->writer, "clean"), "0");
        mark_clean(opened->writer);
        EXPECT_EQ(meta(opened->writer, "clean"), "1");
    }
    EXPECT_EQ(code_of(open_journal(folder.path(), till_1)), "ok");
}

}  // namespace
}  // namespace fangxin::sync::testing
