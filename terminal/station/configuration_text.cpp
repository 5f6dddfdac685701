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

/// The quote that `text` begins with, of three or of one sign; empty: none.
std::string_view quote_at(std::string_view text) {
    for (std::string_view quote : {"\"\"\"", "'''", "\"", "'"}) {
        if (text.starts_with(quote)) return text.substr(0, quote.size());
    }
    return {};
}

/// How long what stands in quotes is, with them; to the end if it has none. A text in single quotes
/// knows no `\`, and of one sign it ends with its line at the latest.
std::size_t quoted_length(std::string_view text, std::string_view quote) {
    for (std::size_t at = quote.size(); at < text.size(); ++at) {
        if (quote[0] == '"' && text[at] == '\\') {
            ++at;
        } else if (text.substr(at).starts_with(quote)) {
            return at + quote.size();
        } else if (quote.size() == 1 && text[at] == '\n') {
            return at;
        }
    }
    return text.size();
}

/// A `#` in quotes begins no remark.
std::string without_remarks(std::string_view file) {
    std::string kept;
    while (!file.empty()) {
        std::size_t length = 1;
        if (const std::string_view quote = quote_at(file); !quote.empty()) {
            length = quoted_length(file, quote);
        } else if (file[0] == '#') {
            file.remove_prefix(std::min(file.find('\n'), file.size()));
            continue;
        }
        kept.append(file.substr(0, length));
        file.remove_prefix(length);
    }
    return kept;
}

bool names_a_secret(std::string_view word) {
    std::string small(word);
    std::ranges::transform(small, small.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    static constexpr std::array parts{"pass",    "secret",  "token",    "credential", "apikey",
                                      "api_key", "api-key", "merchant", "cookie"};
    if (std::ranges::any_of(
            parts, [&](const char* part) { return small.find(part) != std::string::npos; })) {
        return true;
    }
    if (small.ends_with("pw") || small.ends_with("pwd")) return true;
    static constexpr std::array whole{"pin", "key", "auth", "user-id"};
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

/// The value that `rest` begins with, blanks before it and quotes with it; also one in quotes
/// within a text in quotes, and a list.
std::size_t length_of_value(std::string_view rest) {
    const std::size_t begin = std::min(rest.find_first_not_of(" \t"), rest.size());
    const std::string_view value = rest.substr(begin);
    constexpr std::string_view inner = "\\\"";
    if (value.starts_with(inner)) {
        const std::size_t end = value.find(inner, inner.size());
        return end == std::string_view::npos ? rest.size() : begin + end + inner.size();
    }
    if (const std::string_view quote = quote_at(value); !quote.empty())
        return begin + quoted_length(value, quote);
    if (value.starts_with('[')) return begin + std::min(value.find(']'), value.size() - 1) + 1;
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
    const std::string all = without_secrets(without_remarks(file));
    std::string shown;
    for (std::size_t at = 0; at < all.size();) {
        const std::size_t end = all.find('\n', at);
        const std::size_t stop = std::min(end, all.size());
        std::string kept = all.substr(at, stop - at);
        at = stop + 1;
        kept.erase(kept.find_last_not_of(" \t\r") + 1);
        if (kept.empty()) continue;
        kept = without_long_numbers(without_logins(std::move(kept)));
        if (shown.size() + kept.size() + 1 > longest_configuration) return shown + "…\n";
        shown += kept + "\n";
    }
    return shown;
}

}  // namespace fangxin::terminal
