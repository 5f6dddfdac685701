// Chinese written in pinyin: letters in, candidates by the page, words out. The dictionary and its
// ranking are librime's luna-pinyin, made ready when Fangxin is built, so that the first letter
// costs milliseconds and a new till has nothing to prepare.
//
// librime is opened when the first Pinyin is made, not linked: a till without it starts and writes
// Latin, and librime's own Boost stays out of ours. It is one per process, so one Pinyin lives at
// a time. Owned by the program; main loop only.
#pragma once

#include "domain/result.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace fangxin::kit {

/// What is being written, ready to be shown.
struct PinyinView {
    std::string spelling;                 ///< `ni hao`; chosen words stand in it already
    std::vector<std::string> candidates;  ///< of this page, best first; at most 8
    bool has_previous_page = false;
    bool has_next_page = false;
    bool operator==(const PinyinView&) const = default;
};

class Pinyin {
  public:
    /// More letters than anybody types before choosing; what comes after them is not taken.
    static constexpr std::size_t max_letters = 48;

    struct Folders {
        std::filesystem::path data;  ///< the dictionary that the build made; read only
        std::filesystem::path user;  ///< librime's own notes; made if it is not there
    };
    /// `share/fangxin/pinyin` beside the program's own `bin`.
    static std::filesystem::path usual_data_folder();

    /// Opens the engine; without it every letter is refused, and trouble() says why.
    explicit Pinyin(const Folders& folders);
    ~Pinyin();
    Pinyin(const Pinyin&) = delete;
    Pinyin& operator=(const Pinyin&) = delete;

    bool available() const { return session_ != 0; }
    /// `no_engine` (librime is not installed), `no_dictionary`, `in_use` (another Pinyin lives).
    const std::optional<Error>& trouble() const { return trouble_; }

    bool composing() const { return !view_.spelling.empty(); }
    const PinyinView& view() const { return view_; }

    /// `a` to `z`, either case, or `'` between syllables. False if it was not taken.
    bool feed(char letter);
    /// Takes the last letter off. False if nothing is being written.
    bool backspace();
    void next_page();
    void previous_page();
    /// Takes a candidate of this page. The text that is now finished; empty while letters are left
    /// to be chosen for, or if there is no such candidate.
    std::string choose(std::size_t candidate);
    /// Ends the writing: the best candidates for all that is left, or the letters as typed if the
    /// dictionary has none.
    std::string finish();
    /// Ends the writing and gives the letters as they were typed.
    std::string finish_as_typed();
    /// Forgets what is being written.
    void reset();

  private:
    std::optional<Error> open(const Folders& folders);
    std::string take_finished();
    void look();

    std::uintptr_t session_ = 0;
    bool holds_engine_ = false;
    std::optional<Error> trouble_;
    PinyinView view_;
};

}  // namespace fangxin::kit
