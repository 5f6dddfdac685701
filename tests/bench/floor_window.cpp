#include "tests/bench/floor_window.hpp"

#include <SDL.h>
#include <SDL_opengl.h>
#include <filesystem>

namespace fangxin::bench {

std::vector<std::string> floor_window_command() {
    return {std::filesystem::read_symlink("/proc/self/exe").string(), "--floor-window"};
}

int run_floor_window() {
    if (SDL_Init(SDL_INIT_VIDEO) != 0) return 1;
    const int at = static_cast<int>(SDL_WINDOWPOS_CENTERED);
    SDL_Window* window = SDL_CreateWindow("floor", at, at, 1280, 800, SDL_WINDOW_OPENGL);
    SDL_GLContext context = window != nullptr ? SDL_GL_CreateContext(window) : nullptr;
    if (context == nullptr) return 1;
    auto clear_color = reinterpret_cast<void(APIENTRY*)(GLfloat, GLfloat, GLfloat, GLfloat)>(
        SDL_GL_GetProcAddress("glClearColor"));
    auto clear = reinterpret_cast<void(APIENTRY*)(GLbitfield)>(SDL_GL_GetProcAddress("glClear"));
    if (clear_color == nullptr || clear == nullptr) return 1;
    clear_color(1, 1, 1, 1);
    clear(GL_COLOR_BUFFER_BIT);
    SDL_GL_SwapWindow(window);
    SDL_Event event;
    while (SDL_WaitEvent(&event) != 0 && event.type != SDL_QUIT) {
    }
    SDL_Quit();
    return 0;
}

}  // namespace fangxin::bench
