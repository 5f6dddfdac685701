#include "domain/code.hpp"

#include "tests/support/printed_code.hpp"

#include <gtest/gtest.h>
#include <random>
#include <string>

namespace fangxin::tests {

namespace {

using domain::parse_code;
using domain::ReceiptNumber;

struct Reading {
    std::string raw;
    std::string expected;
};

void expect_all(std::initializer_list<Reading> readings) {
    for (const Reading& reading : readings) {
        EXPECT_EQ(read(reading.raw), reading.expected) << reading.raw;
    }
}

std::string read_while_paid(std::string_view raw) {
    return printed(parse_code(raw, taking_payment()));
}

}  // namespace

// SALE-1
TEST(Code, GoodsCodesWithoutIdentifierAreJudgedByLength) {
    expect_all({{"6901234567892", "ean13 gtin=06901234567892"},
                {"036000291452", "upca gtin=00036000291452"},
                {"96385074", "ean8 gtin=00000096385074"},
                {"04252614", "upce gtin=00042100005264"},
                {"00012345600012", "itf14 gtin=00012345600012"}});
}

TEST(Code, AWrongCheckDigitIsToldUnderTheKindThatTheLengthClaims) {
    expect_all({{"6901234567893", "ean13 error=check_digit"},
                {"036000291453", "upca error=check_digit"},
                {"96385075", "ean8 error=check_digit"},
                {"00012345600013", "itf14 error=check_digit"},
                {"2012345012584", "ean13 error=check_digit"}});
}

TEST(Code, EverySingleWrongDigitInAnEan13IsCaught) {
    const std::string good = "6901234567892";
    for (std::size_t place = 0; place < good.size(); ++place) {
        for (char digit = '0'; digit <= '9'; ++digit) {
            std::string code = good;
            code[place] = digit;
            if (code == good) continue;
            EXPECT_EQ(read(code), "ean13 error=check_digit") << code;
        }
    }
}

// SALE-1
TEST(Code, EveryFormOfUpcEStandsForItsUpcA) {
    expect_all({{"]E001234505", "upce gtin=00012000003455"},
                {"]E001234514", "upce gtin=00012100003454"},
                {"]E001234523", "upce gtin=00012200003453"},
                {"]E001234531", "upce gtin=00012300000451"},
                {"]E001234543", "upce gtin=00012340000053"},
                {"]E001234558", "upce gtin=00012345000058"},
                {"]E001234596", "upce gtin=00012345000096"}});
}

// SALE-1
TEST(Code, TheEanIdentifierIsBelieved) {
    expect_all({{"]E06901234567892", "ean13 gtin=06901234567892"},
                {"]E0036000291452", "upca gtin=00036000291452"},
                {"]E00036000291452", "ean13 gtin=00036000291452"},
                {"]E369012345678921 2", "ean13 error=length"},
                {"]E3690123456789212", "ean13 gtin=06901234567892"},
                {"]E212345", "text"},
                {"]E496385074", "ean8 gtin=00000096385074"},
                {"]E404252614", "ean8 error=check_digit"},
                {"]E4963850745", "ean8 error=length"},
                {"]E0690123456789A", "ean13 error=charset"}});
}

// SALE-1
TEST(Code, AGoodsCodePrintedInAnySymbologyIsAccepted) {
    for (std::string identifier : {"]C0", "]I1", "]Q1", "]d1", "]A0", "]X0"}) {
        EXPECT_EQ(read(identifier + "6901234567892"), "ean13 gtin=06901234567892") << identifier;
    }
    expect_all({{"]I116901234567899", "itf14 gtin=16901234567899"},
                {"]I016901234567890", "itf14 error=check_digit"}});
}

// SALE-1
TEST(Code, WhatASymbologyWithoutFnc1HoldsIsTextAndNoError) {
    expect_all({{"]C06901234567893", "text"},
                {"]C00106901234567892", "text"},
                {"]C0(01)06901234567892", "text"},
                {"]Q10106901234567892\x1d"
                 "10A",
                 "text"},
                {"]d1(01)06901234567892", "text"},
                {"]Q1https://fangxin.example/about", "web"},
                {"]C0STAFF-017", "text"},
                {"]I1123456", "text"}});
}

TEST(Code, OtherDigitsAreTextForTheTillToLookUp) {
    expect_all({{"4011", "text"},
                {"1", "text"},
                {"690123456789", "upca error=check_digit"},
                {"123456789012345", "text"},
                {"99123456789012345678901234567890", "text"}});
}

TEST(Code, CarriageReturnAndLineFeedAreNotPartOfTheCode) {
    for (std::string end : {"\r", "\n", "\r\n", "\r\n\r\n"}) {
        auto code = parse_code("]E06901234567892" + end, selling());
        EXPECT_EQ(code.text, "6901234567892");
        EXPECT_EQ(code.symbology, "E0");
    }
}

TEST(Code, WhatIsNoIdentifierStaysInTheText) {
    for (std::string raw : {"]", "]C", "]?1", "]11abc", "] C1"}) {
        auto code = parse_code(raw, selling());
        EXPECT_EQ(code.text, raw);
        EXPECT_EQ(code.symbology, "");
    }
}

TEST(Code, NothingAndTooMuchAreRefusedForTheirLength) {
    expect_all({{"", "text error=length"},
                {"\r\n", "text error=length"},
                {"]C1", "text error=length"},
                {std::string(4096, 'a'), "text"},
                {std::string(4097, 'a'), "text error=length"}});
}

TEST(Code, BytesThatAreNotReadableTextAreRefused) {
    expect_all({{"\xB7\xC5\xD0\xC4", "text error=charset"},
                {"放心", "text"},
                {"\xC0\x80", "text error=charset"},
                {"\xED\xA0\x80", "text error=charset"},
                {"\xF4\x90\x80\x80", "text error=charset"},
                {"\xE6\x94", "text error=charset"},
                {"a\tb", "text error=charset"},
                {std::string("a\0b", 3), "text error=charset"},
                {"a\x7f", "text error=charset"}});
}

// SALE-1
TEST(Code, Gs1IsReadUnderItsFourIdentifiers) {
    for (std::string identifier : {"]C1", "]e0", "]d2", "]Q3"}) {
        EXPECT_EQ(read(identifier + "010690123456789210AB12"), "gs1 gtin=06901234567892 lot=AB12");
    }
    EXPECT_EQ(read("]C1FX0010100001234"), "gs1 error=syntax");
}

TEST(Code, DataBarWithoutItsAiIsAGtinAllTheSame) {
    expect_all({{"]e006901234567892", "gs1 gtin=06901234567892"},
                {"]e016901234567890", "gs1 error=check_digit"},
                {"]C106901234567892", "gs1 error=syntax"}});
    EXPECT_EQ(printed_ais(parse_code("]e006901234567892", selling())), "01=06901234567892");
}

TEST(Code, ASeparatorOrABracketedGtinMakesAnUnannouncedCodeGs1) {
    expect_all({{"\x1d"
                 "0106901234567892",
                 "gs1 gtin=06901234567892"},
                {"010690123456789210A\x1d"
                 "17261231",
                 "gs1 gtin=06901234567892 lot=A expiry=2026-12-31"},
                {"(01)06901234567892(10)A", "gs1 gtin=06901234567892 lot=A"},
                {"(01)06901234567893", "gs1 error=check_digit"},
                {"(10)A(17)261231", "gs1 lot=A expiry=2026-12-31"},
                {"(10) reasons to smile", "text"},
                {"(020) 8888 7777", "text"}});
}

// SALE-1
TEST(Code, AScannerWithoutIdentifierAndSeparatorStillGivesLotAndDate) {
    expect_all(
        {{"01069012345678921726123110AB12", "gs1 gtin=06901234567892 lot=AB12 expiry=2026-12-31"},
         {"0106901234567892", "gs1 gtin=06901234567892"},
         {"0106901234567893", "text"},
         {"010690123456789217261331", "text"},
         {"01069012345678921726", "text"},
         {"01069012345678920", "text"}});
}

// SALE-5
TEST(Code, EachWalletIsKnownByItsPaymentCode) {
    for (const Reading& code :
         std::initializer_list<Reading>{{"134567890123456789", "wechat"},
                                        {"101234567890123456", "wechat"},
                                        {"281234567890123456", "alipay"},
                                        {"2512345678901234", "alipay"},
                                        {"301234567890123456789012", "alipay"},
                                        {"6212345678901234567", "unionpay"},
                                        {"0112345678901234567", "ecny"}}) {
        EXPECT_EQ(read_while_paid(code.raw), "payment channel=" + code.expected) << code.raw;
        EXPECT_EQ(read_while_paid("]Q1" + code.raw), "payment channel=" + code.expected);
    }
    EXPECT_EQ(read_while_paid("fp0123456789abcdefghijklmnopqrstuvw"),
              "payment channel=alipay_face");
}

TEST(Code, WhatIsNearlyAPaymentCodeIsText) {
    for (std::string raw :
         {"161234567890123456", "13456789012345678", "1345678901234567890", "251234567890123",
          "3012345678901234567890123", "621234567890123456", "fp0123456789abcdefghijklmnopqrstuv",
          "fp0123456789abcdefghijklmnop-rstuvw"}) {
        EXPECT_EQ(read_while_paid(raw), "text") << raw;
    }
}

TEST(Code, GoodsCodesStayGoodsCodesWhilePaymentIsTaken) {
    EXPECT_EQ(read_while_paid("6901234567892"), "ean13 gtin=06901234567892");
    EXPECT_EQ(read_while_paid("96385074"), "ean8 gtin=00000096385074");
    EXPECT_EQ(read_while_paid("]C10106901234567892"), "gs1 gtin=06901234567892");
}

TEST(Code, APaymentCodeShownTooEarlyIsKnown) {
    EXPECT_EQ(read("134567890123456789"), "payment channel=wechat");
    EXPECT_EQ(read("6212345678901234567"), "payment channel=unionpay");
}

// rules 7
TEST(Code, EighteenDigitsWithAFlagArePaymentOnlyWhilePaymentIsTaken) {
    EXPECT_EQ(read("281234567890123456"), "instore error=check_digit");
    EXPECT_EQ(read("]C0281234567890123456"), "instore error=check_digit");
    EXPECT_EQ(read_while_paid("281234567890123456"), "payment channel=alipay");
}

TEST(Code, ADigitalYuanCodeThatReadsAsAGtinIsSettledByWhatTheTillDoes) {
    const std::string code = "0106901234567892101";
    EXPECT_EQ(read(code), "gs1 gtin=06901234567892 lot=1");
    EXPECT_EQ(read_while_paid(code), "payment channel=ecny");
}

TEST(Code, ReceiptNumbersComeBackAsTheyWereFormatted) {
    ReceiptNumber number{.till = 12, .epoch = 3, .number = 45678};
    std::string text = domain::format_receipt_number(number);
    EXPECT_EQ(text, "FX0120300456786");
    EXPECT_EQ(domain::parse_receipt_number(text), number);
    EXPECT_EQ(read(text), "receipt");
    EXPECT_EQ(read("]C0" + text), "receipt");
}

TEST(Code, AReceiptNumberWithAWrongDigitIsRefused) {
    expect_all({{"FX0120300456787", "receipt error=check_digit"},
                {"FX0130300456786", "receipt error=check_digit"},
                {"FX012030045678", "text"},
                {"FX01203004567862", "text"},
                {"FY0120300456786", "text"}});
    EXPECT_EQ(domain::parse_receipt_number("FX0120300456787"), std::nullopt);
    EXPECT_EQ(domain::parse_receipt_number("FX"), std::nullopt);
}

TEST(Code, CheckDigitsFollowTheGs1Rule) {
    EXPECT_EQ(domain::gs1_check_digit("629104150021"), '3');  // GS1 General Specifications 7.9
    EXPECT_EQ(domain::gs1_check_digit("37610425002123456"), '9');
    EXPECT_EQ(domain::gs1_check_digit(""), std::nullopt);
    EXPECT_EQ(domain::gs1_check_digit("12A"), std::nullopt);
}

TEST(Code, ArbitraryBytesNeitherCrashNorKeepHalfAReading) {
    std::mt19937 random(20261123);
    const std::string often = "]C1edQ3E0I(01)/10172:https.FX\x1d%2F690";
    for (int round = 0; round < 200'000; ++round) {
        std::string raw = round % 3 == 0 ? "]C1" : "";
        for (auto left = random() % 40; left > 0; --left) {
            raw += random() % 4 ? often[random() % often.size()] : static_cast<char>(random());
        }
        auto code = parse_code(raw, round % 2 ? selling() : taking_payment());
        EXPECT_TRUE(code.gtin.empty() || code.gtin.size() == 14);
        EXPECT_FALSE(code.error && !(code.gtin.empty() && code.ais.empty() && code.lot.empty()));
    }
}

}  // namespace fangxin::tests
