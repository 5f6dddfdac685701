// Receiving a batch, one question to a page (RECV-1): which item, which dates, which lot, how much,
// from whom, what is decided, all of it once more, booked. Going back loses no answer, a scan is
// understood on every page, and what is wrong is said on the page it belongs to. Pure; any thread.
//
// After each update() the wiring keeps write_draft(state) (receive_draft.hpp), so that a power cut
// loses nothing.
#pragma once

#include "handheld/screens/entry_model.hpp"
#include "handheld/screens/head_model.hpp"
#include "handheld/screens/item_search.hpp"
#include "terminal/kit/marks.hpp"

#include <variant>
#include <vector>

namespace fangxin::handheld {

enum class ReceivePage { item, dates, lot, quantity, supplier, decision, summary, booked };

struct ReceiveItem {
    domain::Item item;
    domain::Category category;
    std::string name;
    std::int64_t pieces_per_code = 1;  ///< a case code counts several
};

struct SupplierFacts {
    std::string code;
    std::string name;
    std::string papers_out;  ///< kind and number of what has run out; empty: all in order
};

struct ReceiveFacts {
    HeadFacts head;
    std::optional<ReceiveItem> item;  ///< of the state's `item`
    std::vector<ItemHit> hits;        ///< of the state's `search`
    std::vector<SupplierFacts> suppliers;
};

struct ReceiveState {
    ReceivePage page = ReceivePage::item;
    bool back_to_summary = false;  ///< one answer is being changed
    std::string search;
    std::string code;     ///< as scanned
    std::string scanned;  ///< a code that is being looked up: is it of this item?
    std::string item;
    DateEntry date;
    std::optional<domain::DayMinute> coded_production;  ///< what the code says, until one keys
    std::optional<domain::DayMinute> coded_expiry;
    std::string lot;
    bool lot_is_coded = false;
    std::string quantity;  ///< as keyed
    std::string supplier;
    std::optional<domain::Decision> decision;
    ReasonEntry reason;
    bool busy = false;    ///< being booked
    std::string refusal;  ///< an error code of the goods work
    std::string refusal_detail;
    std::string batch;  ///< booked as
    std::optional<domain::Decision> booked;
    bool operator==(const ReceiveState&) const = default;
};

struct ReceiveView {
    struct Choice {
        std::string words;
        std::string note;
        bool selected = false;
        bool is_refused = false;  ///< a supplier whose papers have run out
    };
    struct SummaryRow {
        ReceivePage page = ReceivePage::item;
        std::string words;
        std::string value;
        kit::Role role = kit::Role::text;
    };
    HeadView head;
    ReceivePage page = ReceivePage::item;
    float progress = 0;
    std::string name;
    std::string note;
    std::string asks;
    std::string refusal;
    std::string warning;              ///< what does not hinder, but has to be seen
    ItemSearchView search;            ///< item
    std::vector<kit::KeyValue> pack;  ///< what is known of lot and dates
    std::string pack_head;            ///< where it comes from
    kit::Role pack_role = kit::Role::ok;
    std::string reading;  ///< what is keyed
    std::string placeholder;
    std::string unit;  ///< of the quantity
    bool is_weighed = false;
    std::vector<Choice> choices;        ///< years, suppliers, decisions
    std::optional<ReasonView> reasons;  ///< of a quarantine
    std::vector<SummaryRow> summary;
    std::string next;  ///< the button that goes on; empty: a choice does
    bool can_go_on = true;
    bool can_skip = false;  ///< the pack bears no date or lot
    bool busy = false;
};

namespace receive {
/// What is known besides the item, where a task or a page asked to receive it.
struct ItemFound {
    ReceiveItem item;
    std::string code;  ///< as FindItem has it
    std::string lot;
    std::optional<domain::DayMinute> date;  ///< of the kind that the item prints
};
struct Refused {
    std::string error;  ///< of GoodsWork, or `no_such_item`
    std::string detail;
};
struct Booked {
    std::string batch;
    domain::Decision decision = domain::Decision::released;
};
struct Scanned {
    std::string code;
};
enum class Field { search, reason };
struct Wrote {
    Field field = Field::search;
    std::string text;
};
struct FieldTouched {
    Field field = Field::search;
};
struct HitChosen {
    std::size_t index = 0;
};
struct Keyed {
    std::string key;  ///< a digit or letter, `.`, `back`, `clear`
};
struct Stepped {
    bool up = true;
};
struct Chosen {
    std::size_t index = 0;  ///< of the page's choices
};
struct ReasonChosen {
    std::size_t index = 0;
};
struct PageOpened {
    ReceivePage page = ReceivePage::item;
};
struct Next {};
struct Skipped {};
struct Back {};
struct CameraAsked {};
enum class After { same_item, next_item, finished };
struct Finished {
    After after = After::next_item;
};
using Action = std::variant<ItemFound, Refused, Booked, Scanned, Wrote, FieldTouched, HitChosen,
                            Keyed, Stepped, Chosen, ReasonChosen, PageOpened, Next, Skipped, Back,
                            CameraAsked, Finished>;

/// Look the code up, or of the goods in hand once more; answer with ItemFound or Refused.
struct FindItem {
    std::string code;
};
/// Let the person write with the on-screen keyboard; answer with Wrote.
struct Write {
    Field field = Field::search;
    std::string title;
    std::string text;
};
/// Journal the delivery; answer with Booked or Refused.
struct Book {
    std::string item;
    std::string lot;
    std::optional<domain::DayMinute> production;
    std::optional<domain::DayMinute> expiry;
    std::int64_t quantity_milli = 0;
    std::string supplier;
    domain::Decision decision = domain::Decision::released;
    std::string reason;  ///< of a quarantine
};
/// Sounds: a scan was understood, or was not.
struct Heard {
    bool accepted = true;
};
struct OpenCamera {};
struct Leave {};
using Effect = std::variant<FindItem, Write, Book, Heard, OpenCamera, Leave>;
}  // namespace receive

ReceiveView present(const ReceiveState& state, const ReceiveFacts& facts,
                    const kit::TextTable& texts);
std::optional<receive::Effect> update(ReceiveState& state, const ReceiveFacts& facts,
                                      const receive::Action& action, const kit::TextTable& texts);

/// The questions for this item, in order; without one, all of them.
std::vector<ReceivePage> pages_for(const std::optional<ReceiveItem>& item);

/// Whether what was found is of another batch than the delivery in hand: a batch is not counted or
/// changed by the packs of another one.
bool is_other_batch(const ReceiveState& state, const receive::ItemFound& found,
                    const domain::StoreTime& now);

/// Lot and dates as known so far, expiry computed where the shelf life tells it.
domain::PackIdentity pack_of(const ReceiveState& state, const ReceiveItem& item,
                             const domain::StoreTime& now);

/// Why the answer of this page does not do.
struct ReceiveRefusal {
    std::string error;
    std::string detail;
};
std::optional<ReceiveRefusal> refusal_on(ReceivePage page, const ReceiveState& state,
                                         const ReceiveFacts& facts);

/// Why goods are put aside at the door.
std::span<const kit::Msgid> receive_reasons();

}  // namespace fangxin::handheld
