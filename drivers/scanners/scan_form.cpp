#include "drivers/scanners/scan_form.hpp"

#include "domain/code.hpp"
#include "domain/digital_link.hpp"
#include "domain/gs1.hpp"
#include "domain/gs1_ai.hpp"
#include "drivers/scanners/keyboard_scan.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace fangxin::drivers {

namespace {

constexpr char gs = domain::group_separator;
constexpr std::string_view typed_alt = "029";
constexpr std::string_view before_gs = "010200000000000810Yz-1_/q";
constexpr std::string_view after_gs = "21Aa1Zz9";
constexpr std::string_view digits_of_label = "0102000000000008";
constexpr std::size_t longest_separator = 8;
constexpr std::size_t longest_affix = 16;

char swapped(char c) {
    if (c >= 'a' && c <= 'z') return static_cast<char>(c - 'a' + 'A');
    if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
    return c;
}

std::string swapped(std::string_view text) {
    std::string turned(text);
    std::transform(turned.begin(), turned.end(), turned.begin(), [](char c) { return swapped(c); });
    return turned;
}

/// `]d2` in front of `text`, or nothing.
std::string_view identifier_of(std::string_view text) {
    return text.size() >= 3 && text[0] == ']' ? text.substr(0, 3) : std::string_view();
}

bool is_gs1_identifier(std::string_view identifier) {
    return identifier == "]C1" || identifier == "]e0" || identifier == "]d2" || identifier == "]Q3";
}

std::string replaced(std::string_view text, std::string_view what, std::string_view by) {
    std::string result;
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what)) {
        result.append(text.substr(0, at)).append(by);
        text.remove_prefix(at + what.size());
    }
    return result.append(text);
}

bool is_valid(std::string_view elements, domain::Date today) {
    return !domain::read_element_string(elements, today).error();
}

std::vector<std::size_t> places_of(std::string_view text, std::string_view what) {
    std::vector<std::size_t> places;
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1)) {
        places.push_back(at);
    }
    return places;
}

/// `data` with GS at those `places` whose bit is set in `choice`; none if two of them overlap.
std::optional<std::string> with_separators(std::string_view data,
                                           const std::vector<std::size_t>& places,
                                           unsigned choice) {
    std::string result;
    std::size_t done = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if ((choice >> i & 1) == 0) continue;
        if (places[i] < done) return std::nullopt;
        result.append(data.substr(done, places[i] - done)).push_back(gs);
        done = places[i] + typed_alt.size();
    }
    return result.append(data.substr(done));
}

/// A lot may hold `029` too. Tried are all choices of places; kept is the valid one with most.
std::string without_typed_alt(std::string_view data, domain::Date today) {
    constexpr std::size_t most_places = 8;
    std::vector<std::size_t> places = places_of(data, typed_alt);
    std::string best(data);
    if (places.size() > most_places) return best;
    int most = 0;
    for (unsigned choice = 1; choice < 1U << places.size(); ++choice) {
        int count = __builtin_popcount(choice);
        if (count <= most) continue;
        auto candidate = with_separators(data, places, choice);
        if (!candidate || !is_valid(*candidate, today)) continue;
        most = count;
        best = std::move(*candidate);
    }
    return best;
}

/// Whether a separator could not be taken for part of a value. GS1 General Specifications 7.11: the
/// characters that values may hold.
bool may_separate(std::string_view text) {
    constexpr std::string_view values =
        "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
    if (text.empty() || text == typed_alt || text == "<GS>") return true;
    return text.find_first_not_of(values) != text.npos;
}

/// The label's text without a part of its end, at the end of `raw`.
bool is_cut_short(std::string_view raw) {
    std::string whole = std::string(before_gs) + gs + std::string(after_gs);
    while (raw.ends_with('\r') || raw.ends_with('\n') || raw.ends_with('\t')) {
        raw.remove_suffix(1);
    }
    constexpr std::size_t enough = 4;
    for (std::size_t size = whole.size() - 1; size >= enough; --size) {
        if (raw.ends_with(std::string_view(whole).substr(0, size))) return true;
    }
    return false;
}

Error why_unknown(std::string_view raw) {
    if (is_cut_short(raw) || is_cut_short(swapped(raw))) return {"cut_short", {}};
    if (raw.find(digits_of_label) == raw.npos) return {"not_the_label", {}};
    return {"other_layout", {}};
}

/// Bytes that a keyboard or a label can bring: ASCII but NUL, and the signs of function keys.
bool is_plain(std::string_view raw) {
    constexpr std::string_view sign = "\xEE\x9C";
    for (std::size_t at = 0; at < raw.size(); ++at) {
        bool of_key = raw.substr(at).starts_with(sign) && raw.size() - at > sign.size();
        if (of_key) {
            auto last = static_cast<unsigned char>(raw[at + sign.size()]);
            if (last < 0x81 || last > 0x98) return false;
            at += sign.size();
        } else if (raw[at] == '\0' || static_cast<unsigned char>(raw[at]) >= 0x80) {
            return false;
        }
    }
    return true;
}

/// What is in front of the label: prefix, identifier, and a separator of its own at times.
Result<void> take_head(std::string_view head, ScanForm& form) {
    if (!form.separator.empty() && head.ends_with(form.separator)) {
        head.remove_suffix(form.separator.size());
    }
    std::size_t bracket = head.rfind(']');
    form.aim = bracket != head.npos && head.size() - bracket == 3;
    if (form.aim && !is_gs1_identifier(head.substr(bracket))) {
        return failure("not_gs1", std::string(head.substr(bracket)));
    }
    form.prefix = form.aim ? head.substr(0, bracket) : head;
    return {};
}

}  // namespace

std::string ScanForm::restored(std::string_view raw, domain::Date today) const {
    std::string turned = swapped_case ? swapped(raw) : std::string();
    std::string_view text = swapped_case ? turned : raw;
    if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
    if (text.ends_with(suffix)) text.remove_suffix(suffix.size());
    std::string_view identifier = identifier_of(text);
    std::string_view data = text.substr(identifier.size());
    bool announced = is_gs1_identifier(identifier);
    bool may_be_gs1 = announced || (!aim && identifier.empty());
    if (separator.empty() || separator[0] == gs || !may_be_gs1 || domain::is_web_address(data)) {
        return std::string(text);
    }
    std::string elements = separator == typed_alt
                               ? without_typed_alt(data, today)
                               : replaced(data, separator, std::string_view(&gs, 1));
    if (!announced && !is_valid(elements, today)) return std::string(text);
    return std::string(identifier) + elements;
}

Result<ScanForm> learn_scan_form(std::string_view raw) {
    ScanForm form;
    if (raw.find_first_not_of("\r\n\t") == raw.npos) return failure("nothing");
    if (!is_plain(raw)) return failure("not_the_label");
    std::string text(raw);
    std::size_t start = text.find(before_gs);
    if (start == text.npos) {
        text = swapped(raw);
        start = text.find(before_gs);
        form.swapped_case = true;
    }
    if (start == text.npos) return tl::unexpected(why_unknown(raw));
    std::string_view tail = std::string_view(text).substr(start + before_gs.size());
    std::size_t end = tail.find(after_gs);
    if (end == tail.npos) return tl::unexpected(why_unknown(raw));
    form.separator = tail.substr(0, end);
    form.suffix = tail.substr(end + after_gs.size());
    if (form.suffix.find(digits_of_label) != form.suffix.npos) return failure("scanned_twice");
    if (form.separator.find(digits_of_label) != form.separator.npos) return failure("cut_short");
    if (form.separator.size() > longest_separator || !may_separate(form.separator)) {
        return failure("unknown_separator", form.separator);
    }
    if (auto taken = take_head(std::string_view(text).substr(0, start), form); !taken) {
        return tl::unexpected(taken.error());
    }
    if (form.prefix.size() > longest_affix || form.suffix.size() > longest_affix) {
        return failure("not_the_label");
    }
    return form;
}

}  // namespace fangxin::drivers
