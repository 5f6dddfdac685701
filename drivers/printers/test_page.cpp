#include "drivers/printers/test_page.hpp"

#include "domain/text_width.hpp"

#include <fmt/format.h>

namespace fangxin::drivers {

namespace {

using domain::Align;
using domain::TextLine;

/// `1234567890123…`
std::string ruler(int columns) {
    std::string text;
    for (int at = 1; at <= columns; ++at)
        text += static_cast<char>('0' + at % 10);
    return text;
}

/// `一二三四五六七八九十一…`, each two columns.
std::string chinese_ruler(int columns) {
    std::string_view digits = "一二三四五六七八九十";
    std::string text;
    for (int at = 0; at < columns / 2; ++at)
        text += digits.substr(static_cast<std::size_t>(at % 10) * 3, 3);
    return text;
}

}  // namespace

std::vector<domain::ReceiptLine> test_page(const TestPage& page) {
    std::vector<domain::ReceiptLine> lines;
    auto row = [&](std::string_view left, std::string_view right) {
        int room = page.columns - domain::column_width(left);
        lines.emplace_back(TextLine{std::string(left) + domain::pad_start(right, room)});
    };
    auto text = [&](std::string_view words, const TextLine& style = {}) {
        for (const std::string& part : domain::wrap(words, page.columns)) {
            TextLine line = style;
            line.text = part;
            lines.emplace_back(line);
        }
    };
    if (page.open_drawer) lines.emplace_back(domain::DrawerPulse{});
    lines.emplace_back(TextLine{"打印测试 TEST", Align::center, true, true});
    text(fmt::format("Fangxin {}", page.version));
    text(page.target);
    text(page.time);
    lines.emplace_back(TextLine{ruler(page.columns)});
    lines.emplace_back(TextLine{chinese_ruler(page.columns)});
    row("有机纯牛奶 250ml", "￥139.80");
    row("香蕉 1.234kg × 7.98/kg", "9.85");
    lines.emplace_back(TextLine{"倍宽倍高 ￥12.34", Align::left, true, false});
    lines.emplace_back(TextLine{"加粗 Bold", Align::left, false, true});
    lines.emplace_back(TextLine{"居中 centre", Align::center});
    lines.emplace_back(TextLine{"靠右 right", Align::right});
    text("℃ № × ÷ ① （） 【】 《》 —— ……");
    text("没有的字 replaced: 𠮷 🍎 ñ");
    lines.emplace_back(domain::Code128Line{"FX003010000128K"});
    lines.emplace_back(domain::Ean13Line{"6901234567892"});
    lines.emplace_back(domain::QrLine{"https://example.cn/fangxin"});
    lines.emplace_back(TextLine{"切纸 cut", Align::center});
    lines.emplace_back(domain::CutLine{});
    return lines;
}

}  // namespace fangxin::drivers
