#include "terminal/kit/shell.hpp"

#include "domain/check.hpp"
#include "terminal/kit/gl_renderer.hpp"
#include "terminal/kit/key_times.hpp"
#include "terminal/kit/sdl_keys.hpp"

#include <SDL.h>
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <vector>

namespace fangxin::kit {

namespace {

constexpr int warm_at_once = 24;  // glyphs, about a millisecond
constexpr std::int64_t context_again_ms = 500;

Uint32 nudge_event() {
    static const Uint32 type = SDL_RegisterEvents(1);
    return type;
}

/// One window and the stage behind it.
struct Pane {
    SDL_Window* window = nullptr;
    std::unique_ptr<Stage> stage;
    Draw draw;
    bool is_stale = true;
    std::optional<std::int64_t> again_ms;  ///< it could not be shown

    Pane() = default;
    Pane(const Pane&) = delete;
    Pane& operator=(const Pane&) = delete;
    ~Pane() {
        if (window != nullptr) SDL_DestroyWindow(window);
    }

    void fit_stage() const {
        int w = 0;
        int h = 0;
        SDL_GL_GetDrawableSize(window, &w, &h);
        stage->resize(w, h);
    }
    Point to_design(float x, float y) const { return stage->viewport().to_design({x, y}); }
    std::optional<std::int64_t> wants_frame_ms() const {
        const auto at = stage->wants_frame_ms();
        return again_ms && at ? std::min(again_ms, at) : std::max(again_ms, at);
    }
    bool is_due(std::int64_t now_ms) const {
        const auto at = wants_frame_ms();
        return is_stale || (at && *at <= now_ms);
    }
};

Result<void> make_window(Pane& pane, const Shell::Window& wanted) {
    Uint32 flags = SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI;
    if (wanted.full_screen) flags |= SDL_WINDOW_FULLSCREEN_DESKTOP;
    const int at = static_cast<int>(SDL_WINDOWPOS_CENTERED_DISPLAY(wanted.display));
    pane.window = SDL_CreateWindow(wanted.title.c_str(), at, at,
                                   static_cast<int>(std::lround(wanted.design.w)),
                                   static_cast<int>(std::lround(wanted.design.h)), flags);
    if (pane.window == nullptr) return failure("no_opengl", SDL_GetError());
    return {};
}

void set_hints() {
    // A finger is a finger and a mouse a mouse; synthesised events would count taps twice.
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
    SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
}

/// One that says when the graphics card was reset, where the driver can; SDL makes none if not.
SDL_GLContext make_context(SDL_Window* window) {
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_FLAGS, SDL_GL_CONTEXT_ROBUST_ACCESS_FLAG);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_RESET_NOTIFICATION, SDL_GL_CONTEXT_RESET_LOSE_CONTEXT);
    SDL_GLContext context = SDL_GL_CreateContext(window);
    if (context == nullptr) {
        SDL_GL_SetAttribute(SDL_GL_CONTEXT_FLAGS, 0);
        SDL_GL_SetAttribute(SDL_GL_CONTEXT_RESET_NOTIFICATION,
                            SDL_GL_CONTEXT_RESET_NO_NOTIFICATION);
        context = SDL_GL_CreateContext(window);
    }
    if (context != nullptr) SDL_GL_SetSwapInterval(1);
    return context;
}

/// SDL's video system for as long as a shell lives.
struct Video {
    bool is_on = false;
    Video() = default;
    Video(const Video&) = delete;
    Video& operator=(const Video&) = delete;
    ~Video() {
        if (is_on) SDL_QuitSubSystem(SDL_INIT_VIDEO);
    }
};

}  // namespace

struct Shell::Impl {
    Video video;  // goes last
    std::unique_ptr<KeyTimes> key_times;
    std::shared_ptr<GlyphCache> glyphs;
    Pane first;
    std::unique_ptr<Pane> second;
    std::optional<std::pair<Window, Draw>> second_wanted;  ///< opened when its display comes
    SDL_GLContext context = nullptr;
    std::unique_ptr<GlRenderer> renderer;
    std::uint64_t frames = 0;
    FrameTimes last_frame;
    std::int64_t listened_until_ms = 0;
    bool close_asked = false;
    bool is_warming = false;

    Impl() = default;
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() {
        renderer.reset();
        if (context != nullptr) SDL_GL_DeleteContext(context);
    }

    std::int64_t now() const { return static_cast<std::int64_t>(SDL_GetTicks64()); }

    void set_up(Pane& pane, const Window& window, Draw draw) const {
        pane.stage =
            std::make_unique<Stage>(glyphs, Stage::Options{window.design, window.settings});
        pane.draw = std::move(draw);
        pane.fit_stage();
    }

    /// Null: of a window that is gone, and so is what was meant there. Not every touch screen says
    /// which window it lies under (0).
    Pane* pane_of(Uint32 window_id) {
        if (window_id == 0 || SDL_GetWindowID(first.window) == window_id) return &first;
        if (second && SDL_GetWindowID(second->window) == window_id) return second.get();
        return nullptr;
    }

    void take(const SDL_Event& event) {
        switch (event.type) {
            case SDL_QUIT:
                close_asked = true;
                break;
            case SDL_WINDOWEVENT:
                take_window(event.window);
                break;
            case SDL_FINGERDOWN:
            case SDL_FINGERMOTION:
            case SDL_FINGERUP:
                take_finger(event.tfinger);
                break;
            case SDL_MOUSEBUTTONDOWN:
            case SDL_MOUSEBUTTONUP:
                take_button(event.button);
                break;
            case SDL_MOUSEMOTION:
                take_motion(event.motion);
                break;
            case SDL_MOUSEWHEEL:
                take_wheel(event.wheel);
                break;
            case SDL_KEYDOWN:
                if (const auto edge = edge_of(event.key)) take_key(*edge, event.key.timestamp);
                break;
            case SDL_TEXTINPUT:
                take_key(Text{static_cast<const char*>(event.text.text)}, event.text.timestamp);
                break;
            case SDL_DISPLAYEVENT:
                take_display(event.display);
                break;
            default:
                break;
        }
    }

    /// Only a full screen needs a display of its own: it would come to lie over the first window.
    Result<void> open_second() {
        const auto& [window, draw] = *second_wanted;
        const int displays = SDL_GetNumVideoDisplays();
        if (window.full_screen && window.display >= displays) {
            return failure("no_display", fmt::format("{} attached, number {} is wanted for {}",
                                                     displays, window.display + 1, window.title));
        }
        auto pane = std::make_unique<Pane>();
        if (auto made = make_window(*pane, window); !made) return made;
        set_up(*pane, window, draw);
        pane->stage->settings() = first.stage->settings();
        second = std::move(pane);
        SDL_RaiseWindow(first.window);  // where there is one display, it would lie under the second
        return {};
    }

    /// Its number counts those that were there before it came or went.
    void take_display(const SDL_DisplayEvent& event) {
        if (!second_wanted || !second_wanted->first.full_screen) return;
        const int wanted = second_wanted->first.display;
        const bool is_gone =
            static_cast<int>(event.display) == wanted || SDL_GetNumVideoDisplays() <= wanted;
        if (second && event.event == SDL_DISPLAYEVENT_DISCONNECTED && is_gone) {
            SDL_GL_MakeCurrent(first.window, context);
            second.reset();
            first.is_stale = true;
        }
        // Should it fail, the next display that comes is the next chance.
        if (!second && event.event == SDL_DISPLAYEVENT_CONNECTED) (void)open_second();
    }

    void redraw() {
        first.is_stale = true;
        if (second) second->is_stale = true;
    }

    void take_window(const SDL_WindowEvent& event) {
        Pane* pane = pane_of(event.windowID);
        if (pane == nullptr) return;
        switch (event.event) {
            case SDL_WINDOWEVENT_SIZE_CHANGED:
            case SDL_WINDOWEVENT_EXPOSED:
            case SDL_WINDOWEVENT_RESTORED:
            case SDL_WINDOWEVENT_SHOWN:
                pane->fit_stage();
                pane->is_stale = true;
                break;
            case SDL_WINDOWEVENT_FOCUS_LOST:
                if (SDL_GetKeyboardFocus() != nullptr) break;  // the other of ours has it now
                first.stage->edges().cancel();
                if (second) second->stage->edges().cancel();
                redraw();
                break;
            case SDL_WINDOWEVENT_CLOSE:
                if (pane == &first) close_asked = true;
                break;
            default:
                break;
        }
    }

    void take_finger(const SDL_TouchFingerEvent& event) {
        SDL_ShowCursor(SDL_DISABLE);
        Pane* pane = pane_of(event.windowID);
        if (pane == nullptr) return;
        const Viewport& view = pane->stage->viewport();
        const Point at = pane->to_design(event.x * static_cast<float>(view.width_px),
                                         event.y * static_cast<float>(view.height_px));
        const EdgeQueue::Pointer finger{EdgeQueue::Device::finger, event.fingerId};
        EdgeQueue& edges = pane->stage->edges();
        const std::size_t before = edges.size();
        if (event.type == SDL_FINGERDOWN) edges.down(finger, at, now());
        if (event.type == SDL_FINGERMOTION) edges.moved(finger, at, now());
        if (event.type == SDL_FINGERUP) edges.up(finger, at);
        pane->is_stale = pane->is_stale || edges.size() != before;
    }

    void take_button(const SDL_MouseButtonEvent& event) {
        if (event.button != SDL_BUTTON_LEFT) return;
        Pane* pane = pane_of(event.windowID);
        if (pane == nullptr) return;
        const Point at = mouse_place(*pane, event.x, event.y);
        const EdgeQueue::Pointer mouse{EdgeQueue::Device::mouse, 0};
        if (event.type == SDL_MOUSEBUTTONDOWN) pane->stage->edges().down(mouse, at, now());
        if (event.type == SDL_MOUSEBUTTONUP) pane->stage->edges().up(mouse, at);
        pane->is_stale = true;
    }

    void take_motion(const SDL_MouseMotionEvent& event) {
        SDL_ShowCursor(SDL_ENABLE);
        if ((event.state & SDL_BUTTON_LMASK) == 0) return;  // nothing hovers: no frame for it
        Pane* pane = pane_of(event.windowID);
        if (pane == nullptr) return;
        pane->stage->edges().moved({EdgeQueue::Device::mouse, 0},
                                   mouse_place(*pane, event.x, event.y), now());
        pane->is_stale = true;
    }

    void take_wheel(const SDL_MouseWheelEvent& event) {
        Pane* pane = pane_of(event.windowID);
        if (pane == nullptr) return;
        const Point at = mouse_place(*pane, event.mouseX, event.mouseY);
        pane->stage->edges().push(Wheel{at, static_cast<float>(-event.y)});
        pane->is_stale = true;
    }

    /// Whichever window has the system's focus, the keyboard and the scanner are the cashier's.
    void take_key(const Edge& edge, Uint32 timestamp) {
        const Uint32 ago = SDL_GetTicks() - timestamp;
        first.stage->keyboard(edge, now() - static_cast<std::int64_t>(ago));
        first.is_stale = first.is_stale || !first.stage->edges().empty();
    }

    /// Mouse places come in window units, which are not pixels on a panel of high density.
    static Point mouse_place(const Pane& pane, int x, int y) {
        int w = 1;
        int h = 1;
        SDL_GetWindowSize(pane.window, &w, &h);
        const Viewport& view = pane.stage->viewport();
        const auto scaled = [](int at, int pixels, int units) {
            return static_cast<float>(at) * static_cast<float>(pixels) /
                   static_cast<float>(std::max(1, units));
        };
        return pane.to_design(scaled(x, view.width_px, w), scaled(y, view.height_px, h));
    }

    /// What people and scanners did meanwhile is read only now, all at once.
    void was_busy(std::int64_t ms) const {
        first.stage->was_busy(ms);
        if (second) second->stage->was_busy(ms);
        if (!key_times->are_known()) first.stage->heard_no_keys(ms);
    }

    /// False: the context is lost, or none could be made.
    bool draw_on(const Pane& pane) {
        if (context == nullptr || SDL_GL_MakeCurrent(pane.window, context) != 0) return false;
        if (renderer->is_lost()) return false;
        const Stage& stage = *pane.stage;
        renderer->draw(stage.canvas(), stage.settings().theme->of(Role::background));
        return !renderer->is_lost();
    }

    void show(Pane& pane) {
        pane.is_stale = false;
        pane.again_ms.reset();
        // A key that came since is still to be read: until then nothing is known of it.
        pane.stage->play(pane.draw, listened_until_ms);
        if (!draw_on(pane) && !(renew() && draw_on(pane))) {
            pane.again_ms = now() + context_again_ms;  // the card may not be back yet
            return;
        }
        last_frame.submitted = std::chrono::steady_clock::now();
        SDL_GL_SwapWindow(pane.window);
        last_frame.swapped = std::chrono::steady_clock::now();
        ++frames;
    }

    bool renew() {
        if (context != nullptr) SDL_GL_DeleteContext(context);
        context = make_context(first.window);
        if (context == nullptr) return false;
        renderer->start_over(*glyphs);
        redraw();
        return true;
    }

    /// How long nothing needs to be done; -1: until something happens.
    int idle_ms(int longest_ms) const {
        std::int64_t wait = longest_ms < 0 ? INT32_MAX : longest_ms;
        for (const Pane* pane : {&first, static_cast<const Pane*>(second.get())}) {
            if (pane == nullptr) continue;
            if (pane->is_stale) return 0;
            if (const auto at = pane->wants_frame_ms()) wait = std::min(wait, *at - now());
        }
        if (wait >= INT32_MAX) return -1;
        return static_cast<int>(std::max<std::int64_t>(wait, 0));
    }

    void wait(int longest_ms) {
        was_busy(now() - listened_until_ms);
        listen(longest_ms);
        listened_until_ms = now();
    }

    void listen(int longest_ms) {
        SDL_Event event;
        int idle = idle_ms(longest_ms);
        while (is_warming && idle != 0 && SDL_PollEvent(nullptr) == 0) {
            is_warming = glyphs->warm(warm_at_once);
            idle = idle_ms(longest_ms);
        }
        const std::int64_t began = now();
        bool any = idle < 0 ? SDL_WaitEvent(&event) != 0 : SDL_WaitEventTimeout(&event, idle) != 0;
        if (!any && idle >= 0) {
            // On a busy machine the wait ends late, and what came in time is still to be read.
            was_busy(std::max<std::int64_t>(0, now() - began - idle));
            any = SDL_PollEvent(&event) != 0;
        }
        if (!any) return;
        do {
            take(event);
        } while (SDL_PollEvent(&event) != 0);
    }
};

Shell::Shell(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Shell::~Shell() = default;

Result<std::unique_ptr<Shell>> Shell::open(const Window& window, Draw draw) {
    auto impl = std::make_unique<Impl>();
    auto fonts = Fonts::open();
    if (!fonts) return tl::unexpected(fonts.error());
    impl->glyphs = std::make_shared<GlyphCache>(*fonts);
    set_hints();
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) {
        return failure("no_display", fmt::format("{}; is a screen attached?", SDL_GetError()));
    }
    impl->video.is_on = true;
    impl->key_times = std::make_unique<KeyTimes>();
    if (SDL_GL_LoadLibrary(nullptr) != 0) return failure("no_opengl", SDL_GetError());
    if (auto made = make_window(impl->first, window); !made) return tl::unexpected(made.error());
    impl->context = make_context(impl->first.window);
    if (impl->context == nullptr) {
        return failure("no_opengl", fmt::format("{}; OpenGL 3.3 is needed", SDL_GetError()));
    }
    auto renderer = GlRenderer::make();
    if (!renderer) return tl::unexpected(renderer.error());
    impl->renderer = std::move(*renderer);
    impl->set_up(impl->first, window, std::move(draw));
    nudge_event();  // registered here, before another thread may push one
    SDL_StartTextInput();
    impl->listened_until_ms = impl->now();
    return std::unique_ptr<Shell>(new Shell(std::move(impl)));
}

Result<void> Shell::open_second(const Window& window, Draw draw) {
    impl_->second_wanted.emplace(window, std::move(draw));
    return impl_->open_second();
}

Shell::Went Shell::step(int longest_ms) {
    Impl& impl = *impl_;
    impl.close_asked = false;
    impl.wait(longest_ms);
    const std::int64_t now = impl.listened_until_ms;
    if (impl.first.is_due(now)) impl.show(impl.first);
    if (impl.second && impl.second->is_due(now)) impl.show(*impl.second);
    return impl.close_asked ? Went::close_asked : Went::on;
}

void Shell::nudge() {
    SDL_Event event{};
    event.type = nudge_event();
    SDL_PushEvent(&event);
}

void Shell::redraw() { impl_->redraw(); }

void Shell::warm(std::u32string_view characters) {
    const float scale = impl_->first.stage->viewport().scale;
    GlyphRequest like;
    for (const float size : {24.0F, 20.0F}) {
        like.size_64ths = static_cast<std::uint16_t>(std::lround(size * scale * 64));
        impl_->glyphs->want(characters, like);
    }
    impl_->is_warming = true;
}

Stage& Shell::stage() { return *impl_->first.stage; }
Stage* Shell::second_stage() { return impl_->second ? impl_->second->stage.get() : nullptr; }
std::int64_t Shell::now_ms() const { return impl_->now(); }
std::uint64_t Shell::frames_drawn() const { return impl_->frames; }
Shell::FrameTimes Shell::last_frame() const { return impl_->last_frame; }

Picture Shell::capture() {
    Impl& impl = *impl_;
    const Stage& stage = *impl.first.stage;
    if (!impl.draw_on(impl.first)) return {};
    return impl.renderer->read_back(stage.viewport().width_px, stage.viewport().height_px);
}

void Shell::lose_context() { impl_->renderer->lose(); }

std::size_t Shell::picture_textures() const { return impl_->renderer->picture_textures(); }

}  // namespace fangxin::kit
