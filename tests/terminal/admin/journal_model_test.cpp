// The journal's page: what is asked for, what is shown of an entry, and what its proof says.
#include "terminal/admin/journal_model.hpp"

#include "sync/ops.hpp"
#include "terminal/admin/admin_model.hpp"
#include "tests/ui/admin_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::admin {
namespace {

using domain::Language;
using ui_rows::at;
using ui_rows::busy_shop;

const std::string chosen_id = journal_id("till-1", 1, 416);

const kit::TextTable& texts(Language language = Language::en) {
    static const auto en = kit::TextTable::load(Language::en);
    static const auto zh = kit::TextTable::load(Language::zh);
    return language == Language::zh ? zh : en;
}

DetailView detail_of(const JournalFacts& facts) {
    return *present_journal({.chosen = chosen_id}, facts, texts()).detail;
}

TEST(AdminJournal, FindsDaysAmongTheWordsThatAreTyped) {
    EXPECT_EQ(read_search(""), JournalSearch{});
    EXPECT_EQ(read_search("T1-20261124-0162"), (JournalSearch{"T1-20261124-0162", "", ""}));
    EXPECT_EQ(read_search(" 2026-11-24  dent in "),
              (JournalSearch{"dent in", "2026-11-24", "2026-11-24"}));
    EXPECT_EQ(read_search("2026-11-30 milk 2026-11-01"),
              (JournalSearch{"milk", "2026-11-01", "2026-11-30"}));
    EXPECT_EQ(read_search("2026-13-01"), (JournalSearch{"2026-13-01", "", ""}));
}

template <class... Op>
std::vector<std::string> kinds_of(std::tuple<Op...>*) {
    return {std::string(sync::Declaration<Op>::name)...};
}

TEST(AdminJournal, HasWordsForEveryKindOfEntry) {
    for (const std::string& kind : kinds_of(static_cast<sync::AllOps*>(nullptr))) {
        EXPECT_NE(kind_words_of(kind, texts()), kind) << kind;
        EXPECT_NE(kind_words_of(kind, texts(Language::zh)), kind_words_of(kind, texts())) << kind;
    }
    EXPECT_EQ(kind_words_of("of a newer program", texts()), "of a newer program");
}

// REPT-2
TEST(AdminJournal, ShowsAnEntryAsItWasWrittenWithItsProof) {
    const DetailView detail = detail_of(ui_rows::shop_journal());
    EXPECT_EQ(detail.notice->words, "Unchanged: all from here to entry 418 adds up, and is signed");
    EXPECT_EQ(detail.notice->role, kit::Role::ok);
    EXPECT_EQ(detail.sections.front().facts.front().value, "10017/L1117/2026-12-01");
    EXPECT_EQ(detail.sections[1].lines[0].words.substr(0, 17), "9f2c4b7a e01d5583");
}

TEST(AdminJournal, SaysInWordsWhatTheServerSays) {
    JournalFacts facts = ui_rows::shop_journal();
    const auto because = [&](const char* why) {
        facts.entry->why = why;
        const DetailView detail = detail_of(facts);
        const auto row = std::ranges::find(detail.facts, "Because", &kit::KeyValue::key);
        return row == detail.facts.end() ? std::string() : row->value;
    };
    EXPECT_EQ(because("person 1101 may not quarantine"), "This person had no right to do it");
    EXPECT_EQ(because("no batch milk/L1"), "It waits for the batch milk/L1");
    EXPECT_EQ(because("something newer"), "something newer");
    EXPECT_EQ(because(""), "");
    const auto page = present_journal({}, facts, texts());
    EXPECT_EQ(page.rows[1].note, "code: 6901234567892, item: 10017, reasons: recalled");
}

TEST(AdminJournal, NamesTheFirstEntryThatIsNotWhatWasWritten) {
    JournalFacts facts = ui_rows::shop_journal();
    facts.entry->broken = 417;
    for (const auto& [how, words] :
         {std::pair{"changed", "Entry 417 is not what was written"},
          {"missing", "Entry 417 is missing"},
          {"cut", "The log is cut off at entry 417"},
          {"signature", "Up to entry 417 the log is not what was signed"}}) {
        facts.entry->break_is = how;
        EXPECT_EQ(detail_of(facts).notice->words, words);
        EXPECT_EQ(detail_of(facts).notice->role, kit::Role::block);
    }
}

TEST(AdminJournal, ProvesNothingOfAnotherEntry) {
    JournalFacts facts = ui_rows::shop_journal();
    facts.entry->id = journal_id("till-2", 1, 416);
    EXPECT_EQ(detail_of(facts).notice->words, "The server is proving it…");
    EXPECT_TRUE(detail_of(facts).sections.empty());
    facts.entry_trouble = "Not found";
    EXPECT_EQ(detail_of(facts).notice->words, "Not found");
}

TEST(AdminJournal, GoesOnToOlderEntriesWhereThereAreAny) {
    AdminState state{.area = Area::journal};
    AdminFacts facts = busy_shop();
    EXPECT_TRUE(std::holds_alternative<ReadOlder>(*update(state, facts, ListAction(PageActed{}))));
    facts.journal.awaited = true;
    EXPECT_FALSE(update(state, facts, ListAction(PageActed{})));
    facts.journal = {};
    EXPECT_FALSE(update(state, facts, ListAction(PageActed{})));
    EXPECT_FALSE(present_journal({}, facts.journal, texts()).action);
}

TEST(AdminJournal, ReadsAgainForOtherDaysKindsWordsAndEntries) {
    AdminState state{.area = Area::journal};
    const AdminFacts facts = busy_shop();
    for (const ListAction& action : {ListAction(Picked{"sales"}), ListAction(SearchTyped{"T1"}),
                                     ListAction(RowChosen{chosen_id})})
        EXPECT_TRUE(std::holds_alternative<ReadList>(*update(state, facts, action)));
}

TEST(AdminComplaints, AWholeContactIsAskedForWhereTheServerHasIt) {
    AdminState state{.area = Area::complaints, .complaints = {.chosen = "C-T3-1-231"}};
    AdminFacts facts = busy_shop();
    EXPECT_FALSE(update(state, facts, ListAction(RowActed{0})));
    facts.complaints.complaints[0].can_show_contact = true;
    auto effect = update(state, facts, ListAction(RowActed{0}));
    ASSERT_TRUE(effect && std::holds_alternative<ShowContact>(*effect));
    EXPECT_EQ(std::get<ShowContact>(*effect).complaint, "C-T3-1-231");
    facts.complaints.complaints[0].contact_awaited = true;
    EXPECT_FALSE(update(state, facts, ListAction(RowActed{0})));
}

}  // namespace
}  // namespace fangxin::admin
