#include "drivers/pictures/decoded_text.hpp"

#include <cstdint>
#include <memory>
#include <unicode/ucnv.h>
#include <unicode/utf8.h>

namespace fangxin::drivers {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::optional<std::string> from_gb18030(std::string_view bytes) {
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<UConverter, decltype(&ucnv_close)> gb(ucnv_open("gb18030", &error), ucnv_close);
    ucnv_setToUCallBack(gb.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
    if (U_FAILURE(error)) return std::nullopt;
    std::string text(bytes.size() * 4 + 1, '\0');
    int length = ucnv_toAlgorithmic(UCNV_UTF8, gb.get(), text.data(), static_cast<int>(text.size()),
                                    bytes.data(), static_cast<int>(bytes.size()), &error);
    if (U_FAILURE(error)) return std::nullopt;
    text.resize(static_cast<std::size_t>(length));
    return text;
}

bool between(char byte, unsigned first, unsigned last) {
    unsigned value = static_cast<unsigned char>(byte);
    return value >= first && value <= last;
}

bool gb2312_pair(char lead, char trail) {
    return between(lead, 0xA1, 0xF7) && between(trail, 0xA1, 0xFE);
}

bool kanji_pair(char lead, char trail) {  // ISO/IEC 18004, 7.4.6
    return (between(lead, 0x81, 0x9F) || between(lead, 0xE0, 0xEB)) &&
           (between(trail, 0x40, 0x7E) || between(trail, 0x80, 0xFC));
}

bool all_pairs(std::string_view bytes, bool (*pair)(char, char)) {
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        if (between(bytes[at], 0, 0x7F)) continue;
        if (at + 1 == bytes.size() || !pair(bytes[at], bytes[at + 1])) return false;
        ++at;
    }
    return true;
}

}  // namespace

bool is_utf8(std::string_view bytes) {
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    auto size = static_cast<std::int32_t>(bytes.size());
    for (std::int32_t at = 0; at < size;) {
        UChar32 character = 0;
        U8_NEXT(data, at, size, character);
        if (character < 0) return false;
    }
    return true;
}

std::optional<std::string> text_of_bytes(std::string_view bytes) {
    if (!is_utf8(bytes)) {
        bool kanji = all_pairs(bytes, kanji_pair) && !all_pairs(bytes, gb2312_pair);
        return kanji ? std::nullopt : from_gb18030(bytes);
    }
    if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
    return std::string(bytes);
}

}  // namespace fangxin::drivers
