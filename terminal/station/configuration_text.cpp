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
/// knows no `\`, one of one sign ends with its line at the latest, and one of three may have two
/// more of its sign before its end (toml.io, v1.0.0, String).
std::size_t quoted_length(std::string_view text, std::string_view quote) {
    for (std::size_t at = quote.size(); at < text.size(); ++at) {
        if (quote[0] == '"' && text[at] == '\\') {
            ++at;
        } else if (text.substr(at).starts_with(quote)) {
            at += quote.size();
            for (int more = 0; quote.size() == 3 && more < 2; ++more)
                at += at < text.size() && text[at] == quote[0] ? 1 : 0;
            return at;
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

bool is_secret(std::string_view word) {
    std::string small(word);
    std::ranges::transform(small, small.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    static constexpr std::array parts{"pass",       "secret",   "token", "authori",
                                      "credential", "merchant", "cookie"};
    static constexpr std::array ends{"pw", "pwd", "key"};
    static constexpr std::array whole{"pin", "auth", "user-id"};
    const auto has = [&](const char* part) { return small.find(part) != std::string::npos; };
    const auto ends_so = [&](const char* end) { return small.ends_with(end); };
    return std::ranges::any_of(parts, has) || std::ranges::any_of(ends, ends_so) ||
           std::ranges::find(whole, small) != whole.end();
}

/// One of these words says that what stands behind them is secret.
bool names_a_secret(std::string_view words) {
    for (std::size_t begin = 0; begin < words.size();) {
        std::size_t end = begin;
        while (end < words.size() && is_word(words[end]))
            ++end;
        if (is_secret(words.substr(begin, end - begin))) return true;
        begin = end + 1;
    }
    return false;
}

/// `name=value` inside a text, as a camera's pipeline has them: a text is shown up to the first
/// secret and no further, since how its value ends is the affair of whoever reads it.
std::string shown_text(std::string_view text, std::string_view quote) {
    for (std::size_t at = text.find('='); at != std::string_view::npos;
         at = text.find('=', at + 1)) {
        std::size_t begin = at;
        while (begin > 0 && (is_word(text[begin - 1]) || text[begin - 1] == ' '))
            --begin;
        if (!names_a_secret(text.substr(begin, at - begin))) continue;
        return std::string(text.substr(0, at + 1)).append(taken_out).append(quote);
    }
    return std::string(text);
}

/// Goes through a file without remarks: `name = value`, where a value ends with its line unless a
/// bracket is open.
class Shown {
  public:
    std::string of(std::string_view file) {
        while (!file.empty()) {
            const std::string_view quote = quote_at(file);
            const std::size_t length = quote.empty() ? 1 : quoted_length(file, quote);
            const std::string_view piece = file.substr(0, length);
            file.remove_prefix(length);
            if (quote.empty()) {
                sign(piece[0]);
            } else {
                name_ += piece;
                if (!hides_) kept_ += shown_text(piece, quote);
            }
        }
        return std::move(kept_);
    }

  private:
    void sign(char c) {
        if (c == '\n' && depth_ <= 0) {
            hides_ = false;
            depth_ = 0;
        }
        if (c == '[' || c == '{') ++depth_;
        if (c == ']' || c == '}') --depth_;
        if (!hides_) kept_ += c;
        if (c == '=' && !hides_ && names_a_secret(name_)) {
            hides_ = true;
            kept_.append(" ") += taken_out;
        }
        const bool begins_anew = c == '\n' || c == ',' || c == '{' || c == '[' || c == '=';
        if (begins_anew) {
            name_.clear();
        } else {
            name_ += c;
        }
    }

    std::string kept_;
    std::string name_;  ///< what stands before the next `=`
    int depth_ = 0;
    bool hides_ = false;
};

/// `//name:password@host` keeps its host; a password may hold `/` and `@`.
std::string without_logins(std::string_view line) {
    std::string kept;
    for (std::size_t at = 0; (at = line.find("//")) != std::string_view::npos;) {
        const std::size_t end = std::min(line.find_first_of(" \t\"'", at), line.size());
        const std::string_view address = line.substr(at + 2, end - at - 2);
        const std::size_t host = address.rfind('@');
        kept += line.substr(0, at + 2);
        if (host != std::string_view::npos) kept += taken_out;
        kept += address.substr(host == std::string_view::npos ? 0 : host);
        line.remove_prefix(end);
    }
    return kept.append(line);
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
    const std::string all = Shown().of(without_remarks(file));
    std::string shown;
    for (std::size_t at = 0; at < all.size();) {
        const std::size_t end = all.find('\n', at);
        const std::size_t stop = std::min(end, all.size());
        std::string kept = all.substr(at, stop - at);
        at = stop + 1;
        kept.erase(kept.find_last_not_of(" \t\r") + 1);
        if (kept.empty()) continue;
        kept = without_long_numbers(without_logins(kept));
        if (shown.size() + kept.size() + 1 > longest_configuration) return shown + "…\n";
        shown += kept + "\n";
    }
    return shown;
}

}  // namespace fangxin::terminal
