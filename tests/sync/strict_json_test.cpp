// What our wire, op bodies and headless lines refuse, and what they say about it.
#include "sync/strict_json.hpp"

#include <gtest/gtest.h>

namespace fangxin::sync {
namespace {

std::string read(std::string_view text) {
    auto value = parse_strict(text);
    return value ? boost::json::serialize(*value)
                 : value.error().code + ": " + value.error().detail;
}

TEST(StrictJson, ReadsWhatWeWrite) {
    EXPECT_EQ(read(R"({"a":[1,-2,true,null],"名":"牛奶\n"})"),
              "{\"a\":[1,-2,true,null],\"名\":\"牛奶\\n\"}");
}

// SYNC-2
TEST(StrictJson, RefusesAKeyThatStandsTwice) {
    EXPECT_EQ(read(R"({"fen":1,"fen":2})"), "bad_json: a key stands twice at byte 13");
}

TEST(StrictJson, RefusesAKeyThatStandsTwiceInOtherSpelling) {
    EXPECT_EQ(read(R"({"fen":1,"f\u0065n":2})"), "bad_json: a key stands twice at byte 18");
}

TEST(StrictJson, AllowsOneKeyInTwoObjects) {
    EXPECT_EQ(read(R"([{"fen":1},{"fen":2}])"), R"([{"fen":1},{"fen":2}])");
}

TEST(StrictJson, RefusesNumbersThatAreNotIntegers) {
    for (const char* number : {"1.0", "1e2", "1E2", "0.5", "12345678901234567890123"}) {
        EXPECT_EQ(read(number).substr(0, 41), "bad_json: a number that is not an integer")
            << number;
    }
}

TEST(StrictJson, RefusesIntegersFromTwoToThe53On) {
    EXPECT_EQ(read("9007199254740991"), "9007199254740991");
    EXPECT_EQ(read("-9007199254740991"), "-9007199254740991");
    for (const char* number : {"9007199254740992", "-9007199254740992", "18446744073709551615"}) {
        EXPECT_EQ(read(number).substr(0, 37), "bad_json: an integer of 2^53 or more ") << number;
    }
}

TEST(StrictJson, GoesSixteenDeepAndNoDeeper) {
    std::string deep = std::string(16, '[') + std::string(16, ']');
    EXPECT_EQ(read(deep), deep);
    EXPECT_EQ(read("[" + deep + "]").substr(0, 8), "bad_json");
}

TEST(StrictJson, RefusesWhatIsNotUtf8) {
    for (const char* text : {"\"\xff\"", "\"\xc3\"", "\"\xe4\xbd\"", "\"\xed\xa0\x80\""}) {
        EXPECT_EQ(read(text).substr(0, 8), "bad_json") << text;
    }
}

TEST(StrictJson, RefusesWhatFollowsTheValue) {
    EXPECT_EQ(read("{} \n"), "{}");
    EXPECT_EQ(read("{} {}"), "bad_json: something follows the value at byte 3");
}

TEST(StrictJson, RefusesTheTornAndTheEmpty) {
    for (const char* text : {"", " ", "{", "{\"a\":1", "\"abc", "[1,", "tru"}) {
        EXPECT_EQ(read(text).substr(0, 8), "bad_json") << text;
    }
}

TEST(StrictJson, RefusesMoreMembersThanTheLimit) {
    auto object = [](std::size_t members) {
        std::string text = "{";
        for (std::size_t i = 0; i < members; ++i) {
            text += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":0";
        }
        return text + "}";
    };
    EXPECT_EQ(read(object(json_member_limit)), object(json_member_limit));
    EXPECT_EQ(read(object(json_member_limit + 1)).substr(0, 27), "bad_json: too many members ");
}

TEST(StrictJson, TheTopOfAMessageIsAnObject) {
    EXPECT_EQ(parse_strict_object("[]").error().detail, "not an object");
    EXPECT_TRUE(parse_strict_object("{}").has_value());
}

}  // namespace
}  // namespace fangxin::sync
