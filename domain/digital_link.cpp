#include "domain/digital_link.hpp"

#include "domain/gs1_ai.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace fangxin::domain {

namespace {

constexpr std::string_view gtin_key = "/01/";
constexpr std::size_t gtin_size = 14;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool starts_with_ignoring_case(std::string_view text, std::string_view lower_case) {
    return text.size() >= lower_case.size() &&
           std::equal(lower_case.begin(), lower_case.end(), text.begin(),
                      [](char wanted, char c) { return wanted == lower(c); });
}

/// What follows `http://` or `https://`; empty if neither is there.
std::string_view after_scheme(std::string_view url) {
    for (std::string_view scheme : {"https://", "http://"}) {
        if (starts_with_ignoring_case(url, scheme)) return url.substr(scheme.size());
    }
    return {};
}

/// Cuts `text` off at the first of `ends` and returns what stood before it, without that character.
std::string_view take_until(std::string_view& text, std::string_view ends) {
    std::size_t end = text.find_first_of(ends);
    std::string_view taken = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return taken;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    char letter = lower(c);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/// RFC 3986: `AB%2F12` → `AB/12`. A plus stays a plus: this is no form.
std::optional<std::string> percent_decoded(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        if (text.size() - i < 3) return std::nullopt;
        int high = hex_value(text[i + 1]);
        int low = hex_value(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        decoded += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return decoded;
}

void add_decoded(Gs1Elements& elements, std::string_view ai, std::string_view value) {
    auto decoded = percent_decoded(value);
    if (decoded) {
        elements.add(ai, *decoded);
    } else {
        elements.fail(CodeError::syntax);
    }
}

/// Eight digits after a `01` are mostly a date in a news address, so those must prove themselves;
/// with more digits somebody meant a GTIN, and a wrong check digit is worth telling.
bool looks_like_gtin(std::string_view segment) {
    if (!all_digits(segment)) return false;
    if (segment.size() == 8) return check_digit_holds(segment);
    return segment.size() >= 12 && segment.size() <= gtin_size;
}

/// What follows the last `/01/` that has a GTIN behind it; empty if there is none. The last, since
/// the shop's own part of the path may be anything, `/2026/01/20261123/01/06901234567892`.
std::string_view find_gtin(std::string_view path) {
    for (std::size_t at = path.rfind(gtin_key); at != std::string_view::npos;
         at = path.rfind(gtin_key, at - 1)) {
        std::string_view rest = path.substr(at + gtin_key.size());
        if (looks_like_gtin(rest.substr(0, rest.find('/')))) return rest;
        if (at == 0) break;
    }
    return {};
}

/// `22/2A/10/AB12/21/X7`: each at most once, in this order, or 235 alone. False where a word comes
/// instead of an AI: then it is an ordinary address that happens to name a GTIN.
bool read_qualifiers(Gs1Elements& elements, std::string_view path) {
    constexpr std::array<std::string_view, 4> order{"22", "10", "21", "235"};
    const auto* next = order.begin();
    while (!path.empty()) {
        std::string_view ai = take_until(path, "/");
        if (!all_digits(ai)) return false;
        const auto* found = std::find(next, order.end(), ai);
        bool may_stand = ai != order.back() || next == order.begin();
        if (found == order.end() || !may_stand || path.empty()) {
            elements.fail(CodeError::syntax);
            return true;
        }
        add_decoded(elements, ai, take_until(path, "/"));
        next = found + 1;
    }
    return true;
}

/// `17=261231&3103=001250`; keys that are no AIs are the shop's own.
void read_query(Gs1Elements& elements, std::string_view query) {
    while (!query.empty()) {
        std::string_view value = take_until(query, "&;");
        if (value.find('=') == std::string_view::npos) continue;
        std::string_view key = take_until(value, "=");
        if (all_digits(key) && ai_length(key) == key.size()) add_decoded(elements, key, value);
    }
}

}  // namespace

bool is_web_address(std::string_view text) {
    std::string_view rest = after_scheme(text);
    if (rest.substr(0, rest.find_first_of("/?#")).empty()) return false;
    return std::none_of(rest.begin(), rest.end(),
                        [](char c) { return (c >= '\0' && c <= ' ') || c == '\x7f'; });
}

std::optional<Gs1Elements> read_digital_link(std::string_view url, Date today) {
    std::string_view address = after_scheme(url);
    address = address.substr(0, address.find('#'));
    std::string_view query = address;
    std::string_view host_and_path = take_until(query, "?");
    std::string_view path =
        find_gtin(host_and_path.substr(std::min(host_and_path.find('/'), host_and_path.size())));
    if (path.empty()) return std::nullopt;

    std::string_view gtin = take_until(path, "/");
    Gs1Elements elements(today);
    elements.add("01", std::string(gtin_size - gtin.size(), '0').append(gtin));
    if (!read_qualifiers(elements, path)) return std::nullopt;
    read_query(elements, query);
    return elements;
}

}  // namespace fangxin::domain
