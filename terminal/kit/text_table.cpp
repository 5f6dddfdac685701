#include "terminal/kit/text_table.hpp"

#include <boost/locale/gnu_gettext.hpp>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace fangxin::kit {

namespace {

namespace fs = std::filesystem;
using Messages = boost::locale::message_format<char>;

constexpr const char* catalogue = "fangxin";

/// Empty if it cannot be read.
std::vector<char> bytes_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::optional<fs::path> file_of(const std::string& language, const std::vector<fs::path>& folders) {
    const fs::path name = fs::path(language) / "LC_MESSAGES" / (std::string(catalogue) + ".mo");
    for (const fs::path& folder : folders) {
        std::error_code ignored;
        if (fs::is_regular_file(folder / name, ignored)) return folder / name;
    }
    return std::nullopt;
}

/// A locale that differs from the classic one in its messages only. Boost.Locale's generator would
/// add dates, numbers and ICU's collation, which the screens do not take from it.
std::locale with_messages(const std::string& language, const fs::path& file) {
    boost::locale::gnu_gettext::messages_info info;
    const std::size_t country = language.find('_');
    info.language = language.substr(0, country);
    if (country != language.npos) info.country = language.substr(country + 1);
    info.encoding = "UTF-8";
    info.domains.emplace_back(catalogue);
    // It asks for each name that gettext would try; ours is the full one.
    const std::string wanted = "/" + language + "/";
    info.paths.emplace_back("");
    info.callback = [&](const std::string& name, const std::string&) {
        if (name.find(wanted) == name.npos) return std::vector<char>();
        auto bytes = bytes_of(file);
        if (bytes.empty()) throw std::runtime_error("empty, or not readable");
        return bytes;
    };
    return {std::locale::classic(), boost::locale::gnu_gettext::create_messages_facet<char>(info)};
}

}  // namespace

std::vector<fs::path> TextTable::usual_folders() {
    std::vector<fs::path> folders;
    std::error_code failed;
    const fs::path program = fs::read_symlink("/proc/self/exe", failed);
    if (!failed) folders.push_back(program.parent_path().parent_path() / "share" / "locale");
    folders.emplace_back(FANGXIN_LOCALE_FOLDER);
    return folders;
}

TextTable TextTable::load(domain::Language language, const std::vector<fs::path>& folders) {
    TextTable table;
    table.voices_[static_cast<std::size_t>(domain::Language::zh)] = load_voice("zh_CN", folders);
    table.voices_[static_cast<std::size_t>(domain::Language::en)] = load_voice("en", folders);
    table.language_ = language;
    return table;
}

TextTable::Voice TextTable::load_voice(const char* name, const std::vector<fs::path>& folders) {
    Voice voice{std::locale::classic(), std::nullopt};
    const auto file = file_of(name, folders);
    if (!file) {
        const std::string nearest = folders.empty() ? std::string() : folders.front().string();
        voice.trouble = Error{"no_catalogue", fmt::format("{} in {}", name, nearest)};
        return voice;
    }
    try {
        voice.locale = with_messages(name, *file);
    } catch (const std::exception& refused) {
        voice.trouble =
            Error{"bad_catalogue", fmt::format("{}: {}", file->string(), refused.what())};
    }
    return voice;
}

const char* TextTable::find(const char* context, const char* text) const {
    const std::locale& locale = voice().locale;
    if (!std::has_facet<Messages>(locale)) return text;
    const char* found = std::use_facet<Messages>(locale).get(0, context, text);
    return found == nullptr ? text : found;
}

const char* TextTable::find_plural(const char* one, const char* many, std::int64_t number) const {
    const std::locale& locale = voice().locale;
    const char* english = number == 1 ? one : many;
    if (!std::has_facet<Messages>(locale)) return english;
    // 1.81 counts in int; no plural rule of ours looks further than the last digits.
    const int counted = static_cast<int>(number % 1'000'000);
    const char* found = std::use_facet<Messages>(locale).get(0, nullptr, one, counted);
    return found == nullptr ? english : found;
}

std::string TextTable::fill(const char* pattern, const char* english, fmt::format_args values) {
    for (const char* each : {pattern, english}) {
        try {
            return fmt::vformat(each, values);
        } catch (const fmt::format_error&) {
            // The next one, or the words as they stand.
        }
    }
    return english;
}

}  // namespace fangxin::kit
