// Which readings of a camera's frames become scans: the two-frames-or-known rule, and one scan for
// a code that stays in view. Pure; the clock is passed in; one thread.
#pragma once

#include "drivers/pictures/decoder.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace fangxin::drivers {

struct ConfirmationRules {
    int agree_within_ms = 1500;  ///< two frames of an unsure reading, at most that far apart
    int gone_after_ms = 1000;    ///< so long unread, a code has left; then it is a scan again
};

class ReadConfirmation {
  public:
    /// Whether the shop sells something under this code; `]E0` and the text.
    using Known = std::function<bool(const std::string& as_scanned)>;

    explicit ReadConfirmation(Known known = {}, ConfirmationRules rules = {})
        : known_(std::move(known)), rules_(rules) {}

    /// One frame's reading, nothing if none. Gives it back if it is a scan: read by ZXing for sure,
    /// or of a known code, or read the same in two frames; and not the code that was there before.
    std::optional<Decoded> frame(const std::optional<Decoded>& reading, std::int64_t now_ms);

    /// Whether this code was a scan and has not left since.
    bool is_in_view(const std::string& as_scanned) const;

    /// Nothing is in view: the camera was lost, or its page opened anew.
    void forget();

  private:
    struct Sighting {
        std::string as_scanned;
        std::int64_t at_ms = 0;
    };
    bool stays_in_view(const std::string& as_scanned, std::int64_t now_ms);
    bool confirmed(const Decoded& reading, const std::string& as_scanned, std::int64_t now_ms);

    Known known_;
    ConfirmationRules rules_;
    std::vector<Sighting> in_view_;  ///< told, not yet gone
    std::optional<Sighting> once_;   ///< unsure, seen in one frame
};

}  // namespace fangxin::drivers
