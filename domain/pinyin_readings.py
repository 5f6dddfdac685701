#!/usr/bin/env python3
"""Writes the table of pinyin readings as C++, from the Unicode consortium's Unihan database.

usage: pinyin_readings.py Unihan_Readings.txt.bz2 pinyin_readings_table.cpp

A character gets every reading that one of these sources knows, tones taken off:
    kXHC1983     Xiandai Hanyu Cidian, the dictionary of standard Chinese
    kTGHZ2013    Tongyong Guifan Hanzi Zidian, for the 8,105 characters of the 2013 standard
    kHanyuPinlu  readings that a frequency count of modern texts met
    kMandarin    the customary reading, for what the others leave out
kHanyuPinyin stays out: it adds readings of old books (zhong, chong and tong for one character),
under which nobody looks for milk. One and the same table comes from the same input.
"""

import bz2
import re
import sys
import unicodedata

SOURCES = {"kXHC1983", "kTGHZ2013", "kHanyuPinlu", "kMandarin"}
FIRST, LAST = 0x3007, 0x9FFF  # the zero, extension A, the unified ideographs


def spellings(reading):
    """`lǚ` → lv and lu, for people type both; `cháng` → chang."""
    with_v = unicodedata.normalize("NFD", reading.lower()).replace("u\u0308", "v")
    plain = re.sub("[^a-z]", "", with_v)
    return {plain, plain.replace("v", "u")} - {""}


def readings_of(path):
    found = {}
    with bz2.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            parts = line.rstrip("\n").split("\t")
            if len(parts) != 3 or parts[1] not in SOURCES:
                continue
            code_point = int(parts[0][2:], 16)
            if not FIRST <= code_point <= LAST:
                continue
            # `0121.040,0121.050*:cháng`, `zhǎng(1879)`, `zhǎng`: the words that hold a letter.
            for word in re.split(r"[\s,]+", parts[2]):
                word = re.sub(r"\(.*\)", "", word.split(":")[-1])
                found.setdefault(code_point, set()).update(spellings(word))
    return {code: tuple(sorted(each)) for code, each in found.items() if each}


def rows(numbers, width=16):
    numbers = list(numbers)
    for at in range(0, len(numbers), width):
        yield "    " + ", ".join(str(each) for each in numbers[at : at + width]) + ","


def main():
    readings = readings_of(sys.argv[1])
    if len(readings) < 20000 or readings.get(0x957F) != ("chang", "zhang"):
        sys.exit("pinyin_readings.py: this is not the Unihan database that is expected")
    syllables = sorted({each for group in readings.values() for each in group})
    number_of = {each: number for number, each in enumerate(syllables)}
    groups = [()] + sorted(set(readings.values()))
    group_of = {group: number for number, group in enumerate(groups)}
    ends, members = [], []
    for group in groups:
        members += [number_of[each] for each in group]
        ends.append(len(members))
    slots = [group_of[readings.get(code, ())] for code in range(FIRST, LAST + 1)]
    out = [
        "// Made by domain/pinyin_readings.py; do not edit.",
        '#include "domain/pinyin_readings_table.hpp"',
        "namespace fangxin::domain::pinyin_table {",
        "const std::string_view syllables[] = {",
        *("    " + ", ".join(f'"{each}"' for each in syllables[at : at + 8]) + ","
          for at in range(0, len(syllables), 8)),
        "};",
        "const std::uint16_t group_ends[] = {", *rows(ends), "};",
        "const std::uint16_t members[] = {", *rows(members), "};",
        "const std::uint16_t groups[] = {", *rows(slots), "};",
        f"const std::size_t group_count = {len(groups)};",
        "}  // namespace fangxin::domain::pinyin_table",
        "",
    ]
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.write("\n".join(out))


if __name__ == "__main__":
    main()
