// fangxin-virtual-printer: a receipt printer without paper, and a look at what was printed.
#include "drivers/printers/paper/escpos_render.hpp"
#include "drivers/printers/paper/receipt_image.hpp"
#include "drivers/printers/paper/tspl_render.hpp"
#include "drivers/transports/virtual_printer.hpp"
#include "process/begin.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace {

using namespace fangxin;
using namespace fangxin::drivers;

constexpr std::string_view help = R"(A receipt printer without paper.

  fangxin-virtual-printer render FILE OUT.png [--language LANGUAGE]   draw a job
  fangxin-virtual-printer text FILE [--language LANGUAGE]             as plain text
  fangxin-virtual-printer listen --port P --out DIR [--status STATUS] [--language LANGUAGE]
      take jobs on 127.0.0.1:P (0: any free port) until stopped, one file each

LANGUAGE: escpos, of receipt printers (the default); tspl, of label printers
STATUS, told to whoever asks: ok paper_low paper_out cover_open error offline silent
Exit codes: 0 done, 1 failed, 2 usage, 3 not found.
)";

enum ExitCode { done = 0, failed = 1, usage = 2, not_found = 3 };

int complain(const Error& error) {
    fmt::print(stderr, "fangxin-virtual-printer: {}: {}\n", error.code, error.detail);
    return error.code == "not_found" ? not_found : failed;
}

int say(std::string_view words) {
    const bool written = std::fwrite(words.data(), 1, words.size(), stdout) == words.size();
    if (written && std::fflush(stdout) == 0) return done;
    return complain({"cannot_write", "the output is not whole"});
}

int misuse() {
    fmt::print(stderr, "{}", help);
    return usage;
}

Result<std::string> read_file(const char* path) {
    std::error_code gone;
    if (!std::filesystem::is_regular_file(path, gone)) return failure("not_found", path);
    std::ifstream file(path, std::ios::binary);
    if (!file) return failure("unreadable", path);
    return std::string(std::istreambuf_iterator<char>(file), {});
}

std::optional<VirtualLanguage> parse_language(std::string_view text) {
    if (text == "escpos") return VirtualLanguage::escpos;
    if (text == "tspl") return VirtualLanguage::tspl;
    return std::nullopt;
}

/// The language said behind `count` arguments; none if they are not so many, or it is no language.
std::optional<VirtualLanguage> language_after(std::span<char*> arguments, std::size_t count) {
    if (arguments.size() == count) return VirtualLanguage::escpos;
    bool said = arguments.size() == count + 2 && std::string_view(arguments[count]) == "--language";
    return said ? parse_language(arguments[count + 1]) : std::nullopt;
}

int render(std::span<char*> arguments) {
    auto language = language_after(arguments, 2);
    if (!language) return misuse();
    auto bytes = read_file(arguments[0]);
    if (!bytes) return complain(bytes.error());
    auto drawn = *language == VirtualLanguage::tspl ? render_labels(*bytes, arguments[1])
                                                    : render_png(*bytes, arguments[1]);
    return drawn ? done : complain(drawn.error());
}

int text(std::span<char*> arguments) {
    auto language = language_after(arguments, 1);
    if (!language) return misuse();
    auto bytes = read_file(arguments[0]);
    if (!bytes) return complain(bytes.error());
    return say(*language == VirtualLanguage::tspl ? plain_labels(*bytes) : plain_text(*bytes));
}

std::optional<std::uint16_t> parse_port(const std::string& text) {
    int port = 0;
    if (text.empty() || text.size() > 5) return std::nullopt;
    for (char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        port = port * 10 + (c - '0');
    }
    return port > 65535 ? std::nullopt : std::optional(static_cast<std::uint16_t>(port));
}

int listen(std::span<char*> arguments) {
    std::map<std::string, std::string> options{
        {"--status", "ok"}, {"--port", ""}, {"--out", ""}, {"--language", "escpos"}};
    if (arguments.size() % 2 != 0) return misuse();
    for (std::size_t at = 0; at < arguments.size(); at += 2) {
        auto option = options.find(arguments[at]);
        if (option == options.end()) return misuse();
        option->second = arguments[at + 1];
    }
    auto port = parse_port(options["--port"]);
    auto status = parse_virtual_status(options["--status"]);
    auto language = parse_language(options["--language"]);
    if (!port || !status || !language || options["--out"].empty()) return misuse();
    VirtualPrinterOptions serve{.port = *port, .folder = options["--out"], .status = *status};
    serve.language = *language;
    serve.ready = [&](std::uint16_t at) {
        say(fmt::format(R"({{"event":"ready","address":"127.0.0.1:{}"}})"
                        "\n",
                        at));
    };
    serve.stored = [&](const std::filesystem::path& job) {
        say(fmt::format(R"({{"event":"job","file":"{}"}})"
                        "\n",
                        job.filename().string()));
    };
    auto served = serve_virtual_printer(serve);
    return served ? done : complain(served.error());
}

}  // namespace

int main(int count, char** values) {
    begin_process();
    std::span<char*> arguments(values + 1, static_cast<std::size_t>(count > 0 ? count - 1 : 0));
    if (arguments.empty()) return misuse();
    std::string_view command = arguments[0];
    if (command == "render") return render(arguments.subspan(1));
    if (command == "text") return text(arguments.subspan(1));
    if (command == "listen") return listen(arguments.subspan(1));
    if (command == "--version") return say("fangxin-virtual-printer " FANGXIN_VERSION "\n");
    if (command == "--help") return say(help);
    return misuse();
}
