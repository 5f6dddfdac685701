// What is typed to find something in a list: words, each of which has to be in the text, as
// letters, pinyin or initials. Pure; any thread.
#pragma once

#include "domain/search_text.hpp"

#include <string_view>
#include <vector>

namespace fangxin::terminal {

class TypedWords {
  public:
    explicit TypedWords(std::string_view typed);
    /// True where nothing is typed, false where a word is longer than any that is on record.
    bool find(std::string_view text) const;

  private:
    std::vector<domain::SearchPattern> words_;
    bool is_too_long_ = false;
};

}  // namespace fangxin::terminal
