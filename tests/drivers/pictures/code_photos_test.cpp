#include "drivers/pictures/decoder.hpp"
#include "tests/support/code_photo.hpp"
#include "tests/support/drawn_code.hpp"

#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>

namespace fangxin::drivers {
namespace {

using tests::CodePhoto;

struct CodePhotos : ::testing::Test {
    tests::PictureFolder folder;
    Decoder decoder;

    Result<Decoded> decode(const tests::GreyPhoto& photo) {
        return decoder.decode_frame({.width = photo.width,
                                     .height = photo.height,
                                     .pixels = std::as_bytes(std::span(photo.pixels))});
    }
    CodePhoto taken(const tests::DrawnCode& code, const tests::Hardship& hardship,
                    std::uint64_t seed) {
        return photograph(tests::load_png(folder.draw(code.zint)), hardship, seed);
    }
};

bool inside(const CodePhoto& taken, PicturePoint point) {
    for (std::size_t i = 0; i < 4; ++i) {
        auto a = taken.label[i];
        auto b = taken.label[(i + 1) % 4];
        if ((b[0] - a[0]) * (point.y - a[1]) - (b[1] - a[1]) * (point.x - a[0]) < 0) return false;
    }
    return true;
}

// SALE-1
TEST_F(CodePhotos, OfEveryKindInEveryPlightAreReadOftenAndNeverWrong) {
    std::map<std::string_view, int> read;
    std::uint64_t seed = 7000;
    int all = 0;
    for (const auto& kind : tests::photo_kinds()) {
        for (const auto& hardship : tests::hardships()) {
            tests::DrawnCode code = tests::drawn_code(kind.name, ++seed);
            CodePhoto photo = taken(code, hardship, seed);
            auto decoded = decode(photo.photo);
            if (!decoded) continue;
            ++read[hardship.name];
            if (!decoded->sure || decoded->engine == Engine::zbar) continue;
            ++all;
            EXPECT_TRUE(tests::same_code(kind.name, code.text, decoded->text))
                << kind.name << " " << hardship.name << ": " << decoded->text;
            EXPECT_EQ(decoded->format, kind.format);
            for (PicturePoint corner : decoded->corners)
                EXPECT_TRUE(inside(photo, corner)) << kind.name << " " << hardship.name;
        }
    }
    EXPECT_GE(read["plain"], 13);
    EXPECT_GE(read["turned"], 12);
    EXPECT_GE(read["tilted"], 12);
    EXPECT_GE(read["noisy"], 10);
    EXPECT_GE(read["pale"], 11);
    EXPECT_GE(read["small"], 3);
    EXPECT_GE(read["blurred"], 2);
    EXPECT_GE(read["all"], 6);
    EXPECT_GE(all, 75);
    for (auto [name, count] : read)
        RecordProperty(std::string(name), count);
}

// SALE-1
TEST_F(CodePhotos, OfALinearCodeAreReadAtAnyAngle) {
    constexpr tests::Hardship plight{.name = "turned", .any_angle = true};
    int missed = 0;
    for (std::uint64_t seed = 1; seed <= 24; ++seed) {
        std::string_view kind = seed % 2 == 0 ? "gs1_128" : "ean13";
        tests::DrawnCode code = tests::drawn_code(kind, seed);
        auto decoded = decode(taken(code, plight, seed).photo);
        missed += decoded && tests::same_code(kind, code.text, decoded->text) ? 0 : 1;
    }
    EXPECT_LE(missed, 2);
}

}  // namespace
}  // namespace fangxin::drivers
