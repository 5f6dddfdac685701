#include "domain/masked_text.hpp"

#include "domain/text_width.hpp"

#include <vector>

namespace fangxin::domain {

namespace {

constexpr std::string_view mask = "****";
constexpr std::size_t long_enough = 7;
constexpr std::size_t shown_first = 3;
constexpr std::size_t shown_last = 4;
constexpr std::size_t mobile_digits = 11;

std::vector<std::string_view> characters_of(std::string_view text) {
    std::vector<std::string_view> characters;
    while (!text.empty()) {
        const std::string_view from = text;
        take_code_point(text);
        characters.push_back(from.substr(0, from.size() - text.size()));
    }
    return characters;
}

std::string joined(const std::vector<std::string_view>& characters, std::size_t first,
                   std::size_t count) {
    std::string text;
    for (std::size_t i = first; i < first + count; ++i)
        text += characters[i];
    return text;
}

}  // namespace

std::string masked_contact(std::string_view contact) {
    if (contact.empty()) return {};
    const std::size_t at = contact.find('@');
    if (at != contact.npos && at > 0) {
        const auto name = characters_of(contact.substr(0, at));
        const std::string_view first = name.size() > 1 ? name.front() : std::string_view();
        return std::string(first) + std::string(mask) + std::string(contact.substr(at));
    }
    const auto characters = characters_of(contact);
    const std::size_t count = characters.size();
    if (count < long_enough) {
        const std::size_t last = count > 1 ? 1 : 0;
        return std::string(mask) + joined(characters, count - last, last);
    }
    // Never more than half of it.
    const std::size_t first = count >= mobile_digits ? shown_first : 0;
    const std::size_t last = count >= mobile_digits ? shown_last : 2;
    return joined(characters, 0, first) + std::string(mask) +
           joined(characters, count - last, last);
}

std::string phone_digits(std::string_view phone) {
    std::string digits;
    for (const char c : phone) {
        if (c >= '0' && c <= '9') digits.push_back(c);
    }
    for (std::string_view country : {"0086", "86"}) {
        if (digits.size() == country.size() + mobile_digits && digits.starts_with(country))
            return digits.substr(country.size());
    }
    return digits;
}

}  // namespace fangxin::domain
