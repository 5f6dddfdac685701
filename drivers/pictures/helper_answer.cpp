#include "drivers/pictures/helper_answer.hpp"

#include "drivers/pictures/decoded_text.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <optional>

namespace fangxin::drivers {

namespace {

struct Answer {
    std::string_view format, symbology, text, bytes;
    bool has_eci = false;
};

std::string_view take_word(std::string_view& line) {
    std::size_t end = std::min(line.find(' '), line.size());
    std::string_view word = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return word;
}

template <class Number>
bool take_number(std::string_view& line, Number& number) {
    std::string_view word = take_word(line);
    auto [rest, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    return error == std::errc{} && rest == word.data() + word.size();
}

bool is_word(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               (c >= '0' && c <= '9');
    });
}

bool take_corners(std::string_view& line, Decoded& decoded) {
    return std::all_of(decoded.corners.begin(), decoded.corners.end(), [&](PicturePoint& corner) {
        return take_number(line, corner.x) && take_number(line, corner.y);
    });
}

std::string text_of(const Answer& answer) {
    std::string text(answer.text);
    if (answer.format != "qr" || answer.has_eci) return text;
    return text_of_bytes(answer.bytes).value_or(text);
}

std::optional<Decoded> parse_code(std::string_view message) {
    std::size_t end = message.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view line = message.substr(0, end);
    message.remove_prefix(end + 1);
    if (take_word(line) != "code") return std::nullopt;
    Answer answer;
    answer.format = take_word(line);
    answer.symbology = take_word(line);
    answer.has_eci = take_word(line) == "1";
    std::string_view engine = take_word(line);
    Decoded decoded{.format = std::string(answer.format),
                    .symbology = std::string(answer.symbology),
                    .text = {},
                    .engine = engine == "zbar" ? Engine::zbar : Engine::zxing,
                    .sure = take_word(line) == "1"};
    std::size_t length = 0;
    bool sound = take_corners(line, decoded) && take_number(line, length) && line.empty() &&
                 length <= message.size() && answer.format.size() <= 20 &&
                 answer.symbology.size() <= 2 && is_word(answer.format) &&
                 is_word(answer.symbology) && (engine == "zbar" || engine == "zxing") &&
                 is_utf8(message.substr(0, length));
    if (!sound) return std::nullopt;
    answer.text = message.substr(0, length);
    answer.bytes = message.substr(length);
    decoded.text = text_of(answer);
    return decoded;
}

}  // namespace

Result<Decoded> parse_helper_answer(std::string_view message) {
    for (std::string_view word : {"not_an_image", "too_large", "no_code", "no_more"}) {
        if (message == fmt::format("error {}", word)) return failure(std::string(word));
    }
    auto decoded = parse_code(message);
    if (!decoded) return failure("decoder_died", "it gave no sensible answer");
    return *std::move(decoded);
}

}  // namespace fangxin::drivers
