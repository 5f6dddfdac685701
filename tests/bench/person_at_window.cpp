#include "tests/bench/person_at_window.hpp"

#include "tests/bench/bench.hpp"

#include <thread>

namespace fangxin::bench {

namespace {

SDL_Event key_event(SDL_Keycode key) {
    SDL_Event event{};
    event.key.type = SDL_KEYDOWN;
    event.key.timestamp = SDL_GetTicks();
    event.key.state = SDL_PRESSED;
    event.key.keysym.sym = key;
    event.key.keysym.scancode = SDL_GetScancodeFromKey(key);
    return event;
}

void push_text(char text) {
    SDL_Event event{};
    event.text.type = SDL_TEXTINPUT;
    event.text.timestamp = SDL_GetTicks();
    event.text.text[0] = text;
    SDL_PushEvent(&event);
}

}  // namespace

void PersonAtWindow::drew() {
    std::lock_guard lock(mutex_);
    auto frames = static_cast<std::int64_t>(shell_->frames_drawn());
    if (frames == frames_) return;
    frames_ = frames;
    last_ = shell_->last_frame();
    if (drawing_ != shown_) first_ = last_;
    shown_ = drawing_;
    drawn_.notify_all();
}

PersonAtWindow::Seen PersonAtWindow::answer_since(Clock::time_point pushed) {
    std::unique_lock lock(mutex_);
    auto answered = [&] { return last_.submitted > pushed; };
    if (!drawn_.wait_for(lock, std::chrono::seconds(1), answered)) {
        throw Failed("no frame answered");
    }
    return {ms_between(pushed, last_.submitted), ms_between(last_.submitted, last_.swapped)};
}

PersonAtWindow::Seen PersonAtWindow::sees(std::int64_t wanted, Clock::time_point since) {
    std::unique_lock lock(mutex_);
    auto shows = [&] { return shown_ == wanted && first_.submitted > since; };
    if (!drawn_.wait_for(lock, std::chrono::seconds(1), shows)) throw Failed("it was not shown");
    return {ms_between(since, first_.submitted), ms_between(first_.submitted, first_.swapped)};
}

PersonAtWindow::Seen PersonAtWindow::finger(Uint32 type, float x, float y) {
    SDL_Event event{};
    event.tfinger.type = type;
    event.tfinger.timestamp = SDL_GetTicks();
    event.tfinger.fingerId = 1;
    event.tfinger.x = x;
    event.tfinger.y = y;
    const auto pushed = Clock::now();
    SDL_PushEvent(&event);
    return answer_since(pushed);
}

PersonAtWindow::Seen PersonAtWindow::touch(float x, float y) {
    return finger(SDL_FINGERDOWN, x, y);
}

PersonAtWindow::Seen PersonAtWindow::lift(float x, float y) { return finger(SDL_FINGERUP, x, y); }

PersonAtWindow::Seen PersonAtWindow::press(SDL_Keycode key) {
    SDL_Event event = key_event(key);
    const auto pushed = Clock::now();
    SDL_PushEvent(&event);
    return answer_since(pushed);
}

PersonAtWindow::Seen PersonAtWindow::scan(const std::string& digits) {
    for (char digit : digits) {
        SDL_Event event = key_event(SDLK_0 + (digit - '0'));
        SDL_PushEvent(&event);
        push_text(digit);
    }
    return press(SDLK_RETURN);
}

std::int64_t PersonAtWindow::frames() {
    std::lock_guard lock(mutex_);
    return frames_;
}

Samples PersonAtWindow::bare_events(int rounds) {
    if (SDL_Init(SDL_INIT_VIDEO) != 0) throw Failed("no display", 3);
    SDL_Window* window = SDL_CreateWindow("floor", 0, 0, 1280, 800, 0);
    Samples took;
    std::mutex mutex;
    Clock::time_point pushed;
    std::thread person([&] {
        for (int i = 0; i <= rounds; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20 + i % 7 * 5));
            SDL_Event event{};
            event.type = i < rounds ? SDL_FINGERDOWN : SDL_QUIT;
            {
                std::lock_guard lock(mutex);
                pushed = Clock::now();
            }
            SDL_PushEvent(&event);
        }
    });
    SDL_Event event;
    while (SDL_WaitEvent(&event) != 0 && event.type != SDL_QUIT) {
        auto now = Clock::now();
        std::lock_guard lock(mutex);
        if (event.type == SDL_FINGERDOWN) took.add(ms_between(pushed, now));
    }
    person.join();
    SDL_DestroyWindow(window);
    SDL_Quit();
    return took;
}

}  // namespace fangxin::bench
