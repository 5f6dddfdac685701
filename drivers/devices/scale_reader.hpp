// A scale on the technician's desk: opened, asked as its protocol wants, read frame by frame. One
// thread.
#pragma once

#include "drivers/scales/scale_talk.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace fangxin::drivers {

class ScaleReader {
  public:
    /// Errors: those of open_device.
    static Result<ScaleReader> open(const DeviceAddress& address, const ScaleDriver& driver);

    /// The next frame. Errors: device_gone, write_timeout, and `silent` after `wait_ms`.
    Result<Reading> next(std::int64_t wait_ms);

  private:
    ScaleReader(std::unique_ptr<Transport> port, const ScaleDriver& driver, std::string name);

    std::unique_ptr<Transport> port_;
    ScaleTalk talk_;
    std::string name_;
};

}  // namespace fangxin::drivers
