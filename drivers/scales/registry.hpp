// Every kind of scale we can read, one row each. A constant table; any thread.
// To add a scale: its frames in protocols.cpp or a parser with feed and next, a row here, a capture
// in tests/captures.
#pragma once

#include "drivers/scales/scale_parser.hpp"
#include "drivers/transports/open_device.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace fangxin::drivers {

/// USB HID usage page of scales.
inline constexpr std::uint16_t scale_usage_page = 0x8D;

struct ScaleDriver {
    std::string id;       ///< as in settings and on the command line
    std::string words;    ///< for the technician's list
    std::string capture;  ///< in tests/captures, what such a scale sends
    Cable cable = Cable::serial;
    LineSettings line;  ///< as the scale leaves the factory
    std::function<std::unique_ptr<ScaleParser>()> make;
    /// What asks for one weight; empty: it sends by itself.
    std::string ask{};
    std::int64_t answer_ms = 1000;  ///< the whole answer is there by then, or it is lost
    /// What sets the scale to zero, takes tare of what lies on it, and forgets the tare; empty: it
    /// cannot be told.
    std::string zero{};
    std::string tare{};
    std::string clear_tare{};
    /// Frames that must agree before a mass counts as stable; more where the scale itself says
    /// nothing of motion.
    int stable_frames = 2;
};

std::span<const ScaleDriver> scale_drivers();

/// None if there is no such protocol.
const ScaleDriver* find_scale_driver(std::string_view id);

/// The row of this name, or what `profile:FILE` describes (profile.hpp).
/// Errors: bad_protocol, and those of read_scale_profile.
Result<ScaleDriver> scale_driver(std::string_view protocol);

}  // namespace fangxin::drivers
