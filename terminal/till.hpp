// A till, whole but for how people and scripts work at it: the station, its devices, the checkout
// and the scale between them, with its daily check. The headless interface and the windows each put
// themselves in front. Owned by the program; main loop only.
#pragma once

#include "terminal/checkout/checkout.hpp"
#include "terminal/checkout/weighing_report.hpp"
#include "terminal/station/daily_check.hpp"
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
    DailyCheck& daily_check() { return *check_; }
    /// Codes of DailyCheck::start().
    Result<void> check_scale(std::int64_t mass_mg);
    /// By whoever is logged in, if he may, else by `other`, whose PIN was asked on the spot. Codes
    /// of ScaleRegister::bind(), `not_logged_in`, `needs_second_person`.
    Result<void> bind_scale(const std::string& reason, const std::optional<domain::Person>& other);
    /// What is sealed and registered, for paper (WEIGH-4).
    WeighingReport weighing_report();
    /// Of the scale at this till, for X and Z reports; empty: it has none.
    std::vector<domain::ReceiptLine> sealed_lines();
    /// Into the printer's queue. Codes: `no_scale` `no_printer`.
    Result<void> print_seal();
    /// After whatever has happened: the register, and the customer's pole display.
    void follow();

  private:
    Till() = default;
    void refresh_pole();
    void watch_check();

    std::unique_ptr<Station> station_;
    std::unique_ptr<DailyCheck> check_;
    std::unique_ptr<Devices> devices_;
    std::optional<ScalePort> scale_;
    std::unique_ptr<Checkout> checkout_;
    std::string checked_by_;  ///< who began the check that runs
    std::string greeting_;    ///< the shop's name, once it is known
};

}  // namespace fangxin::terminal
