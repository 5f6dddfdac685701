// Renders the kit's gallery without a display: kit_gallery OUT_DIR. Prints how long frames take.
#include "terminal/kit/stage.hpp"
#include "tests/kit_gallery_pages.hpp"

#include <chrono>
#include <filesystem>
#include <fmt/format.h>

namespace {

using namespace fangxin;
using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

struct Look {
    const char* name;
    bool dark;
    bool large;
};

bool render(const std::shared_ptr<kit::GlyphCache>& glyphs, const gallery::Page& page, Look look,
            const std::filesystem::path& folder) {
    kit::Stage::Options options;
    options.design = page.size;
    options.settings.text_scale = look.large ? 1.25F : 1;
    options.settings.theme = look.dark ? &kit::Theme::dark() : &kit::Theme::light();
    kit::Stage stage(glyphs, options);
    stage.record();
    stage.play(page.draw, 250);
    const auto file = folder / fmt::format("{}.{}.png", page.name, look.name);
    const Clock::time_point start = Clock::now();
    const kit::Picture picture = stage.picture();
    fmt::print("{}: rasterised in {:.1f} ms\n", file.filename().string(), ms_since(start));
    for (const std::string& complaint : complaints(stage.log(), *options.settings.theme)) {
        fmt::print("  {}\n", complaint);
    }
    const auto written = kit::write_png(picture, file.string());
    if (!written) fmt::print(stderr, "kit_gallery: {}\n", written.error().detail);
    return written.has_value();
}

void measure_frame(const std::shared_ptr<kit::GlyphCache>& glyphs) {
    kit::Stage stage(glyphs, {});
    const auto draw = [](kit::Ui& ui) { gallery::draw_checkout_of(ui, 60); };
    stage.play(draw, 0);
    constexpr int frames = 500;
    const Clock::time_point start = Clock::now();
    for (int i = 0; i < frames; ++i)
        stage.play(draw, i);
    fmt::print("checkout with 60 lines: {:.3f} ms a frame\n", ms_since(start) / frames);
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        fmt::print(stderr, "usage: kit_gallery OUT_DIR\n");
        return 2;
    }
    const Clock::time_point start = Clock::now();
    auto fonts = kit::Fonts::open();
    if (!fonts) {
        fmt::print(stderr, "kit_gallery: {}: {}\n", fonts.error().code, fonts.error().detail);
        return 1;
    }
    const auto glyphs = std::make_shared<kit::GlyphCache>(*fonts);
    kit::Stage first(glyphs, {});
    first.play(gallery::draw_checkout, 0);
    fmt::print("fonts and first frame: {:.0f} ms\n", ms_since(start));
    const std::filesystem::path folder = arguments[1];
    std::filesystem::create_directories(folder);
    bool all_written = true;
    for (const gallery::Page& page : gallery::pages()) {
        for (const Look& look :
             {Look{"light", false, false}, Look{"dark", true, false}, Look{"large", false, true}}) {
            all_written = render(glyphs, page, look, folder) && all_written;
        }
    }
    measure_frame(glyphs);
    fmt::print("{} glyphs, {:.1f} MB\n", glyphs->glyph_count(),
               static_cast<double>(glyphs->memory_bytes()) / 1e6);
    return all_written ? 0 : 1;
}
