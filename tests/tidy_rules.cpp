#include "tests/tidy_rules.hpp"

#include "tests/tidy_source.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

namespace fangxin::tidy {

namespace {

using std::string_view;

constexpr int max_lines = 500;
constexpr int max_function_lines = 70;
constexpr int max_columns = 100;
constexpr std::array our_folders = {"domain", "drivers", "sync", "terminal", "handheld", "process"};

/// `*` stands for anything, folders included; `?` for one character.
bool matches(string_view text, string_view pattern) {
    if (pattern.empty()) return text.empty();
    if (pattern.front() != '*') {
        return !text.empty() && (pattern.front() == '?' || text.front() == pattern.front()) &&
               matches(text.substr(1), pattern.substr(1));
    }
    for (std::size_t skip = 0; skip <= text.size(); ++skip) {
        if (matches(text.substr(skip), pattern.substr(1))) return true;
    }
    return false;
}

/// `patterns` is a list with blanks between.
bool matches_any(string_view text, string_view patterns) {
    while (!patterns.empty()) {
        const std::size_t end = std::min(patterns.find(' '), patterns.size());
        if (matches(text, patterns.substr(0, end))) return true;
        patterns.remove_prefix(std::min(end + 1, patterns.size()));
    }
    return false;
}

/// What a folder may include of ours. The first row that fits a path counts.
struct Direction {
    string_view from;
    string_view may_include;
};
constexpr std::array directions = {
    Direction{"domain/weighing/*",
              "domain/weighing/* domain/check.hpp domain/enum_text.hpp domain/language.hpp"},
    Direction{"domain/*", "domain/*"},
    Direction{"process/*", "process/*"},
    Direction{"drivers/*main.cpp", "drivers/* domain/* process/*"},
    Direction{"sync/*main.cpp", "sync/* domain/* process/*"},
    Direction{"terminal/main.cpp", "terminal/* process/*"},
    Direction{"handheld/main.cpp", "handheld/* terminal/station/* process/*"},
    Direction{"drivers/*", "drivers/* domain/*"},
    Direction{"sync/*", "sync/* domain/*"},
    Direction{"terminal/kit/*", "terminal/kit/* domain/*"},
    Direction{"terminal/station/*", "terminal/station/* terminal/kit/* drivers/* sync/* domain/*"},
    Direction{"terminal/*", "terminal/* drivers/* sync/* domain/*"},
    Direction{"handheld/*",
              "handheld/* terminal/kit/* terminal/station/* drivers/* sync/* domain/*"},
    Direction{"tests/domain/*", "domain/* tests/*"},
    Direction{"tests/drivers/*", "drivers/* domain/* tests/*"},
    Direction{"tests/sync/*", "sync/* domain/* tests/*"},
    Direction{"tests/sim/*", "sync/* domain/* tests/*"},
};

/// A library that only some files may name. Tests may name any.
struct OnlyHere {
    string_view headers;
    string_view where;
};
constexpr std::array only_here = {
    OnlyHere{"SQLiteCpp/* sqlite3.h sqlite3ext.h", "sync/store/sqlite_*.cpp"},
    OnlyHere{"pqxx pqxx/* libpq-fe.h", "sync/store/postgres_*.cpp"},
    OnlyHere{"boost/beast.hpp boost/beast/*",
             "sync/link_stream.cpp sync/server/metrics_server.cpp"},
    OnlyHere{"boost/asio.hpp boost/asio/*", "sync/link* sync/server/* drivers/transports/*"},
    OnlyHere{"imgui.h imgui_*.h */imgui.h */imgui_*.h", "terminal/kit/* *_view.cpp"},
    OnlyHere{"SDL.h SDL_*.h SDL2/*", "terminal/kit/*"},
    OnlyHere{"boost/locale.hpp boost/locale/*", "terminal/kit/text_table.cpp"},
    OnlyHere{"rime_api.h rime/*", "terminal/kit/pinyin.cpp"},
    OnlyHere{"libusb.h libusb-1.0/*", "drivers/transports/*"},
    OnlyHere{"termios.h asm/termbits.h", "drivers/transports/*"},
    OnlyHere{"ZXing/* zbar.h zbar/*", "drivers/pictures/decode_helper/*"},
    OnlyHere{"jpeglib.h", "drivers/pictures/decode_helper/* terminal/station/photos.cpp"},
    OnlyHere{"gst/*", "drivers/pictures/camera_helper/pipeline.cpp"},
    OnlyHere{"zint.h", "drivers/printers/paper/* sync/server/qr_text.cpp"},
    OnlyHere{"openssl/ssl.h openssl/x509*.h openssl/pem.h",
             "sync/tls* sync/certificates.cpp sync/link_stream.cpp"},
    OnlyHere{"spdlog/*", "*log.cpp *log.hpp"},
    OnlyHere{"CLI/*", "*options.cpp"},
};

/// In domain/ these would bring in the world: files, threads, streams, a clock that runs by itself.
constexpr string_view not_in_domain =
    "filesystem iostream fstream thread stop_token mutex shared_mutex condition_variable future";

/// They answer with a subrange, which clang 14 (the sanitizers' build) cannot compile.
constexpr std::array subrange_algorithms = {"unique", "remove",    "remove_if",
                                            "rotate", "partition", "stable_partition",
                                            "search", "search_n",  "find_end"};

bool is_ours(string_view path) {
    return std::ranges::any_of(our_folders, [&](string_view folder) {
        return path.starts_with(folder) && path.substr(folder.size()).starts_with('/');
    });
}

bool is_path_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           string_view("_-.}").find(c) != string_view::npos;
}

/// `/place/` stands in the line, and not behind a folder or variable as in `${root}/place/`.
bool names_a_machines_path(string_view line, string_view place) {
    const std::size_t at = line.find(place);
    return at != line.npos && (at == 0 || !is_path_letter(line[at - 1]));
}

bool is_cpp(string_view path) { return path.ends_with(".cpp") || path.ends_with(".hpp"); }

bool is_standard(string_view header) {
    return std::ranges::all_of(header, [](char c) {
        return (c >= 'a' && c <= 'z') || c == '_' || (c >= '0' && c <= '9');
    });
}

/// One file's rules, each a function that adds what it finds.
class FileCheck {
  public:
    FileCheck(const SourceFile& file, std::vector<Finding>& findings)
        : file_(file), path_(file.path), findings_(findings) {
        if (is_cpp(path_)) code_ = code_of(file.text);
    }

    void run() {
        if (path_.ends_with("CMakeLists.txt")) {
            globs();
            return;
        }
        sizes();
        words();
        if (!is_cpp(path_)) return;
        if (path_.ends_with(".hpp")) header();
        functions();
        for (const Include& include : includes_of(code_)) {
            direction(include);
            library(include);
        }
        subranges();
        if (path_.starts_with("domain/")) domain_words();
    }

  private:
    void find(int line, std::string what) {
        findings_.push_back({file_.path, line, std::move(what)});
    }

    void sizes() {
        const auto lines = lines_of(file_.text);
        if (const int count = static_cast<int>(lines.size()); count > max_lines) {
            find(count, fmt::format("{} lines, a file has at most {}", count, max_lines));
        }
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (const int columns = columns_of(lines[i]); columns > max_columns) {
                find(static_cast<int>(i) + 1,
                     fmt::format("{} columns, a line has at most {}", columns, max_columns));
            }
        }
    }

    void functions() {
        for (const FunctionSpan& span : functions_of(code_)) {
            const int count = span.last_line - span.first_line + 1;
            if (count <= max_function_lines) continue;
            find(span.first_line, fmt::format("'{}' has {} lines, a function has at most {}",
                                              span.name, count, max_function_lines));
        }
    }

    // What is looked for is put together from pieces: this file is checked too.
    void words() {
        const std::string to_do = std::string("TO") + "DO";
        int number = 0;
        for (const string_view line : lines_of(file_.text)) {
            ++number;
            const std::size_t at = line.find(to_do);
            if (at != line.npos && !matches(line.substr(at + to_do.size()), "(?*): ?*")) {
                find(number, fmt::format("write '{}(what): why'", to_do));
            }
            for (const char* place : {"home", "Users", "work"}) {
                if (names_a_machines_path(line, fmt::format("/{}/", place))) {
                    find(number, fmt::format("/{}/ is a path of one machine", place));
                }
            }
        }
    }

    void header() {
        const string_view text = file_.text;
        if (!text.starts_with("//") && !text.starts_with("/*")) {
            find(1, "a header begins with a comment: what it is for, who owns it, which thread");
        }
        const auto lines = lines_of(code_);
        if (std::ranges::count(lines, string_view("#pragma once")) != 1) {
            find(1, "a header has '#pragma once', once");
        }
    }

    void direction(const Include& include) {
        const string_view target = include.target;
        const bool ours = is_ours(target) || target.starts_with("tests/");
        if (include.quoted != ours) {
            find(include.line, ours ? fmt::format("<{}> is ours: include it with \"\"", target)
                                    : fmt::format("\"{}\" is not a path from the root", target));
            return;
        }
        if (!ours) return;
        for (const Direction& row : directions) {
            if (!matches(path_, row.from)) continue;
            if (!matches_any(target, row.may_include)) {
                find(include.line, fmt::format("{} may not include {}", row.from, target));
            }
            return;
        }
    }

    void library(const Include& include) {
        if (include.quoted || !is_ours(path_)) return;
        for (const OnlyHere& row : only_here) {
            if (!matches_any(include.target, row.headers) || matches_any(path_, row.where))
                continue;
            find(include.line, fmt::format("<{}> only in {}", include.target, row.where));
        }
        if (!path_.starts_with("domain/")) return;
        if (!is_standard(include.target) && !matches_any(include.target, "fmt/* tl/*")) {
            find(include.line,
                 fmt::format("<{}> in domain/: only std, fmt and tl", include.target));
        } else if (matches_any(include.target, not_in_domain)) {
            find(include.line, fmt::format("<{}> in domain/: no I/O, no threads", include.target));
        }
    }

    void subranges() {
        int number = 0;
        for (const string_view line : lines_of(code_)) {
            ++number;
            for (const char* name : subrange_algorithms) {
                const std::string call = fmt::format("ranges::{}(", name);
                if (line.find(call) == line.npos) continue;
                find(number, fmt::format("std::{0} and not std::ranges::{0}: clang 14 cannot "
                                         "compile what answers with a subrange",
                                         name));
            }
        }
    }

    void domain_words() {
        for (const char* word : {"float", "double"}) {
            for (const int line : lines_with_word(code_, word)) {
                find(line, fmt::format("'{}' in domain/: money and mass are integers", word));
            }
        }
        for (const int line : lines_with_word(code_, "filesystem")) {
            if (lines_of(code_)[static_cast<std::size_t>(line) - 1].starts_with('#')) continue;
            find(line, "'filesystem' in domain/: no I/O");
        }
    }

    void globs() {
        for (const int line : lines_with_word(file_.text, "GLOB")) {
            find(line, "sources are listed, not globbed");
        }
        for (const int line : lines_with_word(file_.text, "GLOB_RECURSE")) {
            find(line, "sources are listed, not globbed");
        }
    }

    const SourceFile& file_;
    string_view path_;
    std::string code_;
    std::vector<Finding>& findings_;
};

std::string folder_of(string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == path.npos ? std::string() : std::string(path.substr(0, slash + 1));
}

/// The .cpp files that some CMakeLists.txt names, as paths from the root.
std::set<std::string> listed_sources(std::span<const SourceFile> files) {
    std::set<std::string> listed;
    for (const SourceFile& file : files) {
        if (!file.path.ends_with("CMakeLists.txt")) continue;
        std::string word;
        for (const char c : file.text + "\n") {
            if (string_view(" \t\n()\"").find(c) == string_view::npos) {
                word += c;
                continue;
            }
            constexpr string_view from_root = "${CMAKE_SOURCE_DIR}/";
            if (word.starts_with(from_root)) {
                listed.insert(word.substr(from_root.size()));
            } else if (word.ends_with(".cpp")) {
                listed.insert(folder_of(file.path) + word);
            }
            word.clear();
        }
    }
    return listed;
}

}  // namespace

std::string to_text(const Finding& finding) {
    return fmt::format("{}:{}: {}", finding.path, finding.line, finding.what);
}

std::vector<Finding> check(std::span<const SourceFile> files) {
    std::vector<Finding> findings;
    const std::set<std::string> listed = listed_sources(files);
    for (const SourceFile& file : files) {
        FileCheck(file, findings).run();
        if (is_ours(file.path) && file.path.ends_with(".cpp") && !listed.contains(file.path)) {
            findings.push_back({file.path, 0, "not listed in a CMakeLists.txt: it is not built"});
        }
    }
    return findings;
}

std::vector<SourceFile> read_tree(const std::filesystem::path& root) {
    namespace fs = std::filesystem;
    std::vector<SourceFile> files;
    const auto add = [&](const fs::path& path) {
        std::ifstream in(path, std::ios::binary);
        files.push_back({path.lexically_relative(root).generic_string(),
                         {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()}});
    };
    for (const char* single : {"dev", ".ci/run", "CMakeLists.txt"}) {
        if (fs::exists(root / single)) add(root / single);
    }
    for (const char* folder :
         {"domain", "drivers", "sync", "terminal", "handheld", "process", "tests", "images"}) {
        if (!fs::exists(root / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const std::string name = entry.path().filename().string();
            if (entry.is_regular_file() &&
                matches_any(name, "*.cpp *.hpp *.py *.sh CMakeLists.txt")) {
                add(entry.path());
            }
        }
    }
    std::ranges::sort(files, {}, &SourceFile::path);
    return files;
}

}  // namespace fangxin::tidy
