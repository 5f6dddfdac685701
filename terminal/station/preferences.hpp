// How this terminal shows and sounds, as the people who work at it set it: language, theme, size of
// text, volume, key caps. Kept in the terminal's own database; no op, for it is nobody's business.
// Main loop; save() hands the writing to the store thread.
#pragma once

#include "domain/receipt.hpp"
#include "sync/store/store_thread.hpp"

#include <cstdint>
#include <string>

namespace fangxin::terminal {

struct Preferences {
    domain::Language language = domain::Language::zh;
    bool dark = false;
    bool large_text = false;
    bool key_caps = true;
    std::int64_t volume = 70;  ///< 0 to 100
    std::string lately;        ///< numbers of those who worked here, the last first, blanks between
    bool operator==(const Preferences&) const = default;
};

/// What was saved; what was never saved, or cannot be read, as in `otherwise`.
Preferences load_preferences(sync::Database& reader, const Preferences& otherwise);
void save_preferences(sync::StoreThread& store, const Preferences& preferences);

}  // namespace fangxin::terminal
