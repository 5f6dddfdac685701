// A scale's language when it is known only while the program runs: bytes in, readings out. Made by
// the registry's rows, owned by the device (scale.hpp); one thread.
#pragma once

#include "drivers/scales/reading.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace fangxin::drivers {

class ScaleParser {
  public:
    virtual ~ScaleParser() = default;
    /// Whatever came, in any slices.
    virtual void feed(std::span<const std::byte> bytes) = 0;
    /// The oldest reading not yet given; empty until more bytes come. `at_ms` is 0.
    virtual std::optional<Reading> next() = 0;
    /// What the scale now waits for in the middle of a conversation, such as DC1 after its ACK;
    /// mostly nothing. Given once.
    virtual std::string reply() { return {}; }
    /// What it waited for in such a conversation does not come. True: it makes do without, and
    /// next() has a reading.
    virtual bool give_up() { return false; }
    /// Bytes and readings held, for the tests of the bound.
    virtual std::size_t held() const = 0;
};

}  // namespace fangxin::drivers
