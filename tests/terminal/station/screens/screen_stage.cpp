#include "tests/terminal/station/screens/screen_stage.hpp"

#include "terminal/kit/fonts.hpp"

#include <memory>
#include <string>

namespace fangxin::terminal {

namespace {

kit::Stage::Options options(kit::Size size) {
    kit::Stage::Options options;
    options.design = size;
    return options;
}

std::shared_ptr<kit::GlyphCache> glyphs() {
    return std::make_shared<kit::GlyphCache>(*kit::Fonts::open());
}

}  // namespace

ScreenStage::ScreenStage(kit::Size size) : stage_(glyphs(), options(size)) { stage_.record(); }

void ScreenStage::play() {
    stage_.play([this](kit::Ui& ui) { body_(ui, ui.screen()); }, now_ms_ += 50);
}

bool ScreenStage::tap(std::string_view what) {
    play();
    const std::vector<kit::TargetEntry> targets = stage_.log().targets;
    for (const kit::TargetEntry& target : targets) {
        if (target.what != what) continue;
        stage_.tap(target.rect.center());
        play();
        return true;
    }
    // A key of a pad may not be in the log, but its words are.
    const std::vector<kit::TextEntry> texts = stage_.log().texts;
    for (const kit::TextEntry& text : texts) {
        if (text.text != what) continue;
        stage_.tap(text.ink.center());
        play();
        return true;
    }
    return false;
}

void ScreenStage::key(kit::Key key) {
    play();
    stage_.key(key);
    play();
}

void ScreenStage::type(std::string_view text) {
    play();
    stage_.type(text);
    play();
}

void ScreenStage::scan(std::string_view code) {
    play();
    stage_.edges().push(kit::Scan{std::string(code)});
    play();
}

bool ScreenStage::says(std::string_view words) {
    play();
    for (const kit::TextEntry& text : stage_.log().texts) {
        if (text.text.find(words) != std::string::npos) return true;
    }
    return false;
}

}  // namespace fangxin::terminal
