#include "drivers/label_scales/fitted.hpp"
#include "tests/drivers/label_scales/some_goods.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace fangxin::drivers {
namespace {

std::string hex(std::string_view bytes) {
    std::string digits;
    for (const char byte : bytes)
        digits += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    return digits;
}

/// What the scale's answer says, and what is left behind it.
std::string said(std::string_view protocol, std::string received, const LabelQuestion& asked) {
    auto reply = (*label_protocol(protocol))->take_reply(received, asked);
    const std::string left = received.empty() ? "" : fmt::format(", {} left", received.size());
    if (!reply) return "nothing" + left;
    return (reply->accepted ? "accepted" : "refused: " + reply->reason) + left;
}

std::string cas_answer(const std::string& body) {
    return "WL" + std::string(4, '\0') + ',' + static_cast<char>(body.size()) + '\0' + ':' + body +
           ":?\r";
}

}  // namespace

// SALE-14
TEST(LabelProtocols, WriteGoodsAsTheSourcesDo) {
    std::ifstream captures(FANGXIN_SOURCE_DIR "/tests/captures/label_scales.hex");
    std::string line;
    int seen = 0;
    while (std::getline(captures, line)) {
        if (line.starts_with('#')) continue;
        std::istringstream words(line);
        std::string id;
        std::string bytes;
        words >> id >> bytes;
        auto fitted = fit(tests::some_goods(), tests::some_scale(id));
        ASSERT_TRUE(fitted) << fitted.error().detail;
        EXPECT_EQ(hex(fitted->record), bytes);
        ++seen;
    }
    EXPECT_EQ(seen, static_cast<int>(label_protocols().size()));
}

TEST(LabelProtocols, DahuaAnswersArePickedApart) {
    const LabelQuestion put{.order = LabelOrder::put, .plu = 17};
    const LabelQuestion all{.order = LabelOrder::erase_all, .plu = 0};
    EXPECT_EQ(said("dahua-tm", "0v0017a\r\n\x03", put), "accepted");
    EXPECT_EQ(said("dahua-tm", "0v0017a\r\r\n", put), "accepted");
    EXPECT_EQ(said("dahua-tm", "0v\r\n\x03", put), "accepted");
    EXPECT_EQ(said("dahua-tm", "0v0017a\r\n", put), "nothing, 9 left");
    EXPECT_EQ(said("dahua-tm",
                   "0v0016a\r\n\x03"
                   "0v0017a\r\n\x03",
                   put),
              "accepted");
    EXPECT_EQ(said("dahua-tm", "0v0016a\r\n\x03", put), "nothing");
    EXPECT_EQ(said("dahua-tm", "0v0170a\r\n\x03", put), "nothing");
    EXPECT_EQ(said("dahua-tm",
                   "0e0000\x01"
                   "ac\r\n\x03",
                   put),
              "refused: 0e0000\\x01ac");
    EXPECT_EQ(said("dahua-tm", "0iaa0\r\n\x03", all), "accepted");
    EXPECT_EQ(said("dahua-tm", "0v0017a\r\n\x03", all), "refused: 0v0017a");
}

TEST(LabelProtocols, CasAnswersArePickedApart) {
    const LabelQuestion put{.order = LabelOrder::put, .plu = 17};
    const std::string four(4, '\0');
    EXPECT_EQ(said("cas-cl5000", cas_answer(four), put), "accepted");
    EXPECT_EQ(said("cas-cl5000", cas_answer(four + 'Y'), put), "refused: 89 memory full");
    EXPECT_EQ(said("cas-cl5000", cas_answer(four + '\x01'), put), "refused: 1");
    const std::string whole = cas_answer(four);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_EQ(said("cas-cl5000", whole.substr(0, size), put),
                  size == 0 ? "nothing" : fmt::format("nothing, {} left", size));
    }
    EXPECT_EQ(said("cas-cl5000", std::string(20, 'x'), put),
              "refused: not an answer of this scale");
}

}  // namespace fangxin::drivers
