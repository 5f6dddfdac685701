#include "drivers/scales/frame_template.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace fangxin::drivers {

namespace {

constexpr std::size_t most_blanks = 16;
constexpr std::size_t widest_mass = 12;
constexpr std::size_t widest_unit = 3;
constexpr std::size_t widest_field = 32;
constexpr std::size_t longest_rest = 24;

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

/// One character of a template, its escape undone; none if that is cut off or unknown.
std::optional<char> take_literal(std::string_view& text) {
    const char c = text.front();
    text.remove_prefix(1);
    if (c != '\\') return c;
    if (text.empty()) return std::nullopt;
    const char escape = text.front();
    text.remove_prefix(1);
    switch (escape) {
        case 'r':
            return '\r';
        case 'n':
            return '\n';
        case 't':
            return '\t';
        case '\\':
        case '{':
            return escape;
        case 'x':
            break;
        default:
            return std::nullopt;
    }
    if (text.size() < 2 || hex_value(text[0]) < 0 || hex_value(text[1]) < 0) return std::nullopt;
    const char value = static_cast<char>(hex_value(text[0]) * 16 + hex_value(text[1]));
    text.remove_prefix(2);
    return value;
}

/// How many of the first characters of `bytes` can be a mass of free width.
std::size_t mass_length(std::string_view bytes) {
    std::size_t at = 0;
    auto pass = [&](std::string_view characters) {
        at = std::min(bytes.find_first_not_of(characters, at), bytes.size());
    };
    pass(" ");
    if (at < bytes.size() && (bytes[at] == '-' || bytes[at] == '+')) ++at;
    pass(" ");
    pass("0123456789.");
    return at;
}

bool is_printable(char c) { return c >= 0x20 && c < 0x7F; }

}  // namespace

/// Where a match stands, and what it has found.
struct FrameTemplate::Cursor {
    std::string_view bytes;
    std::size_t at = 0;
    std::size_t check_from = 0;
    FrameFields fields;

    std::string_view rest() const { return bytes.substr(at); }
    std::string_view take(std::size_t count) {
        at += count;
        return bytes.substr(at - count, count);
    }
    unsigned check(bool sum) const {
        unsigned value = 0;
        for (char c : bytes.substr(check_from, at - check_from)) {
            const unsigned byte = static_cast<unsigned char>(c);
            value = sum ? (value + byte) & 0xFFU : value ^ byte;
        }
        return value;
    }
};

Result<FrameTemplate> FrameTemplate::parse(std::string_view text) {
    FrameTemplate made;
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t at = text.size() - rest.size();
        if (rest.front() == '{') {
            const std::size_t end = rest.find('}');
            if (end == std::string_view::npos) {
                return failure("bad_template", fmt::format("no }} after {{ at {}", at + 1));
            }
            const std::string_view field = rest.substr(1, end - 1);
            const std::size_t colon = std::min(field.find(':'), field.size());
            auto added = made.add_field(field.substr(0, colon),
                                        field.substr(std::min(colon + 1, field.size())));
            if (!added) return tl::unexpected(within(added.error(), std::string(field)));
            rest.remove_prefix(end + 1);
        } else if (rest.front() == ' ') {
            made.parts_.push_back({.kind = Kind::blanks});
            made.longest_ += most_blanks;
            rest.remove_prefix(1);
        } else if (auto literal = take_literal(rest)) {
            made.parts_.push_back({.kind = Kind::literal, .literal = *literal});
            made.longest_ += 1;
        } else {
            return failure("bad_template", fmt::format("unknown escape at {}", at + 1));
        }
    }
    if (made.parts_.empty() || made.parts_.front().kind == Kind::blanks) {
        return failure("bad_template", "a frame begins with something");
    }
    return made;
}

Result<void> FrameTemplate::add_field(std::string_view name, std::string_view width) {
    struct Name {
        std::string_view name;
        Kind kind;
        std::size_t width;    // if none is given
        std::size_t longest;  // then
    };
    static constexpr std::array names{Name{"mass", Kind::mass, 0, widest_mass},
                                      Name{"gross", Kind::gross, 0, widest_mass},
                                      Name{"tare", Kind::tare, 0, widest_mass},
                                      Name{"net", Kind::net, 0, widest_mass},
                                      Name{"sign", Kind::sign, 1, 1},
                                      Name{"state", Kind::state, 1, 1},
                                      Name{"unit", Kind::unit, 0, widest_unit},
                                      Name{"point", Kind::point, 1, 1},
                                      Name{"any", Kind::any, 1, 1},
                                      Name{"rest", Kind::rest, 0, longest_rest},
                                      Name{"[", Kind::from, 0, 0},
                                      Name{"xor", Kind::xored, 1, 1},
                                      Name{"sum", Kind::summed, 1, 1}};
    const auto* row = std::ranges::find(names, name, &Name::name);
    if (row == names.end()) return failure("bad_template", "no such field");
    Part part{.kind = row->kind, .width = row->width};
    std::size_t longest = row->longest;
    if (width == "hex" && (part.kind == Kind::xored || part.kind == Kind::summed)) {
        part.hex = true;
        part.width = longest = 2;
    } else if (!width.empty()) {
        auto [end, error] = std::from_chars(width.data(), width.data() + width.size(), part.width);
        const bool is_whole = error == std::errc{} && end == width.data() + width.size();
        static constexpr std::array without_width{Kind::from, Kind::xored, Kind::summed,
                                                  Kind::sign, Kind::point, Kind::rest};
        const bool has_width = std::ranges::find(without_width, part.kind) == without_width.end();
        if (!is_whole || !has_width || part.width == 0 || part.width > widest_field) {
            return failure("bad_template", fmt::format("not a width here: {}", width));
        }
        longest = part.width;
    }
    parts_.push_back(part);
    longest_ += longest;
    return {};
}

bool FrameTemplate::has_state() const {
    return std::ranges::any_of(parts_, [](const Part& part) { return part.kind == Kind::state; });
}

std::optional<std::string> FrameTemplate::literal() const {
    std::string bytes;
    for (const Part& part : parts_) {
        if (part.kind != Kind::literal) return std::nullopt;
        bytes.push_back(part.literal);
    }
    return bytes;
}

FrameTemplate::Match FrameTemplate::match(std::string_view bytes) const {
    Cursor cursor{.bytes = bytes.substr(0, longest_), .at = 0, .check_from = 0, .fields = {}};
    for (const Part& part : parts_) {
        const Fit fit = match_part(part, cursor);
        if (fit == Fit::no) return {};
        if (fit == Fit::more) {
            return {
                .fit = bytes.size() < longest_ ? Fit::more : Fit::no, .length = 0, .fields = {}};
        }
    }
    return {.fit = Fit::whole, .length = cursor.at, .fields = std::move(cursor.fields)};
}

Fit FrameTemplate::match_part(const Part& part, Cursor& cursor) {
    const std::string_view rest = cursor.rest();
    switch (part.kind) {
        case Kind::literal:
            if (rest.empty()) return Fit::more;
            return cursor.take(1).front() == part.literal ? Fit::whole : Fit::no;
        case Kind::blanks:
            cursor.take(std::min({rest.find_first_not_of(' '), rest.size(), most_blanks}));
            return Fit::whole;
        case Kind::rest:
            while (!cursor.rest().empty() && is_printable(cursor.rest().front()) &&
                   rest.size() - cursor.rest().size() < longest_rest)
                cursor.take(1);
            return Fit::whole;
        case Kind::from:
            cursor.check_from = cursor.at;
            return Fit::whole;
        case Kind::mass:
        case Kind::gross:
        case Kind::tare:
        case Kind::net:
            return match_mass(part, cursor);
        case Kind::unit:
            return match_unit(part, cursor);
        case Kind::xored:
        case Kind::summed:
            return match_check(part, cursor);
        default:
            return match_width(part, cursor);
    }
}

/// In a field of fixed width a scale that is out of range may draw anything; then there is no mass.
Fit FrameTemplate::match_mass(const Part& part, Cursor& cursor) {
    const std::string_view rest = cursor.rest();
    std::size_t length = part.width;
    if (length == 0) {
        length = mass_length(rest.substr(0, widest_mass));
        if (length == rest.size() && length < widest_mass) return Fit::more;
    } else {
        const std::string_view there = rest.substr(0, length);
        if (!std::ranges::all_of(there, is_printable)) return Fit::no;
        if (there.size() < length) return Fit::more;
    }
    const std::optional<Decimal> mass = parse_decimal(cursor.take(length));
    if (!mass && part.width == 0) return Fit::no;
    FrameFields& fields = cursor.fields;
    auto& field = part.kind == Kind::gross  ? fields.gross
                  : part.kind == Kind::tare ? fields.tare
                  : part.kind == Kind::net  ? fields.net
                                            : fields.mass;
    field = mass;
    return Fit::whole;
}

Fit FrameTemplate::match_unit(const Part& part, Cursor& cursor) {
    const std::string_view rest = cursor.rest();
    std::size_t length = part.width;
    if (length == 0) {
        while (length < std::min(widest_unit, rest.size()) && is_letter(rest[length]))
            ++length;
        if (length == rest.size() && length < widest_unit) return Fit::more;
        if (length == 0) return Fit::no;
    }
    const std::string_view there = rest.substr(0, length);
    if (!std::ranges::all_of(there, [](char c) { return is_letter(c) || c == ' '; })) {
        return Fit::no;
    }
    if (there.size() < length) return Fit::more;
    cursor.fields.unit = cursor.take(length);
    return Fit::whole;
}

Fit FrameTemplate::match_check(const Part& part, Cursor& cursor) {
    if (cursor.rest().size() < part.width) return Fit::more;
    const unsigned expected = cursor.check(part.kind == Kind::summed);
    const std::string_view sent = cursor.take(part.width);
    if (!part.hex) {
        return static_cast<unsigned char>(sent.front()) == expected ? Fit::whole : Fit::no;
    }
    const int high = hex_value(sent[0]);
    const int low = hex_value(sent[1]);
    const bool is_right =
        high >= 0 && low >= 0 && static_cast<unsigned>(high * 16 + low) == expected;
    return is_right ? Fit::whole : Fit::no;
}

Fit FrameTemplate::match_width(const Part& part, Cursor& cursor) {
    if (cursor.rest().size() < part.width) return Fit::more;
    const std::string_view text = cursor.take(part.width);
    switch (part.kind) {
        case Kind::sign:
            cursor.fields.negative = text == "-";
            return text.find_first_of("+- 0") == 0 ? Fit::whole : Fit::no;
        case Kind::point:
            cursor.fields.point = text.front() - '0';
            return is_digit(text.front()) ? Fit::whole : Fit::no;
        case Kind::state:
            cursor.fields.state = text;
            return Fit::whole;
        default:
            if (cursor.fields.any.empty()) cursor.fields.any = text;
            return Fit::whole;
    }
}

}  // namespace fangxin::drivers
