// A recall made on the shop floor by an inspector or the store manager: which item, all of it or a
// lot or dates, which level, why; what it will do; and then who has heard of it, live (SAFE-7,
// SAFE-9). Pure; any thread.
#pragma once

#include "handheld/screens/entry_model.hpp"
#include "handheld/screens/head_model.hpp"
#include "handheld/screens/item_search.hpp"
#include "terminal/kit/marks.hpp"
#include "terminal/station/screens/recall_order.hpp"
#include "terminal/station/screens/recall_words.hpp"

#include <variant>
#include <vector>

namespace fangxin::handheld {

enum class RecallPage { item, scope, lot, from, to, level, reason, confirm, live };
enum class RecallScope { none, lot, dates, whole_item };

struct RecallFacts {
    HeadFacts head;
    std::string name;                                 ///< of the state's `item`
    std::optional<std::int64_t> covered;              ///< batches on record that it covers as keyed
    std::vector<ItemHit> hits;                        ///< of the state's `search`
    std::vector<terminal::TerminalAnswer> terminals;  ///< once it is made
    bool needs_second_person = false;
};

struct RecallState {
    RecallPage page = RecallPage::item;
    std::string search;
    std::string item;
    RecallScope scope = RecallScope::none;
    std::string lot;
    DateEntry from;
    DateEntry to;
    domain::RecallLevel level = domain::RecallLevel::none;
    ReasonEntry reason;
    bool busy = false;
    std::string refusal;
    std::string refusal_detail;
    std::string recall;  ///< its id, once made
};

struct RecallView {
    struct Choice {
        std::string words;
        std::string note;
        kit::Icon icon = kit::Icon::warning;
        bool selected = false;
    };
    struct Terminal {
        std::string name;
        std::string note;
        std::string value;
        kit::Icon icon = kit::Icon::check;
        kit::Role role = kit::Role::ok;
        bool has_stopped = false;
    };
    HeadView head;
    RecallPage page = RecallPage::item;
    float progress = 0;
    std::string name;
    std::string asks;
    std::string refusal;
    ItemSearchView search;
    std::vector<Choice> choices;  ///< scopes, levels
    std::string reading;
    std::string placeholder;
    std::string meant;  ///< the day that was keyed, whole
    ReasonView reasons;
    std::vector<kit::KeyValue> answers;
    std::vector<std::string> consequences;
    std::vector<Terminal> terminals;  ///< who has not acknowledged first
    float acknowledged = 0;           ///< part of them
    std::string next;
    std::string skip;
    bool busy = false;
};

namespace recall {
struct ItemFound {
    std::string item;
    std::string lot;  ///< where the code or the page it came from says it
};
struct Refused {
    std::string error;
    std::string detail;
};
struct Made {
    std::string recall;
};
struct Scanned {
    std::string code;
};
enum class Field { search, reason };
struct Wrote {
    Field field = Field::search;
    std::string text;
};
struct FieldTouched {};
struct HitChosen {
    std::size_t index = 0;
};
struct Chosen {
    std::size_t index = 0;
};
struct Keyed {
    std::string key;
};
struct ReasonChosen {
    std::size_t index = 0;
};
struct CameraAsked {};
struct Next {};
struct Skipped {};
struct Back {};
using Action = std::variant<ItemFound, Refused, Made, Scanned, Wrote, FieldTouched, HitChosen,
                            Chosen, Keyed, ReasonChosen, CameraAsked, Next, Skipped, Back>;

/// Look the code up; answer with ItemFound or Refused.
struct FindItem {
    std::string code;
};
/// Let the person write with the on-screen keyboard; answer with Wrote.
struct Write {
    Field field = Field::search;
    std::string title;
    std::string text;
};
/// Journal it, after a second person's PIN where the facts say so; answer with Made or Refused.
/// The facts list the terminals from then on.
struct Make {
    terminal::RecallOrder order;
};
struct Heard {
    bool accepted = true;
};
struct OpenCamera {};
struct Leave {};
using Effect = std::variant<FindItem, Write, Make, Heard, OpenCamera, Leave>;
}  // namespace recall

RecallView present(const RecallState& state, const RecallFacts& facts, const kit::TextTable& texts);
std::optional<recall::Effect> update(RecallState& state, const RecallFacts& facts,
                                     const recall::Action& action, const kit::TextTable& texts);

/// The questions for this scope, in order, confirm last.
std::vector<RecallPage> pages_for(RecallScope scope);
std::span<const kit::Msgid> recall_reasons();
/// The first and last day as keyed; either may be open.
struct RecallDays {
    std::optional<domain::Date> from;
    std::optional<domain::Date> to;
};
RecallDays recall_days(const RecallState& state, const domain::StoreTime& now);

}  // namespace fangxin::handheld
