// The customers' check scale in its window: facts in, nothing but what was scanned or keyed out.
// Main loop only.
#pragma once

#include "terminal/checkout/fair_scale.hpp"
#include "terminal/kit/sounds.hpp"
#include "terminal/screens/fair_scale_view.hpp"

#include <string>
#include <utility>
#include <vector>

namespace fangxin::terminal {

class FairScaleDesk {
  public:
    FairScaleDesk(Station& station, Devices& devices);

    void play(kit::Ui& ui);
    void scanned(const std::string& code);

    StationEvents station_events();
    DeviceEvents device_events();
    kit::Sounds& sounds() { return sounds_; }
    bool take_changed() { return std::exchange(changed_, false); }
    static bool idle_work() { return false; }
    void close() { closed_ = true; }
    bool closed() const { return closed_; }
    static void apply_settings(kit::Settings& settings) { settings.key_caps = false; }

  private:
    fair::Facts facts() const;
    void answer(const fair::Facts& facts, const fair::Action& action);
    void forget();
    /// What one customer asked is not the next one's.
    void follow_time();

    Station& station_;
    Devices& devices_;
    FairScale fair_;
    kit::TextTable zh_;
    kit::TextTable en_;
    kit::Sounds sounds_;
    fair::State state_;
    std::vector<ToldWeight> told_;
    fair::Facts::Unread unread_ = fair::Facts::Unread::none;
    std::int64_t used_ms_ = 0;
    bool changed_ = true;
    bool closed_ = false;
};

}  // namespace fangxin::terminal
