// What may lie in a frame, and what a frame may do to us.
#include "sync/frame.hpp"

#include <gtest/gtest.h>
#include <zstd.h>

namespace fangxin::sync {
namespace {

std::string unpacked(std::string_view frame) {
    auto message = unpack_frame(frame);
    return message ? *message : message.error().code + ": " + message.error().detail;
}

std::string words(std::size_t size) {
    std::string text;
    while (text.size() < size)
        text += "sale line " + std::to_string(text.size()) + ";";
    text.resize(size);
    return text;
}

TEST(Frame, SmallMessagesGoAsTheyAre) {
    EXPECT_EQ(pack_frame("{}"), std::string("\0{}", 3));
    EXPECT_EQ(unpacked(pack_frame("")), "");
    EXPECT_EQ(pack_frame(words(pack_above)).size(), 1 + pack_above);
}

TEST(Frame, LargerMessagesArePacked) {
    std::string message = words(100'000);
    std::string frame = pack_frame(message);
    EXPECT_EQ(frame[0], 1);
    EXPECT_LT(frame.size(), message.size() / 4);
    EXPECT_EQ(unpacked(frame), message);
}

TEST(Frame, AnEmptyFrameIsRefused) { EXPECT_EQ(unpacked(""), "bad_frame: an empty frame"); }

TEST(Frame, AnUnknownCodecIsRefused) { EXPECT_EQ(unpacked("\x02{}"), "bad_frame: unknown codec"); }

TEST(Frame, ATornFrameIsRefusedAtEveryCut) {
    std::string frame = pack_frame(words(3000));
    for (std::size_t size = 1; size < frame.size(); ++size) {
        EXPECT_EQ(unpacked(frame.substr(0, size)).substr(0, 9), "bad_frame") << size;
    }
}

TEST(Frame, ASizeThatLiesIsRefused) {
    std::string frame = pack_frame(words(3000));
    ASSERT_EQ(ZSTD_getFrameContentSize(frame.data() + 1, frame.size() - 1), 3000U);
    // magic 1-4, descriptor 5, then the size less 256 in two bytes (RFC 8878, 3.1.1.1.4)
    for (char less : {'\0', '\xff'}) {
        std::string lying = frame;
        lying[6] = less;
        EXPECT_EQ(unpacked(lying).substr(0, 9), "bad_frame");
    }
}

TEST(Frame, AFrameThatHidesItsSizeIsRefused) {
    ZSTD_CCtx* context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
    std::string text = words(2000);
    std::string frame(1 + ZSTD_compressBound(text.size()), '\1');
    frame.resize(
        1 + ZSTD_compress2(context, frame.data() + 1, frame.size() - 1, text.data(), text.size()));
    ZSTD_freeCCtx(context);
    EXPECT_EQ(unpacked(frame), "bad_frame: not a zstd frame of stated size");
}

TEST(Frame, ABombIsRefusedByWhatItClaims) {
    std::string bomb = pack_frame(std::string(unpacked_limit + 1, '0'));
    EXPECT_LT(bomb.size(), 1000U);
    EXPECT_EQ(unpacked(bomb), "too_large: unpacks to 4194305");
    EXPECT_EQ(unpacked(pack_frame(std::string(unpacked_limit, '0'))).size(), unpacked_limit);
}

TEST(Frame, AFrameAboveTheLimitIsRefusedUnread) {
    EXPECT_EQ(unpacked(std::string(frame_limit + 1, '\0')), "too_large: 1048577");
}

TEST(Frame, ASecondPackedFrameBehindTheFirstIsRefused) {
    std::string frame = pack_frame(words(2000));
    EXPECT_EQ(unpacked(frame + frame.substr(1)), "bad_frame: torn zstd");
}

}  // namespace
}  // namespace fangxin::sync
