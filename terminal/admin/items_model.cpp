#include "terminal/admin/items_model.hpp"

#include "terminal/admin/figures_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::admin {

namespace {

using kit::Role;

kit::RowTag status_tag(const ItemFact& fact, const kit::TextTable& texts) {
    switch (fact.item.status) {
        case domain::ItemStatus::active:
            return {texts.tr("On sale"), Role::ok};
        case domain::ItemStatus::no_reorder:
            return {texts.tr("Sells through"), Role::warn};
        case domain::ItemStatus::stop_sale:
            break;
    }
    return {texts.tr("Sale stopped"), Role::block};
}

std::vector<kit::RowTag> tags_of(const ItemFact& fact, const kit::TextTable& texts) {
    std::vector<kit::RowTag> tags{status_tag(fact, texts)};
    if (fact.blocked) tags.push_back({texts.tr("Has a block"), Role::block});
    return tags;
}

kit::Row row_of(const ItemFact& fact, const kit::TextTable& texts) {
    kit::Row row;
    row.cells = {{.text = fact.name},
                 {.text = fact.item.code, .size = 18, .role = Role::muted},
                 {.text = fact.category, .size = 18},
                 {.text = price_words(fact.item, texts), .weight = kit::Weight::bold}};
    const bool plain = fact.item.status == domain::ItemStatus::active && !fact.blocked;
    if (!plain) row.tags = tags_of(fact, texts);
    return row;
}

DetailView detail_of(const ItemFact& fact, const kit::TextTable& texts) {
    const domain::Item& item = fact.item;
    DetailView detail{.title = fact.name, .tags = tags_of(fact, texts)};
    const auto add = [&](const char* name, std::string value) {
        if (!value.empty()) detail.facts.push_back({.key = name, .value = std::move(value)});
    };
    add(texts.tr("Item"), item.code);
    detail.facts.push_back(
        {.key = texts.tr("Price"), .value = price_words(item, texts), .bold = true});
    add(texts.tr("VAT"), fmt::format("{}.{}%", item.vat_permille / 10, item.vat_permille % 10));
    add(texts.tr("Category"), fact.category);
    if (item.shelf_life) add(texts.tr("Shelf life"), life_words(*item.shelf_life, texts));
    if (item.shelf_life) {
        add(texts.tr("On the pack"), item.date_printed == domain::DatePrinted::production
                                         ? texts.tr("production date")
                                         : texts.tr("expiry date"));
    }
    add(texts.tr("Supplier"), fact.supplier);
    add(texts.tr("Aisle"), item.aisle);
    SectionView codes{.title = texts.tr("Codes"), .facts = {}, .lines = {}};
    for (const domain::Barcode& each : fact.codes) {
        const std::string many =
            each.quantity > 1 ? texts.tr("case of {}", each.quantity) : std::string();
        codes.lines.push_back({.words = many.empty() ? each.barcode : each.barcode + " · " + many});
        codes.lines.back().role = Role::text;
    }
    if (!codes.lines.empty()) detail.sections.push_back(std::move(codes));
    return detail;
}

PickerView picker_of(const ListState& state, const ItemsFacts& facts, const kit::TextTable& texts) {
    PickerView picker{.title = texts.tr("Category"), .open = state.picking};
    picker.choices.push_back({{}, texts.tr("All categories")});
    for (const auto& each : facts.categories) {
        if (each.code == state.picked) picker.selected = picker.choices.size();
        picker.choices.push_back({each.code, each.name});
    }
    picker.words = picker.choices[picker.selected].words;
    return picker;
}

}  // namespace

std::string price_words(const domain::Item& item, const kit::TextTable& texts) {
    const std::string price = grouped_yuan(item.price_fen);
    return item.unit == domain::Unit::kg ? texts.tr("{}/kg", price) : price;
}

std::string life_words(const domain::ShelfLife& life, const kit::TextTable& texts) {
    switch (life.unit) {
        case domain::LifeUnit::hours:
            return texts.tr_n("{} hour", "{} hours", life.amount);
        case domain::LifeUnit::days:
            return texts.tr_n("{} day", "{} days", life.amount);
        case domain::LifeUnit::months:
            break;
    }
    return texts.tr_n("{} month", "{} months", life.amount);
}

ListPageView present_items(const ListState& state, const ItemsFacts& facts,
                           const kit::TextTable& texts) {
    ListPageView view{.name = "admin items"};
    view.search = SearchView{.text = state.search,
                             .placeholder = texts.tr("Name, pinyin or code"),
                             .active = state.searching};
    view.picker = picker_of(state, facts, texts);
    view.columns = {{.title = texts.tr_c("of goods", "Name")},
                    {.title = texts.tr("Item"), .width = 130},
                    {.title = texts.tr("Category"), .width = 112},
                    {.title = texts.tr("Price"), .width = 124, .align = kit::Align::right}};
    for (const ItemFact& each : facts.found) {
        if (is_full(view)) break;
        add_row(view, state, each.item.code, row_of(each, texts));
        if (each.item.code == state.chosen) view.detail = detail_of(each, texts);
    }
    const std::size_t all = std::max(facts.found_in_all, facts.found.size());
    view.count = count_text(
        {view.rows.size(), all},
        texts.tr_n("{} kind of goods", "{} kinds of goods", static_cast<std::int64_t>(all)), texts);
    view.detail_hint = texts.tr("Choose an item to see all of it");
    const bool asked = !state.search.empty() || !state.picked.empty();
    view.empty_icon = asked ? kit::Icon::search : kit::Icon::shelf;
    view.empty_title = asked ? texts.tr("Nothing found") : texts.tr("No goods on record yet");
    view.empty_hint = asked ? texts.tr("Search by fewer letters, or in all categories")
                            : texts.tr("They come when the server has imported them");
    return view;
}

}  // namespace fangxin::admin
