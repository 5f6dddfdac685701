#include "terminal/kit/sdl_keys.hpp"

namespace fangxin::kit {

namespace {

Key in_row(SDL_Keycode code, SDL_Keycode first, Key first_key) {
    return static_cast<Key>(static_cast<int>(first_key) + (code - first));
}

Key key_of(SDL_Keycode code) {
    if (code >= SDLK_F1 && code <= SDLK_F12) return in_row(code, SDLK_F1, Key::f1);
    if (code >= SDLK_0 && code <= SDLK_9) return in_row(code, SDLK_0, Key::digit_0);
    if (code >= SDLK_a && code <= SDLK_z) return in_row(code, SDLK_a, Key::a);
    if (code >= SDLK_KP_1 && code <= SDLK_KP_9) return in_row(code, SDLK_KP_1, Key::digit_1);
    switch (code) {
        case SDLK_KP_0:
            return Key::digit_0;
        case SDLK_PERIOD:
        case SDLK_KP_PERIOD:
            return Key::dot;
        case SDLK_PLUS:
        case SDLK_KP_PLUS:
            return Key::plus;
        case SDLK_MINUS:
        case SDLK_KP_MINUS:
            return Key::minus;
        case SDLK_SPACE:
            return Key::space;
        case SDLK_RETURN:
        case SDLK_KP_ENTER:
            return Key::enter;
        case SDLK_ESCAPE:
            return Key::escape;
        case SDLK_TAB:
            return Key::tab;
        case SDLK_BACKSPACE:
            return Key::backspace;
        case SDLK_DELETE:
            return Key::remove;
        case SDLK_UP:
            return Key::up;
        case SDLK_DOWN:
            return Key::down;
        case SDLK_LEFT:
            return Key::left;
        case SDLK_RIGHT:
            return Key::right;
        case SDLK_PAGEUP:
            return Key::page_up;
        case SDLK_PAGEDOWN:
            return Key::page_down;
        case SDLK_HOME:
            return Key::home;
        case SDLK_END:
            return Key::end;
        default:
            return Key::none;
    }
}

}  // namespace

std::optional<Edge> edge_of(const SDL_KeyboardEvent& event) {
    const SDL_Keycode code = event.keysym.sym;
    const bool control = (event.keysym.mod & KMOD_CTRL) != 0;
    if (control && code == SDLK_RIGHTBRACKET) return Text{"\x1d"};
    if (control || (event.keysym.mod & KMOD_ALT) != 0) return std::nullopt;
    Key key = key_of(code);
    const bool shift = (event.keysym.mod & KMOD_SHIFT) != 0;
    if (shift && code == SDLK_EQUALS) key = Key::plus;  // the key is named by its lower sign
    if (shift && key == Key::tab) key = Key::back_tab;
    if (key == Key::none) return std::nullopt;
    return KeyPress{key, event.repeat != 0};
}

}  // namespace fangxin::kit
