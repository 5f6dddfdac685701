#include "terminal/admin/recall_make_model.hpp"

#include "domain/lot.hpp"
#include "terminal/admin/figures_text.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace fangxin::admin {

namespace {

using domain::RecallLevel;
using kit::Role;

constexpr std::array extents{Extent::lot, Extent::dates, Extent::whole};
constexpr std::array levels{RecallLevel::I, RecallLevel::II, RecallLevel::III};

/// The block that the draft would become, as far as it goes.
domain::Block block_of(const RecallDraft& draft, const RecallMakeFacts& facts) {
    domain::Block block{.item = draft.item, .level = draft.level};
    const domain::Date today = facts.now.date();
    if (draft.extent == Extent::lot) block.lot = domain::folded_lot(draft.lot);
    if (draft.extent == Extent::dates) {
        block.from = day_typed(draft.from, today);
        block.to = day_typed(draft.to, today);
    }
    return block;
}

/// The facts may still be those of the item that was chosen before.
const domain::Item* item_of(const RecallDraft& draft, const RecallMakeFacts& facts) {
    const bool is_it = facts.item && facts.item->code == draft.item;
    return is_it ? &*facts.item : nullptr;
}

/// An empty lot or no date yet would be a block of the whole item: nothing is covered so far.
bool names_packs(const RecallDraft& draft, const domain::Block& block) {
    if (draft.extent == Extent::lot) return domain::is_lot(block.lot);
    return draft.extent == Extent::whole || block.from || block.to;
}

bool is_bad_day(const std::string& text, domain::Date today) {
    return !text.empty() && !day_typed(text, today);
}

enum class Missing { nothing, right, item, record, lot, day, any_day, day_order, level, reason };

Missing missing_days(const RecallDraft& draft, const RecallMakeFacts& facts) {
    const domain::Date today = facts.now.date();
    if (is_bad_day(draft.from, today) || is_bad_day(draft.to, today)) return Missing::day;
    const domain::Block block = block_of(draft, facts);
    if (!block.from && !block.to) return Missing::any_day;
    const bool turned = block.from && block.to && *block.to < *block.from;
    return turned ? Missing::day_order : Missing::nothing;
}

/// The first thing that is missing, in the order in which a person fills the page.
Missing missing_in(const RecallDraft& draft, const RecallMakeFacts& facts) {
    if (!facts.may_recall) return Missing::right;
    if (draft.item.empty()) return Missing::item;
    if (item_of(draft, facts) == nullptr) return Missing::record;
    if (draft.extent == Extent::lot && !domain::is_lot(domain::folded_lot(draft.lot)))
        return Missing::lot;
    if (draft.extent == Extent::dates) {
        const Missing days = missing_days(draft, facts);
        if (days != Missing::nothing) return days;
    }
    if (draft.level == RecallLevel::none) return Missing::level;
    return draft.reason.empty() ? Missing::reason : Missing::nothing;
}

std::string missing_words(Missing missing, const kit::TextTable& texts) {
    switch (missing) {
        case Missing::nothing:
            break;
        case Missing::right:
            return texts.tr("An inspector or the manager makes one");
        case Missing::item:
            return texts.tr("Scan or choose the item");
        case Missing::record:
            return texts.tr("Please wait…");
        case Missing::lot:
            return texts.tr("Write the lot, or choose dates or the whole item");
        case Missing::day:
            return texts.tr("Write dates as 2026-11-17 or 1117");
        case Missing::any_day:
            return texts.tr("Write the first or the last date");
        case Missing::day_order:
            return texts.tr("The last date lies before the first");
        case Missing::level:
            return texts.tr("Choose the level");
        case Missing::reason:
            return texts.tr("Write the reason: it is shown at every till");
    }
    return {};
}

struct Covered {
    std::int64_t batches = 0;
    std::int64_t stock_milli = 0;
    bool stock_known = false;
};
Covered covered_by(const RecallDraft& draft, const RecallMakeFacts& facts) {
    Covered covered;
    const domain::Block block = block_of(draft, facts);
    const domain::Item* item = item_of(draft, facts);
    if (item == nullptr || !names_packs(draft, block)) return covered;
    for (const auto& each : facts.batches) {
        if (!domain::covers(block, each.batch, *item)) continue;
        ++covered.batches;
        covered.stock_known = covered.stock_known || each.stock_milli.has_value();
        covered.stock_milli += std::max<std::int64_t>(0, each.stock_milli.value_or(0));
    }
    return covered;
}

std::vector<NoticeView> effect_lines(const RecallDraft& draft, const RecallMakeFacts& facts,
                                     const kit::TextTable& texts) {
    const Covered covered = covered_by(draft, facts);
    std::string batches = texts.tr_n("It covers {} batch on record",
                                     "It covers {} batches on record", covered.batches);
    if (covered.stock_known && facts.item) {
        batches += " · " + texts.tr("stock {}",
                                    quantity_text({covered.stock_milli, facts.item->unit}, texts));
    }
    std::vector<NoticeView> lines{{texts.tr("Every till refuses these packs, also in open baskets"),
                                   Role::text, kit::Icon::exclamation},
                                  {std::move(batches), Role::text, kit::Icon::shelf}};
    const int offline = facts.terminals - facts.terminals_online;
    if (facts.terminals == 0) {
        lines.push_back({texts.tr("No terminal is known yet: each has it when it connects"),
                         Role::warn, kit::Icon::warning});
    } else if (offline > 0) {
        lines.push_back({texts.tr("{} of {} terminals are offline and have it when they connect",
                                  offline, facts.terminals),
                         Role::warn, kit::Icon::warning});
    } else {
        lines.push_back(
            {texts.tr("All {} terminals are online: in force within a second", facts.terminals),
             Role::text, kit::Icon::check});
    }
    lines.push_back({texts.tr("Only the server lifts it again"), Role::text, kit::Icon::lock});
    return lines;
}

RecallMakeView::Field field_of(const RecallDraft& draft, RecallField which, std::string text) {
    return {.field = which, .text = std::move(text), .active = draft.field == which};
}

void add_item(RecallMakeView& view, const RecallDraft& draft, const RecallMakeFacts& facts,
              const kit::TextTable& texts) {
    view.item_title = texts.tr("1 Which item");
    if (!draft.item.empty()) {
        view.item_name =
            item_of(draft, facts) != nullptr ? facts.item_name : texts.tr("Please wait…");
        view.item_note = draft.item;
        view.change = texts.tr("Other item");
        return;
    }
    view.search = field_of(draft, RecallField::item, draft.search);
    view.search->placeholder = texts.tr("Scan, or write name, pinyin or code");
    if (draft.search.empty()) return;
    constexpr std::size_t most_choices = 5;
    view.found.assign(facts.found.begin(),
                      facts.found.begin() +
                          static_cast<std::ptrdiff_t>(std::min(facts.found.size(), most_choices)));
    if (view.found.empty()) view.found_hint = texts.tr("Nothing found");
}

void add_batches(RecallMakeView& view, const RecallDraft& draft, const RecallMakeFacts& facts,
                 const kit::TextTable& texts) {
    const domain::Item* item = item_of(draft, facts);
    if (item == nullptr) {
        view.batches_hint = texts.tr("Its batches are listed here");
        return;
    }
    view.batches_hint = texts.tr("No batch on record: packs are refused by what they say");
    const domain::Block block = block_of(draft, facts);
    const bool named = names_packs(draft, block);
    const auto day = [](const std::optional<domain::DayMinute>& date) {
        return date ? domain::format_date(date->date) : std::string("—");
    };
    for (const auto& each : facts.batches) {
        RecallMakeView::Batch batch{.lot = each.batch.lot};
        batch.words = texts.tr("{} to {}", day(each.batch.production), day(each.batch.expiry));
        if (each.stock_milli)
            batch.words += " · " + quantity_text({*each.stock_milli, item->unit}, texts);
        batch.covered = named && domain::covers(block, each.batch, *item);
        view.batches.push_back(std::move(batch));
    }
}

void add_packs(RecallMakeView& view, const RecallDraft& draft, const RecallMakeFacts& facts,
               const kit::TextTable& texts) {
    view.packs_title = texts.tr("2 Which packs");
    const std::array<std::string, 3> words{texts.tr("One lot"), texts.tr("By date"),
                                           texts.tr("All of it")};
    for (std::size_t i = 0; i < extents.size(); ++i)
        view.extents.push_back({words[i], draft.extent == extents[i]});
    if (draft.extent == Extent::lot) {
        view.packs.push_back(field_of(draft, RecallField::lot, draft.lot));
        view.packs.back().label = texts.tr("Lot");
        view.packs.back().placeholder = texts.tr("as on the pack");
    }
    if (draft.extent == Extent::dates) {
        view.packs.push_back(field_of(draft, RecallField::from, draft.from));
        view.packs.back().label = texts.tr("From");
        view.packs.push_back(field_of(draft, RecallField::to, draft.to));
        view.packs.back().label = texts.tr_c("of dates", "To");
    }
    add_batches(view, draft, facts, texts);
}

void add_levels(RecallMakeView& view, const RecallDraft& draft, const kit::TextTable& texts) {
    view.level_title = texts.tr("3 How serious");
    for (const RecallLevel level : levels) {
        view.levels.push_back({level, level_words(level, texts),
                               texts.tr("begin in {} h", start_deadline_hours(level)),
                               draft.level == level});
    }
}

RecallField field_after(const RecallDraft& draft) {
    std::vector<RecallField> fields;
    if (draft.item.empty()) fields.push_back(RecallField::item);
    if (draft.extent == Extent::lot) fields.push_back(RecallField::lot);
    if (draft.extent == Extent::dates) {
        fields.push_back(RecallField::from);
        fields.push_back(RecallField::to);
    }
    fields.push_back(RecallField::reason);
    const auto at = std::ranges::find(fields, draft.field);
    if (at == fields.end() || at + 1 == fields.end()) return fields.front();
    return *(at + 1);
}

RecallMakeView::Confirm confirm_of(const RecallDraft& draft, const RecallMakeFacts& facts,
                                   const kit::TextTable& texts) {
    RecallMakeView::Confirm confirm;
    confirm.title = texts.tr("Recall {}?", facts.item_name);
    const domain::Block block = block_of(draft, facts);
    confirm.lines.push_back({fmt::format("{} · {} · {}", level_words(draft.level, texts),
                                         extent_words(block, texts), draft.reason),
                             Role::block, kit::Icon::exclamation});
    for (NoticeView& each : effect_lines(draft, facts, texts))
        confirm.lines.push_back(std::move(each));
    confirm.cancel = texts.tr("Cancel");
    confirm.confirm = texts.tr("Recall now");
    return confirm;
}

/// The packs of another item bear other lots and dates.
void forget_packs(RecallDraft& draft) {
    draft.extent = Extent::lot;
    draft.lot.clear();
    draft.from.clear();
    draft.to.clear();
}

/// Leaves the field; a date is written out, so that one sees which year was understood.
void leave_field(RecallDraft& draft, const RecallMakeFacts& facts) {
    for (std::string* text : {&draft.from, &draft.to}) {
        if (const auto day = day_typed(*text, facts.now.date())) *text = domain::format_date(*day);
    }
    draft.field = RecallField::none;
}

struct Keeper {
    RecallDraft& draft;
    const RecallMakeFacts& facts;
    using Effect = std::optional<RecallMakeEffect>;

    Effect operator()(const FieldTouched& touched) const {
        leave_field(draft, facts);
        draft.field = touched.field;
        return std::nullopt;
    }
    Effect operator()(const FieldTyped& typed) const {
        std::string* text = active_text(draft);
        if (text == nullptr) return std::nullopt;
        *text = typed.text;
        if (draft.field == RecallField::item) return FindForRecall{typed.text};
        return std::nullopt;
    }
    Effect operator()(const FieldLeft&) const {
        const bool searched = draft.field == RecallField::item && !draft.search.empty();
        leave_field(draft, facts);
        if (searched && facts.found.size() == 1) return (*this)(ItemPicked{facts.found[0].item});
        return std::nullopt;
    }
    Effect operator()(const ItemPicked& picked) const {
        if (picked.item != draft.item) forget_packs(draft);
        draft.item = picked.item;
        draft.search.clear();
        draft.field = RecallField::none;
        return ReadForRecall{picked.item};
    }
    Effect operator()(const ItemDropped&) const {
        draft.item.clear();
        forget_packs(draft);
        draft.field = RecallField::item;
        return std::nullopt;
    }
    Effect operator()(const ExtentChosen& chosen) const {
        leave_field(draft, facts);
        draft.extent = extents[std::min(chosen.index, extents.size() - 1)];
        return std::nullopt;
    }
    Effect operator()(const LotPicked& picked) const {
        leave_field(draft, facts);
        draft.extent = Extent::lot;
        draft.lot = picked.lot;
        return std::nullopt;
    }
    Effect operator()(const LevelChosen& chosen) const {
        leave_field(draft, facts);
        draft.level = chosen.level;
        return std::nullopt;
    }
    Effect operator()(const MakeAsked&) const {
        leave_field(draft, facts);
        draft.trouble.clear();
        draft.confirming = order_of(draft, facts).has_value();
        return std::nullopt;
    }
    Effect operator()(const MakeDropped&) const {
        draft.confirming = false;
        return std::nullopt;
    }
    Effect operator()(const MakeConfirmed&) const {
        const auto order = order_of(draft, facts);
        if (!draft.confirming || draft.busy || !order) return std::nullopt;
        draft.confirming = false;
        draft.busy = true;
        return MakeRecall{*order};
    }
};

}  // namespace

std::optional<domain::Date> day_typed(const std::string& text, domain::Date today) {
    if (text.size() == 4) return domain::nearest_month_day(text, today);
    if (text.size() == 8)
        return domain::parse_date(text.substr(0, 4) + "-" + text.substr(4, 2) + "-" +
                                  text.substr(6));
    return domain::parse_date(text);
}

std::optional<RecallOrder> order_of(const RecallDraft& draft, const RecallMakeFacts& facts) {
    if (missing_in(draft, facts) != Missing::nothing) return std::nullopt;
    const domain::Block block = block_of(draft, facts);
    return RecallOrder{draft.item,  draft.extent == Extent::lot ? draft.lot : std::string(),
                       block.from,  block.to,
                       draft.level, draft.reason};
}

std::string* active_text(RecallDraft& draft) {
    switch (draft.field) {
        case RecallField::item:
            return &draft.search;
        case RecallField::lot:
            return &draft.lot;
        case RecallField::from:
            return &draft.from;
        case RecallField::to:
            return &draft.to;
        case RecallField::reason:
            return &draft.reason;
        case RecallField::none:
            break;
    }
    return nullptr;
}

RecallMakeView present_make(const RecallDraft& draft, const RecallMakeFacts& facts,
                            const kit::TextTable& texts) {
    RecallMakeView view{.title = texts.tr("Make a recall"), .back = texts.tr("All recalls")};
    add_item(view, draft, facts, texts);
    add_packs(view, draft, facts, texts);
    add_levels(view, draft, texts);
    view.reason_title = texts.tr("4 Why");
    view.reason = field_of(draft, RecallField::reason, draft.reason);
    view.reason.placeholder = texts.tr("As the notice says, for every till to read");
    view.effect_title = texts.tr("What it will do");
    view.effects = effect_lines(draft, facts, texts);
    const std::string missing = missing_words(missing_in(draft, facts), texts);
    view.make = {.words = texts.tr("Recall…"),
                 .sub = {},
                 .key = kit::Key::f12,
                 .look = kit::Look::danger,
                 .enabled = missing.empty() && !draft.busy};
    if (draft.busy) {
        view.hint = {texts.tr("Please wait…"), Role::muted, kit::Icon::clock};
    } else if (!draft.trouble.empty()) {
        view.hint = {draft.trouble, Role::block, kit::Icon::warning};
    } else if (!missing.empty()) {
        view.hint = {missing, Role::muted, kit::Icon::none};
    }
    view.next_field = field_after(draft);
    if (draft.confirming) view.confirm = confirm_of(draft, facts, texts);
    return view;
}

std::optional<RecallMakeEffect> update(RecallDraft& draft, const RecallMakeFacts& facts,
                                       const RecallMakeAction& action) {
    if (draft.busy) return std::nullopt;
    return std::visit(Keeper{draft, facts}, action);
}

}  // namespace fangxin::admin
