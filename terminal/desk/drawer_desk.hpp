// The page of the drawer at work: what it is told, and what it asks done
// (terminal/screens/drawer_*). Main loop only.
#pragma once

#include "terminal/screens/drawer_view.hpp"
#include "terminal/station/workplace.hpp"
#include "terminal/till.hpp"

#include <functional>
#include <optional>
#include <string>

namespace fangxin::terminal {

class DrawerDesk {
  public:
    DrawerDesk(Till& till, Workplace& workplace) : till_(till), workplace_(workplace) {}

    void open();
    void close() { open_ = false; }
    bool is_open() const { return open_; }
    void play(kit::Ui& ui, kit::Rect rest);
    /// Nothing is sold here; it is refused aloud.
    void scanned(const std::string& code);

  private:
    till::DrawerFacts facts() const;
    void answer(const till::DrawerFacts& facts, const till::DrawerAction& action);
    void done(const Result<void>& outcome);
    void close_shift(const CashCounted& counted, const Drawer::Second& second);
    /// Does it, or asks for a second person first where the role needs one.
    void with_second(domain::Action action, const std::string& what,
                     const std::function<Result<void>(const Drawer::Second&)>& work);

    void act(const till::drawer_effect::Leave&) { close(); }
    void act(const till::drawer_effect::OpenShift& effect);
    void act(const till::drawer_effect::MoveCash& effect);
    void act(const till::drawer_effect::PrintX&);
    void act(const till::drawer_effect::CloseShift& effect);

    Till& till_;
    Workplace& workplace_;
    till::DrawerState state_;
    std::optional<till::DrawerFacts::End> ended_;
    std::string trouble_;
    bool open_ = false;
};

}  // namespace fangxin::terminal
