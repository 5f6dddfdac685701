// What a catalogue of words must be: every text that the sources say has its translation, with the
// same placeholders; none is fuzzy, none is left over. Tests only; pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fangxin::translations {

/// A text of the sources or of a catalogue, by its context and English words.
struct Entry {
    std::string context;
    std::string text;
    std::string plural;                     ///< empty for words without a number
    std::vector<std::string> translations;  ///< one for each plural form; of a catalogue only
    bool fuzzy = false;
    std::string where;  ///< `file:line`
};

/// The texts said in a C++ source: tr("…"), tr_c("…", "…"), tr_n("…", "…", …), Msgid name{…}.
std::vector<Entry> said_in(std::string_view source, std::string_view name);
/// The entries of a .po file, but for its head.
std::vector<Entry> entries_of(std::string_view po, std::string_view name);
/// `nplurals` of the head, 0 without one.
std::size_t plural_forms_of(std::string_view po);

/// What is wrong, a line each. `whole`: every text said must be translated; else a catalogue may
/// leave out what is the same in its language.
std::vector<std::string> check(const std::vector<Entry>& said, std::string_view po,
                               std::string_view po_name, bool whole);

}  // namespace fangxin::translations
