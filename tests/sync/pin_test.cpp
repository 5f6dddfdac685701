#include "sync/pin.hpp"

#include <gtest/gtest.h>

namespace fangxin::sync {
namespace {

TEST(Pin, IsRecognisedAndNoOther) {  // ACCT-2
    std::string verifier = make_verifier("408213");
    EXPECT_TRUE(verify_pin(verifier, "408213"));
    EXPECT_FALSE(verify_pin(verifier, "408214"));
    EXPECT_FALSE(verify_pin(verifier, ""));
}

TEST(Pin, IsStoredAsArgon2idOf64Mebibytes) {
    EXPECT_EQ(make_verifier("408213").substr(0, 30), "$argon2id$v=19$m=65536,t=2,p=1");
}

TEST(Pin, HasASaltOfItsOwnEachTime) { EXPECT_NE(make_verifier("408213"), make_verifier("408213")); }

TEST(Pin, FitsNoTextThatIsNoVerifier) {
    for (const char* text : {"", "408213", "$argon2id$v=19$m=65536,t=2,p=1$", "$2a$10$abc"}) {
        EXPECT_FALSE(verify_pin(text, "408213")) << text;
    }
    EXPECT_FALSE(verify_pin(std::string(500, 'x'), "408213"));
}

}  // namespace
}  // namespace fangxin::sync
