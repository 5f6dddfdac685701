#include "domain/pinyin_readings.hpp"

#include "domain/pinyin_readings_table.hpp"

#include <vector>

namespace fangxin::domain {

namespace {

namespace table = pinyin_table;

std::uint16_t group_of(char32_t character) {
    if (character < table::first_character || character > table::last_character) return 0;
    return table::groups[character - table::first_character];
}

std::span<const SyllableNumber> members_of(std::size_t group) {
    const std::size_t begin = group == 0 ? 0 : table::group_ends[group - 1];
    return {table::members + begin, table::group_ends[group] - begin};
}

std::vector<std::uint32_t> initials_of_groups() {
    std::vector<std::uint32_t> all(table::group_count);
    for (std::size_t group = 0; group < all.size(); ++group) {
        for (const SyllableNumber each : members_of(group))
            all[group] |= std::uint32_t{1} << (table::syllables[each].front() - 'a');
    }
    return all;
}

}  // namespace

std::span<const SyllableNumber> readings_of(char32_t character) {
    return members_of(group_of(character));
}

std::string_view syllable(SyllableNumber number) { return table::syllables[number]; }

std::uint32_t initials_of(char32_t character) {
    static const std::vector<std::uint32_t> of_groups = initials_of_groups();
    return of_groups[group_of(character)];
}

}  // namespace fangxin::domain
