#include "sync/server/csv.hpp"

#include "tests/support/temp_dir.hpp"
#include "tests/support/written_file.hpp"

#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <unicode/ucnv.h>

namespace fangxin::sync {
namespace {

/// `line:cell|cell` a row, then `line! reason` a problem.
std::string printed(const CsvTable& table) {
    std::string text = fmt::format("{}", fmt::join(table.columns(), "|"));
    for (std::size_t row = 0; row < table.size(); ++row) {
        text += fmt::format("\n{}:", table.line(row));
        for (std::size_t i = 0; i < table.columns().size(); ++i) {
            text += fmt::format("{}{}", i == 0 ? "" : "|", table.cell(row, i));
        }
    }
    for (const CsvProblem& problem : table.problems()) {
        text += fmt::format("\n{}! {}", problem.line, problem.reason);
    }
    return text;
}

std::string gb18030(std::string_view utf8) {
    UErrorCode status = U_ZERO_ERROR;
    UConverter* converter = ucnv_open("gb18030", &status);
    std::string bytes(utf8.size() * 4, '\0');
    auto size = ucnv_fromAlgorithmic(converter, UCNV_UTF8, bytes.data(),
                                     static_cast<std::int32_t>(bytes.size()), utf8.data(),
                                     static_cast<std::int32_t>(utf8.size()), &status);
    ucnv_close(converter);
    EXPECT_TRUE(U_SUCCESS(status));
    bytes.resize(static_cast<std::size_t>(size));
    return bytes;
}

TEST(Csv, GivesCellsByColumnAndLine) {
    EXPECT_EQ(printed(parse_csv("code,name\n1,milk\r\n\n2, tea \n3,")),
              "code|name\n2:1|milk\n4:2|tea\n5:3|");
}

TEST(Csv, KeepsCommasQuotesAndBreaksInsideQuotes) {
    EXPECT_EQ(printed(parse_csv("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"1\n2\",z\nq,r\n")),
              "a|b\n2:x,y|say \"hi\"\n3:1\n2|z\n5:q|r");
}

TEST(Csv, ReadsUtf8WithAndWithoutAMark) {
    EXPECT_EQ(printed(parse_csv("a\n牛奶\n")), "a\n2:牛奶");
    EXPECT_EQ(printed(parse_csv("\xEF\xBB\xBF"
                                "a\n牛奶\n")),
              "a\n2:牛奶");
}

TEST(Csv, ReadsGb18030WithItsFourByteCharacters) {
    EXPECT_EQ(printed(parse_csv(gb18030("编码,名称\n1,𠮷味坊牛肉饭㊣\n"))),
              "编码|名称\n2:1|𠮷味坊牛肉饭㊣");
}

TEST(Csv, NamesTheDamagedLineOfAUtf8File) {
    EXPECT_EQ(printed(parse_csv("a\n牛奶\n酸奶\n酸\xE5\xA5\n茶\n")),
              "a\n2:牛奶\n3:酸奶\n5:茶\n4! not valid UTF-8");
    EXPECT_EQ(printed(parse_csv("\xEF\xBB\xBF"
                                "a\n\xC5\xA3\xC4\n")),
              "a\n2! not valid UTF-8");
}

TEST(Csv, NamesALineThatIsInNeitherEncoding) {
    EXPECT_EQ(printed(parse_csv(gb18030("a\n牛奶\n") + "\xFF\xFF\nz\n")),
              "a\n2:牛奶\n4:z\n3! neither UTF-8 nor GB18030");
    EXPECT_EQ(printed(parse_csv(std::string("\xFF\xFE"
                                            "a\0\n\0",
                                            6))),
              "\n1! this is UTF-16; save it as UTF-8");
}

TEST(Csv, RefusesRowsOfAnotherWidthAndReadsOn) {
    EXPECT_EQ(printed(parse_csv("a,b\n1\n2,3,4\n5,6\n")),
              "a|b\n4:5|6\n2! 1 cells, the header has 2\n3! 3 cells, the header has 2");
}

TEST(Csv, ReadsOnBehindAStrayQuote) {
    EXPECT_EQ(printed(parse_csv("a,b\n1,5\"\n2,3\n")),
              "a|b\n3:2|3\n2! a quotation mark stands where none may (write \"\" inside quotes)");
}

TEST(Csv, NamesTheLineWhereAQuoteWasOpened) {
    EXPECT_EQ(printed(parse_csv("a,b\n1,2\n3,\"x\ny\n")),
              "a|b\n2:1|2\n3! its quotation mark is never closed");
}

TEST(Csv, RefusesAnEmptyFileAndColumnsThatAreThereTwice) {
    EXPECT_EQ(printed(parse_csv("")), "\n1! there is no header line");
    EXPECT_EQ(printed(parse_csv("a,a\n")), "a|a\n1! column 'a' is there twice");
}

TEST(Csv, DoesNotTakeARowForABrokenHeader) {
    EXPECT_EQ(parse_csv("a\"b\n1\n").size(), 0U);
    EXPECT_TRUE(parse_csv("a\"b\n1\n").columns().empty());
}

TEST(Csv, TellsAFileThatIsNotThereAndOneThatIsTooLarge) {
    tests::TempDir dir;
    EXPECT_EQ(read_csv(dir.path() / "no.csv").error().code, "cannot_read");
    auto large = tests::write_file(dir / "large.csv", "a\n");
    std::filesystem::resize_file(large, csv_bytes_limit + 1);
    EXPECT_EQ(read_csv(large).error().code, "too_large");
}

}  // namespace
}  // namespace fangxin::sync
