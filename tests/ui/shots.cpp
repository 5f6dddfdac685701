// fangxin-shots OUT_DIR [FILTER]: every row of the screen table in two languages and two themes, as
// <screen>.<state>.<lang>.<theme>.png. Needs no display.
#include "terminal/kit/fonts.hpp"
#include "terminal/kit/stage.hpp"
#include "tests/ui/screen_rows.hpp"

#include <cstdio>
#include <filesystem>
#include <fmt/format.h>

namespace {

using namespace fangxin;

struct Look {
    domain::Language language;
    const kit::Theme* theme;
};

bool shoot(const std::shared_ptr<kit::GlyphCache>& glyphs, const ui_rows::ScreenRow& row,
           kit::TextTable& texts, const Look& look, const std::filesystem::path& folder) {
    kit::Stage::Options options;
    options.design = row.design;
    options.settings.theme = look.theme;
    options.settings.key_caps = ui_rows::shows_key_caps(row);
    texts.speak(look.language);
    kit::Stage stage(glyphs, options);
    stage.play([&](kit::Ui& ui) { row.draw(ui, texts); }, 0);
    std::string file =
        fmt::format("{}.{}.{}.{}.png", row.screen, row.state, domain::to_text(look.language),
                    look.theme->is_dark() ? "dark" : "light");
    auto written = kit::write_png(stage.picture(), (folder / file).string());
    if (!written) fmt::print(stderr, "fangxin-shots: {}\n", written.error().detail);
    return written.has_value();
}

}  // namespace

int main(int count, char** arguments) {
    bool is_option = count > 1 && arguments[1][0] == '-';
    if (is_option || (count != 2 && count != 3)) {
        fmt::print(stderr, "usage: fangxin-shots OUT_DIR [FILTER]\n");
        return 2;
    }
    auto fonts = kit::Fonts::open();
    if (!fonts) {
        fmt::print(stderr, "fangxin-shots: {}: {}\n", fonts.error().code, fonts.error().detail);
        return 1;
    }
    auto glyphs = std::make_shared<kit::GlyphCache>(*fonts);
    auto texts = kit::TextTable::load(domain::Language::zh);
    std::filesystem::path folder = arguments[1];
    std::filesystem::create_directories(folder);
    std::string filter = count == 3 ? arguments[2] : "";
    bool all_written = true;
    std::size_t shots = 0;
    for (const auto& row : ui_rows::all_rows()) {
        if (fmt::format("{}.{}", row.screen, row.state).find(filter) == std::string::npos) continue;
        for (auto language : {domain::Language::zh, domain::Language::en}) {
            for (const auto* theme : {&kit::Theme::light(), &kit::Theme::dark()}) {
                all_written = shoot(glyphs, row, texts, {language, theme}, folder) && all_written;
                ++shots;
            }
        }
    }
    fmt::print("{} pictures in {}\n", shots, folder.string());
    return all_written ? 0 : 1;
}
