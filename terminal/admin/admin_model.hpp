// The admin area of the till: the column of areas at the left, the area's page in the rest. It
// knows which page is shown, where Esc leads and who gets what is typed or scanned; each page has a
// model of its own. The wiring collects facts for the page that is shown, draws, sends actions to
// update() and carries out its effects. Pure; any thread.
#pragma once

#include "terminal/admin/attempts_model.hpp"
#include "terminal/admin/batches_model.hpp"
#include "terminal/admin/complaints_model.hpp"
#include "terminal/admin/devices_model.hpp"
#include "terminal/admin/faults_model.hpp"
#include "terminal/admin/form_model.hpp"
#include "terminal/admin/instruments_model.hpp"
#include "terminal/admin/items_model.hpp"
#include "terminal/admin/journal_model.hpp"
#include "terminal/admin/labels_model.hpp"
#include "terminal/admin/recall_make_model.hpp"
#include "terminal/admin/recalls_model.hpp"
#include "terminal/admin/terminals_model.hpp"
#include "terminal/admin/today_model.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::admin {

struct AdminFacts {
    std::vector<Area> areas;  ///< those that the person logged in may see, in this order
    struct Waiting {
        Area area = Area::today;
        int count = 0;
    };
    std::vector<Waiting> waiting;  ///< badges: recalls not acknowledged everywhere, answers due …
    bool online = true;
    bool silent = false;                     ///< online, but the server does not tell its figures
    std::optional<domain::StoreTime> as_of;  ///< without the server: when it last told its figures
    bool loading = false;                    ///< the facts of the page shown are not there yet
    std::string trouble;                     ///< they could not be read: why, in words
    std::string composing;                   ///< what the on-screen keyboard has not yet decided
    std::string refusal;                     ///< why the last scan was of no use; for a while
    domain::StoreTime now;
    TodayFacts today;
    ItemsFacts items;
    BatchesFacts batches;
    RecallsFacts recalls;
    RecallMakeFacts making;  ///< while AdminState::making
    AttemptsFacts attempts;
    ComplaintsFacts complaints;
    TerminalsFacts terminals;
    FaultsFacts faults;
    DevicesFacts devices;
    InstrumentsFacts instruments;
    LabelsFacts labels;
    JournalFacts journal;
};

struct AdminState {
    Area area = Area::today;
    std::size_t first_duty = 0;  ///< of those that today shows
    ListState items;
    ListState batches;
    ListState recalls;
    ListState attempts;
    ListState complaints;
    ListState terminals;
    ListState faults;
    ListState devices;
    ListState instruments;
    ListState labels;
    ListState journal;
    LabelsState label_draft;
    std::string live;                   ///< id of the recall that is followed; empty: the list
    std::optional<RecallDraft> making;  ///< a recall is being made
    std::optional<FormDraft> form;      ///< something of the area's page is written down
};

struct AdminView {
    struct Entry {
        Area area = Area::today;
        std::string words;
        int count = 0;
        kit::Key key = kit::Key::none;
        bool selected = false;
    };
    std::vector<Entry> entries;
    std::string back;
    bool back_by_escape = true;  ///< no field, dialog or page takes Esc before it
    std::optional<NoticeView> notice;
    std::string refusal;  ///< over everything
    bool in_dialog = false;
    /// A field takes what is typed. The wiring shows the on-screen keyboard with it and sends
    /// Typed.
    struct Typing {
        std::string label;
        std::string text;
        bool chinese = false;  ///< what the keyboard begins with
    };
    std::optional<Typing> typing;
    struct Loading {
        std::string words;
    };
    struct Trouble {
        std::string title;
        std::string hint;
        std::string retry;
    };
    std::variant<Loading, Trouble, TodayView, ListPageView, RecallLiveView, RecallMakeView,
                 FormView>
        page;
};

struct AreaChosen {
    Area area = Area::today;
};
/// The button under the areas: back to the checkout from wherever one is.
struct LeaveTouched {};
/// Esc, or a page's own way back: out of the field, the page, the area.
struct BackTouched {};
struct RetryTouched {};
/// What the on-screen keyboard made of the text of the active field.
struct Typed {
    std::string text;
};
/// Enter on the on-screen keyboard.
struct TypingDone {};
/// A scanner read this on any page.
struct Scanned {
    std::string code;
};
/// The item that the code scanned stands for.
struct ItemFound {
    std::string item;
};
/// The recall asked for is in force, or why it is not.
struct RecallDone {
    std::string id;
};
struct RecallRefused {
    std::string words;
};
/// What was written down is done, with the row to show; or why it is not.
struct FormDone {
    std::string chosen;
};
struct FormRefused {
    std::string words;
};
using AdminAction =
    std::variant<AreaChosen, LeaveTouched, BackTouched, RetryTouched, Typed, TypingDone, Scanned,
                 ItemFound, RecallDone, RecallRefused, FormDone, FormRefused, TodayAction,
                 ListAction, RecallMakeAction, FormAction>;

/// Back to the checkout.
struct LeaveAdmin {};
/// Another page or recall is shown, or the same again: its facts are wanted, the server's too.
struct ReadArea {};
/// Something else is typed, picked or chosen in the list: facts that depend on it are wanted.
struct ReadList {};
/// The item of a code that was scanned: answer with ItemFound, or refuse aloud and in words.
struct FindScanned {
    std::string code;
};
/// A scan that this page has no use for: say so, aloud and in words.
struct RefuseScan {
    kit::Msgid words;
};
/// Somebody is on this fault.
struct TakeFault {
    std::string fault;
};
/// A manager compared the fingerprint of one that waits.
struct DecideTerminal {
    std::string terminal;
    std::string fingerprint;
    bool approves = false;
};
/// Older entries of the journal, behind those that are shown.
struct ReadOlder {};
/// How to reach the customer of this complaint, for whoever may know.
struct ShowContact {
    std::string complaint;
};
/// AdminState::form is to be carried out: answer with FormDone or FormRefused.
struct SubmitForm {};
/// A format that was written down cannot be: FormRefused with its words.
struct RefuseFormat {
    std::string code;
};
using AdminEffect =
    std::variant<LeaveAdmin, ReadArea, ReadList, FindScanned, RefuseScan, RecallMakeEffect,
                 TakeFault, SubmitForm, RefuseFormat, DecideTerminal, ReadOlder, ShowContact>;

AdminView present(const AdminState& state, const AdminFacts& facts, const kit::TextTable& texts);
std::optional<AdminEffect> update(AdminState& state, const AdminFacts& facts,
                                  const AdminAction& action);

}  // namespace fangxin::admin
