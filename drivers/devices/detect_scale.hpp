// Which protocol a scale on a serial line speaks, found out by listening and then by asking. One
// thread.
#pragma once

#include "drivers/scales/registry.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fangxin::drivers {

struct FoundScale {
    ScaleDriver driver;  ///< with the line settings under which it was read
    Reading reading;     ///< the first
};

struct Detection {
    std::vector<FoundScale> scales;  ///< every protocol that fits what came
    std::string heard;               ///< what came by itself and was no scale's
    LineSettings line;               ///< under which that was heard
};

struct DetectTimes {
    std::int64_t listen_ms = 1500;  ///< slow ones send twice a second
    std::int64_t more_ms = 300;     ///< after the first that fits, for others that fit too
    std::int64_t answer_ms = 600;   ///< to a question, which is asked twice
};

/// Listens first: whoever sends by itself must not be interrupted. Bytes that are nobody's are
/// listened to under the other usual line settings. Only a silent line is asked, protocol by
/// protocol, each under its factory's settings (or only under `line`), and what answers one is not
/// asked another: `A` and `B` of a later question start a self-test in an 8217 scale. Two whole
/// frames are proof. Errors: those of open_device, device_gone, write_timeout.
Result<Detection> detect_scale(const DeviceAddress& address,
                               const std::optional<LineSettings>& line,
                               const DetectTimes& times = {});

}  // namespace fangxin::drivers
