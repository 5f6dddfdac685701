#include "terminal/kit/key_times.hpp"

#include <SDL.h>
#include <SDL_syswm.h>

namespace fangxin::kit {

std::uint32_t ServerClock::ours(std::uint32_t server_ms, std::uint32_t heard_ms) {
    const std::uint32_t ahead = heard_ms - server_ms;
    const bool is_sooner = !ahead_ms_ || static_cast<std::int32_t>(ahead - *ahead_ms_) < 0;
    if (is_sooner) ahead_ms_ = ahead;
    return server_ms + *ahead_ms_;
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
            times.pressed_ms_ = times.clock_.ours(server_ms, SDL_GetTicks());
        }
#endif
        return 0;
    }
    const bool is_typed = event->type == SDL_KEYDOWN || event->type == SDL_TEXTINPUT;
    if (is_typed && times.pressed_ms_) event->common.timestamp = *times.pressed_ms_;
    return 1;
}

}  // namespace fangxin::kit
