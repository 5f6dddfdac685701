#include "tests/terminal/kit/translation_rules.hpp"

#include "tests/tidy_source.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace fangxin::translations {

namespace {

using std::string_view;

bool is_letter(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

void skip_blanks(string_view text, std::size_t& at) {
    while (at < text.size() && std::isspace(static_cast<unsigned char>(text[at])) != 0)
        ++at;
}

/// One or more literals side by side, as one text; none if there is no literal at `at`.
std::optional<std::string> take_literals(string_view text, std::size_t& at) {
    std::optional<std::string> taken;
    for (skip_blanks(text, at); at < text.size() && text[at] == '"'; skip_blanks(text, at)) {
        if (!taken) taken.emplace();
        for (++at; at < text.size() && text[at] != '"'; ++at) {
            if (text[at] != '\\') {
                *taken += text[at];
            } else if (++at < text.size()) {
                *taken += text[at] == 'n' ? '\n' : text[at];
            }
        }
        ++at;
    }
    return taken;
}

/// The literals that follow an opening bracket, with commas between.
std::vector<std::string> take_arguments(string_view source, std::size_t at) {
    std::vector<std::string> arguments;
    while (auto literal = take_literals(source, at)) {
        arguments.push_back(std::move(*literal));
        if (at >= source.size() || source[at] != ',') break;
        ++at;
    }
    return arguments;
}

enum class Call { plain, context, plural, constant };
struct Spelling {
    string_view word;
    Call call;
};
constexpr Spelling spellings[] = {{"tr", Call::plain},
                                  {"tr_c", Call::context},
                                  {"tr_n", Call::plural},
                                  {"Msgid", Call::constant}};

/// Where the arguments of the call begin whose name ends at `at`: `tr(`, `Msgid name{`.
std::optional<std::size_t> bracket_after(string_view code, std::size_t at, Call call) {
    skip_blanks(code, at);
    if (call == Call::constant) {
        while (at < code.size() && is_letter(code[at]))
            ++at;
        skip_blanks(code, at);
        if (at < code.size() && code[at] == '{') return at + 1;
    }
    if (at < code.size() && code[at] == '(') return at + 1;
    return std::nullopt;
}

std::optional<Entry> entry_of(const std::vector<std::string>& arguments, Call call) {
    if (arguments.empty()) return std::nullopt;
    const bool pair = arguments.size() >= 2;
    if (call == Call::plain || (call == Call::constant && !pair)) {
        return Entry{.text = arguments[0]};
    }
    if (!pair) return std::nullopt;
    if (call == Call::plural) return Entry{.text = arguments[0], .plural = arguments[1]};
    return Entry{.context = arguments[0], .text = arguments[1]};
}

/// `{}` in their order; `{0}` sorted, for a translation may turn them round.
std::vector<std::string> placeholders_of(string_view text) {
    std::vector<std::string> found;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text.substr(at).starts_with("{{")) {
            ++at;
        } else if (text[at] == '{') {
            found.emplace_back(text.substr(at, text.find('}', at) - at + 1));
        }
    }
    if (std::ranges::all_of(found, [](const std::string& each) {
            return each.size() > 2 && std::isdigit(static_cast<unsigned char>(each[1])) != 0;
        })) {
        std::ranges::sort(found);
    }
    return found;
}

using Key = std::pair<std::string, std::string>;
Key key_of(const Entry& entry) { return {entry.context, entry.text}; }

std::string shown(const Entry& entry) {
    return entry.context.empty() ? fmt::format("\"{}\"", entry.text)
                                 : fmt::format("\"{}\" ({})", entry.text, entry.context);
}

void check_entry(const Entry& entry, std::size_t plural_forms, std::vector<std::string>& findings) {
    const auto find = [&](string_view what) {
        findings.push_back(fmt::format("{}: {} {}", entry.where, shown(entry), what));
    };
    if (entry.fuzzy) find("is fuzzy: look at it and take the mark off");
    const std::size_t wanted = entry.plural.empty() ? 1 : plural_forms;
    if (entry.translations.size() != wanted) find(fmt::format("wants {} forms", wanted));
    for (const std::string& translation : entry.translations) {
        if (translation.empty()) {
            find("has no translation");
        } else if (placeholders_of(translation) !=
                   placeholders_of(entry.plural.empty() ? entry.text : entry.plural)) {
            find(fmt::format("has other placeholders in \"{}\"", translation));
        }
    }
}

}  // namespace

std::vector<Entry> said_in(string_view source, string_view name) {
    const std::string code = tidy::code_of(source);
    std::vector<Entry> said;
    int line = 1;
    for (std::size_t at = 0; at < code.size(); ++at) {
        if (code[at] == '\n') ++line;
        if (!is_letter(code[at]) || (at > 0 && is_letter(code[at - 1]))) continue;
        std::size_t end = at;
        while (end < code.size() && is_letter(code[end]))
            ++end;
        for (const Spelling& spelling : spellings) {
            if (spelling.word != string_view(code).substr(at, end - at)) continue;
            const auto bracket = bracket_after(code, end, spelling.call);
            if (!bracket) continue;
            if (auto entry = entry_of(take_arguments(source, *bracket), spelling.call)) {
                entry->where = fmt::format("{}:{}", name, line);
                said.push_back(std::move(*entry));
            }
        }
    }
    return said;
}

std::vector<Entry> entries_of(string_view po, string_view name) {
    std::vector<Entry> entries;
    Entry entry;
    bool has_text = false;
    std::string* part = nullptr;
    const auto finish = [&] {
        if (has_text && !entry.text.empty()) entries.push_back(std::move(entry));
        entry = {};
        has_text = false;
        part = nullptr;
    };
    int number = 0;
    for (const string_view line : tidy::lines_of(po)) {
        ++number;
        if (line.empty()) finish();
        if (line.starts_with("#,")) entry.fuzzy = line.find("fuzzy") != line.npos;
        if (line.empty() || line.front() == '#') continue;
        if (line.starts_with("msgctxt")) {
            part = &entry.context;
        } else if (line.starts_with("msgid_plural")) {
            part = &entry.plural;
        } else if (line.starts_with("msgid")) {
            part = &entry.text;
            has_text = true;
            entry.where = fmt::format("{}:{}", name, number);
        } else if (line.starts_with("msgstr")) {
            part = &entry.translations.emplace_back();
        }
        std::size_t at = line.find('"');
        if (at == line.npos || part == nullptr) continue;
        *part += take_literals(line, at).value_or("");
    }
    finish();
    return entries;
}

std::size_t plural_forms_of(string_view po) {
    constexpr string_view word = "nplurals=";
    const std::size_t at = po.find(word);
    if (at == po.npos || at + word.size() >= po.size()) return 0;
    return static_cast<std::size_t>(po[at + word.size()] - '0');
}

std::vector<std::string> check(const std::vector<Entry>& said, string_view po, string_view po_name,
                               bool whole) {
    std::vector<std::string> findings;
    std::map<Key, Entry> translated;
    for (Entry& entry : entries_of(po, po_name)) {
        check_entry(entry, plural_forms_of(po), findings);
        translated.insert_or_assign(key_of(entry), std::move(entry));
    }
    std::set<Key> used;
    for (const Entry& entry : said) {
        const auto found = translated.find(key_of(entry));
        const bool is_new = used.insert(key_of(entry)).second;
        if (found == translated.end()) {
            if (!whole || !is_new) continue;
            findings.push_back(
                fmt::format("{}: {} is not in {}", entry.where, shown(entry), po_name));
        } else if (found->second.plural != entry.plural) {
            findings.push_back(
                fmt::format("{}: {} has another plural in {}", entry.where, shown(entry), po_name));
        }
    }
    for (const auto& [key, entry] : translated) {
        if (used.contains(key)) continue;
        findings.push_back(fmt::format("{}: {} is said nowhere", entry.where, shown(entry)));
    }
    return findings;
}

}  // namespace fangxin::translations
