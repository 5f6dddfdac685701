// SDL's keyboard as our keys. Only Shell uses it.
#pragma once

#include "terminal/kit/edges.hpp"

#include <SDL.h>

namespace fangxin::kit {

/// Nothing for keys that mean nothing to us, and for combinations with Ctrl and Alt, but for
/// Ctrl+], by which scanners type the GS1 separator (U+001D): that comes as a text.
std::optional<Edge> edge_of(const SDL_KeyboardEvent& event);

}  // namespace fangxin::kit
