#include "terminal/kit/stage.hpp"

#include "terminal/kit/soft_render.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace fangxin::kit {

Stage::Stage(std::shared_ptr<GlyphCache> glyphs, Options options)
    : design_(options.design), settings_(options.settings), canvas_(std::move(glyphs)) {
    resize(static_cast<int>(std::lround(design_.w)), static_cast<int>(std::lround(design_.h)));
}

void Stage::resize(int width_px, int height_px) {
    viewport_ = fit(design_, std::max(1, width_px), std::max(1, height_px));
}

void Stage::keyboard(const Edge& key_or_text, std::int64_t now_ms) {
    wedge_.feed(key_or_text, now_ms);
    for (Edge& edge : wedge_.take())
        edges_.push(std::move(edge));
}

void Stage::was_busy(std::int64_t ms) {
    if (memory_.last) memory_.last->shown_after(ms);
}

void Stage::play(const Draw& draw, std::int64_t now_ms) {
    wedge_.tick(now_ms);
    for (Edge& edge : wedge_.take())
        edges_.push(std::move(edge));
    while (const std::optional<Edge> edge = edges_.next()) {
        pass(draw, now_ms, nullptr);
        if (!is_of_a_taken_key(*edge)) pass(draw, now_ms, &*edge);
    }
    pass(draw, now_ms, nullptr);
}

/// A keyboard tells a key and then its text. A digit that opens a page with a field is not written
/// into that field: the text is wanted only where a field stood when the key was pressed.
bool Stage::is_of_a_taken_key(const Edge& edge) {
    const bool was_pressed = std::exchange(key_pressed_a_button_, false);
    if (const auto* press = std::get_if<KeyPress>(&edge)) {
        key_pressed_a_button_ = makes_text(press->key) && !memory_.text_is_taken;
    }
    return was_pressed && std::holds_alternative<Text>(edge);
}

void Stage::pass(const Draw& draw, std::int64_t now_ms, const Edge* edge) {
    canvas_.begin(viewport_);
    Ui ui({.canvas = canvas_,
           .memory = memory_,
           .settings = settings_,
           .design = design_,
           .now_ms = now_ms,
           .edge = edge,
           .log = is_recording_ ? &log_ : nullptr});
    draw(ui);
    ui.finish();
    wants_frame_ms_ = ui.wants_frame_ms();
}

std::optional<std::int64_t> Stage::wants_frame_ms() const {
    const std::optional<std::int64_t> wedge = wedge_.deadline_ms();
    if (!wedge) return wants_frame_ms_;
    return std::min(*wedge, wants_frame_ms_.value_or(*wedge));
}

void Stage::tap(Point at) {
    edges_.push(Press{at});
    edges_.push(Release{at});
}

Picture Stage::picture() const { return rasterise(canvas_, settings_.theme->of(Role::background)); }

}  // namespace fangxin::kit
