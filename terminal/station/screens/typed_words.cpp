#include "terminal/station/screens/typed_words.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace fangxin::terminal {

TypedWords::TypedWords(std::string_view typed) {
    const std::u16string words = domain::fold_words(typed);
    for (std::size_t at = 0; at < words.size();) {
        const std::size_t end = std::min(words.find(u' ', at), words.size());
        std::u16string word = words.substr(at, end - at);
        at = end + 1;
        if (word.empty()) continue;
        is_too_long_ = is_too_long_ || word.size() > domain::SearchPattern::max_units;
        if (!is_too_long_) words_.emplace_back(std::move(word));
    }
}

bool TypedWords::find(std::string_view in) const {
    if (is_too_long_) return false;
    if (words_.empty()) return true;
    const std::u16string text = domain::fold(in);
    return std::ranges::all_of(words_, [&](const auto& word) { return word.is_in(text); });
}

}  // namespace fangxin::terminal
