// The tidy rules over the real tree, and over planted violations: a rule that finds nothing in the
// file planted for it is a rule that nobody would miss.
#include "tests/tidy_rules.hpp"
#include "tests/tidy_source.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fangxin::tidy {
namespace {

std::string found(std::vector<SourceFile> files) {
    std::string text;
    for (const Finding& finding : check(files))
        text += to_text(finding) + "\n";
    return text;
}

/// One header with what a header needs and then `text`, so that only `text` can be wrong; line 1
/// of `text` is line 3.
std::string found_in(std::string path, std::string text) {
    return found({{std::move(path), "// What it is for.\n#pragma once\n" + std::move(text)}});
}

std::string repeated(const std::string& line, int times) {
    std::string text;
    for (int i = 0; i < times; ++i)
        text += line;
    return text;
}

TEST(Tree, IsTidy) {
    const auto files = read_tree(FANGXIN_SOURCE_DIR);
    ASSERT_FALSE(files.empty());
    EXPECT_EQ(found(files), "");
}

TEST(TidyReader, SeesTheTreeThisTestIsIn) {
    const auto files = read_tree(FANGXIN_SOURCE_DIR);
    const auto has = [&](std::string_view path) {
        return std::ranges::count(files, path, &SourceFile::path) == 1;
    };
    EXPECT_TRUE(has("dev"));
    EXPECT_TRUE(has("domain/check.hpp"));
    EXPECT_TRUE(has("tests/tidy_test.cpp"));
    EXPECT_FALSE(has("LICENSE"));
}

// --- directions -------------------------------------------------------------------------------

struct Planted {
    const char* path;
    const char* text;
    const char* finding;  ///< empty: allowed
};
std::string print(const Planted& planted) {
    return std::string(planted.path) + "  " + planted.text;
}

void expect_each(std::span<const Planted> rows) {
    for (const Planted& row : rows) {
        const std::string finding =
            *row.finding == '\0' ? "" : fmt::format("{}:3: {}\n", row.path, row.finding);
        EXPECT_EQ(found_in(row.path, row.text), finding) << print(row);
    }
}

constexpr Planted directions[] = {
    {"domain/a.hpp", "#include \"domain/b.hpp\"", ""},
    {"domain/a.hpp", "#include \"drivers/b.hpp\"", "domain/* may not include drivers/b.hpp"},
    {"domain/a.hpp", "#include \"sync/b.hpp\"", "domain/* may not include sync/b.hpp"},
    {"domain/a.hpp", "#include \"terminal/kit/b.hpp\"",
     "domain/* may not include terminal/kit/b.hpp"},
    {"domain/a.hpp", "#include \"handheld/b.hpp\"", "domain/* may not include handheld/b.hpp"},
    {"domain/weighing/a.hpp", "#include \"domain/weighing/b.hpp\"", ""},
    {"domain/weighing/a.hpp", "#include \"domain/enum_text.hpp\"", ""},
    {"domain/weighing/a.hpp", "#include \"domain/money.hpp\"",
     "domain/weighing/* may not include domain/money.hpp"},
    {"drivers/a.hpp", "#include \"domain/b.hpp\"", ""},
    {"drivers/a.hpp", "#include \"sync/b.hpp\"", "drivers/* may not include sync/b.hpp"},
    {"drivers/a.hpp", "#include \"terminal/b.hpp\"", "drivers/* may not include terminal/b.hpp"},
    {"drivers/a.hpp", "#include \"handheld/b.hpp\"", "drivers/* may not include handheld/b.hpp"},
    {"sync/a.hpp", "#include \"sync/store/b.hpp\"", ""},
    {"sync/server/a.hpp", "#include \"sync/store/b.hpp\"", ""},
    {"sync/a.hpp", "#include \"drivers/b.hpp\"", "sync/* may not include drivers/b.hpp"},
    {"sync/server/a.hpp", "#include \"terminal/station/b.hpp\"",
     "sync/* may not include terminal/station/b.hpp"},
    {"sync/store/a.hpp", "#include \"handheld/b.hpp\"", "sync/* may not include handheld/b.hpp"},
    {"terminal/kit/a.hpp", "#include \"domain/b.hpp\"", ""},
    {"terminal/kit/a.hpp", "#include \"terminal/kit/b.hpp\"", ""},
    {"terminal/kit/a.hpp", "#include \"sync/b.hpp\"", "terminal/kit/* may not include sync/b.hpp"},
    {"terminal/kit/a.hpp", "#include \"drivers/b.hpp\"",
     "terminal/kit/* may not include drivers/b.hpp"},
    {"terminal/kit/a.hpp", "#include \"terminal/screens/b.hpp\"",
     "terminal/kit/* may not include terminal/screens/b.hpp"},
    {"terminal/station/a.hpp", "#include \"sync/b.hpp\"", ""},
    {"terminal/station/a.hpp", "#include \"terminal/checkout/b.hpp\"",
     "terminal/station/* may not include terminal/checkout/b.hpp"},
    {"terminal/screens/a.hpp", "#include \"terminal/kit/b.hpp\"", ""},
    {"terminal/a.hpp", "#include \"handheld/b.hpp\"", "terminal/* may not include handheld/b.hpp"},
    {"handheld/a.hpp", "#include \"terminal/kit/b.hpp\"", ""},
    {"handheld/a.hpp", "#include \"terminal/station/b.hpp\"", ""},
    {"handheld/a.hpp", "#include \"terminal/checkout/b.hpp\"",
     "handheld/* may not include terminal/checkout/b.hpp"},
    {"handheld/a.hpp", "#include \"terminal/screens/b.hpp\"",
     "handheld/* may not include terminal/screens/b.hpp"},
    {"handheld/a.hpp", "#include \"terminal/admin/b.hpp\"",
     "handheld/* may not include terminal/admin/b.hpp"},
    {"tests/domain/a.hpp", "#include \"sync/b.hpp\"", "tests/domain/* may not include sync/b.hpp"},
    {"tests/sync/a.hpp", "#include \"drivers/b.hpp\"",
     "tests/sync/* may not include drivers/b.hpp"},
    {"tests/drivers/a.hpp", "#include \"sync/b.hpp\"",
     "tests/drivers/* may not include sync/b.hpp"},
    {"tests/sim/a.hpp", "#include \"terminal/b.hpp\"",
     "tests/sim/* may not include terminal/b.hpp"},
    {"tests/e2e/a.hpp", "#include \"handheld/b.hpp\"", ""},
    {"sync/a.hpp", "#include \"b.hpp\"", "\"b.hpp\" is not a path from the root"},
    {"sync/a.hpp", "#include <domain/b.hpp>", "<domain/b.hpp> is ours: include it with \"\""},
};
TEST(TidyDirections, EachForbiddenArrowIsFoundAndEachAllowedOneIsNot) { expect_each(directions); }

TEST(TidyDirections, AnIncludeInACommentOrALiteralIsNone) {
    EXPECT_EQ(found_in("domain/a.hpp",
                       "// #include \"sync/b.hpp\"\n"
                       "/*\n#include \"sync/b.hpp\"\n*/\n"
                       "constexpr auto text = R\"x(\n#include \"sync/b.hpp\"\n)x\";\n"),
              "");
}

// --- compilers --------------------------------------------------------------------------------

constexpr Planted subranges[] = {
    {"sync/a.hpp", "auto rest = std::ranges::unique(words);",
     "std::unique and not std::ranges::unique: clang 14 cannot compile what answers with a "
     "subrange"},
    {"tests/a.cpp", "std::ranges::stable_partition(words, is_short);",
     "std::stable_partition and not std::ranges::stable_partition: clang 14 cannot compile what "
     "answers with a subrange"},
    {"sync/a.hpp", "std::unique(words.begin(), words.end());", ""},
    {"sync/a.hpp", "std::ranges::unique_copy(words, at);", ""},
    {"sync/a.hpp", "std::ranges::sort(words);  // std::ranges::unique(words)", ""},
};
TEST(TidyCompilers, AnAlgorithmThatClang14CannotCompileIsFound) { expect_each(subranges); }

// --- only here --------------------------------------------------------------------------------

constexpr Planted libraries[] = {
    {"sync/store/sqlite_a.cpp", "#include <SQLiteCpp/Database.h>", ""},
    {"sync/store/postgres_a.cpp", "#include <pqxx/pqxx>", ""},
    {"sync/a.hpp", "#include <SQLiteCpp/Database.h>",
     "<SQLiteCpp/Database.h> only in sync/store/sqlite_*.cpp"},
    {"sync/store/a.cpp", "#include <sqlite3.h>", "<sqlite3.h> only in sync/store/sqlite_*.cpp"},
    {"sync/server/a.hpp", "#include <pqxx/pqxx>", "<pqxx/pqxx> only in sync/store/postgres_*.cpp"},
    {"sync/store/a.cpp", "#include <libpq-fe.h>", "<libpq-fe.h> only in sync/store/postgres_*.cpp"},
    {"sync/link_stream.cpp", "#include <boost/beast/core.hpp>", ""},
    {"sync/server/a.hpp", "#include <boost/beast.hpp>",
     "<boost/beast.hpp> only in sync/link_stream.cpp sync/server/metrics_server.cpp"},
    {"sync/tls.cpp", "#include <openssl/ssl.h>", ""},
    {"sync/link.cpp", "#include <openssl/ssl.h>",
     "<openssl/ssl.h> only in sync/tls* sync/certificates.cpp sync/link_stream.cpp"},
    {"sync/peer.hpp", "#include <boost/beast/core.hpp>",
     "<boost/beast/core.hpp> only in sync/link_stream.cpp sync/server/metrics_server.cpp"},
    {"drivers/transports/serial.hpp", "#include <boost/asio/serial_port.hpp>", ""},
    {"drivers/transports/serial.hpp", "#include <boost/beast/core.hpp>",
     "<boost/beast/core.hpp> only in sync/link_stream.cpp sync/server/metrics_server.cpp"},
    {"terminal/station/a.hpp", "#include <boost/asio.hpp>",
     "<boost/asio.hpp> only in sync/link* sync/server/* drivers/transports/*"},
    {"terminal/kit/a.hpp", "#include <imgui.h>", ""},
    {"terminal/screens/weigh_view.cpp", "#include <imgui.h>", ""},
    {"terminal/screens/weigh_model.hpp", "#include <imgui.h>",
     "<imgui.h> only in terminal/kit/* *_view.cpp"},
    {"terminal/screens/a.hpp", "#include <SDL.h>", "<SDL.h> only in terminal/kit/*"},
    {"handheld/a.hpp", "#include <SDL2/SDL.h>", "<SDL2/SDL.h> only in terminal/kit/*"},
    {"drivers/transports/usb.hpp", "#include <libusb-1.0/libusb.h>", ""},
    {"drivers/scales/scale.hpp", "#include <libusb.h>", "<libusb.h> only in drivers/transports/*"},
    {"drivers/scales/scale.hpp", "#include <termios.h>",
     "<termios.h> only in drivers/transports/*"},
    {"drivers/pictures/decode_helper/a.hpp", "#include <ZXing/ReadBarcode.h>", ""},
    {"drivers/a.hpp", "#include <ZXing/ReadBarcode.h>",
     "<ZXing/ReadBarcode.h> only in drivers/pictures/decode_helper/*"},
    {"terminal/station/photos.cpp", "#include <jpeglib.h>", ""},
    {"terminal/kit/picture.cpp", "#include <jpeglib.h>",
     "<jpeglib.h> only in drivers/pictures/decode_helper/* terminal/station/photos.cpp"},
    {"drivers/pictures/camera_helper/pipeline.cpp", "#include <gst/gst.h>", ""},
    {"drivers/pictures/camera.cpp", "#include <gst/app/gstappsink.h>",
     "<gst/app/gstappsink.h> only in drivers/pictures/camera_helper/pipeline.cpp"},
    {"drivers/printers/paper/a.cpp", "#include <zint.h>", ""},
    {"drivers/printers/a.hpp", "#include <zint.h>",
     "<zint.h> only in drivers/printers/paper/* sync/server/qr_text.cpp"},
    {"drivers/pictures/a.hpp", "#include <zbar.h>",
     "<zbar.h> only in drivers/pictures/decode_helper/*"},
    {"sync/server/log.hpp", "#include <spdlog/spdlog.h>", ""},
    {"sync/a.hpp", "#include <spdlog/spdlog.h>", "<spdlog/spdlog.h> only in *log.cpp *log.hpp"},
    {"terminal/options.hpp", "#include <CLI/CLI.hpp>", "<CLI/CLI.hpp> only in *options.cpp"},
    {"terminal/kit/text_table.cpp", "#include <boost/locale/gnu_gettext.hpp>", ""},
    {"terminal/kit/a.hpp", "#include <boost/locale.hpp>",
     "<boost/locale.hpp> only in terminal/kit/text_table.cpp"},
    {"terminal/kit/pinyin.cpp", "#include <rime_api.h>", ""},
    {"terminal/kit/pinyin.hpp", "#include <rime_api.h>",
     "<rime_api.h> only in terminal/kit/pinyin.cpp"},
    {"tests/sync/a.hpp", "#include <sqlite3.h>", ""},
};
TEST(TidyOnlyHere, EachLibraryIsFoundOutsideItsPlaceAndNotInIt) {
    for (const Planted& row : libraries) {
        const bool source = std::string_view(row.path).ends_with(".cpp");
        const std::string text = "// What it is for.\n#pragma once\n" + std::string(row.text);
        std::vector<SourceFile> files = {{row.path, text}};
        if (source) files.push_back({"CMakeLists.txt", row.path});
        const std::string finding =
            *row.finding == '\0' ? "" : fmt::format("{}:3: {}\n", row.path, row.finding);
        EXPECT_EQ(found(files), finding) << print(row);
    }
}

constexpr Planted domain_rows[] = {
    {"domain/a.hpp", "#include <fmt/format.h>", ""},
    {"domain/a.hpp", "#include <tl/expected.hpp>", ""},
    {"domain/a.hpp", "#include <string_view>", ""},
    {"domain/a.hpp", "#include <boost/json.hpp>",
     "<boost/json.hpp> in domain/: only std, fmt and tl"},
    {"domain/a.hpp", "#include <iostream>", "<iostream> in domain/: no I/O, no threads"},
    {"domain/a.hpp", "#include <fstream>", "<fstream> in domain/: no I/O, no threads"},
    {"domain/a.hpp", "#include <thread>", "<thread> in domain/: no I/O, no threads"},
    {"domain/a.hpp", "#include <mutex>", "<mutex> in domain/: no I/O, no threads"},
    {"domain/a.hpp", "#include <filesystem>", "<filesystem> in domain/: no I/O, no threads"},
    {"domain/a.hpp", "using std::filesystem::path;", "'filesystem' in domain/: no I/O"},
    {"domain/a.hpp", "float price;", "'float' in domain/: money and mass are integers"},
    {"domain/a.hpp", "long double price;", "'double' in domain/: money and mass are integers"},
    {"domain/a.hpp", "int double_points;  // not a double", ""},
    {"drivers/a.hpp", "double seconds;", ""},
};
TEST(TidyDomain, KnowsNoWorldAndNoFloatingPoint) { expect_each(domain_rows); }

// --- sizes and the rest -----------------------------------------------------------------------

TEST(TidySizes, AFileOf501LinesIsFound) {
    EXPECT_EQ(found({{"tests/a.py", repeated("x\n", 500)}}), "");
    EXPECT_EQ(found({{"tests/a.py", repeated("x\n", 501)}}),
              "tests/a.py:501: 501 lines, a file has at most 500\n");
    EXPECT_EQ(found({{"dev", repeated("x\n", 501)}}),
              "dev:501: 501 lines, a file has at most 500\n");
}

TEST(TidySizes, ALineOf101ColumnsIsFoundAndAChineseCharacterTakesTwo) {
    EXPECT_EQ(found_in("sync/a.hpp", "//" + repeated("x", 98)), "");
    EXPECT_EQ(found_in("sync/a.hpp", "//" + repeated("x", 99)),
              "sync/a.hpp:3: 101 columns, a line has at most 100\n");
    EXPECT_EQ(found_in("sync/a.hpp", "//" + repeated("放", 49)), "");
    EXPECT_EQ(found_in("sync/a.hpp", "//" + repeated("放", 50)),
              "sync/a.hpp:3: 102 columns, a line has at most 100\n");
}

TEST(TidySizes, AFunctionOf71LinesIsFound) {
    const auto function = [](int lines) {
        return "namespace a {\nvoid Till::pay(int fen) {\n" + repeated("    f();\n", lines - 2) +
               "}\n}\n";
    };
    EXPECT_EQ(found_in("sync/a.hpp", function(70)), "");
    EXPECT_EQ(found_in("sync/a.hpp", function(71)),
              "sync/a.hpp:4: 'pay' has 71 lines, a function has at most 70\n");
}

TEST(TidySizes, ALambdaCountsToItsFunctionButAClassOrNamespaceIsNoFunction) {
    const std::string body = repeated("        f();\n", 35);
    EXPECT_EQ(
        found_in("sync/a.hpp", "int f() {\n    auto g = [] {\n" + body + "    };\n" + body + "}\n"),
        "sync/a.hpp:3: 'f' has 74 lines, a function has at most 70\n");
    EXPECT_EQ(found_in("sync/a.hpp", "namespace b {\nstruct S {\n" + repeated("int x;\n", 90) +
                                         "};\nenum class E {\n" + repeated("x,\n", 90) +
                                         "};\nint a[] = {\n" + repeated("1,\n", 90) + "};\n}\n"),
              "");
}

TEST(TidyReader, KnowsFunctionsByTheirHeads) {
    const std::string code = code_of(R"x(
namespace n { extern "C" { int c(int) { return 1; } } }
template <class T> requires (sizeof(T) > 1)
struct S : Base<T> {
    explicit S(int a) : a_{a}, b_(a), c_{} { f("}"); }
    bool operator==(const S&) const { return '}' == '{'; }
    auto size() const noexcept -> std::vector<int> { return {}; }
    int a_{};
public:
    void plain(int value = 60'000, Options options = {}) override { if (value) { f(); } }
};
constexpr std::array rows{Row{"a", {1, 2}}, Row{"b", {}}};
constexpr Row calls[] = {{"a", of(1)}, {"b", [](int x) { return x; }}};
const auto lambda = [](int x) { return x; };
TEST(Unit, SaysWhatHolds) { }
#define M(x) { {
int last() { return 0; }
)x");
    std::vector<std::string> names;
    for (const FunctionSpan& span : functions_of(code)) {
        names.push_back(fmt::format("{}:{}-{}", span.name, span.first_line, span.last_line));
    }
    EXPECT_EQ(fmt::format("{}", fmt::join(names, " ")),
              "c:2-2 S:5-5 operator==:6-6 size:7-7 plain:10-10 :13-13 lambda:14-14 "
              "Unit, SaysWhatHolds:15-15 last:17-17");
}

TEST(TidyHeaders, BeginWithACommentAndHavePragmaOnce) {
    EXPECT_EQ(found({{"sync/a.hpp", "#pragma once\n"}}),
              "sync/a.hpp:1: a header begins with a comment: what it is for, who owns it, which "
              "thread\n");
    EXPECT_EQ(found({{"sync/a.hpp", "// What for. Not the real one: #pragma once\n"}}),
              "sync/a.hpp:1: a header has '#pragma once', once\n");
}

TEST(TidyLists, ASourceThatNoCMakeListsNamesIsFound) {
    EXPECT_EQ(found({{"sync/CMakeLists.txt", "add_library(sync a.cpp\n  store/b.cpp)\n"},
                     {"sync/a.cpp", ""},
                     {"sync/store/b.cpp", ""},
                     {"sync/store/a.cpp", ""}}),
              "sync/store/a.cpp:0: not listed in a CMakeLists.txt: it is not built\n");
    EXPECT_EQ(found({{"tests/CMakeLists.txt", "add_x(${CMAKE_SOURCE_DIR}/sync/a.cpp)"},
                     {"sync/a.cpp", ""}}),
              "");
}

TEST(TidyLists, AGlobIsFound) {
    EXPECT_EQ(found({{"sync/CMakeLists.txt", "\nfile(GLOB sources *.cpp)\n"}}),
              "sync/CMakeLists.txt:2: sources are listed, not globbed\n");
    EXPECT_EQ(found({{"sync/CMakeLists.txt", "file(GLOB_RECURSE sources *.cpp)\n"}}),
              "sync/CMakeLists.txt:1: sources are listed, not globbed\n");
}

// What is planted is put together from pieces: this file is checked too.
TEST(TidyWords, AToDoWithoutAWhyIsFound) {
    const std::string to_do = std::string("TO") + "DO";
    const auto in = [&](const std::string& rest) { return found({{"dev", "# " + to_do + rest}}); };
    EXPECT_EQ(in("(printer): cut only where the model has a knife\n"), "");
    const std::string finding = "dev:1: write '" + to_do + "(what): why'\n";
    EXPECT_EQ(in("\n"), finding);
    EXPECT_EQ(in(": later\n"), finding);
    EXPECT_EQ(in("(printer)\n"), finding);
}

TEST(TidyWords, APathOfOneMachineIsFound) {
    for (const std::string place : {"home", "Users", "work"}) {
        EXPECT_EQ(found({{"tests/a.py", "\nx = '/" + place + "/ann/shop'\n"}}),
                  "tests/a.py:2: /" + place + "/ is a path of one machine\n");
        EXPECT_EQ(found({{"tests/a.py", "x = shelf + 'fresh/" + place + "/list'\n"}}), "");
    }
}

}  // namespace
}  // namespace fangxin::tidy
