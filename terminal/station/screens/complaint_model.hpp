// A customer complains (COMP-1): what happened, with which goods, who he is. Three short pages on a
// handheld, all of them side by side at a till. What is written survives a power cut as a draft.
// Pure; any thread.
#pragma once

#include "domain/calendar.hpp"
#include "domain/enum_text.hpp"
#include "terminal/kit/text_table.hpp"
#include "terminal/station/screens/saved_view.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace fangxin::terminal {

enum class ComplaintChannel { in_person, phone, letter, box };
enum class ComplaintSeverity { low, normal, high };
enum class ComplaintField { what, item, receipt, customer, contact };
constexpr std::size_t complaint_fields = 5;
enum class ComplaintPage { what, goods, customer, done };

}  // namespace fangxin::terminal

namespace fangxin::domain {

/// As the op has them.
template <>
struct EnumTable<terminal::ComplaintChannel> {
    using E = terminal::ComplaintChannel;
    static constexpr std::array rows{EnumText{E::in_person, "in_person"},
                                     EnumText{E::phone, "phone"}, EnumText{E::letter, "letter"},
                                     EnumText{E::box, "box"}};
};
template <>
struct EnumTable<terminal::ComplaintSeverity> {
    using E = terminal::ComplaintSeverity;
    static constexpr std::array rows{EnumText{E::low, "low"}, EnumText{E::normal, "normal"},
                                     EnumText{E::high, "high"}};
};
template <>
struct EnumTable<terminal::ComplaintField> {
    using E = terminal::ComplaintField;
    static constexpr std::array rows{
        EnumText{E::what, "what"}, EnumText{E::item, "item"}, EnumText{E::receipt, "receipt"},
        EnumText{E::customer, "customer"}, EnumText{E::contact, "contact"}};
};

}  // namespace fangxin::domain

namespace fangxin::terminal {

struct ComplaintState {
    ComplaintPage page = ComplaintPage::what;
    ComplaintChannel channel = ComplaintChannel::in_person;
    ComplaintSeverity severity = ComplaintSeverity::normal;
    std::array<std::string, complaint_fields> fields;
    std::optional<ComplaintField> writing;
    std::string trouble;  ///< why it was not saved, in words
    std::string number;   ///< of the complaint that was saved
};

/// What the code in the item's field is, looked up by the wiring.
enum class ItemLookup { nothing, found, unknown };

struct ComplaintFacts {
    ItemLookup lookup = ItemLookup::nothing;
    std::string item_name;
    bool online = true;
    bool busy = false;
    domain::Date today{};
};

namespace complaint {
struct ChooseChannel {
    ComplaintChannel channel = ComplaintChannel::in_person;
};
struct ChooseSeverity {
    ComplaintSeverity severity = ComplaintSeverity::normal;
};
struct Touch {
    ComplaintField field = ComplaintField::what;
};
struct Wrote {
    std::optional<std::string> text;
    bool done = false;
};
struct Next {};
/// A step back; out of it from the first page.
struct Back {};
/// Out of it from wherever one is: where all pages are in sight.
struct Leave {};
struct Save {};
struct Another {};
struct Scanned {
    std::string code;
};
/// It is about this item: its code, from the page of the goods. A draft of another item begins at
/// its first page, where one sees that there is one.
struct About {
    std::string item;
};
/// Answers of the wiring to SaveComplaint.
struct Saved {
    std::string number;
};
struct NotSaved {
    std::string words;
};
}  // namespace complaint
using ComplaintAction =
    std::variant<complaint::ChooseChannel, complaint::ChooseSeverity, complaint::Touch,
                 complaint::Wrote, complaint::Next, complaint::Back, complaint::Leave,
                 complaint::Save, complaint::Another, complaint::Scanned, complaint::About,
                 complaint::Saved, complaint::NotSaved>;

/// Journal it, then answer with Saved or NotSaved. The texts are those of the op.
struct SaveComplaint {
    std::string channel;
    std::string severity;
    std::string what;
    std::string item;  ///< as scanned or typed
    std::string receipt;
    std::string customer;
    std::string contact;
};
/// Keep this instead of the draft before; an empty one: forget it.
struct KeepComplaintDraft {
    std::string draft;
};
struct LeaveComplaint {};
/// The code that was scanned is none that belongs here.
struct RefuseScan {
    kit::Msgid words;
};
using ComplaintEffect = std::variant<SaveComplaint, KeepComplaintDraft, LeaveComplaint, RefuseScan>;

struct ComplaintView {
    struct Choice {
        std::string words;
        bool chosen = false;
    };
    struct Field {
        std::string label;
        std::string placeholder;
        std::string text;
        std::string note;  ///< under it: the item's name, or that there is none
        bool note_is_bad = false;
        bool numeric = false;
        std::size_t longest = 400;
    };
    ComplaintPage page = ComplaintPage::what;
    std::array<std::string, 3> titles;
    std::string channel_label;
    std::array<Choice, 4> channels;
    std::string severity_label;
    std::array<Choice, 3> severities;
    std::array<Field, complaint_fields> fields;
    std::optional<ComplaintField> writing;
    std::string trouble;
    std::string step;  ///< `1 / 3`
    std::string back;
    std::string next;
    std::string save;
    std::string save_hint;  ///< why it cannot be saved yet
    bool can_save = false;
    SavedView done;
};

ComplaintView present(const ComplaintState& state, const ComplaintFacts& facts,
                      const kit::TextTable& texts);
std::vector<ComplaintEffect> update(ComplaintState& state, const ComplaintFacts& facts,
                                    const ComplaintAction& action);

/// Lines of a name and a text; empty if there is nothing worth keeping.
std::string write_draft(const ComplaintState& state);
/// None if it is no draft. What a later program added is left out.
std::optional<ComplaintState> read_draft(std::string_view draft);

}  // namespace fangxin::terminal
