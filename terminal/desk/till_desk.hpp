// The till in its windows: which screen is shown, what it is told, and what it asks done. The
// headless interface stands at the same place before the same till. Main loop only.
#pragma once

#include "terminal/desk/admin_desk.hpp"
#include "terminal/desk/checkout_desk.hpp"
#include "terminal/desk/drawer_desk.hpp"
#include "terminal/station/workplace.hpp"

#include <string>

namespace fangxin::terminal {

class TillDesk {
  public:
    TillDesk(Till& till, const Preferences& preferences);

    /// One pass of the till's window, and of the customer's.
    void play(kit::Ui& ui);
    void play_customer(kit::Ui& ui) const;
    kit::Sounds& sounds() { return workplace_.sounds(); }

    StationEvents station_events();
    DeviceEvents device_events();

    /// Something changed since the last question.
    bool take_changed() { return workplace_.take_changed() | std::exchange(changed_, false); }
    bool idle_work() { return goods_.take_names(); }
    void close() { closed_ = true; }
    bool closed() const { return closed_; }
    void apply_settings(kit::Settings& settings) const { workplace_.apply_settings(settings); }

  private:
    TopBarFacts bar_facts() const;
    ScaleCheckDue scale_check() const;
    std::int64_t weight_lasts_ms() const;
    void on_person();
    void rows_changed();
    void play_checkout(kit::Ui& ui, kit::Rect rest);
    void answer_checkout(const till::CheckoutFacts& facts, const till::CheckoutAction& action);
    void on_scan(const std::string& code);
    void leave_for(WayOut way);
    void write_for(kit::Ui& ui, kit::Rect place, const till::CheckoutFacts& facts);

    Till& till_;
    GoodsSearch goods_;
    Workplace workplace_;
    CheckoutDesk checkout_;
    ScaleDesk scale_;
    DrawerDesk drawer_;
    AdminDesk admin_;
    till::CheckoutState checkout_state_;
    bool changed_ = true;
    bool closed_ = false;
};

}  // namespace fangxin::terminal
