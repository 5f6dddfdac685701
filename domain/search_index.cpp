#include "domain/search_index.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace fangxin::domain {

namespace {

using std::u16string_view;

/// Nobody reads a name to its four-thousandth letter.
constexpr std::size_t max_field_units = 4096;
constexpr std::size_t gap_units_worth_closing = 1 << 16;

u16string_view clipped(const std::u16string& text) {
    return u16string_view(text).substr(0, max_field_units);
}

/// `06901234567892` is printed, and keyed, as `6901234567892`.
u16string_view without_zeros(u16string_view digits) {
    return digits.substr(std::min(digits.find_first_not_of(u'0'), digits.size()));
}

bool is_number(u16string_view text) {
    return std::ranges::all_of(text, [](char16_t c) { return c >= u'0' && c <= u'9'; });
}

}  // namespace

u16string_view SearchIndex::text_of(const Row& row) const {
    const std::size_t size = std::size_t{row.zh} + row.en + row.own_code + row.codes;
    return u16string_view(texts_).substr(row.begin, size);
}

void SearchIndex::store_text(Row& row, const SearchEntry& entry) {
    const auto append = [&](std::string_view text) {
        const std::u16string folded = fold(text);
        texts_ += clipped(folded);
        return static_cast<std::uint16_t>(clipped(folded).size());
    };
    row.begin = static_cast<std::uint32_t>(texts_.size());
    row.zh = append(entry.name_zh);
    row.en = append(entry.name_en);
    row.own_code = append(entry.code);
    row.codes = 0;
    for (const std::string_view code : entry.codes) {
        if (row.codes > max_field_units) break;
        texts_ += u' ';
        row.codes = static_cast<std::uint16_t>(row.codes + 1 + append(code));
    }
}

void SearchIndex::put(const SearchEntry& entry) {
    ++changes_;
    const auto [at, is_new] = by_code_.try_emplace(std::string(entry.code), 0);
    if (is_new) {
        if (free_rows_.empty()) {
            free_rows_.push_back(static_cast<std::uint32_t>(rows_.size()));
            rows_.emplace_back();
            signatures_.push_back(0);
        }
        at->second = free_rows_.back();
        free_rows_.pop_back();
    }
    Row& row = rows_[at->second];
    unused_units_ += text_of(row).size();
    row.code = &at->first;
    store_text(row, entry);
    signatures_[at->second] = signature_of_name(text_of(row));
    close_gaps();
}

bool SearchIndex::remove(std::string_view code) {
    const auto at = by_code_.find(std::string(code));
    if (at == by_code_.end()) return false;
    ++changes_;
    unused_units_ += text_of(rows_[at->second]).size();
    rows_[at->second] = Row{};
    signatures_[at->second] = 0;
    free_rows_.push_back(at->second);
    by_code_.erase(at);
    close_gaps();
    return true;
}

void SearchIndex::replace_by(SearchIndex&& other) {
    const std::uint64_t changes = changes_ + 1;  // never the count that somebody has seen here
    *this = std::move(other);
    changes_ = changes;
}

void SearchIndex::close_gaps() {
    if (unused_units_ < gap_units_worth_closing || unused_units_ < texts_.size() / 2) return;
    std::u16string closed;
    closed.reserve(texts_.size() - unused_units_);
    for (Row& row : rows_) {
        const u16string_view text = text_of(row);
        row.begin = static_cast<std::uint32_t>(closed.size());
        closed += text;
    }
    texts_ = std::move(closed);
    unused_units_ = 0;
}

std::size_t SearchIndex::bytes() const {
    // A node of the map: its link, its hash, the key and the number.
    constexpr std::size_t node = 2 * sizeof(void*) + sizeof(std::string) + sizeof(std::uint64_t);
    return texts_.capacity() * sizeof(char16_t) + rows_.capacity() * sizeof(Row) +
           signatures_.capacity() * sizeof(std::uint64_t) +
           by_code_.bucket_count() * sizeof(void*) + by_code_.size() * node;
}

SearchAsTyped::Fit SearchAsTyped::fit_of(const SearchPattern& word,
                                         const SearchIndex::Row& row) const {
    const u16string_view text = index_.text_of(row);
    const u16string_view zh = text.substr(0, row.zh);
    const u16string_view en = text.substr(row.zh, row.en);
    const u16string_view code = text.substr(row.zh + row.en, row.own_code);
    const u16string_view codes = text.substr(row.zh + row.en + row.own_code);
    const u16string_view typed = word.text();
    const bool number = is_number(typed);
    if (code == typed) return Fit::exact;
    if (number) {
        for (u16string_view rest = codes; !rest.empty();) {
            rest.remove_prefix(1);
            const std::size_t end = std::min(rest.find(u' '), rest.size());
            const u16string_view each = rest.substr(0, end);
            if (each == typed || without_zeros(each) == typed) return Fit::exact;
            rest.remove_prefix(end);
        }
    }
    if (word.begins(zh) || word.begins(en) || code.starts_with(typed)) return Fit::begins;
    if (word.is_in(zh) || word.is_in(en) || code.find(typed) != code.npos) return Fit::inside;
    if (number && codes.find(typed) != codes.npos) return Fit::by_bar_code;
    return Fit::none;
}

void SearchAsTyped::look_at(std::uint32_t row, std::vector<Found>& found) const {
    if ((index_.signatures_[row] & signature_) != signature_) return;
    const SearchIndex::Row& at = index_.rows_[row];
    const Fit fit = fit_of(words_.front(), at);
    if (fit == Fit::none) return;
    for (std::size_t i = 1; i < words_.size(); ++i) {
        if (fit_of(words_[i], at) == Fit::none) return;
    }
    const std::uint32_t length = at.zh != 0 ? at.zh : at.en;
    found.push_back({.order = static_cast<std::uint32_t>(fit) << 16 | length, .row = row});
}

std::vector<std::string_view> SearchAsTyped::find(std::string_view typed, std::size_t limit) {
    std::u16string folded = fold_words(typed);
    const bool goes_on =
        !typed_.empty() && changes_ == index_.changes_ && folded.starts_with(typed_);
    if (goes_on && folded == typed_) return best(limit);
    typed_ = std::move(folded);
    changes_ = index_.changes_;
    signature_ = signature_of_typed(typed_);
    words_.clear();
    for (u16string_view rest = typed_; !rest.empty();) {
        const std::size_t end = std::min(rest.find(u' '), rest.size());
        words_.emplace_back(std::u16string(rest.substr(0, end)));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    std::vector<Found> found;
    if (goes_on) {
        for (const Found& before : found_)
            look_at(before.row, found);
    } else if (!words_.empty()) {
        for (std::uint32_t row = 0; row < index_.signatures_.size(); ++row)
            look_at(row, found);
    }
    found_ = std::move(found);
    return best(limit);
}

std::vector<std::string_view> SearchAsTyped::best(std::size_t limit) {
    const auto shown = static_cast<std::ptrdiff_t>(std::min(limit, found_.size()));
    std::ranges::partial_sort(
        found_, found_.begin() + shown, [&](const Found& one, const Found& other) {
            if (one.order != other.order) return one.order < other.order;
            return *index_.rows_[one.row].code < *index_.rows_[other.row].code;
        });
    std::vector<std::string_view> codes;
    for (const Found& each : std::span(found_).first(static_cast<std::size_t>(shown)))
        codes.push_back(*index_.rows_[each.row].code);
    return codes;
}

}  // namespace fangxin::domain
