#include "domain/search_text.hpp"

#include "domain/check.hpp"
#include "domain/pinyin_readings.hpp"
#include "domain/text_width.hpp"

#include <bit>

namespace fangxin::domain {

namespace {

bool is_lower(char32_t c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

/// À … ÿ without their accents; a blank where the sign is no letter.
constexpr std::string_view latin_1 =
    "aaaaaaaceeeeiiiidnooooo ouuuuypsaaaaaaaceeeeiiiidnooooo ouuuuypy";

/// 0 for what does not count.
char32_t fold_one(char32_t c) {
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFF01 - '!';  // full width
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    if (c < 0x80) return is_lower(c) || is_digit(c) || c == '.' || c == '%' ? c : 0;
    if (c < 0xC0) return 0;
    if (c <= 0xFF) {
        const char letter = latin_1[c - 0xC0];
        return letter == ' ' ? 0 : static_cast<char32_t>(letter);
    }
    const bool punctuation = (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F);
    return punctuation && c != 0x3007 ? 0 : c;
}

void append_utf16(std::u16string& text, char32_t c) {
    if (c > 0xFFFF) {
        c -= 0x10000;
        text += static_cast<char16_t>(0xD800 + (c >> 10));
        c = 0xDC00 + (c & 0x3FF);
    }
    text += static_cast<char16_t>(c);
}

constexpr int first_digit_bit = 26;
constexpr int first_other_bit = 36;

std::uint64_t bit_of(char16_t unit) {
    if (is_lower(unit)) return std::uint64_t{1} << (unit - 'a');
    if (is_digit(unit)) return std::uint64_t{1} << (first_digit_bit + unit - '0');
    return std::uint64_t{1} << (first_other_bit + unit * 40503U % (64 - first_other_bit));
}

std::size_t same_letters(std::string_view reading, std::u16string_view typed) {
    std::size_t same = 0;
    while (same < reading.size() && same < typed.size() &&
           static_cast<char16_t>(reading[same]) == typed[same])
        ++same;
    return same;
}

}  // namespace

std::u16string fold(std::string_view text) {
    std::u16string folded;
    while (!text.empty()) {
        if (const char32_t c = fold_one(take_code_point(text)); c != 0) append_utf16(folded, c);
    }
    return folded;
}

std::u16string fold_words(std::string_view typed) {
    std::u16string words;
    bool gap = false;
    while (!typed.empty()) {
        const char32_t c = take_code_point(typed);
        if (c == ' ' || c == '\t' || c == 0x3000) {
            gap = !words.empty();
        } else if (const char32_t folded = fold_one(c); folded != 0) {
            if (gap) words += u' ';
            gap = false;
            append_utf16(words, folded);
        }
    }
    return words;
}

std::uint64_t signature_of_name(std::u16string_view folded) {
    std::uint64_t bits = 0;
    for (const char16_t unit : folded) {
        bits |= bit_of(unit);
        for (const SyllableNumber reading : readings_of(unit)) {
            for (const char letter : syllable(reading))
                bits |= bit_of(static_cast<char16_t>(letter));
        }
    }
    return bits;
}

std::uint64_t signature_of_typed(std::u16string_view folded) {
    std::uint64_t bits = 0;
    for (const char16_t unit : folded) {
        if (unit != u' ') bits |= bit_of(unit);
    }
    return bits;
}

SearchPattern::SearchPattern(std::u16string folded)
    : text_(std::move(folded)), first_units_(0x10000 / 64) {
    FANGXIN_CHECK(!text_.empty());
    if (text_.size() > max_units) return;
    found_ = States{1} << text_.size();
    const char16_t first = text_.front();
    const auto allow = [&](char32_t unit) {
        first_units_[unit / 64] |= std::uint64_t{1} << (unit % 64);
    };
    allow(first);
    if (!is_lower(first)) return;
    for (char32_t unit = 0x3000; unit < 0xA000; ++unit) {
        if ((initials_of(unit) >> (first - 'a') & 1) != 0) allow(unit);
    }
}

SearchPattern::States SearchPattern::step_by_readings(std::size_t used, char16_t unit) const {
    const std::u16string_view rest = std::u16string_view(text_).substr(used);
    States next = 0;
    for (const SyllableNumber number : readings_of(unit)) {
        const std::string_view reading = syllable(number);
        const std::size_t same = same_letters(reading, rest);
        if (same == 0) continue;
        if (same == rest.size()) return found_;  // what is typed may end inside a syllable
        next |= States{1} << (used + 1);
        if (same == reading.size()) next |= States{1} << (used + same);
        if (same >= 2 && reading[1] == 'h') next |= States{1} << (used + 2);  // zh, ch, sh
    }
    return next;
}

SearchPattern::States SearchPattern::step(States states, char16_t unit) const {
    States next = 0;
    for (; states != 0; states &= states - 1) {
        const auto used = static_cast<std::size_t>(std::countr_zero(states));
        if (text_[used] == unit) next |= States{1} << (used + 1);
        if (is_lower(text_[used])) next |= step_by_readings(used, unit);
    }
    return next;
}

bool SearchPattern::is_in(std::u16string_view name) const {
    if (found_ == 0) return false;
    States states = 0;
    for (const char16_t unit : name) {
        if (may_begin_with(unit)) {
            states |= 1;
        } else if (states == 0) {
            continue;
        }
        states = step(states, unit);
        if ((states & found_) != 0) return true;
    }
    return false;
}

bool SearchPattern::begins(std::u16string_view name) const {
    if (found_ == 0) return false;
    States states = 1;
    for (const char16_t unit : name) {
        states = step(states, unit);
        if ((states & found_) != 0) return true;
        if (states == 0) return false;
    }
    return false;
}

}  // namespace fangxin::domain
