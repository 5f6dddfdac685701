#include "drivers/printers/paper/tspl_arguments.hpp"

#include <charconv>

namespace fangxin::drivers {

namespace {

constexpr std::string_view escaped_quote = "\\[\"]";

void trim(std::string_view& text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
}

/// Up to the quote that ends it.
std::string take_quoted(std::string_view& rest) {
    std::string text;
    rest.remove_prefix(1);
    while (!rest.empty() && rest.front() != '"') {
        // A second half of a Chinese character may look like the backslash.
        bool pair = static_cast<unsigned char>(rest.front()) >= 0x81 && rest.size() > 1;
        if (rest.starts_with(escaped_quote)) {
            text += '"';
            rest.remove_prefix(escaped_quote.size());
            continue;
        }
        text += rest.substr(0, pair ? 2 : 1);
        rest.remove_prefix(pair ? 2 : 1);
    }
    if (!rest.empty()) rest.remove_prefix(1);
    return text;
}

}  // namespace

int TsplArgument::number() const {
    std::string_view digits = text;
    if (!digits.empty() && digits.front() >= 'a' && digits.front() <= 'z') digits.remove_prefix(1);
    std::uint16_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

const TsplArgument& TsplWords::at(std::size_t place) const {
    static const TsplArgument none;
    return place < arguments.size() ? arguments[place] : none;
}

TsplWords read_tspl_line(std::string_view line) {
    TsplWords words;
    std::size_t end = std::min(line.find(' '), line.size());
    for (char c : line.substr(0, end))
        words.name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    std::string_view rest = line.substr(end);
    trim(rest);
    while (!rest.empty()) {
        TsplArgument argument;
        argument.quoted = rest.front() == '"';
        if (argument.quoted) argument.text = take_quoted(rest);
        std::size_t comma = std::min(rest.find(','), rest.size());
        if (!argument.quoted) argument.text = rest.substr(0, comma);
        while (!argument.quoted && argument.text.ends_with(' '))
            argument.text.pop_back();
        words.arguments.push_back(std::move(argument));
        rest.remove_prefix(std::min(comma + 1, rest.size()));
        trim(rest);
    }
    return words;
}

}  // namespace fangxin::drivers
