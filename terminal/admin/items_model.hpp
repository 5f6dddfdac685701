// The goods of the shop: searched by name, pinyin or code, filtered by category, each with its
// codes, price and life beside the table. What is found comes from the wiring's search index, which
// holds 100,000 items; the page never has them all. Pure; any thread.
#pragma once

#include "domain/goods.hpp"
#include "terminal/admin/list_page_model.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace fangxin::admin {

struct ItemFact {
    domain::Item item;
    std::string name;  ///< in the language that is spoken, as all names here
    std::string category;
    std::string supplier;
    std::vector<domain::Barcode> codes;  ///< of the chosen one
    bool blocked = false;  ///< a recall or quarantine names all of it, or a batch of it
};

struct ItemsFacts {
    std::vector<ItemFact> found;  ///< for what is typed and picked, best first, at most most_rows
    std::size_t found_in_all = 0;
    struct Category {
        std::string code;
        std::string name;
    };
    std::vector<Category> categories;
};

ListPageView present_items(const ListState& state, const ItemsFacts& facts,
                           const kit::TextTable& texts);

/// `¥12.40`, per kilogram `¥12.40/kg`.
std::string price_words(const domain::Item& item, const kit::TextTable& texts);
/// `12 months`.
std::string life_words(const domain::ShelfLife& life, const kit::TextTable& texts);

}  // namespace fangxin::admin
