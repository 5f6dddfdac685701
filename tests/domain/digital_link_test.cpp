#include "domain/digital_link.hpp"

#include "tests/support/printed_code.hpp"

#include <gtest/gtest.h>
#include <string>

namespace fangxin::tests {

namespace {

using domain::parse_code;

const std::string link = "https://id.shop.example/01/06901234567892";
const std::string known = "digital_link gtin=06901234567892";

struct Reading {
    std::string raw;
    std::string expected;
};

void expect_all(std::initializer_list<Reading> readings) {
    for (const Reading& reading : readings) {
        EXPECT_EQ(read(reading.raw), reading.expected) << reading.raw;
    }
}

}  // namespace

// SALE-1
TEST(DigitalLink, PathAndQueryGiveTheSameAisAsAnElementString) {
    EXPECT_EQ(read(link + "/22/2A/10/AB12/21/X7?17=261231&3103=001250"),
              known + " lot=AB12 serial=X7 expiry=2026-12-31 weight_mg=1250000");
    EXPECT_EQ(printed_ais(parse_code(link + "/10/AB12?17=261231", selling())),
              "01=06901234567892 10=AB12 17=261231");
}

// SALE-1
TEST(DigitalLink, AnyDomainPathAndSymbologyWillDo) {
    for (std::string start :
         {"http://a", "HTTPS://A.example:8443", "https://x.cn/zh/goods", "]Q1https://a.example",
          "]Q3https://a.example", "]d2http://a.example/2026/01/20261123"}) {
        EXPECT_EQ(read(start + "/01/06901234567892"), known) << start;
    }
}

TEST(DigitalLink, ShorterGtinsArePadded) {
    expect_all({{"https://a.example/01/6901234567892", known},
                {"https://a.example/01/036000291452", "digital_link gtin=00036000291452"},
                {"https://a.example/01/96385074", "digital_link gtin=00000096385074"}});
}

TEST(DigitalLink, AWrongGtinIsToldAndNotTakenForAnOrdinaryAddress) {
    expect_all({{"https://a.example/01/06901234567893", "digital_link error=check_digit"},
                {"https://a.example/01/6901234567893/10/A", "digital_link error=check_digit"}});
}

TEST(DigitalLink, AnOrdinaryAddressIsAnAddress) {
    for (std::string url :
         {"https://a.example", "http://a.example/01/", "https://a.example/01",
          "https://news.example/2026/01/20261123/story", "https://a.example/?01=1",
          "https://a.example/01/069012345678920", "https://a.example/01/ABC",
          "https://a.example/?next=/01/06901234567892", "https://a.example/#/01/06901234567892",
          "https://a.example/01/06901234567892/reviews"}) {
        EXPECT_EQ(read(url), "web") << url;
    }
}

TEST(DigitalLink, WhatIsNoAddressIsText) {
    for (std::string raw :
         {"https://", "http:///01/06901234567892", "ftp://a.example/x", "https://a.example/a b",
          "www.a.example", "https:/a.example", "https://?01=06901234567892"}) {
        EXPECT_EQ(read(raw), "text") << raw;
    }
}

TEST(DigitalLink, QualifiersComeInOrderAndHaveValues) {
    expect_all({{link + "/22/A/21/X", known + " serial=X"},
                {link + "/10/A/22/B", "digital_link error=syntax"},
                {link + "/21/A/10/B", "digital_link error=syntax"},
                {link + "/10/A/10/A", "digital_link error=syntax"},
                {link + "/10", "digital_link error=syntax"},
                {link + "/17/261231", "digital_link error=syntax"},
                {link + "/235/A", known},
                {link + "/10/A/235/B", "digital_link error=syntax"},
                {link + "/", known},
                {link + "/10//21/X", "digital_link error=length"}});
}

TEST(DigitalLink, EscapesAreUndoneAfterTheCuts) {
    expect_all({{link + "/10/AB%2F12%2b", known + " lot=AB/12+"},
                {link + "?10=A%26B&21=C+D", known + " lot=A&B serial=C+D"},
                {link + "/10/A%2", "digital_link error=syntax"},
                {link + "/10/A%GG", "digital_link error=syntax"},
                {link + "/10/A%00", "digital_link error=charset"},
                {link + "/10/A%E6%94%BE", "digital_link error=charset"}});
}

TEST(DigitalLink, KeysThatAreNoAisAreTheShopsOwn) {
    expect_all({{link + "?utm_source=poster&17=261231", known + " expiry=2026-12-31"},
                {link + "?page=3;17=261231&flag&=x&1=2&05=9", known + " expiry=2026-12-31"},
                {link + "?17=261231#17=270101", known + " expiry=2026-12-31"},
                {link + "??&&", known}});
}

TEST(DigitalLink, ACompressedOneIsAnAddressAndNoHalfReading) {
    // GS1 Digital Link Standard, Compression: nothing tells its letters from any other path, and a
    // GTIN whose lot stayed compressed would pass for goods without a lot.
    for (std::string url :
         {"https://id.gs1.org/ARFKk4XB0CDKWcnpq", "https://a.example/BYTyyyEXT_Bg",
          "https://a.example/01/05412345000013/HQPvK7mA8aSZ",
          "https://id.shop.example/01/06901234567892/DSYmqLRE-_wA"}) {
        EXPECT_EQ(read(url), "web") << url;
    }
}

TEST(DigitalLink, OneThatLeadsElsewhereIsTextLikeAnyOther) {
    // Nothing is ever opened: what counts is the GTIN alone, whoever the host, user or port is.
    for (std::string start :
         {"http://user:secret@evil.example:1", "https://127.0.0.1", "https://[::1]:8080",
          "http://localhost/../..", "https://a.example/redirect?to=x"}) {
        std::string url = start + "/01/06901234567892";
        EXPECT_EQ(read(url), url.find('?') == url.npos ? known : "web") << url;
    }
    for (std::string other : {"file:///01/06901234567892", "javascript://a/01/06901234567892",
                              "intent://a/01/06901234567892", "//a.example/01/06901234567892"}) {
        EXPECT_EQ(read(other), "text") << other;
    }
}

TEST(DigitalLink, KeysOfOtherThingsThanGoodsAreAddresses) {
    for (std::string path :
         {"/00/006141411234567890", "/414/6901234567892", "/8006/069012345678920102",
          "/8003/06901234567892", "/253/6901234567892", "/gtin/06901234567892"}) {
        EXPECT_EQ(read("https://a.example" + path), "web") << path;
    }
}

TEST(DigitalLink, ValuesAreJudgedAsEverywhere) {
    expect_all({{link + "?17=261331", "digital_link error=date"},
                {link + "?17=26123", "digital_link error=length"},
                {link + "/10/A?10=B", "digital_link error=conflict"},
                {link + "/10/A?10=A", known + " lot=A"},
                {link + "?01=16901234567899", "digital_link error=conflict"},
                {link + "?3103=001250&3102=001250", "digital_link error=conflict"}});
}

}  // namespace fangxin::tests
