#include "terminal/station/configuration_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace fangxin::terminal {

namespace {

constexpr std::string_view taken_out = "…";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

/// Up to a remark; a `#` in quotes is none.
std::string_view without_remark(std::string_view line) {
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quote == '"' && c == '\\') {
            ++i;
        } else if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '#') {
            return line.substr(0, i);
        }
    }
    return line;
}

bool names_a_secret(std::string_view word) {
    std::string small(word);
    std::ranges::transform(small, small.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    static constexpr std::array parts{"passw",   "secret",  "token",    "credential", "apikey",
                                      "api_key", "api-key", "merchant", "cookie"};
    if (std::ranges::any_of(
            parts, [&](const char* part) { return small.find(part) != std::string::npos; })) {
        return true;
    }
    static constexpr std::array whole{"pw", "pwd", "pin", "key", "auth", "user-pw", "user-id"};
    return std::ranges::find(whole, small) != whole.end();
}

/// Where the word that names the value behind `equals` begins and ends: `pw =`, `"pw"\t=`.
std::string_view name_before(std::string_view line, std::size_t equals) {
    std::string_view before = line.substr(0, equals);
    while (!before.empty() && !is_word(before.back()))
        before.remove_suffix(1);
    std::size_t begin = before.size();
    while (begin > 0 && is_word(before[begin - 1]))
        --begin;
    return before.substr(begin);
}

/// The value that `rest` begins with, blanks before it and quotes with it.
std::size_t length_of_value(std::string_view rest) {
    const std::size_t begin = std::min(rest.find_first_not_of(" \t"), rest.size());
    if (begin == rest.size()) return begin;
    for (std::string_view quote : {"\"\"\"", "'''", "\"", "'"}) {
        if (!rest.substr(begin).starts_with(quote)) continue;
        const std::size_t end = rest.find(quote, begin + quote.size());
        return end == std::string_view::npos ? rest.size() : end + quote.size();
    }
    return std::min(rest.find_first_of(" \t&\"'\n", begin), rest.size());
}

/// `name = value`: the value of a name that says it is secret, in a key of the file or inside a
/// text, as a camera's pipeline has them.
std::string without_secrets(std::string_view file) {
    std::string kept;
    std::size_t at = 0;
    for (std::size_t equals = 0; (equals = file.find('=', at)) != std::string_view::npos;) {
        const std::string_view line = file.substr(at, equals - at);
        kept.append(file.substr(at, equals + 1 - at));
        at = equals + 1;
        if (!names_a_secret(name_before(line, line.size()))) continue;
        const std::string_view rest = file.substr(at);
        kept.append(rest.substr(0, std::min(rest.find_first_not_of(" \t"), rest.size())));
        kept += taken_out;
        at += length_of_value(rest);
    }
    return kept.append(file.substr(at));
}

/// `//name:password@host` keeps its host; a password may hold `/` and `@`.
std::string without_logins(std::string line) {
    for (std::size_t at = line.find("//"); at != std::string::npos; at = line.find("//", at + 2)) {
        const std::size_t end = std::min(line.find_first_of(" \t\"'", at), line.size());
        const std::size_t host = line.rfind('@', end);
        if (host == std::string::npos || host < at + 2) continue;
        line.replace(at + 2, host - at - 2, taken_out);
    }
    return line;
}

/// Card numbers and payment codes have 16 digits and more; no address of a device has.
std::string without_long_numbers(std::string_view line) {
    constexpr std::size_t suspicious = 16;
    std::string kept;
    for (std::size_t at = 0; at < line.size();) {
        std::size_t end = at;
        while (end < line.size() && is_digit(line[end]))
            ++end;
        if (end == at) {
            kept += line[at++];
            continue;
        }
        kept += end - at >= suspicious ? taken_out : line.substr(at, end - at);
        at = end;
    }
    return kept;
}

}  // namespace

std::string shown_configuration(std::string_view file) {
    std::string without_remarks;
    while (!file.empty()) {
        const std::size_t end = std::min(file.find('\n'), file.size());
        std::string_view line = without_remark(file.substr(0, end));
        file.remove_prefix(std::min(end + 1, file.size()));
        const std::size_t last = line.find_last_not_of(" \t\r");
        if (last == std::string_view::npos) continue;
        without_remarks.append(line.substr(0, last + 1)) += '\n';
    }
    const std::string all = without_secrets(without_remarks);
    std::string shown;
    for (std::size_t at = 0; at < all.size();) {
        const std::size_t end = all.find('\n', at);
        const std::size_t stop = std::min(end, all.size());
        std::string kept = without_long_numbers(without_logins(all.substr(at, stop - at)));
        at = stop + 1;
        if (shown.size() + kept.size() + 1 > longest_configuration) return shown + "…\n";
        shown += kept + "\n";
    }
    return shown;
}

}  // namespace fangxin::terminal
