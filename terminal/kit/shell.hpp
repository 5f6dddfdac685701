// The windows of a program: the screen that is worked on and, where there is one, the customer's.
// Sleeps until something happens: an idle till draws no frames. Owned by main; everything but
// nudge() on the thread that opened it.
//
//     auto shell = kit::Shell::open({.title = "Fangxin"}, draw);
//     while ((*shell)->step() == kit::Shell::Went::on) { … answers of other threads … }
#pragma once

#include "terminal/kit/stage.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace fangxin::kit {

class Shell {
  public:
    struct Window {
        std::string title;
        Size design{1280, 800};
        bool full_screen = false;
        int display = 0;
        Settings settings{};
    };

    /// Errors: `no_display`, `no_opengl`, `no_fonts`.
    static Result<std::unique_ptr<Shell>> open(const Window& window, Draw draw);
    ~Shell();
    Shell(const Shell&) = delete;
    Shell& operator=(const Shell&) = delete;

    /// The customer's display. Touches on it go to its own screen, all keys to the first. A full
    /// screen is shown only on a display of its own, else it would lie over the first: it goes with
    /// that display and comes with it, also after `no_display`. Same errors as open().
    Result<void> open_second(const Window& window, Draw draw);

    enum class Went : std::uint8_t {
        on,
        close_asked,  ///< the person wants to close the window; the program may go on
    };
    /// Waits for something to happen, at most `longest_ms` (< 0: as long as it takes), and draws
    /// the windows that it changes.
    Went step(int longest_ms = -1);

    /// Ends the wait of step() and draws nothing: something happened that may change nothing on the
    /// screen (a ping, a weight nobody looks at); redraw() if it does. Any thread.
    static void nudge();
    /// Draws every window at the next step().
    void redraw();
    /// Prepares characters while nothing happens, so that the first frame that shows one is not
    /// late. Those that are not prepared are drawn all the same.
    void warm(std::u32string_view characters);

    Stage& stage();
    /// Null when there is none, or its display is gone. Starts with the settings of the first.
    Stage* second_stage();
    std::int64_t now_ms() const;
    std::uint64_t frames_drawn() const;
    /// Of the last frame: when all of it was handed to OpenGL, and when the swap came back.
    struct FrameTimes {
        std::chrono::steady_clock::time_point submitted;
        std::chrono::steady_clock::time_point swapped;
    };
    FrameTimes last_frame() const;
    /// What the first window shows.
    Picture capture();
    /// For tests: what the graphics card held is gone, as after a reset. The next frame finds out.
    void lose_context();
    /// See GlRenderer. For tests.
    std::size_t picture_textures() const;

  private:
    struct Impl;
    explicit Shell(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace fangxin::kit
