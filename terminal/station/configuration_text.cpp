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

/// `name = value`: the value of a name that says it is secret, in a key of the file or inside a
/// text, as a camera's pipeline has them.
std::string without_secrets(std::string_view line) {
    std::string kept;
    std::size_t at = 0;
    while (at < line.size()) {
        const std::size_t equals = line.find('=', at);
        if (equals == std::string_view::npos) break;
        std::size_t end = equals;
        while (end > at && line[end - 1] == ' ')
            --end;
        std::size_t begin = end;
        while (begin > at && is_word(line[begin - 1]))
            --begin;
        kept += line.substr(at, equals + 1 - at);
        at = equals + 1;
        if (!names_a_secret(line.substr(begin, end - begin))) continue;
        while (at < line.size() && line[at] == ' ')
            kept += line[at++];
        const bool quoted = at < line.size() && (line[at] == '"' || line[at] == '\'');
        const std::size_t stop =
            quoted ? line.find(line[at], at + 1) : line.find_first_of(" &\"'", at);
        kept += taken_out;
        at = stop == std::string_view::npos ? line.size() : stop + (quoted ? 1 : 0);
    }
    return kept + std::string(line.substr(std::min(at, line.size())));
}

/// `//name:password@host` keeps its host.
std::string without_logins(std::string line) {
    for (std::size_t at = line.find("//"); at != std::string::npos; at = line.find("//", at + 2)) {
        const std::size_t host = line.find_first_of("@/ \"'", at + 2);
        if (host == std::string::npos || line[host] != '@') continue;
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
    std::string shown;
    while (!file.empty()) {
        const std::size_t end = std::min(file.find('\n'), file.size());
        std::string_view line = without_remark(file.substr(0, end));
        file.remove_prefix(std::min(end + 1, file.size()));
        const std::size_t last = line.find_last_not_of(" \t\r");
        if (last == std::string_view::npos) continue;
        std::string kept =
            without_long_numbers(without_logins(without_secrets(line.substr(0, last + 1))));
        if (shown.size() + kept.size() + 1 > longest_configuration) return shown + "…\n";
        shown += kept + "\n";
    }
    return shown;
}

}  // namespace fangxin::terminal
