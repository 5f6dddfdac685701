#include "sync/enrolment_text.hpp"

#include <algorithm>

namespace fangxin::sync {

namespace {

constexpr std::string_view beginning = "FXE1:";
constexpr std::size_t longest = 512;
constexpr std::size_t pin_digits = 64;
constexpr std::size_t token_digits = 32;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char large(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

bool is_hex(std::string_view text, std::size_t digits) {
    return text.size() == digits && text.find_first_not_of("0123456789abcdef") == text.npos;
}

bool is_host(std::string_view host) {
    return !host.empty() &&
           host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-_:%") == host.npos;
}

/// Without what a scanner or camera tells of the kind of code (`]Q1`, ISO/IEC 15424).
std::string_view without_identifier(std::string_view text) {
    constexpr std::size_t size = 3;
    return text.starts_with(']') && text.size() >= size ? text.substr(size) : text;
}

tl::unexpected<Error> bad(const char* what) { return failure("bad_enrolment_code", what); }

}  // namespace

bool begins_enrolment_code(std::string_view text) {
    text = without_identifier(text);
    if (text.size() < beginning.size()) return false;
    return std::ranges::equal(text.substr(0, beginning.size()), beginning, {}, &large);
}

std::string write_enrolment_code(const EnrolmentCode& code) {
    std::string text(beginning);
    text += code.address.text() + '/' + code.pin + '/' + code.token;
    std::ranges::transform(text, text.begin(), &large);
    return text;
}

Result<EnrolmentCode> read_enrolment_code(std::string_view given) {
    given = without_identifier(given);
    if (given.size() > longest) return bad("it is too long");
    std::string text;
    for (const char c : given) {
        if (!is_blank(c)) text += small(c);
    }
    std::string begin(beginning);
    std::ranges::transform(begin, begin.begin(), &small);
    if (!text.starts_with(begin)) return bad("it does not begin with FXE1:");
    const std::string_view rest = std::string_view(text).substr(begin.size());
    const std::size_t token = rest.rfind('/');
    const std::size_t pin =
        token == rest.npos || token == 0 ? rest.npos : rest.rfind('/', token - 1);
    if (pin == rest.npos) return bad("it is not whole");
    EnrolmentCode code;
    auto address = parse_link_address("wss://" + std::string(rest.substr(0, pin)));
    if (!address || !is_host(address->host)) return bad("its address cannot be read");
    code.address = *address;
    code.pin = rest.substr(pin + 1, token - pin - 1);
    code.token = rest.substr(token + 1);
    if (!is_hex(code.pin, pin_digits) || !is_hex(code.token, token_digits))
        return bad("digits are missing or wrong");
    return code;
}

}  // namespace fangxin::sync
