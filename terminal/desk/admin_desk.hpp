// The admin area at work: which facts its page is told, and what it asks done (terminal/admin/).
// Facts are read when the person asks for others, and, no more often than anybody can follow, when
// rows or blocks came; else once a minute. Main loop only.
#pragma once

#include "terminal/admin/admin_view.hpp"
#include "terminal/desk/admin_facts.hpp"
#include "terminal/desk/journal_desk.hpp"
#include "terminal/station/server_figures.hpp"
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
    /// The batches that have to come off the shelf, for whoever may see them.
    void open_withdrawals();
    void close();
    bool is_open() const { return open_; }

    void play(kit::Ui& ui, kit::Rect rest);
    void scanned(const std::string& code);
    /// Rows, blocks or the line to the server changed.
    void on_rows_changed();
    void on_figures(const sync::Figures& figures);
    void on_code(const sync::CodeMade& made);
    void on_answered();

  private:
    /// Another page: its facts at once, the server's as soon as they come.
    void show();
    /// The facts that this page shows have to be others, because of what the person did.
    void want_facts();
    /// Reads them if they are wanted and it is time.
    void read_if_due(kit::Ui& ui);
    void read();
    void read_page();
    /// Whether the server is the one to tell, and what is shown until it does.
    void await_figures();
    bool may_see(admin::Area area) const;
    /// The page shows what changes at the server without any row.
    bool follows_server() const;
    void follow_server(kit::Ui& ui);
    void refuse(const std::string& words);
    void refuse(const Error& error);
    void follow_refusal(kit::Ui& ui);
    void open_writing(const admin::AdminView& view);
    void wrote(kit::Ui& ui, const WritingAnswer& typed);
    void answer(const admin::AdminAction& action);

    // One for each effect.
    void act(const admin::LeaveAdmin&) { close(); }
    void act(const admin::ReadArea&) { show(); }
    void act(const admin::ReadList&) { want_facts(); }
    void act(const admin::FindScanned& effect);
    void act(const admin::RefuseScan& effect) { refuse(workplace_.texts().tr(effect.words)); }
    void act(const admin::RecallMakeEffect& effect);
    void act(const admin::FindForRecall&) { want_facts(); }
    void act(const admin::ReadForRecall&) { want_facts(); }
    void act(const admin::MakeRecall& effect);
    void act(const admin::TakeFault& effect);
    void act(const admin::SubmitForm&);
    void act(const admin::DecideTerminal& effect);
    void act(const admin::RefuseFormat& effect);
    void act(const admin::ReadOlder&);
    void act(const admin::ShowContact& effect);
    void add_contact();
    /// What was written down, carried out; the row to show.
    Result<std::string> carry_out(const admin::FormDraft& form);
    Result<std::string> revoke(const admin::FormDraft& form);
    Result<std::string> save_instrument(const admin::FormDraft& form);

    Station& station_;
    Workplace& workplace_;
    AdminReader reader_;
    admin::AdminState state_;
    admin::AdminFacts facts_;
    ServerFigures figures_;
    JournalDesk journal_;
    std::string contact_of_;               ///< the complaint whose customer's number was asked for
    std::optional<admin::CodeFact> code_;  ///< for a new terminal
    std::int64_t read_minute_ = 0;
    std::int64_t next_read_ms_ = 0;  ///< not before that, if nobody waits for it
    std::string batches_version_;    ///< of the batches that are in facts_
    std::int64_t refused_until_ms_ = 0;
    bool facts_read_ = false;
    bool counts_read_ = false;  ///< those beside the areas
    bool open_ = false;
};

}  // namespace fangxin::terminal
