// A stage for tests, with fonts opened once for the whole program.
#pragma once

#include "terminal/kit/stage.hpp"

#include <cstdio>
#include <cstdlib>
#include <memory>

namespace fangxin::kit {

inline std::shared_ptr<Fonts> test_fonts() {
    static const std::shared_ptr<Fonts> fonts = [] {
        auto opened = Fonts::open();
        if (!opened) {
            std::fprintf(stderr, "no fonts: %s\n", opened.error().detail.c_str());
            std::abort();
        }
        return *opened;
    }();
    return fonts;
}

inline std::shared_ptr<GlyphCache> test_glyphs() {
    static const auto glyphs = std::make_shared<GlyphCache>(test_fonts());
    return glyphs;
}

inline std::unique_ptr<Stage> test_stage(Stage::Options options = {}) {
    auto stage = std::make_unique<Stage>(test_glyphs(), options);
    stage->record();
    return stage;
}

}  // namespace fangxin::kit
