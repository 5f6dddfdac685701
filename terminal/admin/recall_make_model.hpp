// Making a recall (SAFE-7): which item, which packs of it, how serious, why; then, before it is
// done, what it will do. Who may, makes it alone (rules 8). Pure; any thread.
#pragma once

#include "domain/batch.hpp"
#include "terminal/admin/list_page_model.hpp"
#include "terminal/admin/recall_facts.hpp"
#include "terminal/station/screens/recall_order.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::admin {

using terminal::RecallOrder;

enum class Extent { lot, dates, whole };
enum class RecallField { none, item, lot, from, to, reason };

/// What was entered so far. Dates as they were typed: `2026-11-17`, `20261117` or `1117`.
struct RecallDraft {
    RecallField field = RecallField::none;  ///< takes what is typed
    std::string search;
    std::string item;  ///< code; empty until one is chosen
    Extent extent = Extent::lot;
    std::string lot;
    std::string from;
    std::string to;
    domain::RecallLevel level = domain::RecallLevel::none;
    std::string reason;
    bool confirming = false;
    bool busy = false;    ///< asked for; the answer is awaited
    std::string trouble;  ///< why it was not made, in words
};

struct RecallMakeFacts {
    struct Choice {
        std::string item;
        std::string name;
        std::string note;  ///< code, price: what tells two of a name apart
    };
    std::vector<Choice> found;  ///< for what is typed, best first
    /// The item chosen, with its batches; none while it is being read.
    std::optional<domain::Item> item;
    std::string item_name;
    struct Stocked {
        domain::Batch batch;
        std::optional<std::int64_t> stock_milli;
    };
    std::vector<Stocked> batches;
    int terminals = 0;
    int terminals_online = 0;
    bool may_recall = false;  ///< the person logged in (rules 8)
    domain::StoreTime now;
};

struct RecallMakeView {
    std::string title;
    std::string back;
    struct Field {
        RecallField field = RecallField::none;
        std::string label;
        std::string text;
        std::string placeholder;
        std::string composing;
        bool active = false;
    };
    std::string item_title;
    std::optional<Field> search;  ///< while no item is chosen
    std::vector<RecallMakeFacts::Choice> found;
    std::string found_hint;
    std::string item_name;
    std::string item_note;
    std::string change;
    std::string packs_title;
    std::vector<ChipView> extents;
    std::vector<Field> packs;
    struct Batch {
        std::string lot;
        std::string words;
        bool covered = false;
    };
    std::vector<Batch> batches;
    std::string batches_hint;
    std::string level_title;
    struct Level {
        domain::RecallLevel level = domain::RecallLevel::none;
        std::string words;
        std::string deadline;
        bool selected = false;
    };
    std::vector<Level> levels;
    std::string reason_title;
    Field reason;
    std::string effect_title;
    std::vector<NoticeView> effects;  ///< what it will do
    NoticeView hint;                  ///< what is still missing, or why it failed
    ActionView make;
    RecallField next_field = RecallField::none;  ///< for the key that steps on
    struct Confirm {
        std::string title;
        std::vector<NoticeView> lines;
        std::string cancel;
        std::string confirm;
    };
    std::optional<Confirm> confirm;
};

struct FieldTouched {
    RecallField field = RecallField::none;
};
struct FieldTyped {
    std::string text;
};
struct FieldLeft {};
struct ItemPicked {
    std::string item;
};
struct ItemDropped {};
struct ExtentChosen {
    std::size_t index = 0;
};
struct LotPicked {
    std::string lot;
};
struct LevelChosen {
    domain::RecallLevel level = domain::RecallLevel::none;
};
struct MakeAsked {};
struct MakeDropped {};
struct MakeConfirmed {};
using RecallMakeAction =
    std::variant<FieldTouched, FieldTyped, FieldLeft, ItemPicked, ItemDropped, ExtentChosen,
                 LotPicked, LevelChosen, MakeAsked, MakeDropped, MakeConfirmed>;

/// Goods for what was typed are wanted, in RecallMakeFacts::found.
struct FindForRecall {
    std::string typed;
};
/// The item's record and batches are wanted.
struct ReadForRecall {
    std::string item;
};
/// RecallDone or RecallRefused comes back.
struct MakeRecall {
    RecallOrder order;
};
using RecallMakeEffect = std::variant<FindForRecall, ReadForRecall, MakeRecall>;

RecallMakeView present_make(const RecallDraft& draft, const RecallMakeFacts& facts,
                            const kit::TextTable& texts);
std::optional<RecallMakeEffect> update(RecallDraft& draft, const RecallMakeFacts& facts,
                                       const RecallMakeAction& action);

/// A day as somebody types it, year inferred as the nearest.
std::optional<domain::Date> day_typed(const std::string& text, domain::Date today);
/// None as long as something is missing.
std::optional<RecallOrder> order_of(const RecallDraft& draft, const RecallMakeFacts& facts);
/// The text of the field that takes what is typed; null if none does.
std::string* active_text(RecallDraft& draft);

}  // namespace fangxin::admin
