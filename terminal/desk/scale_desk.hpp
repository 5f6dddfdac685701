// The page of the scale at work: what it is told, and what it asks done (terminal/screens/scale_*).
// It is open to anybody, before the login too; main loop only.
#pragma once

#include "terminal/screens/scale_view.hpp"
#include "terminal/station/workplace.hpp"
#include "terminal/till.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace fangxin::terminal {

/// What the scale is to do, and until when it is waited for.
class ScaleObedience {
  public:
    void wait_for(drivers::ScaleCommand command);
    bool is_waiting() const { return waiting_.has_value(); }
    /// Until outcome() has something to say at the latest; none: nothing is waited for.
    std::optional<std::int64_t> left_ms() const;
    /// None while it is waited for, or nothing is; an empty code: it obeyed.
    std::optional<std::string> outcome(const Checkout& checkout);

  private:
    struct Waiting {
        drivers::ScaleCommand command = drivers::ScaleCommand::zero;
        std::int64_t until_ms = 0;
    };
    std::optional<Waiting> waiting_;
};

/// The scale's part of what a weighing screen is told; name and price are the caller's.
till::WeighFacts weigh_facts_of(Till& till, const ScaleNow& now);

class ScaleDesk {
  public:
    ScaleDesk(Till& till, Workplace& workplace) : till_(till), workplace_(workplace) {}

    void open();
    void close();
    bool is_open() const { return open_; }
    void play(kit::Ui& ui, kit::Rect rest);
    void scanned(const std::string& code);
    void on_printed(const std::string& job);

  private:
    till::ScaleFacts facts() const;
    void fill_entry(till::ScaleFacts& facts, const ScaleNow& now) const;
    void answer(const till::ScaleFacts& facts, const till::ScaleAction& action);
    void follow_command();
    void refuse(const Error& error);
    void bind(const std::string& reason, const std::optional<domain::Person>& other);

    void act(const till::scale_effect::Leave&) { close(); }
    void act(const till::scale_effect::Zero&);
    void act(const till::scale_effect::Check& effect);
    void act(const till::scale_effect::GiveUp&) { (void)till_.daily_check().give_up(); }
    void act(const till::scale_effect::LeaveCheck&);
    void act(const till::scale_effect::Bind& effect);
    void act(const till::scale_effect::Print&);

    Till& till_;
    Workplace& workplace_;
    till::ScaleState state_;
    ScaleObedience command_;
    bool shows_check_ = false;
    bool printing_ = false;
    bool open_ = false;
};

}  // namespace fangxin::terminal
