// An op's text and its place in the chain. The hashes were computed with Python's hashlib.
#include "sync/envelope.hpp"

#include <gtest/gtest.h>

namespace fangxin::sync {
namespace {

Envelope logged_out() {
    return {.terminal = "till-1",
            .epoch = 1,
            .seq = 2,
            .kind = "logged_out",
            .at = *domain::parse_instant("2026-11-23T12:00:00+08:00"),
            .person = "1001",
            .data = {{"why", "idle"}}};
}

// SYNC-2
TEST(Chain, IsSha256OfThePreviousHashAndTheBody) {
    Hash first = chain(Hash{}, "");
    EXPECT_EQ(to_hex(first), "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925");
    EXPECT_EQ(to_hex(chain(first, "abc")),
              "2ac71ac8cc2af5aa591301af3c74daa9de69ea99a08185e82d3ed35f62e5fb2f");
}

TEST(Chain, OfOtherBytesIsAnother) {
    EXPECT_NE(chain(Hash{}, "{\"fen\":1}"), chain(Hash{}, "{\"fen\":2}"));
    EXPECT_NE(chain(chain(Hash{}, "a"), "b"), chain(chain(Hash{}, "b"), "a"));
}

TEST(Chain, HexReadsBackAndNothingElseDoes) {
    Hash hash = chain(Hash{}, "x");
    EXPECT_EQ(hash_from_hex(to_hex(hash)), hash);
    EXPECT_FALSE(hash_from_hex("00ff"));
    EXPECT_FALSE(hash_from_hex(std::string(64, 'g')));
    EXPECT_FALSE(hash_from_hex(std::string(65, '0')));
}

TEST(Envelope, IsWrittenInOneFixedOrder) {
    EXPECT_EQ(write_envelope(logged_out()),
              R"({"terminal":"till-1","epoch":1,"seq":2,"kind":"logged_out",)"
              R"("at":"2026-11-23T12:00:00.000+08:00","person":"1001","data":{"why":"idle"}})");
}

TEST(Envelope, ReadsBack) {
    auto back = read_envelope(write_envelope(logged_out()));
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(write_envelope(*back), write_envelope(logged_out()));
}

TEST(Envelope, RefusesByMember) {
    auto object = parse_strict_object(write_envelope(logged_out()));
    for (const char* member : {"terminal", "epoch", "seq", "kind", "at", "person", "data"}) {
        json::object torn = *object;
        torn[member] = nullptr;
        auto read = read_envelope(json::serialize(torn));
        ASSERT_FALSE(read.has_value()) << member;
        EXPECT_EQ(read.error().detail, std::string("op.") + member);
    }
}

TEST(Envelope, RefusesATimeWithoutOffset) {
    auto object = parse_strict_object(write_envelope(logged_out()));
    (*object)["at"] = "2026-11-23T12:00:00";
    EXPECT_EQ(read_envelope(json::serialize(*object)).error().detail, "op.at");
}

}  // namespace
}  // namespace fangxin::sync
