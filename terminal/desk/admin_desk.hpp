// The admin area at work: which facts its page is told, and what it asks done (terminal/admin/).
// Facts are read when a page opens, when rows or blocks came, and once a minute. Main loop only.
#pragma once

#include "terminal/admin/admin_view.hpp"
#include "terminal/desk/admin_facts.hpp"
#include "terminal/station/workplace.hpp"

#include <optional>
#include <string>

namespace fangxin::terminal {

class AdminDesk {
  public:
    AdminDesk(Station& station, Workplace& workplace, GoodsSearch& goods);

    /// Whether the person logged in has an admin area at all.
    bool may_open() const;
    void open();
    /// The batches that have to come off the shelf.
    void open_withdrawals();
    void close();
    bool is_open() const { return open_; }

    void play(kit::Ui& ui, kit::Rect rest);
    void scanned(const std::string& code);
    /// Rows, blocks or the line to the server changed.
    void on_rows_changed();
    void on_figures(const sync::Figures& figures);

  private:
    static constexpr std::int64_t ask_every_ms = 500;
    void show(admin::Area area);
    void read();
    /// Asks the server for its figures, not more often than somebody can read them.
    void ask_server(kit::Ui& ui);
    void open_writing(const admin::AdminView& view);
    void wrote(const WritingAnswer& typed);
    void answer(const admin::AdminAction& action);
    void make(const admin::RecallOrder& order, const std::string& approved_by);

    // One for each effect.
    void act(const admin::LeaveAdmin&) { close(); }
    void act(const admin::ReadArea& effect) { show(effect.area); }
    void act(const admin::FindItems& effect);
    void act(const admin::ReadRecall&) { show(admin::Area::recalls); }
    void act(const admin::FindScanned& effect);
    void act(const admin::RefuseScan&) { workplace_.sound(kit::Sound::warn); }
    void act(const admin::RecallMakeEffect& effect);
    void act(const admin::FindForRecall&) { facts_read_ = false; }
    void act(const admin::ReadForRecall&) { facts_read_ = false; }
    void act(const admin::AskApproval& effect);
    void act(const admin::MakeRecall& effect) { make(effect.order, ""); }

    Station& station_;
    Workplace& workplace_;
    AdminReader reader_;
    admin::AdminState state_;
    admin::AdminFacts facts_;
    std::optional<sync::Figures> figures_;
    std::int64_t figures_at_ms_ = 0;  ///< when they came, of the store's clock
    std::int64_t asked_ = 0;          ///< number of the last question to the server
    std::int64_t asked_ms_ = -ask_every_ms;
    bool ask_wanted_ = false;
    std::int64_t read_minute_ = 0;
    bool facts_read_ = false;
    bool open_ = false;
};

}  // namespace fangxin::terminal
