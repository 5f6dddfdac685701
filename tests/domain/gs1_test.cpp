#include "domain/gs1.hpp"

#include "domain/gs1_ai.hpp"
#include "tests/support/printed_code.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <string>
#include <vector>

namespace fangxin::tests {

namespace {

using domain::ApplicationIdentifier;
using domain::make_date;
using domain::parse_code;

const std::string gs = "\x1d";
const std::string goods = "]C10106901234567892";

/// What is read of `more` behind the GTIN of one article, without saying so each time.
std::string after_gtin(const std::string& more) {
    std::string line = read(goods + more);
    const std::string known = "gs1 gtin=06901234567892";
    if (line.starts_with(known)) line.erase(0, std::min(line.size(), known.size() + 1));
    return line;
}

struct Reading {
    std::string more;
    std::string expected;
};

void expect_all(std::initializer_list<Reading> readings) {
    for (const Reading& reading : readings) {
        EXPECT_EQ(after_gtin(reading.more), reading.expected) << reading.more;
    }
}

std::string expiry_in(int year, const std::string& yymmdd) {
    auto code = parse_code(goods + "17" + yymmdd, {.today = *make_date(year, 7, 1)});
    return code.expiry ? domain::format_day_minute(*code.expiry) : "none";
}

}  // namespace

// SALE-1
TEST(Gs1, LotDatesAndSerialAreUsed) {
    EXPECT_EQ(
        after_gtin("11261120" + gs + "15261220" + gs + "17261231" + gs + "10AB12" + gs + "21X7"),
        "lot=AB12 serial=X7 production=2026-11-20 expiry=2026-12-31 best_before=2026-12-20");
    EXPECT_EQ(printed_ais(parse_code(goods + "10AB12" + gs + "17261231", selling())),
              "01=06901234567892 10=AB12 17=261231");
}

TEST(Gs1, SeparatorsTooManyDoNoHarm) {
    expect_all({{gs + "17261231", "expiry=2026-12-31"},
                {"10A" + gs + gs + "17261231", "lot=A expiry=2026-12-31"},
                {"17261231" + gs + "10A" + gs, "lot=A expiry=2026-12-31"}});
    EXPECT_EQ(read("]C1" + gs + "0106901234567892"), "gs1 gtin=06901234567892");
    EXPECT_EQ(read("]C1" + gs), "gs1 error=syntax");
}

TEST(Gs1, AMissingSeparatorCannotBeSeenInALotButIsWhereTheLengthIsFixed) {
    expect_all({{"10AB1217261231", "lot=AB1217261231"},
                {"42215617261231", "gs1 error=length"},
                {"422156" + gs + "17261231", "expiry=2026-12-31"}});
}

TEST(Gs1, ADayOfZeroIsTheLastOfTheMonth) {
    expect_all({{"17260200", "expiry=2026-02-28"},
                {"17280200", "expiry=2028-02-29"},
                {"15261200", "best_before=2026-12-31"},
                {"11261100", "production=2026-11-30"},
                {"16260400", "best_before=2026-04-30"}});
}

TEST(Gs1, ADayOfZeroIsRefusedWhereADayIsMeant) {
    expect_all({{"70032611000000", "gs1 error=date"},
                {"7006261100", "gs1 error=date"},
                {"7007261100", "gs1 error=date"},
                {"7007261101261200", "gs1 error=date"},
                {"800826110012", "gs1 error=date"}});
}

TEST(Gs1, DatesThatAreNoneAreRefused) {
    for (std::string date : {"261301", "260001", "260000", "260229", "261131", "260532"}) {
        EXPECT_EQ(after_gtin("17" + date), "gs1 error=date") << date;
        EXPECT_EQ(after_gtin("11" + date), "gs1 error=date") << date;
    }
    expect_all({{"70032611232400", "gs1 error=date"},
                {"70032611231260", "gs1 error=date"},
                {"800826112324", "gs1 error=date"}});
}

TEST(Gs1, TheCenturyIsTheOneWithinFiftyYears) {
    EXPECT_EQ(expiry_in(2026, "750101"), "2075-01-01");
    EXPECT_EQ(expiry_in(2026, "760101"), "2076-01-01");
    EXPECT_EQ(expiry_in(2026, "770101"), "1977-01-01");
    EXPECT_EQ(expiry_in(2026, "990101"), "1999-01-01");
    EXPECT_EQ(expiry_in(2049, "000101"), "2000-01-01");
    EXPECT_EQ(expiry_in(2050, "000101"), "2100-01-01");
    EXPECT_EQ(expiry_in(2095, "450101"), "2145-01-01");
    EXPECT_EQ(expiry_in(2095, "460101"), "2046-01-01");
}

// SAFE-4
TEST(Gs1, AnExpiryMayHaveItsMinuteAndTheEarlierOneCounts) {
    expect_all({{"70032611241430", "expiry=2026-11-24T14:30"},
                {"17261124" + gs + "70032611241430", "expiry=2026-11-24T14:30"},
                {"17261123" + gs + "70032611241430", "expiry=2026-11-23"},
                {"17261125" + gs + "70032611241430", "expiry=2026-11-24T14:30"}});
}

TEST(Gs1, ProductionMayHaveItsMinute) {
    expect_all({{"800826112309", "production=2026-11-23T09:00"},
                {"80082611230930", "production=2026-11-23T09:30"},
                {"8008261123093015", "production=2026-11-23T09:30"},
                {"8008261123093", "gs1 error=length"},
                {"11261123" + gs + "800826112309", "production=2026-11-23T09:00"},
                {"11261122" + gs + "800826112309", "production=2026-11-22"}});
}

TEST(Gs1, BestBeforeWinsOverSellBy) {
    expect_all({{"15261220" + gs + "16261210", "best_before=2026-12-20"},
                {"16261210", "best_before=2026-12-10"},
                {"12261210", ""}});
}

// SALE-1
TEST(Gs1, WeightIsKilogramsWithTheDecimalsThatTheAiSays) {
    expect_all({{"3100000012", "weight_mg=12000000"},
                {"3101000012", "weight_mg=1200000"},
                {"3103001250", "weight_mg=1250000"},
                {"3105000001", "weight_mg=10"},
                {"3100999999", "weight_mg=999999000000"},
                {"3106001250", ""},
                {"3202001250", ""},
                {"310300125", "gs1 error=length"},
                {"310300125A", "gs1 error=charset"}});
}

// SALE-1
TEST(Gs1, AmountsAreYuanAndNeverRounded) {
    expect_all({{"39221258", "amount_fen=1258"},
                {"392012", "amount_fen=1200"},
                {"3921125", "amount_fen=1250"},
                {"392312580", "amount_fen=1258"},
                {"392312585", ""},
                {"39291258000000000", "amount_fen=125800"},
                {"3920999999999999999", "amount_fen=99999999999999900"},
                {"39321561258", "amount_fen=1258"},
                {"39328401258", ""},
                {"3922", "gs1 error=length"}});
}

TEST(Gs1, CountsAreReadAndContentsHaveTheirGtin) {
    expect_all({{"3012", "count=12"}, {"30123456789", "gs1 error=length"}});
    EXPECT_EQ(read("]C1021690123456789937"
                   "24"),
              "gs1 gtin=16901234567899 count=24");
    EXPECT_EQ(read("]C100006141411234567890"), "gs1");
}

TEST(Gs1, WrongCheckDigitsAreFoundInEveryKeyThatHasOne) {
    for (std::string element : {"0106901234567893", "0206901234567893", "00006141411234567891",
                                "4106901234567891", "8006069012345678930102"}) {
        EXPECT_EQ(read("]C1" + element), "gs1 error=check_digit") << element;
    }
}

TEST(Gs1, ValuesOfWrongLengthAreRefused) {
    expect_all({{"10", "gs1 error=length"},
                {"10" + gs + "17261231", "gs1 error=length"},
                {"10123456789012345678901", "gs1 error=length"},
                {"1726123", "gs1 error=length"},
                {"17261" + gs + "10A", "gs1 error=length"},
                {"42215", "gs1 error=length"},
                {"240" + std::string(31, 'A'), "gs1 error=length"}});
}

TEST(Gs1, CharactersOutsideTheSetAreRefused) {
    expect_all({{"10A B", "gs1 error=charset"},
                {"10A\tB", "gs1 error=charset"},
                {"10放心", "gs1 error=charset"},
                {"10A\xff", "gs1 error=charset"},
                {"17A61231", "gs1 error=charset"},
                {"10A^B", "gs1 error=charset"},
                {"8010ab", "gs1 error=charset"},
                {"10!\"%&'()*+,-./_:;<=>?", "lot=!\"%&'()*+,-./_:;<=>?"}});
}

TEST(Gs1, WhatContradictsItselfIsRefused) {
    expect_all({{"10A" + gs + "10B", "gs1 error=conflict"},
                {"10A" + gs + "10A", "lot=A"},
                {"3103001250" + gs + "3102001250", "gs1 error=conflict"},
                {"3103001250" + gs + "3103001250", "weight_mg=1250000"},
                {"3103001250" + gs + "3203001250", "weight_mg=1250000"},
                {"392212" + gs + "393215612", "gs1 error=conflict"},
                {"392212" + gs + "392312", "gs1 error=conflict"},
                {"3712", "gs1 error=conflict"},
                {"0206901234567892", "gs1 error=conflict"}});
}

TEST(Gs1, MissingCompanionsAreForgiven) {
    EXPECT_EQ(read("]C13103001250"), "gs1 weight_mg=1250000");
    EXPECT_EQ(read("]C110AB12"), "gs1 lot=AB12");
    EXPECT_EQ(read("]C139221258"), "gs1 amount_fen=1258");
}

TEST(Gs1, UnknownAisAreKeptIfTheirLengthIsKnown) {
    EXPECT_EQ(printed_ais(parse_code("]C171900X1" + gs +
                                         "14261123"
                                         "8299Y",
                                     selling())),
              "719=00X1 14=261123 8299=Y");
    EXPECT_EQ(read("]C105123"), "gs1 error=syntax");
    EXPECT_EQ(read("]C1X"), "gs1 error=syntax");
    EXPECT_EQ(read("]C131"), "gs1 error=syntax");
}

TEST(Gs1, OfSeveralFaultsTheGravestIsTold) {
    EXPECT_EQ(read("]C117261399"
                   "0106901234567893"),
              "gs1 error=check_digit");
    EXPECT_EQ(read("]C110" + gs + "17261399"), "gs1 error=date");
    EXPECT_EQ(read("]C110A B" + gs + "21"), "gs1 error=length");
    EXPECT_EQ(read("]C110A" + gs + "10B" + gs + "55"), "gs1 error=conflict");
}

// SALE-1
TEST(Gs1, TheBracketedFormIsTheSameCode) {
    EXPECT_EQ(read("]e0(01)06901234567892(17)261231(10)AB12"),
              "gs1 gtin=06901234567892 lot=AB12 expiry=2026-12-31");
    EXPECT_EQ(read("]e0(01)06901234567892(10)A(2)B"), "gs1 gtin=06901234567892 lot=A(2)B");
    EXPECT_EQ(read("]e0(01)06901234567892(10)A(99"), "gs1 gtin=06901234567892 lot=A(99");
    EXPECT_EQ(read("]e0(01)0690123456789(10)A"), "gs1 error=length");
    EXPECT_EQ(read("]e0(01)06901234567892" + gs + "(10)A"), "gs1 gtin=06901234567892 lot=A");
}

namespace {

/// Random values that the rules allow, one AI at most once, in random order.
std::vector<ApplicationIdentifier> random_elements(std::mt19937& random) {
    auto digits = [&](std::size_t count) {
        std::string text;
        while (text.size() < count)
            text += static_cast<char>('0' + random() % 10);
        return text;
    };
    auto letters = [&](std::size_t most) {
        const std::string set = "!\"%&'*+,-./0123456789:;<=>?ABCXYZ_abcxyz";
        std::string text(1 + random() % most, ' ');
        for (char& c : text)
            c = set[random() % set.size()];
        return text;
    };
    auto date = [&] { return fmt::format("26{:02}{:02}", 1 + random() % 12, random() % 29); };
    std::vector<ApplicationIdentifier> all{
        {"01", with_check_digit(digits(13))},
        {"00", with_check_digit(digits(17))},
        {"10", letters(20)},
        {"11", date()},
        {"15", date()},
        {"17", date()},
        {"20", digits(2)},
        {"21", letters(20)},
        {"30", digits(1 + random() % 8)},
        {"240", letters(30)},
        {"422", digits(3)},
        {fmt::format("310{}", random() % 6), digits(6)},
        {fmt::format("392{}", random() % 10), digits(1 + random() % 15)},
        {"8005", digits(6)},
        {fmt::format("41{}", random() % 8), with_check_digit(digits(12))},
        {"99", letters(90)}};
    std::shuffle(all.begin(), all.end(), random);
    all.resize(1 + random() % all.size());
    return all;
}

}  // namespace

// SALE-1
TEST(Gs1, ValidElementStringsComeBackElementByElement) {
    std::mt19937 random(8'200);
    for (int round = 0; round < 20'000; ++round) {
        auto elements = random_elements(random);
        std::string raw = "]C1";
        std::string bracketed = "]e0";
        for (const auto& [ai, value] : elements) {
            raw += ai + value + (domain::predefined_length(ai) && random() % 4 ? "" : gs);
            bracketed += fmt::format("({}){}", ai, value);
        }
        auto code = parse_code(raw, selling());
        EXPECT_EQ(code.error, std::nullopt) << raw;
        EXPECT_EQ(code.ais, elements) << raw;
        EXPECT_EQ(printed(parse_code(bracketed, selling())), printed(code)) << bracketed;
    }
}

TEST(Gs1, CutAnywhereACodeNeverGivesAnotherGtinOrDate) {
    const std::string whole = goods +
                              "172612313103001250"
                              "10AB12" +
                              gs + "21X7";
    for (std::size_t size = 3; size < whole.size(); ++size) {
        auto code = parse_code(whole.substr(0, size), selling());
        EXPECT_TRUE(code.gtin.empty() || code.gtin == "06901234567892") << size;
        EXPECT_TRUE(!code.expiry || code.expiry->date == *make_date(2026, 12, 31)) << size;
        EXPECT_TRUE(!code.weight_mg || code.weight_mg == 1'250'000) << size;
    }
}

// SALE-1
TEST(Gs1, EveryAiThatATillMustKnowIsJudged) {
    // barcodes: value that holds, value that does not.
    struct Row {
        std::string ai;
        std::string good;
        std::string bad;
    };
    std::vector<Row> rows{{"00", "006141411234567890", "006141411234567891"},
                          {"01", "06901234567892", "06901234567893"},
                          {"02", "06901234567892", "06901234567893"},
                          {"10", "A1", "A 1"},
                          {"11", "261100", "261301"},
                          {"13", "261100", "261301"},
                          {"15", "261100", "261301"},
                          {"16", "261100", "261301"},
                          {"17", "261100", "261301"},
                          {"20", "01", "0A"},
                          {"21", "A1", "A~1"},
                          {"22", "A1", std::string(21, 'A')},
                          {"30", "12345678", "123456789"},
                          {"37", "12345678", "1234567A"},
                          {"240", std::string(30, 'A'), std::string(31, 'A')},
                          {"241", std::string(30, 'A'), ""},
                          {"422", "156", "15"},
                          {"7003", "2611232359", "2611232360"},
                          {"7006", "261123", "261100"},
                          {"7007", "261101261123", "26110126112"},
                          {"8005", "001234", "01234"},
                          {"8008", "26112309", "26112324"},
                          {"8200", "https://a.example/x", std::string(71, 'A')},
                          {"90", std::string(30, 'A'), std::string(31, 'A')}};
    for (int n = 0; n <= 5; ++n) {
        rows.push_back({fmt::format("310{}", n), "001250", "00125A"});
        rows.push_back({fmt::format("320{}", n), "001250", "00125A"});
        rows.push_back({fmt::format("395{}", n), "001250", "0012501"});
    }
    for (int n = 0; n <= 3; ++n) {
        for (std::string ai : {"390", "392"})
            rows.push_back({ai + std::to_string(n), "123456789012345", "1234567890123456"});
        for (std::string ai : {"391", "393"})
            rows.push_back({ai + std::to_string(n), "1561258", "156"});
        rows.push_back({fmt::format("394{}", n), "0050", "050"});
    }
    for (int ai = 410; ai <= 415; ++ai)
        rows.push_back({std::to_string(ai), "6901234567892", "6901234567893"});
    for (int ai = 91; ai <= 99; ++ai)
        rows.push_back({std::to_string(ai), std::string(90, 'z'), std::string(91, 'z')});
    for (const Row& row : rows) {
        auto code = parse_code("]C1" + row.ai + row.good, selling());
        EXPECT_EQ(printed_ais(code), row.ai + "=" + row.good);
        auto wrong = parse_code("]C1" + row.ai + row.bad, selling());
        EXPECT_TRUE(wrong.error) << row.ai << " " << row.bad;
        // Behind a separator as well, with the goods in front.
        if (row.ai == "00" || row.ai == "01" || row.ai == "02" || row.ai == "37") continue;
        auto behind = parse_code(goods + "99x" + gs + row.ai + row.good, selling());
        EXPECT_EQ(printed_ais(behind),
                  row.ai == "99" ? "" : "01=06901234567892 99=x " + row.ai + "=" + row.good);
    }
}

// SALE-1
TEST(Gs1, ASeparatorEndsEveryValueWhoseLengthIsNotPredefined) {
    // GS1 General Specifications 7.8, by the AI's first two digits.
    for (int prefix = 0; prefix < 100; ++prefix) {
        std::string ai = fmt::format("{:02}", prefix);
        bool listed = prefix <= 4 || (prefix >= 11 && prefix <= 20) ||
                      (prefix >= 31 && prefix <= 36) || prefix == 41;
        EXPECT_EQ(domain::predefined_length(ai).has_value(), listed) << ai;
    }
}

// SALE-1
TEST(Gs1, WhatAnEncoderWouldRefuseATillAccepts) {
    EXPECT_EQ(read("]C1" + gs + "0106901234567892"), "gs1 gtin=06901234567892");
    EXPECT_EQ(read("]C0"
                   "6901234567892"),
              "ean13 gtin=06901234567892");
    EXPECT_EQ(read("]I1"
                   "6901234567892"),
              "ean13 gtin=06901234567892");
    EXPECT_EQ(read("]I1"
                   "16901234567899"),
              "itf14 gtin=16901234567899");
    EXPECT_EQ(read("]E0"
                   "6901234567892"),
              "ean13 gtin=06901234567892");
    EXPECT_EQ(read("]C1"
                   "3103001250"),
              "gs1 weight_mg=1250000")
        << "without its GTIN";
    EXPECT_EQ(read("]C1"
                   "3712"),
              "gs1 count=12")
        << "without its AI 02";
    EXPECT_EQ(after_gtin("12261210"), "") << "a payment's due date is no date of the food";
}

// SALE-1
TEST(Gs1, TheChineseProductCodeIsTheSameAis) {
    // GB/T 33993: element strings in QR, Data Matrix or Han Xin, AI 8200 for the product's page.
    const std::string expected =
        "gs1 gtin=06901234567892 lot=20261120A serial=0001 production=2026-11-20 expiry=2027-11-19";
    for (std::string identifier : {"]Q3", "]d2"}) {
        EXPECT_EQ(read(identifier +
                       "0106901234567892"
                       "11261120"
                       "17271119"
                       "1020261120A" +
                       gs + "210001" + gs + "8200https://a.example/p?id=1"),
                  expected);
    }
    EXPECT_EQ(read("]Q1https://a.example/01/06901234567892/10/20261120A/21/0001"
                   "?11=261120&17=271119"),
              "digital_link gtin=06901234567892 lot=20261120A serial=0001 production=2026-11-20 "
              "expiry=2027-11-19");
    EXPECT_EQ(read("]Q1https://a.example/product?barcode=6901234567892"), "web");
}

TEST(Gs1, AnAiIsAsLongAsItsFirstTwoDigitsSay) {
    for (std::string ai : {"01", "10", "99", "240", "410", "3103", "7003", "8200"}) {
        EXPECT_EQ(domain::ai_length(ai), ai.size()) << ai;
        EXPECT_EQ(domain::ai_length(ai + "00A"), ai.size()) << ai;
        EXPECT_EQ(domain::ai_length(ai.substr(0, ai.size() - 1)), 0u) << ai;
    }
    for (std::string none : {"", "A1", "31A3", "050", "2600", "7400", "8300"}) {
        EXPECT_EQ(domain::ai_length(none), 0u) << none;
    }
}

}  // namespace fangxin::tests
