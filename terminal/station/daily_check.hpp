// The daily check of this terminal's scale with a known mass (WEIGH-3, standard 4.2.7): started by
// a person, moved on by the scale's readings, journalled when it ends. Owned by the till; main loop
// only.
#pragma once

#include "domain/weighing/check.hpp"
#include "drivers/scales/weighing_seal.hpp"
#include "terminal/station/scale_register.hpp"

#include <functional>
#include <optional>
#include <string>

namespace fangxin::terminal {

class DailyCheck {
  public:
    explicit DailyCheck(Station& station);
    /// Called at every step, and when it ends.
    void set_changed(std::function<void()> changed) { changed_ = std::move(changed); }

    struct Start {
        std::int64_t mass_mg = 0;
        const ScaleStanding& standing;
        const drivers::WeighingSeal& seal;
        bool connected = false;
    };
    /// Codes: `not_logged_in` `not_allowed` `no_scale` `scale_library`, those of a lock that no
    /// check opens (`scale_unregistered` `scale_elsewhere` `scale_other_device` `scale_not_bound`),
    /// `scale_class`, `check_mass` with the masses that it can be.
    Result<void> start(const Start& start);
    /// Every reading of the scale. One with which the check ends is journalled.
    void observe(const weighing::Reading& reading);
    /// The scale does not come to what the step waits for: it has failed. Code: `no_check`.
    Result<void> give_up();
    /// The person leaves it, or the scale is gone. Once the mass was seen that is to have failed:
    /// nobody walks away from what it showed.
    void leave();

    bool is_running() const { return check_ && check_->step() != weighing::CheckStep::done; }
    /// The one that runs or has ended last; none: not since the start of the program.
    const std::optional<weighing::ScaleCheck>& last() const { return check_; }
    /// Why the one that has ended could not be written; empty: it was.
    const std::string& trouble() const { return trouble_; }
    /// Of the last check at this terminal, in whose place the next begins; 0: none yet.
    std::int64_t last_mass_mg() const { return last_mass_mg_; }

  private:
    void end();

    Station& station_;
    std::function<void()> changed_;
    std::optional<weighing::ScaleCheck> check_;
    std::string instrument_;
    std::string library_;
    std::string trouble_;
    std::int64_t last_mass_mg_ = 0;
};

}  // namespace fangxin::terminal
