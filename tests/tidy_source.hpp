// Reads C++ just well enough for the tidy rules: what is code and what is comment or literal,
// where a function begins and ends. No preprocessor, no types. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fangxin::tidy {

/// The text's lines, without their line ends.
std::vector<std::string_view> lines_of(std::string_view text);

/// The text with comments and the insides of literals blanked, line for line as long as before.
/// The name in `#include "..."` stays.
std::string code_of(std::string_view text);

struct Include {
    int line = 0;
    std::string target;
    bool quoted = false;
};
std::vector<Include> includes_of(std::string_view code);

struct FunctionSpan {
    std::string name;
    int first_line = 0;
    int last_line = 0;
};
/// Every function body outside another one, from its head to its closing brace. A lambda counts to
/// the function it is in; one that is a variable's value counts as a function.
std::vector<FunctionSpan> functions_of(std::string_view code);

/// Columns on the screen: a Chinese character takes two, as it does for clang-format.
int columns_of(std::string_view line);

/// Where `word` stands in the code as a word of its own: line numbers, one per line at most.
std::vector<int> lines_with_word(std::string_view code, std::string_view word);

}  // namespace fangxin::tidy
