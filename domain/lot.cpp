#include "domain/lot.hpp"

#include "domain/text_width.hpp"

namespace fangxin::domain {

namespace {

constexpr std::size_t longest_lot = 40;

/// U+FF01…U+FF5E are the printable ASCII characters again, in wide; U+3000 is the wide blank.
char32_t narrow(char32_t c) {
    if (c == 0x3000) return U' ';
    return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c;
}

char32_t capital(char32_t c) { return c >= U'a' && c <= U'z' ? c - U'a' + U'A' : c; }

}  // namespace

std::string folded_lot(std::string_view lot) {
    std::string folded;
    while (!lot.empty())
        append_utf8(folded, capital(narrow(take_code_point(lot))));
    std::size_t begin = folded.find_first_not_of(' ');
    if (begin == std::string::npos) return {};
    return folded.substr(begin, folded.find_last_not_of(' ') - begin + 1);
}

bool same_lot(std::string_view one, std::string_view other) {
    return one == other || folded_lot(one) == folded_lot(other);
}

bool is_lot(std::string_view lot) {
    if (folded_lot(lot).empty()) return false;
    std::size_t count = 0;
    while (!lot.empty()) {
        char32_t c = take_code_point(lot);
        bool printable = c >= 0x20 && !(c >= 0x7F && c < 0xA0) && c != replacement_character;
        if (!printable || ++count > longest_lot) return false;
    }
    return true;
}

}  // namespace fangxin::domain
