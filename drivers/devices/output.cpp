#include "drivers/devices/output.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cstdio>

namespace fangxin::drivers {

namespace {

struct CodeRow {
    std::string_view code;
    ExitCode exit;
};
constexpr std::array rows{CodeRow{"not_found", not_found}, CodeRow{"printer_gone", not_found},
                          CodeRow{"busy", busy}, CodeRow{"printer_busy", busy}};

/// A device may call itself by bytes that a terminal obeys.
std::string without_controls(std::string text) {
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, '?');
    return text;
}

}  // namespace

ExitCode fail(const Error& error) {
    fmt::print(stderr, "fangxin-devices: {}: {}\n", error.code, error.detail);
    auto row = std::ranges::find(rows, std::string_view(error.code), &CodeRow::code);
    return row == rows.end() ? failed : row->exit;
}

ExitCode not_whole() { return fail({"cannot_write", "the output is not whole"}); }

std::string in_words(const boost::json::value& value) {
    if (value.is_string()) return without_controls(std::string(value.get_string()));
    std::string text;
    if (value.is_array()) {
        for (const auto& each : value.get_array())
            text += (text.empty() ? "" : " ") +
                    (each.is_object() ? fmt::format("({})", in_words(each)) : in_words(each));
        return text;
    }
    if (!value.is_object()) return boost::json::serialize(value);
    for (const auto& [key, member] : value.get_object()) {
        std::string words = in_words(member);
        if (words.empty()) continue;
        if (member.is_object()) words = fmt::format("({})", words);
        text += fmt::format("{}{} {}", text.empty() ? "" : "  ", std::string_view(key), words);
    }
    return text;
}

bool print_result(const boost::json::object& result, bool json) {
    return print_line(json ? boost::json::serialize(result) : in_words(result));
}

void tell(std::string_view words) { fmt::print(stderr, "{}\n", words); }

bool print_line(const std::string& line) {
    return std::fputs((line + '\n').c_str(), stdout) >= 0 && std::fflush(stdout) == 0;
}

}  // namespace fangxin::drivers
