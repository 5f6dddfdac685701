// Where a screen is played: the queue of edges, what lasts between frames, and the canvas that the
// last pass filled. It needs no window: Shell puts one in front of it, tests and screenshots use it
// as it is.
//
// An edge is fed to a pass only after a pass without one, so that it always meets the screen as it
// is now: a tap queued behind one that opens a dialog meets the dialog. All passes but the last are
// never shown. UI thread.
#pragma once

#include "terminal/kit/ui.hpp"
#include "terminal/kit/wedge.hpp"

#include <functional>
#include <memory>
#include <optional>

namespace fangxin::kit {

/// Presents a model, draws it and sends the action that came of it back to the model.
using Draw = std::function<void(Ui&)>;

class Stage {
  public:
    struct Options {
        Size design{1280, 800};
        Settings settings{};
    };
    Stage(std::shared_ptr<GlyphCache> glyphs, Options options);

    /// How many pixels there are; the design is fitted into them.
    void resize(int width_px, int height_px);
    const Viewport& viewport() const { return viewport_; }
    Settings& settings() { return settings_; }
    const Settings& settings() const { return settings_; }

    EdgeQueue& edges() { return edges_; }
    /// A key or text of the keyboard, which may turn out to be a scanner's.
    void keyboard(const Edge& key_or_text, std::int64_t now_ms);

    /// Nobody listened for so long: answers were computed, a frame was shown.
    void was_busy(std::int64_t ms);
    /// Nobody listened to the keyboard for so long, and keys do not say when they were pressed.
    void heard_no_keys(std::int64_t ms) { wedge_.skip(ms); }

    /// Feeds every waiting edge, one a pass, then draws what is to be shown.
    void play(const Draw& draw, std::int64_t now_ms);
    /// When play() is wanted again though nothing happens, if at all.
    std::optional<std::int64_t> wants_frame_ms() const;

    const Canvas& canvas() const { return canvas_; }
    /// What the last pass laid out, when record() was called.
    void record() { is_recording_ = true; }
    const LayoutLog& log() const { return log_; }
    Memory& memory() { return memory_; }

    /// For tests and screenshots: what a person does, in design units; then play().
    void tap(Point at);
    void key(Key key) { edges_.push(KeyPress{key, false}); }
    void type(std::string_view text) { edges_.push(Text{std::string(text)}); }
    /// What play() drew, without any display.
    Picture picture() const;

  private:
    void pass(const Draw& draw, std::int64_t now_ms, const Edge* edge);
    bool is_of_a_taken_key(const Edge& edge);

    Size design_;
    Settings settings_;
    Viewport viewport_;
    EdgeQueue edges_;
    WedgeDetector wedge_;
    Memory memory_;
    Canvas canvas_;
    LayoutLog log_;
    bool is_recording_ = false;
    bool key_pressed_a_button_ = false;  ///< its text, which follows it, is for no field
    std::optional<std::int64_t> wants_frame_ms_;
};

}  // namespace fangxin::kit
