#include "drivers/scanners/duplicate_scans.hpp"

#include <utility>

namespace fangxin::drivers {

Repetition DuplicateScans::judge(std::string_view text, std::int64_t now_ms) {
    std::int64_t passed_ms = now_ms - std::exchange(last_ms_, now_ms);
    if (text.empty() || text != last_) {
        last_ = text;
        return Repetition::other_code;
    }
    bool at_once = passed_ms >= 0 && passed_ms < within_ms_;
    return at_once ? Repetition::sent_twice : Repetition::second_item;
}

}  // namespace fangxin::drivers
