// What the screens say, in the language of the person in front of them. The English words stand in
// the code where they are said and are the key; the Chinese ones come from gettext catalogues,
// which the build makes of assets/translations/*.po. Both languages are held side by side, so a
// switch costs nothing and the program's own std::locale stays as it is.
// Owned by the program; read by the main loop.
//
//     texts.tr("Pay")                                     a label
//     texts.tr("{} to {}", from, until)                   with values, as fmt writes them
//     texts.tr_c("of a basket", "Hold")                   a word that means two things in Chinese
//     texts.tr_n("{} item", "{} items", count)            by number
//     constexpr Msgid title{"Scan or enter a code"};      kept in a table …
//     texts.tr(title)                                     … and said later
//
// Only literals compile, for a test reads them all from the sources: each has its Chinese, with the
// same placeholders (tests/terminal/kit/translations_test.cpp).
#pragma once

#include "domain/receipt.hpp"
#include "domain/result.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <fmt/core.h>
#include <locale>
#include <optional>
#include <string>
#include <vector>

namespace fangxin::kit {

/// Words written in the code, given to `tr` on the spot.
struct Literal {
    consteval Literal(const char* words) : text(words) {}  // NOLINT: `tr("Pay")` is the point
    const char* text;
};

/// Words written in the code, kept for later.
struct Msgid {
    consteval explicit Msgid(const char* words) : text(words) {}
    consteval Msgid(const char* of, const char* words) : context(of), text(words) {}
    const char* context = nullptr;
    const char* text;
};

class TextTable {
  public:
    /// Both catalogues, from the first of `folders` that has them; speaks `language`. A language
    /// without a readable catalogue is spoken in English, and trouble() says so.
    static TextTable load(domain::Language language,
                          const std::vector<std::filesystem::path>& folders = usual_folders());
    /// `share/locale` beside the program's own `bin`, then the folder that was configured.
    static std::vector<std::filesystem::path> usual_folders();

    /// Changes the language from the next word on.
    void speak(domain::Language language) { language_ = language; }
    domain::Language language() const { return language_; }
    /// What hinders the language that is spoken: `no_catalogue`, `bad_catalogue`, with the file.
    const std::optional<Error>& trouble() const { return voice().trouble; }

    /// Valid as long as the table or a copy of it; ends with a zero, as ImGui wants it.
    const char* tr(Literal words) const { return find(nullptr, words.text); }
    const char* tr(Msgid words) const { return find(words.context, words.text); }
    const char* tr_c(Literal context, Literal words) const {
        return find(context.text, words.text);
    }

    template <class First, class... Rest>
    std::string tr(Literal words, const First& first, const Rest&... rest) const {
        return fill(tr(words), words.text, fmt::make_format_args(first, rest...));
    }
    template <class First, class... Rest>
    std::string tr(Msgid words, const First& first, const Rest&... rest) const {
        return fill(tr(words), words.text, fmt::make_format_args(first, rest...));
    }
    template <class First, class... Rest>
    std::string tr_c(Literal context, Literal words, const First& first,
                     const Rest&... rest) const {
        return fill(tr_c(context, words), words.text, fmt::make_format_args(first, rest...));
    }
    /// The first placeholder is the number itself, the others are `rest`.
    template <class... Rest>
    std::string tr_n(Literal one, Literal many, std::int64_t number, const Rest&... rest) const {
        return fill(find_plural(one.text, many.text, number), number == 1 ? one.text : many.text,
                    fmt::make_format_args(number, rest...));
    }

  private:
    struct Voice {
        std::locale locale;
        std::optional<Error> trouble;
    };
    static Voice load_voice(const char* name, const std::vector<std::filesystem::path>& folders);

    const Voice& voice() const { return voices_[static_cast<std::size_t>(language_)]; }
    const char* find(const char* context, const char* text) const;
    const char* find_plural(const char* one, const char* many, std::int64_t number) const;
    /// A translation whose placeholders do not fit gives the English, never an exception.
    static std::string fill(const char* pattern, const char* english, fmt::format_args values);

    std::array<Voice, 2> voices_;
    domain::Language language_ = domain::Language::zh;
};

}  // namespace fangxin::kit
