// What a person decides about a batch: quarantine, take back, release, withdraw, correct, record a
// test. A question to a page, then what it will do in words and one large button. Pure; any thread.
#pragma once

#include "handheld/screens/entry_model.hpp"
#include "handheld/screens/head_model.hpp"
#include "handheld/screens/lookup_model.hpp"
#include "terminal/kit/picture.hpp"

#include <variant>
#include <vector>

namespace fangxin::handheld {

enum class DecisionPage { quantity, dates, lot, result, reason, photo, confirm, done };

struct DecisionFacts {
    HeadFacts head;
    GoodsDeed deed = GoodsDeed::quarantine;
    std::string batch;                    ///< or a recall's id
    bool is_recall = false;               ///< that it is: of packs that are on no record
    std::vector<domain::Reason> reasons;  ///< of the verdict on it now; empty: it is sold
    bool is_held_by_other_roles = false;  ///< take back: their quarantines stay
    std::string name;                     ///< of the item
    std::string lot;
    std::optional<domain::DayMinute> expiry;
    DateAsked date;  ///< which one the item's packs bear
    domain::Unit unit = domain::Unit::piece;
    bool needs_second_person = false;
    std::string photo;  ///< the name of what the camera took, or empty
    kit::PicturePtr picture;
};

struct DecisionState {
    DecisionPage page = DecisionPage::reason;
    ReasonEntry reason;  ///< of a test: its kind
    std::string quantity;
    DateEntry date;
    std::string lot;
    domain::TestResult result = domain::TestResult::none;
    bool busy = false;
    std::string refusal;
    std::string refusal_detail;
    std::optional<domain::Decision> decided;  ///< done: the decision in force now
};

struct DecisionView {
    struct Choice {
        std::string words;
        std::string note;
        kit::Icon icon = kit::Icon::check;
        kit::Role role = kit::Role::ok;
        bool selected = false;
    };
    HeadView head;
    DecisionPage page = DecisionPage::reason;
    float progress = 0;
    std::string name;
    std::string note;
    std::string asks;
    std::string refusal;
    std::string reading;
    std::string placeholder;
    std::string unit;
    bool is_weighed = false;
    std::vector<Choice> choices;  ///< results of a test, years of a date
    ReasonView reasons;
    std::vector<kit::KeyValue> answers;     ///< confirm
    std::vector<std::string> consequences;  ///< confirm: what it will do
    kit::Role role = kit::Role::primary;    ///< how grave it is
    kit::PicturePtr picture;
    bool has_photo = false;
    std::string next;
    std::string skip;  ///< the answer that this page may be left without; empty: it may not
    bool busy = false;
    Mark decided;  ///< done
};

namespace decision {
struct Keyed {
    std::string key;
};
struct Stepped {
    bool up = true;
};
struct Chosen {
    std::size_t index = 0;
};
struct ReasonChosen {
    std::size_t index = 0;
};
struct Wrote {
    std::string text;  ///< a reason of one's own
};
struct Scanned {
    std::string code;
};
struct PhotoAsked {};
struct Next {};
struct Skipped {};
struct Back {};
struct Refused {
    std::string error;
    std::string detail;
};
struct Decided {
    domain::Decision decision = domain::Decision::released;  ///< in force now
};
using Action = std::variant<Keyed, Stepped, Chosen, ReasonChosen, Wrote, Scanned, PhotoAsked, Next,
                            Skipped, Back, Refused, Decided>;

/// Journal it, after a second person's PIN where the facts say so; answer with Decided or Refused.
struct Do {
    GoodsDeed deed = GoodsDeed::quarantine;
    std::string batch;
    std::string reason;
    std::int64_t quantity_milli = 0;  ///< of a withdrawal; 0 where it was not counted
    std::optional<std::string> lot;   ///< of a correction, what is changed alone
    std::optional<domain::DayMinute> production;
    std::optional<domain::DayMinute> expiry;
    std::string photo;
    domain::TestResult result = domain::TestResult::none;
    std::string kind;
};
/// Let the person write with the on-screen keyboard; answer with Wrote.
struct Write {
    std::string title;
    std::string text;
};
/// Open the camera; the facts have the photo's name afterwards.
struct TakePhoto {};
struct Heard {
    bool accepted = true;
};
struct Leave {};
using Effect = std::variant<Do, Write, TakePhoto, Heard, Leave>;
}  // namespace decision

DecisionState begin(GoodsDeed deed);
DecisionView present(const DecisionState& state, const DecisionFacts& facts,
                     const kit::TextTable& texts);
std::optional<decision::Effect> update(DecisionState& state, const DecisionFacts& facts,
                                       const decision::Action& action, const kit::TextTable& texts);

/// The questions of a deed in order, confirm last.
std::span<const DecisionPage> pages_of(GoodsDeed deed);
/// What can be chosen from on the page of reasons; of a test its kinds.
std::span<const kit::Msgid> reasons_for(GoodsDeed deed);

}  // namespace fangxin::handheld
