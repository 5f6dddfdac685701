#include "terminal/kit/key_times.hpp"

#include <SDL.h>
#include <SDL_syswm.h>
#include <chrono>

namespace fangxin::kit {

namespace {

std::uint32_t system_ms() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

}  // namespace

std::uint32_t ServerClock::ours(std::uint32_t server_ms, Moment heard) {
    const std::uint32_t ahead = heard.system_ms - server_ms;
    const bool is_sooner = !ahead_ms_ || static_cast<std::int32_t>(ahead - *ahead_ms_) < 0;
    if (is_sooner) ahead_ms_ = ahead;
    const std::uint32_t late = ahead - *ahead_ms_;
    return heard.sdl_ms - late;
}

KeyTimes::KeyTimes() {
    SDL_EventState(SDL_SYSWMEVENT, SDL_ENABLE);
    SDL_SetEventFilter(&KeyTimes::look_at, this);
}

KeyTimes::~KeyTimes() {
    SDL_SetEventFilter(nullptr, nullptr);
    SDL_EventState(SDL_SYSWMEVENT, SDL_DISABLE);
}

/// SDL shows what X sent just before it makes its own events of it. Nobody else wants to see that;
/// 0 throws it away.
int KeyTimes::look_at(void* self, SDL_Event* event) {
    auto& times = *static_cast<KeyTimes*>(self);
    if (event->type == SDL_SYSWMEVENT) {
#ifdef SDL_VIDEO_DRIVER_X11
        const SDL_SysWMmsg& message = *event->syswm.msg;
        if (message.subsystem == SDL_SYSWM_X11 && message.msg.x11.event.type == KeyPress) {
            const auto server_ms = static_cast<std::uint32_t>(message.msg.x11.event.xkey.time);
            times.pressed_ms_ = times.clock_.ours(server_ms, {system_ms(), SDL_GetTicks()});
        }
#endif
        return 0;
    }
    const bool is_typed = event->type == SDL_KEYDOWN || event->type == SDL_TEXTINPUT;
    if (is_typed && times.pressed_ms_) event->common.timestamp = *times.pressed_ms_;
    return 1;
}

}  // namespace fangxin::kit
