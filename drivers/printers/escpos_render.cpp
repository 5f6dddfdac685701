#include "drivers/printers/escpos_render.hpp"

#include "domain/check.hpp"
#include "domain/text_width.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <unicode/ucnv.h>
#include <utility>

namespace fangxin::drivers {

namespace {

constexpr std::size_t longest_name = 200;  // of a mark: what is unknown is not shown whole

/// Commands that only set something we do not draw, by their number of argument bytes.
struct Skipped {
    char lead;
    char code;
    std::size_t arguments;
};
constexpr std::array skipped{
    Skipped{0x1B, '-', 1},  Skipped{0x1B, '2', 0},  Skipped{0x1B, '3', 1}, Skipped{0x1B, 'G', 1},
    Skipped{0x1B, 'L', 0},  Skipped{0x1B, 'M', 1},  Skipped{0x1B, 'R', 1}, Skipped{0x1B, 'S', 0},
    Skipped{0x1B, 'T', 1},  Skipped{0x1B, 'V', 1},  Skipped{0x1B, 'W', 8}, Skipped{0x1B, '\\', 2},
    Skipped{0x1B, 'c', 2},  Skipped{0x1B, 't', 1},  Skipped{0x1B, '{', 1}, Skipped{0x1B, ' ', 1},
    Skipped{0x1B, '$', 2},  Skipped{0x1B, '%', 1},  Skipped{0x1B, '?', 1}, Skipped{0x1B, '=', 1},
    Skipped{0x1B, 'r', 1},  Skipped{0x1B, 'e', 1},  Skipped{0x1B, 'B', 2}, Skipped{0x1B, 'u', 1},
    Skipped{0x1B, 'v', 0},  Skipped{0x1B, 'U', 1},  Skipped{0x1C, '-', 1}, Skipped{0x1C, 'S', 2},
    Skipped{0x1C, 'C', 1},  Skipped{0x1C, '2', 74}, Skipped{0x1C, '?', 2}, Skipped{0x1D, '$', 2},
    Skipped{0x1D, '/', 1},  Skipped{0x1D, ':', 0},  Skipped{0x1D, 'B', 1}, Skipped{0x1D, 'H', 1},
    Skipped{0x1D, 'I', 1},  Skipped{0x1D, 'L', 2},  Skipped{0x1D, 'P', 2}, Skipped{0x1D, 'W', 2},
    Skipped{0x1D, '\\', 2}, Skipped{0x1D, '^', 3},  Skipped{0x1D, 'a', 1}, Skipped{0x1D, 'b', 1},
    Skipped{0x1D, 'f', 1},  Skipped{0x1D, 'r', 1},  Skipped{0x1D, 'c', 0}, Skipped{0x1D, 'T', 1}};

/// Two bytes of GB18030 → one character; U+FFFD if they are none.
class Gb18030Pair {
  public:
    Gb18030Pair() {
        UErrorCode error = U_ZERO_ERROR;
        converter_.reset(ucnv_open("gb18030", &error));
        FANGXIN_CHECK(U_SUCCESS(error));
    }

    char32_t decode(std::string_view pair) {
        std::array<UChar, 4> units{};
        UErrorCode error = U_ZERO_ERROR;
        std::int32_t size = ucnv_toUChars(converter_.get(), units.data(), units.size(), pair.data(),
                                          static_cast<std::int32_t>(pair.size()), &error);
        return U_SUCCESS(error) && size == 1 ? units[0] : domain::replacement_character;
    }

  private:
    struct Close {
        void operator()(UConverter* converter) const { ucnv_close(converter); }
    };
    std::unique_ptr<UConverter, Close> converter_;
};

int byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

std::size_t little_endian(std::string_view text) {
    std::size_t value = 0;
    for (std::size_t at = text.size(); at-- > 0;)
        value = value * 256 + static_cast<std::size_t>(byte_at(text, at));
    return value;
}

std::string hex(std::string_view bytes) {
    std::string text;
    for (unsigned char byte : bytes.substr(0, 8))
        text += fmt::format(" {:02X}", byte);
    return text;
}

/// Code sets out, doubled braces single: what a scanner would read, as far as set B goes.
std::string code128_text(std::string_view data) {
    std::string text;
    for (std::size_t at = 0; at < data.size(); ++at) {
        if (data[at] != '{' || at + 1 == data.size()) {
            text.push_back(data[at]);
        } else if (data[++at] == '{') {
            text.push_back('{');
        }
    }
    return text;
}

class Paper {
  public:
    explicit Paper(std::string_view bytes) : rest_(bytes) {}

    std::vector<PrintedItem> print() {
        while (!rest_.empty())
            step();
        if (!line_.runs.empty()) end_line();
        return std::move(items_);
    }

  private:
    struct Style {
        bool bold = false;
        int width = 1;
        int height = 1;
        bool operator==(const Style&) const = default;
    };

    // --- reading bytes -------------------------------------------------------------------------

    /// The next `count` bytes; if there are fewer, the job ends here and says so.
    std::optional<std::string_view> take(std::size_t count) {
        if (count > rest_.size()) {
            mark(fmt::format("[TRUNCATED{}]", hex(command_)));
            rest_ = {};
            return std::nullopt;
        }
        std::string_view taken = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return taken;
    }

    std::optional<int> take_byte() {
        auto taken = take(1);
        return taken ? std::optional(byte_at(*taken, 0)) : std::nullopt;
    }

    std::optional<std::string_view> take_until_nul() {
        std::size_t end = rest_.find('\0');
        auto taken = take(end == std::string_view::npos ? rest_.size() + 1 : end + 1);
        if (taken) taken->remove_suffix(1);
        return taken;
    }

    void step() {
        command_ = rest_;
        int byte = *take_byte();
        switch (byte) {
            case '\n':
                return end_line();
            case 0x10:
                return real_time();
            case 0x1B:
                return escape();
            case 0x1C:
                return chinese();
            case 0x1D:
                return group();
            case '\t':
                return put(U' ');
            default:
                break;
        }
        if (byte >= 0x20 && byte < 0x7F) return put(static_cast<char32_t>(byte));
        if (byte >= 0x80) wide(byte);
    }

    void wide(int lead) {
        if (!chinese_ || lead == 0x80 || lead == 0xFF) return put(domain::replacement_character);
        if (rest_.empty() || byte_at(rest_, 0) < 0x30) return put(domain::replacement_character);
        std::string_view pair = command_.substr(0, 2);
        rest_.remove_prefix(1);
        put(pairs_.decode(pair));
    }

    // --- the line ------------------------------------------------------------------------------

    void put(char32_t c) {
        int columns = std::max(domain::column_width(c), 1) * style_.width;
        if (used_ + columns > paper_columns) end_line();
        used_ += columns;
        if (line_.runs.empty() || !(style_ == last_)) {
            line_.runs.push_back({{}, style_.bold, style_.width, style_.height});
            last_ = style_;
        }
        domain::append_utf8(line_.runs.back().text, c);
    }

    void end_line() {
        line_.align = align_;
        items_.emplace_back(std::exchange(line_, {}));
        used_ = 0;
    }

    void mark(std::string words) {
        if (!line_.runs.empty()) end_line();
        items_.emplace_back(PrintedMark{std::move(words)});
    }

    /// `ESC d n`: a line that is open counts as the first of them.
    void feed(int lines) {
        if (!line_.runs.empty()) {
            end_line();
            --lines;
        }
        if (lines > 0) items_.emplace_back(PrintedFeed{lines});
    }

    void code(CodeSort sort, std::string data) {
        if (!line_.runs.empty()) end_line();
        int dots = sort == CodeSort::qr ? qr_dots_ : bar_dots_;
        items_.emplace_back(PrintedCode{sort, std::move(data), dots, bar_height_, align_});
    }

    void cut() { mark("[CUT]"); }

    // --- commands ------------------------------------------------------------------------------

    void other(char lead, char code) {
        auto row = std::find_if(skipped.begin(), skipped.end(), [&](const Skipped& skip) {
            return skip.lead == lead && skip.code == code;
        });
        if (row != skipped.end()) {
            take(row->arguments);
        } else {
            mark(fmt::format("[UNKNOWN{}]", hex(command_.substr(0, 2))));
        }
    }

    /// 10 04 n asks for a status, 10 14 1 m t pulses the drawer, 10 05 n recovers: nothing of it is
    /// part of the text around it.
    void real_time() {
        if (rest_.empty()) return;
        int code = byte_at(rest_, 0);
        if (code != 0x04 && code != 0x05 && code != 0x14) return;
        auto head = take(2);
        if (!head || code != 0x14) return;
        int function = byte_at(*head, 1);
        auto arguments = take(function == 8 ? 7 : 2);
        if (arguments && function == 1) mark("[DRAWER]");
    }

    void escape() {
        auto code = take_byte();
        if (!code) return;
        switch (*code) {
            case '@':
                return reset();
            case '!':
                return set_mode();
            case 'E':
                return with_byte([&](int n) { style_.bold = (n & 1) != 0; });
            case 'a':
                return with_byte([&](int n) {
                    if (n % 48 <= 2) align_ = static_cast<domain::Align>(n % 48);
                });
            case 'd':
                return with_byte([&](int n) { feed(n); });
            case 'J':
            case 'K':
                return with_byte([&](int) {
                    if (!line_.runs.empty()) end_line();
                });
            case 'i':
            case 'm':
                return cut();
            case 'p':
                return pulse();
            case 'D':
                take_until_nul();
                return;
            case '*':
                return bit_image();
            default:
                return other(0x1B, static_cast<char>(*code));
        }
    }

    void chinese() {
        auto code = take_byte();
        if (!code) return;
        switch (*code) {
            case '&':
                chinese_ = true;
                return;
            case '.':
                chinese_ = false;
                return;
            case '!':
                return with_byte([&](int n) { set_size((n & 4) ? 2 : 1, (n & 8) ? 2 : 1); });
            case 'W':
                return with_byte([&](int n) { set_size((n & 1) + 1, (n & 1) + 1); });
            case '(':
                if (take(1)) sized_block(2);
                return;
            default:
                return other(0x1C, static_cast<char>(*code));
        }
    }

    void group() {
        auto code = take_byte();
        if (!code) return;
        switch (*code) {
            case '!':
                return with_byte([&](int n) { set_size((n >> 4 & 7) + 1, (n & 7) + 1); });
            case 'V':
                return with_byte([&](int n) {
                    if (n < 65) return cut();
                    if (take(1)) cut();
                });
            case 'w':
                return with_byte([&](int n) { bar_dots_ = std::clamp(n, 1, 8); });
            case 'h':
                return with_byte([&](int n) { bar_height_ = std::max(n, 1); });
            case 'k':
                return barcode();
            case '(':
                return parenthesis();
            case '8':
                if (take(1) && sized_block(4)) mark("[IMAGE]");
                return;
            case 'v':
                return raster();
            default:
                return other(0x1D, static_cast<char>(*code));
        }
    }

    template <class F>
    void with_byte(F use) {
        if (auto byte = take_byte()) use(*byte);
    }

    void reset() {
        if (!line_.runs.empty()) end_line();
        style_ = {};
        align_ = domain::Align::left;
        chinese_ = true;  // as Chinese models power up
        bar_dots_ = 3;
        bar_height_ = 162;
        qr_dots_ = 3;
        qr_data_ = {};
    }

    void set_mode() {
        with_byte([&](int n) { style_ = {(n & 8) != 0, (n & 0x20) ? 2 : 1, (n & 0x10) ? 2 : 1}; });
    }

    void set_size(int width, int height) {
        style_.width = width;
        style_.height = height;
    }

    void pulse() {
        if (auto arguments = take(3)) {
            mark(byte_at(*arguments, 0) % 48 == 1 ? "[DRAWER 5]" : "[DRAWER]");
        }
    }

    void bit_image() {
        auto head = take(3);
        if (!head) return;
        std::size_t columns = little_endian(head->substr(1));
        if (take(byte_at(*head, 0) >= 32 ? columns * 3 : columns)) mark("[IMAGE]");
    }

    void raster() {
        auto head = take(6);
        if (!head) return;
        std::size_t wide = little_endian(head->substr(2, 2));
        if (take(wide * little_endian(head->substr(4, 2)))) mark("[IMAGE]");
    }

    bool sized_block(std::size_t length_bytes) {
        auto length = take(length_bytes);
        return length && take(little_endian(*length));
    }

    /// `GS k m`: m up to 6 ends with NUL, from 65 it begins with the length.
    void barcode() {
        auto system = take_byte();
        if (!system) return;
        std::optional<std::string_view> data;
        if (*system <= 6) {
            data = take_until_nul();
        } else if (auto length = take_byte()) {
            data = take(static_cast<std::size_t>(*length));
        }
        if (!data) return;
        bool ean = (*system == 2 || *system == 67) && data->size() >= 12 && data->size() <= 13;
        if (*system == 73) return code(CodeSort::code128, code128_text(*data));
        code(ean ? CodeSort::ean13 : CodeSort::other, std::string(*data));
    }

    /// `GS ( k pL pH 31 fn …` is the QR code; every other `GS (` is passed over.
    void parenthesis() {
        auto kind = take_byte();
        if (!kind) return;
        auto length = take(2);
        if (!length) return;
        auto data = take(little_endian(*length));
        if (!data || *kind != 'k' || data->size() < 3 || (*data)[0] != '1') return;
        switch ((*data)[1]) {
            case 'C':
                qr_dots_ = std::clamp(byte_at(*data, 2), 1, 16);
                break;
            case 'P':
                qr_data_ = data->substr(3);
                break;
            case 'Q':
                code(CodeSort::qr, std::string(std::exchange(qr_data_, {})));
                break;
            default:
                break;
        }
    }

    std::string_view rest_;
    std::string_view command_;
    Gb18030Pair pairs_;
    std::vector<PrintedItem> items_;
    PrintedLine line_;
    int used_ = 0;
    Style style_;
    Style last_;
    domain::Align align_ = domain::Align::left;
    bool chinese_ = true;
    int bar_dots_ = 3;
    int bar_height_ = 162;
    int qr_dots_ = 3;
    std::string_view qr_data_;
};

std::string aligned(const PrintedLine& line) {
    std::string text;
    int columns = 0;
    for (const PrintedRun& run : line.runs) {
        text += run.text;
        columns += domain::column_width(run.text) * run.width;
    }
    int room = paper_columns - columns + domain::column_width(text);
    if (line.align == domain::Align::center) return domain::centred(text, room);
    return line.align == domain::Align::right ? domain::pad_start(text, room) : text;
}

std::string shown(const PrintedCode& code) {
    constexpr std::array<std::string_view, 4> names{"CODE128", "EAN13", "QR", "BARCODE"};
    return fmt::format("[{} {}]", names[static_cast<std::size_t>(code.sort)], code.data);
}

}  // namespace

std::vector<PrintedItem> parse_escpos(std::string_view bytes) { return Paper(bytes).print(); }

std::string plain_text(std::string_view bytes) {
    std::string text;
    for (const PrintedItem& item : parse_escpos(bytes)) {
        if (const auto* line = std::get_if<PrintedLine>(&item)) text += aligned(*line);
        if (const auto* code = std::get_if<PrintedCode>(&item)) text += shown(*code);
        if (const auto* mark = std::get_if<PrintedMark>(&item)) text += mark->words;
        const auto* feed = std::get_if<PrintedFeed>(&item);
        text.append(feed ? static_cast<std::size_t>(feed->lines) : 1, '\n');
    }
    return text;
}

}  // namespace fangxin::drivers
