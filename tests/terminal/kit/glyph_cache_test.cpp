#include "terminal/kit/glyph_cache.hpp"

#include "tests/support/kit_stage.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <numeric>

namespace fangxin::kit {

namespace {

GlyphRequest at_24(char32_t c) { return {c, Weight::regular, 0, 24 * 64}; }

int ink(GlyphCache& cache, const Glyph& glyph) {
    if (glyph.page < 0) return 0;
    const auto& coverage = cache.pages()[static_cast<std::size_t>(glyph.page)].coverage;
    int sum = 0;
    for (int y = glyph.y; y < glyph.y + glyph.height; ++y) {
        const auto row = coverage.begin() + y * page_side + glyph.x;
        sum = std::accumulate(row, row + glyph.width, sum);
    }
    return sum;
}

}  // namespace

TEST(GlyphCache, DrawsHanAndRareHanBeyondTheBasicPlane) {
    GlyphCache cache(test_fonts());
    for (const char32_t c :
         {U'放', U'龘', U'\U00020BB7'}) {  // the last is 𠮷, of many a family name
        EXPECT_TRUE(cache.fonts().has(c, Weight::regular)) << static_cast<unsigned>(c);
        EXPECT_GT(ink(cache, cache.get(at_24(c))), 2'000) << static_cast<unsigned>(c);
    }
}

TEST(GlyphCache, ShowsABoxForWhatNoFontHas) {
    GlyphCache cache(test_fonts());
    const Glyph one = cache.get(at_24(U'\U000F1234'));
    const Glyph other = cache.get(at_24(U'\U000F5678'));
    EXPECT_FALSE(cache.fonts().has(U'\U000F1234', Weight::regular));
    EXPECT_GT(ink(cache, one), 10'000);
    EXPECT_NE(ink(cache, one), ink(cache, other));  // its digits tell which it is
    EXPECT_GT(ink(cache, cache.get(at_24(U'🍌'))), 2'000);
}

TEST(GlyphCache, GivesInvisibleCharactersNoWidth) {
    Fonts& fonts = *test_fonts();
    for (const char32_t c : {0x200DU, 0xFE0FU, 0x202EU, 0xFEFFU}) {
        EXPECT_EQ(fonts.advance(c, Weight::regular), 0);
    }
}

TEST(GlyphCache, HasDigitsOfOneWidth) {
    Fonts& fonts = *test_fonts();
    for (const Weight weight : {Weight::regular, Weight::bold}) {
        for (char32_t c = U'0'; c <= U'9'; ++c) {
            EXPECT_EQ(fonts.advance(c, weight), fonts.advance(U'0', weight));
        }
    }
}

TEST(GlyphCache, StaysWithinItsBudgetOverThirtyThousandGlyphs) {
    GlyphCache cache(test_fonts(), {.pages = 6});
    for (char32_t i = 0; i < 30'000; ++i) {
        if (i % 500 == 0) cache.begin_frame();
        EXPECT_FALSE(cache.get({0x3400 + i, Weight::regular, 0, 20 * 64}).no_room);
    }
    EXPECT_EQ(cache.pages().size(), 6U);
    EXPECT_LT(cache.memory_bytes(), 8U << 20U);
}

TEST(GlyphCache, KeepsWithinSixtyMegabytesByDefault) {
    const GlyphCache::Budget budget;
    EXPECT_LE(static_cast<std::size_t>(budget.pages) * page_side * page_side, 60'000'000U);
}

TEST(GlyphCache, NeverEmptiesAPageThatThisFrameShows) {
    GlyphCache cache(test_fonts(), {.pages = 1});
    const Glyph first = cache.get(at_24(U'一'));
    bool ran_out = false;
    for (char32_t c = 0x4E01; c < 0x5E00; ++c)
        ran_out |= cache.get(at_24(c)).no_room;
    EXPECT_TRUE(ran_out);
    EXPECT_EQ(cache.get(at_24(U'一')).x, first.x);
    cache.begin_frame();
    EXPECT_FALSE(cache.get(at_24(0x5DFF)).no_room);
}

TEST(GlyphCache, WarmsTheCommonCharactersInSmallSteps) {
    const std::u32string common = GlyphCache::common_han();
    EXPECT_EQ(common.size(), 3'755U);
    EXPECT_EQ(common.front(), U'啊');
    GlyphCache cache(test_fonts());
    cache.want(std::u32string_view(common).substr(0, 50), at_24(0));
    EXPECT_TRUE(cache.warm(30));
    EXPECT_EQ(cache.glyph_count(), 30U);
    EXPECT_FALSE(cache.warm(30));
    EXPECT_EQ(cache.glyph_count(), 50U);
}

TEST(Fonts, SayInWordsThatThereAreNone) {
    testing::FLAGS_gtest_death_test_style = "threadsafe";
    const std::string config = testing::TempDir() + "fangxin-no-fonts.conf";
    std::ofstream(config) << "<fontconfig></fontconfig>";
    const auto open_without_fonts = [&] {
        setenv("FONTCONFIG_FILE", config.c_str(), 1);
        const auto fonts = Fonts::open();
        std::fprintf(stderr, "code=%s", fonts ? "none" : fonts.error().code.c_str());
        std::exit(0);
    };
    EXPECT_EXIT(open_without_fonts(), testing::ExitedWithCode(0), "code=no_fonts");
}

}  // namespace fangxin::kit
