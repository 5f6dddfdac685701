// Plays one view as a person meets it: taps at words, presses keys, keeps what came of it. Tests
// only.
#pragma once

#include "terminal/kit/stage.hpp"
#include "terminal/kit/text_table.hpp"

#include <functional>
#include <string_view>

namespace fangxin::terminal {

class ScreenStage {
  public:
    explicit ScreenStage(kit::Size size);

    using Body = std::function<void(kit::Ui&, kit::Rect)>;
    void show(Body body) { body_ = std::move(body); }
    void play();
    /// Taps the target that is called so. False: there is none.
    bool tap(std::string_view what);
    void key(kit::Key key);
    void type(std::string_view text);
    void scan(std::string_view code);
    /// Whether these words stand on the screen.
    bool says(std::string_view words);
    kit::Stage& stage() { return stage_; }

  private:
    kit::Stage stage_;
    Body body_;
    std::int64_t now_ms_ = 0;
};

}  // namespace fangxin::terminal
