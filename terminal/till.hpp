// A till, whole but for how people and scripts work at it: the station, its devices, the checkout
// and the scale between them. The headless interface and the windows each put themselves in front.
// Owned by the program; main loop only.
#pragma once

#include "terminal/checkout/checkout.hpp"
#include "terminal/station/devices.hpp"
#include "terminal/station/program.hpp"

#include <functional>
#include <memory>
#include <optional>

namespace fangxin::terminal {

class Till {
  public:
    /// `events` is asked for what to do when a device tells something; the till that it is given
    /// has its station, and has the rest by the time that anything is told. Errors of
    /// open_program() and Devices::make().
    static Result<std::unique_ptr<Till>> open(const ProgramOptions& options,
                                              const std::function<DeviceEvents(Till&)>& events);

    Station& station() { return *station_; }
    Devices& devices() { return *devices_; }
    Checkout& checkout() { return *checkout_; }
    /// After whatever has happened: the customer's pole display follows.
    void refresh_pole();

  private:
    Till() = default;

    std::unique_ptr<Station> station_;
    std::unique_ptr<Devices> devices_;
    std::optional<ScalePort> scale_;
    std::unique_ptr<Checkout> checkout_;
    std::string greeting_;  ///< the shop's name, once it is known
};

}  // namespace fangxin::terminal
