#include "drivers/printers/paper/tspl_render.hpp"

#include "domain/code.hpp"
#include "domain/text_width.hpp"
#include "drivers/printers/canvas.hpp"
#include "drivers/printers/dot_font.hpp"
#include "drivers/printers/paper/code_page.hpp"
#include "drivers/printers/paper/symbol.hpp"
#include "drivers/printers/paper/tspl_arguments.hpp"
#include "drivers/printers/tspl_commands.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <functional>
#include <optional>
#include <vector>

namespace fangxin::drivers {

namespace {

constexpr int dots_a_mm = 8;
constexpr int most_labels = 30;
constexpr int longest_mark = 40;

/// ASCII characters of a printer's own fonts, in dots; Chinese ones are twice as wide.
struct FontRow {
    std::string_view name;
    int width;
    int height;
};
constexpr std::array font_rows{FontRow{"1", 8, 12},          FontRow{"2", 12, 20},
                               FontRow{"3", 16, 24},         FontRow{"4", 24, 32},
                               FontRow{"5", 32, 48},         FontRow{"TSS16.BF2", 8, 16},
                               FontRow{"TSS20.BF2", 10, 20}, FontRow{"TSS24.BF2", 12, 24},
                               FontRow{"TST24.BF2", 12, 24}, FontRow{"TSS32.BF2", 16, 32}};

/// Commands that change nothing on a label as it is drawn here.
constexpr std::array settings{
    "GAP",       "BLINE", "DENSITY", "SPEED",          "CODEPAGE", "SET",   "OFFSET", "SHIFT",
    "COUNTRY",   "HOME",  "FEED",    "BACKFEED",       "FORMFEED", "SOUND", "CUT",    "LIMITFEED",
    "DIRECTION", "EOJ",   "DELAY",   "INITIALPRINTER", "DOWNLOAD"};

struct CodeRow {
    std::string_view name;
    CodeSort sort;
};
constexpr std::array code_rows{
    CodeRow{"128", CodeSort::code128}, CodeRow{"128M", CodeSort::code128},
    CodeRow{"EAN13", CodeSort::ean13}, CodeRow{"EAN8", CodeSort::ean8},
    CodeRow{"UPCA", CodeSort::upca},   CodeRow{"UPCE", CodeSort::upce},
    CodeRow{"25", CodeSort::itf},      CodeRow{"39", CodeSort::code39},
    CodeRow{"93", CodeSort::code93},   CodeRow{"CODA", CodeSort::codabar}};

/// A label in the making, and what has been printed. Drawn only if there is a font.
class Labels {
  public:
    explicit Labels(DotFont* font) : font_(font) {}

    void read(std::string_view bytes) {
        while (!bytes.empty()) {
            TsplCommand next = next_tspl_command(bytes);
            bytes.remove_prefix(next.size);
            if (next.state == TsplCommand::State::cut &&
                next.line.find_first_not_of(" \t") != std::string_view::npos) {
                say("[TRUNCATED {}]", shown(next.line));
            } else if (!next.line.empty() && next.line[0] != 0x1B && next.line[0] != '~') {
                obey(read_tspl_line(next.line), next.data);
            }
        }
    }

    const std::string& text() const { return text_; }
    const std::vector<Canvas>& printed() const { return printed_; }
    bool too_many() const { return too_many_; }

  private:
    template <class... A>
    void say(fmt::format_string<A...> form, A&&... values) {
        text_ += fmt::format(form, std::forward<A>(values)...) + '\n';
    }
    static std::string shown(std::string_view text) {
        std::string printable;
        for (char c : text.substr(0, longest_mark))
            printable += c >= 0x20 && c < 0x7F ? c : '?';
        return printable;
    }

    /// True if the command has its arguments.
    bool needs(const TsplWords& words, std::size_t count) {
        if (words.has(count)) return true;
        say("[BAD {}]", words.name);
        return false;
    }

    void obey(const TsplWords& words, std::string_view data) {
        if (words.name == "SIZE") return size(words);
        if (words.name == "REFERENCE") {
            left_ = words.at(0).number();
            top_ = words.at(1).number();
        } else if (words.name == "CLS") {
            label_ = Canvas(label_.width(), label_.height());
        } else if (words.name == "TEXT") {
            if (needs(words, 7)) text(words);
        } else if (words.name == "BARCODE") {
            if (needs(words, 9)) barcode(words);
        } else if (words.name == "QRCODE") {
            if (needs(words, 7)) qr(words);
        } else if (words.name == "DMATRIX") {
            if (needs(words, 5)) data_matrix(words);
        } else if (words.name == "BITMAP") {
            if (needs(words, 5)) bitmap(words, data);
        } else if (words.name == "PRINT") {
            print(words);
        } else {
            shape(words);
        }
    }

    void shape(const TsplWords& words) {
        Box box = place(words, 0);
        box.width = words.at(2).number();
        box.height = words.at(3).number();
        if (words.name == "BOX") {
            if (!needs(words, 5)) return;
            box.width -= words.at(0).number();
            box.height -= words.at(1).number();
            label_.frame(box, words.at(4).number());
        } else if (words.name == "BAR") {
            if (!needs(words, 4)) return;
            label_.fill(box);
        } else if (words.name == "REVERSE") {
            if (!needs(words, 4)) return;
            label_.invert(box);
        } else if (words.name == "ERASE") {
            if (!needs(words, 4)) return;
            label_.clear(box);
        } else if (std::find(settings.begin(), settings.end(), words.name) != settings.end()) {
            return;
        } else {
            return say("[UNKNOWN {}]", shown(words.name));
        }
        say("[{}]", words.name);
    }

    /// `60 mm,40 mm`, or `480 dot,320 dot`, or inches.
    void size(const TsplWords& words) {
        auto dots = [](const TsplArgument& argument) {
            int value = argument.number();
            if (argument.text.ends_with("mm")) return value * dots_a_mm;
            return argument.text.ends_with("dot") ? value : value * 203;
        };
        int width = std::clamp(dots(words.at(0)), 1, 120 * dots_a_mm);
        int height = words.has(2) ? std::clamp(dots(words.at(1)), 1, 300 * dots_a_mm) : width;
        label_ = Canvas(width, height);
    }

    Box place(const TsplWords& words, std::size_t at) const {
        return {left_ + words.at(at).number(), top_ + words.at(at + 1).number(), 0, 0};
    }

    /// `x,y,"font",rotation,times,times,[alignment,]"text"`
    void text(const TsplWords& words) {
        std::string text = pages_.decode_text(words.arguments.back().text);
        say("{}", text);
        const auto* font =
            std::find_if(font_rows.begin(), font_rows.end(),
                         [&](const FontRow& row) { return row.name == words.at(2).text; });
        if (font == font_rows.end()) return say("[UNKNOWN FONT {}]", shown(words.at(2).text));
        if (font_ == nullptr) return;
        int wide = font->width * std::clamp(words.at(4).number(), 1, 10);
        int high = font->height * std::clamp(words.at(5).number(), 1, 10);
        constexpr int widest = 3000;
        Canvas line(std::clamp(domain::column_width(text) * wide, 1, widest), high);
        int x = 0;
        for (std::string_view rest = text; !rest.empty() && x < widest;) {
            char32_t c = domain::take_code_point(rest);
            int columns = std::max(domain::column_width(c), 1);
            font_->draw(line, {x, 0, columns * wide, high}, c, columns);
            x += columns * wide;
        }
        put(line, place(words, 0), words.at(3).number());
    }

    /// Rotation turns around the upper left corner.
    void put(const Canvas& drawn, Box at, int degrees) {
        if (degrees == 90) at.x -= drawn.height();
        if (degrees == 270) at.y -= drawn.width();
        if (degrees == 180) {
            at.x -= drawn.width();
            at.y -= drawn.height();
        }
        label_.draw(drawn.turned(degrees), at.x, at.y);
    }

    std::optional<Canvas> symbol(const SymbolRequest& request, int wide, int high) {
        auto made = make_symbol(request);
        if (!made) {
            say("[BAD CODE {}]", made.error().detail);
            return std::nullopt;
        }
        if (high == 0) high = wide;
        Canvas drawn(made->width * wide, made->height * high);
        drawn.draw(*made, {0, 0, drawn.width(), drawn.height()});
        return drawn;
    }

    /// `x,y,"type",height,words,rotation,narrow,wide,[alignment,]"data"`
    void barcode(const TsplWords& words) {
        const auto* row =
            std::find_if(code_rows.begin(), code_rows.end(),
                         [&](const CodeRow& each) { return each.name == words.at(2).text; });
        if (row == code_rows.end()) return say("[UNKNOWN BARCODE {}]", shown(words.at(2).text));
        std::string data = words.arguments.back().text;
        std::string sent = row->sort == CodeSort::code128 ? "{B" + data : data;
        int narrow = std::clamp(words.at(6).number(), 1, 10);
        int high = std::clamp(words.at(3).number(), 1, 2000);
        say("[{} {}]", name_of(row->sort), data);
        auto bars = symbol({row->sort, sent}, narrow, high);
        if (!bars) return;
        if (words.at(4).number() != 0 && font_ != nullptr) {
            int width = domain::column_width(data) * cell_width;
            bars->grow(high + cell_height);
            font_->draw_text(*bars, data, {.x = (bars->width() - width) / 2, .y = high});
        }
        put(*bars, place(words, 0), words.at(5).number());
    }

    /// `x,y,level,cell,mode,rotation,[model,mask,]"data"`
    void qr(const TsplWords& words) {
        std::string data = words.arguments.back().text;
        say("[QR {}]", pages_.decode_text(data));
        int level = static_cast<int>(std::string_view("LMQH").find(words.at(2).text)) + 1;
        auto drawn = symbol({CodeSort::qr, data, std::clamp(level, 1, 4)},
                            std::clamp(words.at(3).number(), 1, 10), 0);
        if (drawn) put(*drawn, place(words, 0), words.at(5).number());
    }

    /// `x,y,width,height,[c126,x4,r90,…]"data"`: without x as large as the area has room for.
    void data_matrix(const TsplWords& words) {
        std::string data = words.arguments.back().text;
        int dots = 0;
        int degrees = 0;
        int escape = '~';
        for (std::size_t at = 4; at + 1 < words.arguments.size(); ++at) {
            const TsplArgument& option = words.at(at);
            if (option.text.starts_with('x')) dots = option.number();
            if (option.text.starts_with('r')) degrees = option.number();
            if (option.text.starts_with('c')) escape = option.number();
        }
        for (char& c : data) {
            if (c == escape) c = '~';
        }
        say("[DATAMATRIX {}]", data);
        auto made = make_symbol({CodeSort::datamatrix, data});
        if (made && dots == 0)
            dots = std::min(words.at(2).number(), words.at(3).number()) / std::max(made->width, 1);
        auto drawn = symbol({CodeSort::datamatrix, data}, std::clamp(dots, 1, 40), 0);
        if (drawn) put(*drawn, place(words, 0), degrees);
    }

    /// `x,y,width,height,mode,bytes`: here a bit of 0 is black.
    void bitmap(const TsplWords& words, std::string_view data) {
        Bitmap dots{words.at(2).number() * 8, words.at(3).number(), {}};
        for (char byte : data)
            dots.bytes += static_cast<char>(~byte);
        say("[IMAGE {}x{}]", dots.width, dots.height);
        if (dots.bytes.size() < dots.row_bytes() * static_cast<std::size_t>(dots.height)) return;
        Box at = place(words, 0);
        at.width = dots.width;
        at.height = dots.height;
        if (words.at(4).number() == 0) label_.clear(at);
        label_.draw(dots, at);
    }

    /// `sets[,copies]`
    void print(const TsplWords& words) {
        say("[PRINT {}]", std::max(words.at(0).number(), 1) * std::max(words.at(1).number(), 1));
        too_many_ |= printed_.size() >= most_labels;
        if (font_ != nullptr && !too_many_) printed_.push_back(label_);
    }

    DotFont* font_;
    CodePages pages_;
    Canvas label_{60 * dots_a_mm, 40 * dots_a_mm};
    int left_ = 0;
    int top_ = 0;
    std::string text_;
    std::vector<Canvas> printed_;
    bool too_many_ = false;
};

}  // namespace

std::string plain_labels(std::string_view bytes) {
    Labels labels(nullptr);
    labels.read(bytes);
    return labels.text();
}

Result<void> render_labels(std::string_view bytes, const std::filesystem::path& path) {
    constexpr int gap = 24;
    auto font = DotFont::open();
    if (!font) return tl::unexpected(within(font.error(), "drawing labels"));
    Labels labels(&*font);
    labels.read(bytes);
    if (labels.too_many()) return failure("too_long", "more than 30 labels");
    int width = 1;
    int height = gap;
    for (const Canvas& label : labels.printed()) {
        width = std::max(width, label.width());
        height += label.height() + gap;
    }
    Canvas all(width + 2 * gap, height);
    int y = gap;
    for (const Canvas& label : labels.printed()) {
        all.draw(label, gap, y);
        all.frame({gap - 1, y - 1, label.width() + 2, label.height() + 2}, 1);
        y += label.height() + gap;
    }
    return all.write(path);
}

}  // namespace fangxin::drivers
