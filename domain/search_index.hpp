// Goods found as one types (SALE-2): every keystroke is answered from memory, over the whole shop.
// It lies in domain/, as it is values in and values out; sync/search_rows fills it from a
// terminal's rows.
//
// The names lie one after the other in one text, with a signature each; a keystroke looks at
// 100,000 signatures, then at the texts that may match. An index by syllables was considered: one
// letter would still have to be looked up under every character, and each change would touch
// dozens of lists. Owned by the program; one thread.
#pragma once

#include "domain/search_text.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fangxin::domain {

/// What an item is found by.
struct SearchEntry {
    std::string_view code;
    std::string_view name_zh;
    std::string_view name_en;
    std::vector<std::string_view> codes;  ///< bar codes, and PLUs as printed
};

class SearchIndex {
  public:
    /// Adds the item, or replaces what was there under its code; costs what its own text costs.
    void put(const SearchEntry& entry);
    /// False if there is no such item.
    bool remove(std::string_view code);

    /// Becomes what `other` holds. Who searches as one types goes on with it.
    void replace_by(SearchIndex&& other);

    std::size_t size() const { return by_code_.size(); }
    /// What it holds, without the allocator's own; in bytes.
    std::size_t bytes() const;

  private:
    friend class SearchAsTyped;

    struct Row {
        const std::string* code = nullptr;  ///< the key in by_code_; null if the row is free
        std::uint32_t begin = 0;            ///< in texts_: zh, en, code, codes with blanks between
        std::uint16_t zh = 0;               ///< lengths in units
        std::uint16_t en = 0;
        std::uint16_t own_code = 0;
        std::uint16_t codes = 0;
    };
    std::u16string_view text_of(const Row& row) const;
    void store_text(Row& row, const SearchEntry& entry);
    void close_gaps();

    std::u16string texts_;
    std::size_t unused_units_ = 0;
    std::vector<Row> rows_;
    std::vector<std::uint64_t> signatures_;  ///< of each row; 0 if it is free
    std::vector<std::uint32_t> free_rows_;
    std::unordered_map<std::string, std::uint32_t> by_code_;
    std::uint64_t changes_ = 0;
};

/// One search field: it remembers what was found for the letters so far, and looks only there for
/// the next one.
class SearchAsTyped {
  public:
    /// The index must outlive it.
    explicit SearchAsTyped(const SearchIndex& index) : index_(index) {}

    /// Codes of the items that have all words of `typed`, at most `limit`: first whose code, PLU
    /// or bar code it is; then whose name or code begins with the first word; then those that have
    /// it inside; then by bar code; shorter names before longer ones, then by code. Nothing for
    /// nothing typed. The codes are valid until the index changes.
    std::vector<std::string_view> find(std::string_view typed, std::size_t limit);
    /// How many items matched the last time, given or not.
    std::size_t matches() const { return found_.size(); }

  private:
    enum class Fit : std::uint8_t { exact, begins, inside, by_bar_code, none };
    /// Sorts by its value: fit, then length of the name.
    struct Found {
        std::uint32_t order = 0;
        std::uint32_t row = 0;
    };
    Fit fit_of(const SearchPattern& word, const SearchIndex::Row& row) const;
    void look_at(std::uint32_t row, std::vector<Found>& found) const;
    std::vector<std::string_view> best(std::size_t limit);

    const SearchIndex& index_;
    std::uint64_t changes_ = 0;
    std::u16string typed_;
    std::uint64_t signature_ = 0;
    std::vector<SearchPattern> words_;
    std::vector<Found> found_;
};

}  // namespace fangxin::domain
