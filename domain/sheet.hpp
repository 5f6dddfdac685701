// Paper as it is written line by line: keeps every line within its columns, whatever is put on it.
// For receipts, slips and reports alike. Pure; any thread.
#pragma once

#include "domain/receipt.hpp"
#include "domain/words.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace fangxin::domain {

class Sheet {
  public:
    struct Row {
        std::string left;
        std::string right;
    };

    /// `columns`: at least 24.
    Sheet(Language language, int columns);

    std::string say(const Words& words) const {
        return std::string(language_ == Language::zh ? words.zh : words.en);
    }

    void put(ReceiptLine line) { lines_.push_back(std::move(line)); }
    /// Wrapped, behind so many spaces.
    void text(std::string_view words, const TextLine& style = {}, int spaces = 0);
    void heading(std::string_view words);
    void centre(std::string_view words);
    void rule();
    /// Words on the left, a number on the right; the number moves down if there is no room.
    void row(const Row& row, const TextLine& style = {}, int spaces = 0);
    void indented(const Row& line) { row(line, {}, indent); }
    void indented(std::string_view words) { text(words, {}, indent); }

    Language language() const { return language_; }
    int columns() const { return columns_; }
    std::vector<ReceiptLine> take() { return std::move(lines_); }

  private:
    static constexpr int indent = 2;

    Language language_;
    int columns_;
    std::vector<ReceiptLine> lines_;
};

/// What keeps paper from a test shop, a lesson or a second print from being taken for the real one.
struct SheetMarks {
    bool test_shop = false;
    bool training = false;
    bool reprint = false;
};
void put_marks(Sheet& sheet, const SheetMarks& marks);

/// Where, by whom and when.
struct Desk {
    int till = 0;
    std::string number;
    std::string name;
    StoreTime time;
};
void put_desk(Sheet& sheet, const Desk& desk);

/// `2026-11-28 14:32:07`.
std::string moment_text(const StoreTime& time);
const Words& words_of(TenderKind kind);

}  // namespace fangxin::domain
