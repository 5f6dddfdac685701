#include "sync/enrolment_text.hpp"

#include <gtest/gtest.h>

namespace fangxin::sync {
namespace {

const std::string pin(64, 'a');
const std::string token = "0123456789abcdef0123456789abcdef";

EnrolmentCode code_at(std::string host) { return {{std::move(host), "7080"}, pin, token}; }

TEST(EnrolmentText, IsReadAsItWasWritten) {
    for (const char* host : {"192.168.1.10", "store.example", "fe80::1", "::1"}) {
        const EnrolmentCode code = code_at(host);
        const std::string text = write_enrolment_code(code);
        EXPECT_EQ(text.substr(0, 5), "FXE1:");
        const auto read = read_enrolment_code(text);
        ASSERT_TRUE(read) << text;
        EXPECT_EQ(*read, code);
    }
}

// SYNC-3: scanners that tell the kind of code, and every camera, put it in front.
TEST(EnrolmentText, AScannersIdentifierIsNotPartOfIt) {
    const std::string text = write_enrolment_code(code_at("192.168.1.10"));
    EXPECT_TRUE(begins_enrolment_code("]Q1" + text));
    EXPECT_EQ(read_enrolment_code("]Q1" + text).value(), code_at("192.168.1.10"));
    EXPECT_FALSE(begins_enrolment_code("]Q"));
    EXPECT_FALSE(read_enrolment_code("]"));
}

TEST(EnrolmentText, BlanksLineBreaksAndSmallLettersDoNotMatter) {
    std::string text = write_enrolment_code(code_at("192.168.1.10"));
    for (char& c : text)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    text.insert(40, "\r\n  ");
    EXPECT_EQ(read_enrolment_code("  " + text + "\n").value(), code_at("192.168.1.10"));
}

TEST(EnrolmentText, WhatIsNotWholeIsRefused) {
    const std::string whole = write_enrolment_code(code_at("192.168.1.10"));
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_FALSE(read_enrolment_code(whole.substr(0, size))) << size;
    for (const std::string& wrong :
         {whole + "0", "X" + whole, std::string("https://example.com/01/06901234567892"),
          std::string(600, 'F'), "FXE1:/" + pin + "/" + token, "FXE1:host/" + pin + "/" + token,
          "FXE1:host:0/" + pin + "/" + token, "FXE1:host:99999/" + pin + "/" + token,
          "FXE1:ho st;x:7080/" + pin + "/" + token, "FXE1:host:7080//" + token}) {
        auto read = read_enrolment_code(wrong);
        ASSERT_FALSE(read) << wrong;
        EXPECT_EQ(read.error().code, "bad_enrolment_code");
    }
}

// SYNC-3
TEST(LinkAddress, PlainlyOnlyToThisMachine) {
    EXPECT_TRUE(parse_link_address("ws://127.0.0.1:7080")->is_plain);
    EXPECT_TRUE(parse_link_address("ws://[::1]:7080")->is_plain);
    EXPECT_TRUE(parse_link_address("ws://localhost:7080")->is_plain);
    EXPECT_FALSE(parse_link_address("wss://192.168.1.10:7080")->is_plain);
    EXPECT_FALSE(parse_link_address("192.168.1.10:7080")->is_plain);
    for (std::string_view elsewhere :
         {"ws://192.168.1.10:7080", "ws://store:7080", "ws://127.example.com:7080",
          "ws://localhost.example.com:7080", "ws://[::2]:7080"})
        EXPECT_EQ(parse_link_address(elsewhere).error().code, "not_loopback") << elsewhere;
}

TEST(LinkAddress, WhatIsNoneIsRefused) {
    for (std::string_view wrong : {"", ":", "host", "host:", ":7080", "wss://", "host:port",
                                   "a:b:7080", "http://host:7080", "[::1:7080"})
        EXPECT_EQ(parse_link_address(wrong).error().code, "bad_address") << wrong;
}

}  // namespace
}  // namespace fangxin::sync
