// What GS1 Application Identifiers there are and what each may hold, as a table. Pure; any thread.
// Sources: GS1 General Specifications 3 (the AIs), 7.8 (lengths), 7.9 (check digits), 7.11
// (characters), 7.12 (century); GS1 Syntax Dictionary (the parts of each value).
#pragma once

#include "domain/code.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fangxin::domain {

bool all_digits(std::string_view text);

/// True if `text` is digits and the last one is the mod-10 check digit of the others.
bool check_digit_holds(std::string_view text);

/// The number that 1 to 18 digits write. The caller has checked both.
std::int64_t number_of(std::string_view digits);

/// How many digits the AI that `data` starts with has (2..4), judged by its first two as GS1 has
/// assigned them; 0 if `data` does not start with an AI. `10AB12` → 2, `3103001250` → 4, `05…` → 0.
std::size_t ai_length(std::string_view data);

/// 7.8: the length of values that need no separator after them, told by the AI's first two
/// digits.
std::optional<std::size_t> predefined_length(std::string_view ai);

/// What is wrong with a value: `check_digit`, `date`, `length` or `charset`. An AI that the table
/// lacks may hold what its length rule lets through. `ai` is one that ai_length() accepts.
std::optional<CodeError> judge_ai_value(std::string_view ai, std::string_view value, int this_year);

/// `YYMMDD`; a day 00 is the month's last day (3.4). The year is the one within 50 of this year:
///     this year 2026:   75 → 2075   76 → 2076   77 → 1977   99 → 1999
std::optional<Date> date_of_six(std::string_view yymmdd, int this_year);

/// Keeps the graver of the two, in the order of CodeError.
void keep_graver(std::optional<CodeError>& kept, std::optional<CodeError> found);

}  // namespace fangxin::domain
