#include "drivers/printers/paper/code_page.hpp"

#include "domain/check.hpp"
#include "domain/text_width.hpp"

#include <algorithm>
#include <array>
#include <unicode/ucnv.h>

namespace fangxin::drivers {

namespace {

/// Epson's numbers.
struct PageRow {
    int page;
    const char* name;
};
constexpr std::array page_rows{
    PageRow{0, "ibm-437"},  PageRow{2, "ibm-850"},  PageRow{3, "ibm-860"},
    PageRow{4, "ibm-863"},  PageRow{5, "ibm-865"},  PageRow{16, "windows-1252"},
    PageRow{17, "ibm-866"}, PageRow{18, "ibm-852"}, PageRow{19, "ibm-858"}};
constexpr int katakana = 1;

/// Page 1 from 80 to 9F: the lines that programs draw boxes with.
constexpr std::u32string_view katakana_lines = U"▁▂▃▄▅▆▇█▏▎▍▌▋▊▉┼┴┬┤├▔─│▕┌┐└┘╭╮╰╯";

}  // namespace

void CodePages::Close::operator()(UConverter* converter) const { ucnv_close(converter); }

CodePages::CodePages() {
    UErrorCode error = U_ZERO_ERROR;
    gb18030_.reset(ucnv_open("gb18030", &error));
    FANGXIN_CHECK(U_SUCCESS(error));  // ICU carries this table in itself
}
CodePages::~CodePages() = default;

char32_t CodePages::convert(UConverter* converter, std::string_view bytes) {
    std::array<UChar, 4> units{};
    UErrorCode error = U_ZERO_ERROR;
    std::int32_t size = ucnv_toUChars(converter, units.data(), units.size(), bytes.data(),
                                      static_cast<std::int32_t>(bytes.size()), &error);
    return U_SUCCESS(error) && size == 1 ? units[0] : domain::replacement_character;
}

char32_t CodePages::decode_pair(std::string_view pair) { return convert(gb18030_.get(), pair); }

std::string CodePages::decode_text(std::string_view bytes) {
    std::string text;
    while (!bytes.empty()) {
        const bool is_pair = static_cast<unsigned char>(bytes[0]) >= 0x81 && bytes.size() > 1;
        domain::append_utf8(
            text, is_pair ? decode_pair(bytes.substr(0, 2)) : static_cast<unsigned char>(bytes[0]));
        bytes.remove_prefix(is_pair ? 2 : 1);
    }
    return text;
}

char32_t CodePages::decode(int page, int byte) {
    if (page == katakana && byte < 0xA0) {
        return katakana_lines[static_cast<std::size_t>(byte - 0x80)];
    }
    if (page == katakana && byte < 0xE0) return static_cast<char32_t>(0xFF60 + (byte - 0xA0));
    const auto* row = std::find_if(page_rows.begin(), page_rows.end(),
                                   [&](const PageRow& each) { return each.page == page; });
    if (row == page_rows.end()) row = page_rows.begin();
    Converter& converter = pages_[row->page];
    UErrorCode error = U_ZERO_ERROR;
    if (!converter) converter.reset(ucnv_open(row->name, &error));
    if (!converter) return domain::replacement_character;
    char one = static_cast<char>(byte);
    return convert(converter.get(), {&one, 1});
}

}  // namespace fangxin::drivers
