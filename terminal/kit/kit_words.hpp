// The words that the kit's own widgets say: dialogs, lists, the keyboard. A screen's words stand
// where the screen says them. Constants; any thread.
#pragma once

#include "terminal/kit/text_table.hpp"

namespace fangxin::kit::words {

// Dialogs.
inline constexpr Msgid ok{"OK"};
inline constexpr Msgid cancel{"Cancel"};
inline constexpr Msgid confirm{"Confirm"};
inline constexpr Msgid close{"Close"};
inline constexpr Msgid back{"Back"};
inline constexpr Msgid yes{"Yes"};
inline constexpr Msgid no{"No"};
inline constexpr Msgid retry{"Try again"};
inline constexpr Msgid please_wait{"Please wait…"};

// Lists and tables.
inline constexpr Msgid search{"Search"};
inline constexpr Msgid filter{"Filter"};
inline constexpr Msgid clear{"Clear"};
inline constexpr Msgid all{"of a filter", "All"};
inline constexpr Msgid nothing_found{"Nothing found"};
inline constexpr Msgid page_of{"Page {} of {}"};
inline constexpr Msgid previous_page{"Previous page"};
inline constexpr Msgid next_page{"Next page"};

// Keypad and keyboard.
inline constexpr Msgid done{"of a keyboard", "Done"};
inline constexpr Msgid erase{"of a keyboard", "Delete"};
inline constexpr Msgid space{"of a keyboard", "Space"};
inline constexpr Msgid shift{"of a keyboard", "Shift"};
inline constexpr Msgid no_pinyin{"Pinyin is not available here: write in Latin letters"};

// Sounds and devices.
inline constexpr Msgid no_sound{"No sound device: watch the screen"};
inline constexpr Msgid volume{"Volume"};

}  // namespace fangxin::kit::words
