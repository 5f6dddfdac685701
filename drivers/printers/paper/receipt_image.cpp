#include "drivers/printers/paper/receipt_image.hpp"

#include "domain/text_width.hpp"
#include "drivers/printers/canvas.hpp"
#include "drivers/printers/dot_font.hpp"
#include "drivers/printers/paper/escpos_render.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

namespace fangxin::drivers {

namespace {

constexpr int margin = 24;
constexpr int line_height = 30;
constexpr int longest_paper = 4 * 8000;

class Drawing {
  public:
    explicit Drawing(DotFont font) : font_(std::move(font)), canvas_(paper_dots + 2 * margin, 0) {
        advance(0);
    }

    void operator()(const PrintedLine& line) {
        int height = line.runs.empty() ? cell_height : 0;
        int width = 0;
        for (const PrintedRun& run : line.runs) {
            height = std::max(height, run.height_dots());
            width = std::max(width, run.x + run.width_dots());
        }
        int top = y_;
        advance(std::max(line.spacing, height));
        int x = place(width, line.align, line.area);
        for (const PrintedRun& run : line.runs)
            draw(run, x + run.x, top + height - run.height_dots());
    }

    void operator()(const PrintedFeed& feed) { advance(feed.dots); }

    void operator()(const PrintedImage& image) {
        if (!image.dots.bitmap || image.dots.bitmap->empty()) return;
        int width = image.dots.bitmap->width * image.dots.wide;
        int height = image.dots.bitmap->height * image.dots.high;
        int top = y_;
        advance(height);
        canvas_.draw(*image.dots.bitmap,
                     {place(std::min(width, image.area.width), image.align, image.area), top, width,
                      height});
        clip();
    }

    void operator()(const PrintedCode& code) {
        auto symbol = make_symbol({code.sort, code.sent, code.level});
        if (!symbol) return words("[" + symbol.error().detail + "]", domain::Align::center);
        int width = symbol->width * code.module_dots;
        // A printer leaves out what is wider than its paper.
        if (width > code.area.width) return words("[too wide]", domain::Align::center);
        if (code.words == CodeWords::above || code.words == CodeWords::both) caption(code);
        bool square = code.sort == CodeSort::qr;
        int high = square                          ? code.module_dots
                   : code.sort == CodeSort::pdf417 ? 3 * code.module_dots
                                                   : code.height_dots;
        int top = y_;
        advance(symbol->height * high);
        canvas_.draw(*symbol,
                     {place(width, code.align, code.area), top, width, symbol->height * high});
        if (code.words == CodeWords::below || code.words == CodeWords::both) caption(code);
    }

    void operator()(const PrintedMark& mark) {
        if (mark.words == "[CUT]") {
            int y = advance(line_height) - line_height / 2;
            for (int x = 0; x < canvas_.width(); x += 16)
                canvas_.fill({x, y, 8, 2});
        } else {
            words(mark.words, domain::Align::center);
        }
    }

    bool too_long() const { return y_ > longest_paper; }
    const Canvas& canvas() {
        advance(margin);
        return canvas_;
    }

  private:
    int advance(int dots) {
        y_ += dots;
        canvas_.grow(std::min(y_, longest_paper));
        return y_;
    }

    static int place(int dots, domain::Align align, const PrintArea& area) {
        int free = std::max(area.width - dots, 0);
        int left = margin + area.left;
        if (align == domain::Align::center) return left + free / 2;
        return align == domain::Align::right ? left + free : left;
    }

    /// Nothing is printed beside the paper's 72 mm.
    void clip() {
        canvas_.clear({0, 0, margin, y_});
        canvas_.clear({margin + paper_dots, 0, margin, y_});
    }

    void draw(const PrintedRun& run, int x, int y) {
        if (run.dots.bitmap) {
            canvas_.draw(*run.dots.bitmap, {x, y, run.width_dots(), run.height_dots()});
            return;
        }
        int left = x;
        std::string_view rest = run.text;
        while (!rest.empty()) {
            char32_t c = domain::take_code_point(rest);
            int columns = run.narrow ? 1 : std::max(domain::column_width(c), 1);
            Box cell{x, y, columns * run.cell * run.width, run.height_dots()};
            font_.draw(canvas_, cell, c, columns);
            for (int dot = 1; run.bold && dot <= run.width; ++dot) {
                ++cell.x;
                font_.draw(canvas_, cell, c, columns);
            }
            x += (columns * run.cell + run.space) * run.width;
        }
        canvas_.fill({left, y + run.height_dots() - run.underline, x - left, run.underline});
        if (run.reverse) canvas_.invert({left, y, x - left, run.height_dots()});
    }

    void caption(const PrintedCode& code) {
        PrintedLine line{.align = code.align, .area = code.area};
        PrintedRun run;
        run.text = code.data;
        line.runs.push_back(run);
        (*this)(line);
    }

    void words(std::string_view text, domain::Align align) {
        for (const std::string& each : domain::wrap(text, paper_columns)) {
            PrintedRun run;
            run.text = each;
            (*this)(PrintedLine{.runs = {run}, .align = align});
        }
    }

    DotFont font_;
    Canvas canvas_;
    int y_ = margin;
};

}  // namespace

Result<void> render_png(std::string_view bytes, const std::filesystem::path& path) {
    auto font = DotFont::open();
    if (!font) return tl::unexpected(within(font.error(), "drawing a receipt"));
    Drawing drawing(std::move(*font));
    for (const PrintedItem& item : parse_escpos(bytes)) {
        std::visit(drawing, item);
        if (drawing.too_long()) return failure("too_long", "more than 4 m of paper");
    }
    return drawing.canvas().write(path);
}

}  // namespace fangxin::drivers
