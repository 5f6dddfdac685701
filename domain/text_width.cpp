#include "domain/text_width.hpp"

#include "domain/check.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace fangxin::domain {

namespace {

struct CodeRange {
    char32_t first;
    char32_t last;
};

/// Below U+2E80: East Asian Width W and F, and every sign with two bytes in GB18030 (listed by
/// asking ICU). Above: whole blocks, because unassigned holes in them print as `？` anyway. The
/// private use area prints so too.
constexpr std::array wide_ranges{
    CodeRange{0x00A4, 0x00A5},   CodeRange{0x00A7, 0x00A8},   CodeRange{0x00B0, 0x00B1},
    CodeRange{0x00B7, 0x00B7},   CodeRange{0x00D7, 0x00D7},   CodeRange{0x00E0, 0x00E1},
    CodeRange{0x00E8, 0x00EA},   CodeRange{0x00EC, 0x00ED},   CodeRange{0x00F2, 0x00F3},
    CodeRange{0x00F7, 0x00F7},   CodeRange{0x00F9, 0x00FA},   CodeRange{0x00FC, 0x00FC},
    CodeRange{0x0101, 0x0101},   CodeRange{0x0113, 0x0113},   CodeRange{0x011B, 0x011B},
    CodeRange{0x012B, 0x012B},   CodeRange{0x0144, 0x0144},   CodeRange{0x0148, 0x0148},
    CodeRange{0x014D, 0x014D},   CodeRange{0x016B, 0x016B},   CodeRange{0x01CE, 0x01CE},
    CodeRange{0x01D0, 0x01D0},   CodeRange{0x01D2, 0x01D2},   CodeRange{0x01D4, 0x01D4},
    CodeRange{0x01D6, 0x01D6},   CodeRange{0x01D8, 0x01D8},   CodeRange{0x01DA, 0x01DA},
    CodeRange{0x01DC, 0x01DC},   CodeRange{0x01F9, 0x01F9},   CodeRange{0x0251, 0x0251},
    CodeRange{0x0261, 0x0261},   CodeRange{0x02C7, 0x02C7},   CodeRange{0x02C9, 0x02CB},
    CodeRange{0x02D9, 0x02D9},   CodeRange{0x0391, 0x03A1},   CodeRange{0x03A3, 0x03A9},
    CodeRange{0x03B1, 0x03C1},   CodeRange{0x03C3, 0x03C9},   CodeRange{0x0401, 0x0401},
    CodeRange{0x0410, 0x044F},   CodeRange{0x0451, 0x0451},   CodeRange{0x1100, 0x115F},
    CodeRange{0x1E3F, 0x1E3F},   CodeRange{0x2010, 0x2010},   CodeRange{0x2013, 0x2016},
    CodeRange{0x2018, 0x2019},   CodeRange{0x201C, 0x201D},   CodeRange{0x2025, 0x2026},
    CodeRange{0x2030, 0x2030},   CodeRange{0x2032, 0x2033},   CodeRange{0x2035, 0x2035},
    CodeRange{0x203B, 0x203B},   CodeRange{0x20AC, 0x20AC},   CodeRange{0x2103, 0x2103},
    CodeRange{0x2105, 0x2105},   CodeRange{0x2109, 0x2109},   CodeRange{0x2116, 0x2116},
    CodeRange{0x2121, 0x2121},   CodeRange{0x2160, 0x216B},   CodeRange{0x2170, 0x2179},
    CodeRange{0x2190, 0x2193},   CodeRange{0x2196, 0x2199},   CodeRange{0x2208, 0x2208},
    CodeRange{0x220F, 0x220F},   CodeRange{0x2211, 0x2211},   CodeRange{0x2215, 0x2215},
    CodeRange{0x221A, 0x221A},   CodeRange{0x221D, 0x2220},   CodeRange{0x2223, 0x2223},
    CodeRange{0x2225, 0x2225},   CodeRange{0x2227, 0x222B},   CodeRange{0x222E, 0x222E},
    CodeRange{0x2234, 0x2237},   CodeRange{0x223D, 0x223D},   CodeRange{0x2248, 0x2248},
    CodeRange{0x224C, 0x224C},   CodeRange{0x2252, 0x2252},   CodeRange{0x2260, 0x2261},
    CodeRange{0x2264, 0x2267},   CodeRange{0x226E, 0x226F},   CodeRange{0x2295, 0x2295},
    CodeRange{0x2299, 0x2299},   CodeRange{0x22A5, 0x22A5},   CodeRange{0x22BF, 0x22BF},
    CodeRange{0x2312, 0x2312},   CodeRange{0x231A, 0x231B},   CodeRange{0x2329, 0x232A},
    CodeRange{0x23E9, 0x23EC},   CodeRange{0x23F0, 0x23F0},   CodeRange{0x23F3, 0x23F3},
    CodeRange{0x2460, 0x2469},   CodeRange{0x2474, 0x249B},   CodeRange{0x2500, 0x254B},
    CodeRange{0x2550, 0x2573},   CodeRange{0x2581, 0x258F},   CodeRange{0x2593, 0x2595},
    CodeRange{0x25A0, 0x25A1},   CodeRange{0x25B2, 0x25B3},   CodeRange{0x25BC, 0x25BD},
    CodeRange{0x25C6, 0x25C7},   CodeRange{0x25CB, 0x25CB},   CodeRange{0x25CE, 0x25CF},
    CodeRange{0x25E2, 0x25E5},   CodeRange{0x25FD, 0x25FE},   CodeRange{0x2605, 0x2606},
    CodeRange{0x2609, 0x2609},   CodeRange{0x2614, 0x2615},   CodeRange{0x2640, 0x2640},
    CodeRange{0x2642, 0x2642},   CodeRange{0x2648, 0x2653},   CodeRange{0x267F, 0x267F},
    CodeRange{0x2693, 0x2693},   CodeRange{0x26A1, 0x26A1},   CodeRange{0x26AA, 0x26AB},
    CodeRange{0x26BD, 0x26BE},   CodeRange{0x26C4, 0x26C5},   CodeRange{0x26CE, 0x26CE},
    CodeRange{0x26D4, 0x26D4},   CodeRange{0x26EA, 0x26EA},   CodeRange{0x26F2, 0x26F3},
    CodeRange{0x26F5, 0x26F5},   CodeRange{0x26FA, 0x26FA},   CodeRange{0x26FD, 0x26FD},
    CodeRange{0x2705, 0x2705},   CodeRange{0x270A, 0x270B},   CodeRange{0x2728, 0x2728},
    CodeRange{0x274C, 0x274C},   CodeRange{0x274E, 0x274E},   CodeRange{0x2753, 0x2755},
    CodeRange{0x2757, 0x2757},   CodeRange{0x2795, 0x2797},   CodeRange{0x27B0, 0x27B0},
    CodeRange{0x27BF, 0x27BF},   CodeRange{0x2B1B, 0x2B1C},   CodeRange{0x2B50, 0x2B50},
    CodeRange{0x2B55, 0x2B55},   CodeRange{0x2E80, 0x303E},   CodeRange{0x3041, 0xA4CF},
    CodeRange{0xA960, 0xA97F},   CodeRange{0xAC00, 0xD7A3},   CodeRange{0xE000, 0xFAFF},
    CodeRange{0xFE10, 0xFE19},   CodeRange{0xFE30, 0xFE6F},   CodeRange{0xFF01, 0xFF60},
    CodeRange{0xFFE0, 0xFFE6},   CodeRange{0x16FE0, 0x18DFF}, CodeRange{0x1AFF0, 0x1B2FF},
    CodeRange{0x1F004, 0x1F004}, CodeRange{0x1F0CF, 0x1F0CF}, CodeRange{0x1F18E, 0x1F19A},
    CodeRange{0x1F200, 0x1F320}, CodeRange{0x1F32D, 0x1F64F}, CodeRange{0x1F680, 0x1F6FF},
    CodeRange{0x1F7E0, 0x1F7F0}, CodeRange{0x1F90C, 0x1F9FF}, CodeRange{0x1FA70, 0x1FAFF},
    CodeRange{0x20000, 0x3FFFD}};

/// Controls, format characters and the marks that a shop's names may carry. Marks of scripts that
/// the printer does not have (Tibetan, Arabic) are left out: they print as `?`, one column each.
constexpr std::array zero_ranges{
    CodeRange{0x0000, 0x001F},   CodeRange{0x007F, 0x009F},  CodeRange{0x00AD, 0x00AD},
    CodeRange{0x0300, 0x036F},   CodeRange{0x0483, 0x0489},  CodeRange{0x1160, 0x11FF},
    CodeRange{0x1AB0, 0x1AFF},   CodeRange{0x1DC0, 0x1DFF},  CodeRange{0x200B, 0x200F},
    CodeRange{0x2028, 0x202E},   CodeRange{0x2060, 0x206F},  CodeRange{0x20D0, 0x20FF},
    CodeRange{0x302A, 0x302F},   CodeRange{0x3099, 0x309A},  CodeRange{0xFE00, 0xFE0F},
    CodeRange{0xFE20, 0xFE2F},   CodeRange{0xFEFF, 0xFEFF},  CodeRange{0xFFF9, 0xFFFB},
    CodeRange{0xE0000, 0xE007F}, CodeRange{0xE0100, 0xE01EF}};

bool is_in(std::span<const CodeRange> ranges, char32_t code_point) {
    auto after =
        std::upper_bound(ranges.begin(), ranges.end(), code_point,
                         [](char32_t value, const CodeRange& r) { return value < r.first; });
    return after != ranges.begin() && code_point <= std::prev(after)->last;
}

std::string spaces(int count) {
    return std::string(static_cast<std::size_t>(std::max(count, 0)), ' ');
}

/// Builds the lines of wrap(): the open line, its width, and where it may still be cut.
class LineBuilder {
  public:
    explicit LineBuilder(int columns) : columns_(columns) {}

    void add(char32_t c) {
        int width = column_width(c);
        if (c == U' ' && open_.empty()) return;  // a line never starts with the gap between words
        if (width_ + width > columns_) {
            if (c == U' ') return finish();
            if (width == 2) cut_at_ = open_.size();
            finish_at_cut();
        }
        if (width == 2) cut_at_ = open_.size();
        append_utf8(open_, c);
        width_ += width;
        if (width == 2 || c == U' ') cut_at_ = open_.size();
    }

    void finish() {
        while (!open_.empty() && open_.back() == ' ')
            open_.pop_back();
        lines_.push_back(std::move(open_));
        restart({});
    }

    std::vector<std::string> take() {
        if (!open_.empty() || lines_.empty()) finish();
        return std::move(lines_);
    }

  private:
    void finish_at_cut() {
        std::string rest = cut_at_ == 0 ? std::string() : open_.substr(cut_at_);
        if (cut_at_ > 0) open_.resize(cut_at_);
        finish();
        restart(std::move(rest));
    }

    void restart(std::string text) {
        open_ = std::move(text);
        width_ = column_width(open_);
        cut_at_ = 0;
    }

    int columns_;
    std::vector<std::string> lines_;
    std::string open_;
    int width_ = 0;
    std::size_t cut_at_ = 0;
};

}  // namespace

char32_t take_code_point(std::string_view& text) {
    FANGXIN_CHECK(!text.empty());
    auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    unsigned char lead = byte(0);
    std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    char32_t value = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    bool good = (lead < 0x80 || lead >= 0xC2) && lead <= 0xF4 && length <= text.size();
    for (std::size_t at = 1; good && at < length; ++at) {
        good = (byte(at) & 0xC0) == 0x80;
        value = (value << 6) | (byte(at) & 0x3FU);
    }
    good = good && value >= smallest[length] && value <= 0x10FFFF && (value & ~0x7FFU) != 0xD800;
    text.remove_prefix(good ? length : 1);
    return good ? value : replacement_character;
}

std::string_view whole_beginning(std::string_view text, std::size_t most_bytes) {
    std::size_t size = std::min(text.size(), most_bytes);
    while (size > 0 && size < text.size() &&
           (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
        --size;
    return text.substr(0, size);
}

void append_utf8(std::string& text, char32_t code_point) {
    auto put = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (code_point > 0x10FFFF || (code_point & ~0x7FFU) == 0xD800) {
        code_point = replacement_character;
    }
    if (code_point < 0x80) return put(code_point);
    if (code_point < 0x800) {
        put(0xC0 | (code_point >> 6));
    } else {
        if (code_point < 0x10000) {
            put(0xE0 | (code_point >> 12));
        } else {
            put(0xF0 | (code_point >> 18));
            put(0x80 | ((code_point >> 12) & 0x3F));
        }
        put(0x80 | ((code_point >> 6) & 0x3F));
    }
    put(0x80 | (code_point & 0x3F));
}

int column_width(char32_t code_point) {
    if (code_point >= 0x20 && code_point < 0x7F) return 1;
    if (is_in(zero_ranges, code_point)) return 0;
    return is_in(wide_ranges, code_point) ? 2 : 1;
}

int column_width(std::string_view text) {
    int width = 0;
    while (!text.empty())
        width += column_width(take_code_point(text));
    return width;
}

bool is_blank(std::string_view text) {
    while (!text.empty()) {
        const char32_t c = take_code_point(text);
        const bool blank = column_width(c) == 0 || c == U' ' || c == U'\u00A0' || c == U'\u3000' ||
                           (c >= U'\u2000' && c <= U'\u200B');
        if (!blank) return false;
    }
    return true;
}

std::string pad_end(std::string_view text, int columns) {
    return std::string(text) + spaces(columns - column_width(text));
}

std::string pad_start(std::string_view text, int columns) {
    return spaces(columns - column_width(text)).append(text);
}

std::string centred(std::string_view text, int columns) {
    return spaces((columns - column_width(text)) / 2).append(text);
}

std::string truncate(std::string_view text, int columns) {
    FANGXIN_CHECK(columns >= 2);
    if (column_width(text) <= columns) return std::string(text);
    std::string cut;
    int width = 0;
    while (!text.empty()) {
        char32_t c = take_code_point(text);
        width += column_width(c);
        if (width > columns - 2) break;
        append_utf8(cut, c);
    }
    return cut + "…";
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (end > 0) lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::vector<std::string> wrap(std::string_view text, int columns) {
    FANGXIN_CHECK(columns >= 2);
    LineBuilder lines(columns);
    while (!text.empty()) {
        char32_t c = take_code_point(text);
        if (c == U'\n') {
            lines.finish();
        } else if (c >= 0x20 && c != 0x7F) {
            lines.add(c);
        }
    }
    return lines.take();
}

}  // namespace fangxin::domain
