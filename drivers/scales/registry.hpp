// Every kind of scale we can read, one row each. A constant table; any thread.
// To add a scale: a parser with feed and next, a row here, a capture in tests/captures.
#pragma once

#include "drivers/scales/reading.hpp"
#include "drivers/transports/serial.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace fangxin::drivers {

/// A parser whose protocol is known only when the program runs. One thread.
class ScaleParser {
  public:
    virtual ~ScaleParser() = default;
    virtual void feed(std::span<const std::byte> bytes) = 0;
    virtual std::optional<Reading> next() = 0;
};

struct ScaleDriver {
    std::string_view id;     ///< as in settings and on the command line
    std::string_view words;  ///< for the technician's list
    LineSettings line;       ///< as the scale leaves the factory
    std::unique_ptr<ScaleParser> (*make)() = nullptr;
};

std::span<const ScaleDriver> scale_drivers();

/// None if there is no such protocol.
const ScaleDriver* find_scale_driver(std::string_view id);

}  // namespace fangxin::drivers
