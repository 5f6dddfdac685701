#include "drivers/printers/paper/escpos_render.hpp"

#include "domain/code.hpp"
#include "domain/text_width.hpp"
#include "drivers/printers/escpos_commands.hpp"
#include "drivers/printers/paper/code128.hpp"
#include "drivers/printers/paper/code_page.hpp"
#include "drivers/printers/paper/stored_images.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <fmt/format.h>
#include <optional>
#include <utility>

namespace fangxin::drivers {

namespace {

constexpr int default_spacing = 30;  // dots
constexpr int line_dots = 24;

int byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

std::string hex(std::string_view bytes) {
    std::string text;
    for (unsigned char byte : bytes.substr(0, 8))
        text += fmt::format(" {:02X}", byte);
    return text;
}

/// The printer adds it, and a scanner sends it.
bool lacks_check_digit(CodeSort sort, std::string_view data) {
    bool digits =
        std::all_of(data.begin(), data.end(), [](char c) { return c >= '0' && c <= '9'; });
    std::size_t whole = sort == CodeSort::ean13  ? 13
                        : sort == CodeSort::upca ? 12
                        : sort == CodeSort::ean8 ? 8
                                                 : 0;
    return digits && data.size() + 1 == whole;
}

/// 0, 1, 2 as a byte or as a digit.
int digit(int n) { return n >= '0' ? n - '0' : n; }

class Paper {
  public:
    explicit Paper(std::string_view bytes) : rest_(bytes) {}

    std::vector<PrintedItem> print() {
        while (!rest_.empty())
            step();
        flush();
        return std::move(items_);
    }

  private:
    void step() {
        EscposCommand next = next_command(rest_);
        std::string_view command = rest_.substr(0, next.size);
        if (next.state == EscposCommand::State::cut) {
            mark(fmt::format("[TRUNCATED{}]", hex(command)));
            rest_ = {};
            return;
        }
        rest_.remove_prefix(next.size);
        if (next.state == EscposCommand::State::unknown) {
            return mark(fmt::format("[UNKNOWN{}]", hex(command)));
        }
        switch (command[0]) {
            case 0x10:
                return real_time(command);
            case 0x1B:
                return escape(command);
            case 0x1C:
                return chinese(command);
            case 0x1D:
                return group(command);
            default:
                return single(byte_at(command, 0));
        }
    }

    void single(int byte) {
        if (byte == '\n') return end_line();
        if (byte == '\t') return tab();
        if (byte >= 0x20 && byte < 0x7F) return put(static_cast<char32_t>(byte), false);
        if (byte >= 0x80) high_byte(byte);
    }

    /// Half of a Chinese character, or a character of the code page.
    void high_byte(int byte) {
        if (!chinese_) return put(pages_.decode(page_, byte), true);
        bool pair = byte != 0x80 && byte != 0xFF && !rest_.empty() && byte_at(rest_, 0) >= 0x30;
        if (!pair) return put(domain::replacement_character, false);
        std::string two{static_cast<char>(byte), rest_[0]};
        rest_.remove_prefix(1);
        put(pages_.decode_pair(two), false);
    }

    // --- the line ------------------------------------------------------------------------------

    void put(char32_t c, bool narrow) {
        PrintedRun style = style_;
        style.narrow = narrow;
        if (narrow || domain::column_width(c) < 2) style.space = right_space_;
        int columns = narrow ? 1 : std::max(domain::column_width(c), 1);
        int dots = (columns * style.cell + style.space) * style.width;
        if (x_ + dots > area_.width && x_ > 0) end_line();
        if (!continues(style)) {
            line_.runs.push_back(style);
            line_.runs.back().x = x_;
        }
        x_ += dots;
        domain::append_utf8(line_.runs.back().text, c);
    }

    bool continues(const PrintedRun& style) const {
        if (line_.runs.empty()) return false;
        const PrintedRun& last = line_.runs.back();
        return !last.dots.bitmap && last.x + last.width_dots() == x_ && last.bold == style.bold &&
               last.width == style.width && last.height == style.height &&
               last.underline == style.underline && last.reverse == style.reverse &&
               last.narrow == style.narrow && last.cell == style.cell && last.space == style.space;
    }

    void put(PrintedDots dots) {
        PrintedRun run;
        run.x = x_;
        run.dots = std::move(dots);
        x_ += run.width_dots();
        line_.runs.push_back(std::move(run));
    }

    void tab() {
        int column = style_.cell * style_.width;
        for (int stop : tabs_) {
            if (stop * column > x_) return move_to(stop * column);
        }
    }

    void move_to(int x) { x_ = std::clamp(x, 0, area_.width); }

    void end_line() {
        line_.align = align_;
        line_.area = area_;
        line_.spacing = spacing_;
        items_.emplace_back(std::exchange(line_, {}));
        x_ = 0;
    }
    void flush() {
        if (!line_.runs.empty()) end_line();
        x_ = 0;
    }

    void mark(std::string words) {
        flush();
        items_.emplace_back(PrintedMark{std::move(words)});
    }

    /// `ESC d n`: a line that is open counts as the first of them.
    void feed(int lines) {
        if (!line_.runs.empty()) {
            end_line();
            --lines;
        }
        if (lines > 0) items_.emplace_back(PrintedFeed{lines, lines * spacing_});
    }

    /// `ESC J n`: the line that is open, then n dots.
    void feed_dots(int dots) {
        int used = 0;
        for (const PrintedRun& run : line_.runs)
            used = std::max(used, run.height_dots());
        if (!line_.runs.empty()) {
            int spacing = std::exchange(spacing_, std::max(used, 1));
            end_line();
            spacing_ = spacing;
        }
        items_.emplace_back(PrintedFeed{0, dots});
    }

    void image(PrintedDots dots) {
        flush();
        items_.emplace_back(PrintedImage{std::move(dots), align_, area_});
    }
    void image_or_mark(const std::optional<PrintedDots>& dots, int number) {
        if (dots) return image(*dots);
        mark(fmt::format("[NO IMAGE {}]", number));
    }

    void code(CodeSort sort, std::string data, std::string sent) {
        flush();
        bool square = sort == CodeSort::qr || sort == CodeSort::pdf417;
        PrintedCode code{sort, std::move(data), std::move(sent)};
        code.module_dots = square ? qr_dots_ : bar_dots_;
        code.height_dots = bar_height_;
        code.level = qr_level_;
        if (!square) code.words = words_;
        code.align = align_;
        code.area = area_;
        items_.emplace_back(std::move(code));
    }

    // --- commands ------------------------------------------------------------------------------

    /// 10 14 1 m t pulses the drawer; a status question (10 04) or recovery (10 05) shows nowhere.
    void real_time(std::string_view command) {
        if (command.size() >= 5 && command[1] == 0x14 && command[2] == 1) mark("[DRAWER]");
    }

    void escape(std::string_view command) {
        int n = command.size() > 2 ? byte_at(command, 2) : 0;
        switch (command[1]) {
            case '@':
                return reset();
            case '!':
                return set_mode(n);
            case 'E':
            case 'G':
                style_.bold = (n & 1) != 0;
                return;
            case '-':
                style_.underline = std::clamp(digit(n), 0, 2);
                return;
            case 'M':
                style_.cell = digit(n) == 1 ? 9 : cell_a;
                return;
            case ' ':
                right_space_ = n;
                return;
            case 'a':
                if (digit(n) <= 2) align_ = static_cast<domain::Align>(digit(n));
                return;
            case '2':
                spacing_ = default_spacing;
                return;
            case '3':
                spacing_ = n;
                return;
            default:
                return move_or_act(command, n);
        }
    }

    void move_or_act(std::string_view command, int n) {
        switch (command[1]) {
            case '$':
                return move_to(static_cast<int>(little_endian(command.substr(2))));
            case '\\':
                return move_to(x_ + static_cast<std::int16_t>(little_endian(command.substr(2))));
            case 'D':
                tabs_.clear();
                for (char stop : command.substr(2, command.size() - 3))
                    tabs_.push_back(static_cast<unsigned char>(stop));
                return;
            case 'd':
                return feed(n);
            case 'J':
                return feed_dots(n);
            case 'i':
            case 'm':
                return mark("[CUT]");
            case 'p':
                return mark(digit(n) == 1 ? "[DRAWER 5]" : "[DRAWER]");
            case 't':
                page_ = n;
                return;
            case '*':
                return put(column_dots(command.substr(2)));
            case 'L':
                return mark("[PAGE MODE]");
            default:
                return;
        }
    }

    void chinese(std::string_view command) {
        int n = command.size() > 2 ? byte_at(command, 2) : 0;
        switch (command[1]) {
            case '&':
                chinese_ = true;
                return;
            case '.':
                chinese_ = false;
                return;
            case '!':
                style_.width = (n & 4) != 0 ? 2 : 1;
                style_.height = (n & 8) != 0 ? 2 : 1;
                return;
            case 'W':
                style_.width = style_.height = (n & 1) + 1;
                return;
            case '-':
                style_.underline = std::clamp(digit(n), 0, 2);
                return;
            case 'q':
                return images_.define(command);
            case 'p':
                return image_or_mark(images_.stored(n, byte_at(command, 3)), n);
            default:
                return;
        }
    }

    void group(std::string_view command) {
        int n = command.size() > 2 ? byte_at(command, 2) : 0;
        switch (command[1]) {
            case '!':
                style_.width = (n >> 4 & 7) + 1;
                style_.height = (n & 7) + 1;
                return;
            case 'B':
                style_.reverse = (n & 1) != 0;
                return;
            case 'L':
                area_.left = std::min(static_cast<int>(little_endian(command.substr(2))),
                                      paper_dots - line_dots);
                area_.width = paper_dots - area_.left;
                return;
            case 'W':
                area_.width = std::clamp(static_cast<int>(little_endian(command.substr(2))),
                                         line_dots, paper_dots - area_.left);
                return;
            case 'V':
                return mark("[CUT]");
            case 'H':
                words_ = static_cast<CodeWords>(std::clamp(digit(n), 0, 3));
                return;
            case 'w':
                bar_dots_ = std::clamp(n, 1, 8);
                return;
            case 'h':
                bar_height_ = std::max(n, 1);
                return;
            case 'k':
                return barcode(command.substr(2));
            default:
                return picture_or_symbol(command, n);
        }
    }

    void picture_or_symbol(std::string_view command, int n) {
        switch (command[1]) {
            case '(':
                if (command[2] == 'k') return symbol(command.substr(5));
                if (command[2] == 'L') return graphics(command.substr(5));
                return;
            case '8':
                return graphics(command.substr(7));
            case 'v':
                return image(raster_dots(command.substr(3)));
            case '*':
                return images_.download(command);
            case '/':
                return image_or_mark(images_.downloaded(n), 0);
            default:
                return;
        }
    }

    void reset() {
        flush();
        style_ = {};
        align_ = domain::Align::left;
        area_ = {};
        spacing_ = default_spacing;
        right_space_ = 0;
        tabs_ = default_tabs();
        chinese_ = true;  // as Chinese models power up
        page_ = 0;
        bar_dots_ = 3;
        bar_height_ = 162;
        words_ = CodeWords::none;
        qr_dots_ = 3;
        qr_level_ = 1;
        qr_data_ = {};
    }

    void set_mode(int n) {
        style_.cell = (n & 1) != 0 ? 9 : cell_a;
        style_.bold = (n & 0x08) != 0;
        style_.height = (n & 0x10) != 0 ? 2 : 1;
        style_.width = (n & 0x20) != 0 ? 2 : 1;
        style_.underline = (n & 0x80) != 0 ? 1 : 0;
    }

    /// m, then the data, with NUL or length as m says.
    void barcode(std::string_view rest) {
        int system = byte_at(rest, 0);
        std::string data(system <= 6 ? rest.substr(1, rest.size() - 2) : rest.substr(2));
        int kind = system <= 6 ? system : system - 65;
        constexpr std::array sorts{CodeSort::upca,    CodeSort::upce,   CodeSort::ean13,
                                   CodeSort::ean8,    CodeSort::code39, CodeSort::itf,
                                   CodeSort::codabar, CodeSort::code93, CodeSort::code128};
        if (kind < 0 || kind >= static_cast<int>(sorts.size())) {
            return mark(fmt::format("[UNKNOWN 1D 6B {:02X}]", system));
        }
        CodeSort sort = sorts[static_cast<std::size_t>(kind)];
        std::string text = data;
        if (sort == CodeSort::code128) {
            auto read = read_code128(data);
            text = read ? read->text : data;
        }
        if (lacks_check_digit(sort, data)) text += domain::gs1_check_digit(data).value_or('?');
        code(sort, std::move(text), std::move(data));
    }

    /// What follows the length of `GS ( k`: cn fn … QR is cn 31, PDF417 30.
    void symbol(std::string_view data) {
        if (data.size() < 3) return;
        bool qr = data[0] == '1';
        if (!qr && data[0] != '0') return;
        switch (data[1]) {
            case 'C':
                if (qr) qr_dots_ = std::clamp(byte_at(data, 2), 1, 16);
                break;
            case 'E':
                if (qr) qr_level_ = std::clamp(byte_at(data, 2) - '0' + 1, 1, 4);
                break;
            case 'P':
                qr_data_ = data.substr(3);
                break;
            case 'Q': {
                std::string stored(std::exchange(qr_data_, {}));
                code(qr ? CodeSort::qr : CodeSort::pdf417, stored, stored);
                break;
            }
            default:
                break;
        }
    }

    /// What follows the length of `GS ( L` and `GS 8 L`.
    void graphics(std::string_view data) {
        GraphicsAnswer answer = images_.graphics(data);
        if (answer.print) image_or_mark(answer.dots, answer.key);
    }

    static std::vector<int> default_tabs() {
        std::vector<int> stops;
        for (int at = 8; at < paper_columns; at += 8)
            stops.push_back(at);
        return stops;
    }

    static constexpr int cell_a = 12;

    std::string_view rest_;
    CodePages pages_;
    StoredImages images_;
    std::vector<PrintedItem> items_;
    PrintedLine line_;
    int x_ = 0;
    PrintedRun style_;
    domain::Align align_ = domain::Align::left;
    PrintArea area_;
    int spacing_ = default_spacing;
    int right_space_ = 0;
    std::vector<int> tabs_ = default_tabs();
    bool chinese_ = true;
    int page_ = 0;
    int bar_dots_ = 3;
    int bar_height_ = 162;
    CodeWords words_ = CodeWords::none;
    int qr_dots_ = 3;
    int qr_level_ = 1;
    std::string_view qr_data_;
};

}  // namespace

std::vector<PrintedItem> parse_escpos(std::string_view bytes) { return Paper(bytes).print(); }

int PrintedRun::columns() const {
    int count = 0;
    std::string_view rest = text;
    while (!rest.empty()) {
        char32_t c = domain::take_code_point(rest);
        count += narrow ? 1 : std::max(domain::column_width(c), 1);
    }
    return count;
}

int PrintedRun::width_dots() const {
    if (dots.bitmap) return dots.bitmap->width * dots.wide;
    int spaces = 0;
    std::string_view rest = text;
    for (; space > 0 && !rest.empty(); ++spaces)
        domain::take_code_point(rest);
    return (columns() * cell + spaces * space) * width;
}

int PrintedRun::height_dots() const {
    return dots.bitmap ? dots.bitmap->height * dots.high : line_dots * height;
}

}  // namespace fangxin::drivers
