// What the leak sanitizer must not blame on us: fontconfig keeps parts of its configuration, and a
// graphics driver that was unloaded leaves blocks that no suppression can name any more, so that
// tests in real windows (VirtualDisplay sets SDL_VIDEODRIVER) run without the check.
#include <cstdlib>

// The names are the sanitizer's.
extern "C" {
// NOLINTNEXTLINE(bugprone-reserved-identifier,readability-identifier-naming)
const char* __lsan_default_suppressions() { return "leak:libfontconfig\n"; }
// NOLINTNEXTLINE(bugprone-reserved-identifier,readability-identifier-naming)
int __lsan_is_turned_off() { return std::getenv("SDL_VIDEODRIVER") != nullptr ? 1 : 0; }
}
