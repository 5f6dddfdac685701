// Every screen in every state, both languages, at three scales, with large text, and with the keys
// named on the buttons or not: nothing cut, nothing over another, no target too small, no contrast
// too weak.
#include "terminal/kit/fonts.hpp"
#include "terminal/kit/stage.hpp"
#include "tests/ui/screen_rows.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <set>

namespace fangxin::ui_rows {
namespace {

/// Rows that got lost would be walked without a stumble.
constexpr std::size_t at_least = 300;

struct Look {
    domain::Language language = domain::Language::zh;
    float scale = 1;
    float text_scale = 1;
    const kit::Theme* theme = &kit::Theme::light();
    bool key_caps = true;
};

class LayoutWalk : public ::testing::Test {
  protected:
    LayoutWalk() : glyphs(std::make_shared<kit::GlyphCache>(*kit::Fonts::open())) {}

    std::string stumbles(const ScreenRow& row, const Look& look) {
        kit::Stage::Options options;
        options.design = row.design;
        options.settings.theme = look.theme;
        options.settings.text_scale = look.text_scale;
        options.settings.key_caps = look.key_caps;
        texts.speak(look.language);
        kit::Stage stage(glyphs, options);
        stage.resize(static_cast<int>(row.design.w * look.scale),
                     static_cast<int>(row.design.h * look.scale));
        stage.record();
        stage.play([&](kit::Ui& ui) { row.draw(ui, texts); }, 0);
        std::vector<std::string> found = kit::complaints(stage.log(), *look.theme);
        // A screen that draws nothing has nothing wrong with it either.
        if (stage.log().texts.empty()) found.emplace_back("says nothing");
        if (row.is_touched && stage.log().targets.empty()) found.emplace_back("takes no touch");
        std::string all;
        for (const std::string& each : found) {
            all += fmt::format("{}.{} {}{}: {}\n", row.screen, row.state,
                               domain::to_text(look.language), look.key_caps ? "" : " without keys",
                               each);
        }
        return all;
    }

    void walk(Look look) {
        const std::vector<ScreenRow> rows = all_rows();
        EXPECT_GE(rows.size(), at_least);
        std::string all;
        for (const bool key_caps : {true, false}) {
            look.key_caps = key_caps;
            for (const ScreenRow& row : rows)
                all += stumbles(row, look);
        }
        EXPECT_EQ(all, "");
    }

    std::shared_ptr<kit::GlyphCache> glyphs;
    kit::TextTable texts = kit::TextTable::load(domain::Language::zh);
};

TEST_F(LayoutWalk, ChineseLight) { walk({}); }
TEST_F(LayoutWalk, ChineseDark) { walk({.theme = &kit::Theme::dark()}); }
TEST_F(LayoutWalk, EnglishLight) { walk({.language = domain::Language::en}); }
TEST_F(LayoutWalk, EnglishDark) {
    walk({.language = domain::Language::en, .theme = &kit::Theme::dark()});
}
TEST_F(LayoutWalk, ChineseAtAQuarterMore) { walk({.scale = 1.25F}); }
TEST_F(LayoutWalk, EnglishAtHalfMore) { walk({.language = domain::Language::en, .scale = 1.5F}); }
TEST_F(LayoutWalk, ChineseInLargeText) { walk({.text_scale = 1.25F}); }
TEST_F(LayoutWalk, EnglishInLargeText) {
    walk({.language = domain::Language::en, .text_scale = 1.25F});
}

TEST_F(LayoutWalk, EveryRowHasANameOfItsOwn) {
    std::set<std::string> names;
    for (const ScreenRow& row : all_rows()) {
        EXPECT_TRUE(names.insert(row.screen + "." + row.state).second) << row.screen << row.state;
    }
    EXPECT_EQ(texts.trouble(), std::nullopt);
}

}  // namespace
}  // namespace fangxin::ui_rows
