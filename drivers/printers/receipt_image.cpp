#include "drivers/printers/receipt_image.hpp"

#include "domain/text_width.hpp"
#include "drivers/printers/escpos_render.hpp"

#include <ft2build.h>
#include <png.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace fangxin::drivers {

namespace {

constexpr int margin = 24;
constexpr int cell_width = paper_dots / paper_columns;
constexpr int cell_height = 24;
constexpr int line_height = 30;
constexpr int longest_paper = 4 * 8000;
constexpr std::uint8_t ink = 0x14;
constexpr std::uint8_t white = 0xFF;

constexpr std::array font_files{"/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
                                "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
                                "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
                                "/usr/share/fonts/opentype/unifont/unifont.otf",
                                "/usr/share/fonts/truetype/unifont/unifont.ttf"};

struct Box {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
};

/// Paper that grows downwards.
class Canvas {
  public:
    int width() const { return paper_dots + 2 * margin; }
    int height() const { return static_cast<int>(dots_.size()) / width(); }

    void grow(int height) {
        if (height > this->height()) {
            dots_.resize(static_cast<std::size_t>(height) * static_cast<std::size_t>(width()),
                         white);
        }
    }

    /// `strength` 0..255 of ink over what is there.
    void dot(int x, int y, int strength) {
        if (x < 0 || y < 0 || x >= width() || y >= height()) return;
        std::uint8_t& at = dots_[static_cast<std::size_t>(y * width() + x)];
        at = std::min(at, static_cast<std::uint8_t>(white - (white - ink) * strength / 255));
    }

    void fill(const Box& box) {
        for (int y = box.y; y < box.y + box.height; ++y) {
            for (int x = box.x; x < box.x + box.width; ++x)
                dot(x, y, 255);
        }
    }

    void frame(const Box& box) {
        fill({box.x, box.y, box.width, 2});
        fill({box.x, box.y + box.height - 2, box.width, 2});
        fill({box.x, box.y, 2, box.height});
        fill({box.x + box.width - 2, box.y, 2, box.height});
    }

    Result<void> write(const std::filesystem::path& path) const {
        png_image image{};
        image.version = PNG_IMAGE_VERSION;
        image.width = static_cast<png_uint_32>(width());
        image.height = static_cast<png_uint_32>(height());
        image.format = PNG_FORMAT_GRAY;
        if (!png_image_write_to_file(&image, path.c_str(), 0, dots_.data(), 0, nullptr)) {
            return failure("write_failed", path.string() + ": " + image.message);
        }
        return {};
    }

  private:
    std::vector<std::uint8_t> dots_;
};

/// A Chinese font, its letters half as wide as its characters where the file has such a face.
class Font {
  public:
    static Result<Font> open() {
        Font font;
        FT_Library library = nullptr;
        if (FT_Init_FreeType(&library) != 0) return failure("no_font", "FreeType does not start");
        font.library_.reset(library);
        const char* chosen = std::getenv("FANGXIN_RECEIPT_FONT");
        if (chosen != nullptr && font.load(chosen)) return font;
        for (const char* file : font_files) {
            if (font.load(file)) return font;
        }
        return failure("no_font", "no Chinese font; install fonts-wqy-zenhei");
    }

    /// Draws one character into its cell, whose top left corner is (x, y).
    void draw(Canvas& canvas, const Box& cell, char32_t c) {
        int em = domain::column_width(c) == 2 ? cell.width : cell.width * 2;
        if (FT_Set_Pixel_Sizes(face_.get(), static_cast<FT_UInt>(em),
                               static_cast<FT_UInt>(cell.height)) != 0) {
            return;
        }
        if (FT_Load_Char(face_.get(), c, FT_LOAD_RENDER) != 0) return;
        const FT_GlyphSlot glyph = face_->glyph;
        const FT_Bitmap& bitmap = glyph->bitmap;
        if (bitmap.pixel_mode != FT_PIXEL_MODE_GRAY) return;
        int advance = static_cast<int>(glyph->advance.x >> 6);
        int left = cell.x + (cell.width - advance) / 2 + glyph->bitmap_left;
        int top = cell.y + cell.height * 7 / 8 - glyph->bitmap_top;
        for (int row = 0; row < static_cast<int>(bitmap.rows); ++row) {
            for (int column = 0; column < static_cast<int>(bitmap.width); ++column) {
                canvas.dot(left + column, top + row, bitmap.buffer[row * bitmap.pitch + column]);
            }
        }
    }

  private:
    template <auto close>
    struct Close {
        template <class T>
        void operator()(T* handle) const {
            close(handle);
        }
    };
    using Library = std::unique_ptr<std::remove_pointer_t<FT_Library>, Close<FT_Done_FreeType>>;
    using Face = std::unique_ptr<std::remove_pointer_t<FT_Face>, Close<FT_Done_Face>>;

    /// Noto has one file for four scripts; ours is simplified Chinese.
    static bool is_even(const char* family) {
        std::string_view name = family == nullptr ? "" : family;
        bool other_script = name.find("CJK") != name.npos && name.find("SC") == name.npos;
        return name.find("Mono") != name.npos && !other_script;
    }

    bool load(const char* file) {
        FT_Long faces = 1;
        for (FT_Long index = 0; index < faces; ++index) {
            FT_Face opened = nullptr;
            if (FT_New_Face(library_.get(), file, index, &opened) != 0) break;
            Face face(opened);
            faces = face->num_faces;
            bool even = is_even(face->family_name);
            if (even || !face_) face_ = std::move(face);
            if (even) break;
        }
        return face_ != nullptr;
    }

    Library library_;
    Face face_;  // after library_, which outlives it
};

// --- Code 128 -------------------------------------------------------------------------------

/// ISO/IEC 15417 table 1: widths of bar, space, bar, space, bar, space by value; then the stop.
constexpr std::array code128_widths{
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212",
    "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221",
    "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221",
    "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321",
    "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131",
    "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131",
    "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111",
    "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
    "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242",
    "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
    "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112"};
constexpr std::size_t start_b = 104;
constexpr std::size_t stop = 106;

/// Widths of alternating bars and spaces in code set B; none if a character is not in it.
std::optional<std::string> code128_bars(std::string_view data) {
    std::string bars = code128_widths[start_b];
    std::size_t sum = start_b;
    std::size_t place = 0;
    for (char c : data) {
        if (c < 0x20 || c >= 0x7F) return std::nullopt;
        auto value = static_cast<std::size_t>(c - 0x20);
        sum += value * ++place;
        bars += code128_widths[value];
    }
    return bars + code128_widths[sum % 103] + code128_widths[stop];
}

// --- the drawing ----------------------------------------------------------------------------

class Drawing {
  public:
    explicit Drawing(Font font) : font_(std::move(font)) { canvas_.grow(margin); }

    void operator()(const PrintedLine& line) {
        int height = 1;
        int columns = 0;
        for (const PrintedRun& run : line.runs) {
            height = std::max(height, run.height);
            columns += domain::column_width(run.text) * run.width;
        }
        int bottom = advance(cell_height * height + line_height - cell_height);
        int x = place(columns * cell_width, line.align);
        for (const PrintedRun& run : line.runs)
            x = text(run, x, bottom - (line_height - cell_height));
    }

    void operator()(const PrintedFeed& feed) { advance(feed.lines * line_height); }

    void operator()(const PrintedCode& code) {
        auto bars = code.sort == CodeSort::code128 ? code128_bars(code.data) : std::nullopt;
        if (bars) {
            draw_bars(*bars, code);
            words(code.data, code.align);
        } else {
            box(code);
        }
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

    static int place(int dots, domain::Align align) {
        int free = paper_dots - dots;
        if (align == domain::Align::center) return margin + free / 2;
        return align == domain::Align::right ? margin + free : margin;
    }

    int text(const PrintedRun& run, int x, int bottom) {
        std::string_view rest = run.text;
        while (!rest.empty()) {
            char32_t c = domain::take_code_point(rest);
            int columns = domain::column_width(c);
            Box cell{x, bottom - cell_height * run.height, columns * cell_width * run.width,
                     cell_height * run.height};
            if (columns > 0) font_.draw(canvas_, cell, c);
            for (int dot = 1; run.bold && columns > 0 && dot <= run.width; ++dot) {
                ++cell.x;
                font_.draw(canvas_, cell, c);
            }
            x += columns * cell_width * run.width;
        }
        return x;
    }

    void words(std::string_view text, domain::Align align) {
        for (const std::string& line : domain::wrap(text, paper_columns))
            (*this)(PrintedLine{.runs = {PrintedRun{line}}, .align = align});
    }

    void draw_bars(const std::string& bars, const PrintedCode& code) {
        int modules = 0;
        for (char width : bars)
            modules += width - '0';
        int bottom = advance(code.height_dots + line_height - cell_height);
        int x = place(modules * code.module_dots, code.align);
        bool black = true;
        for (char width : bars) {
            int dots = (width - '0') * code.module_dots;
            if (black) canvas_.fill({x, bottom - code.height_dots, dots, code.height_dots});
            black = !black;
            x += dots;
        }
        advance(line_height - cell_height);
    }

    void box(const PrintedCode& code) {
        constexpr int columns = 20;
        std::vector<std::string> lines = domain::wrap(code.data, columns);
        lines.insert(lines.begin(), code.sort == CodeSort::qr ? "QR" : "BARCODE");
        int width = (columns + 2) * cell_width;
        int height = static_cast<int>(lines.size() + 1) * line_height;
        int top = advance(line_height / 2);
        advance(line_height / 2);
        for (const std::string& line : lines)
            (*this)(PrintedLine{.runs = {PrintedRun{line}}, .align = domain::Align::center});
        advance(line_height);
        canvas_.frame({place(width, domain::Align::center), top, width, height});
    }

    Font font_;
    Canvas canvas_;
    int y_ = margin;
};

}  // namespace

Result<void> render_png(std::string_view bytes, const std::filesystem::path& path) {
    auto font = Font::open();
    if (!font) return tl::unexpected(within(font.error(), "drawing a receipt"));
    Drawing drawing(std::move(*font));
    for (const PrintedItem& item : parse_escpos(bytes)) {
        std::visit(drawing, item);
        if (drawing.too_long()) return failure("too_long", "more than 4 m of paper");
    }
    return drawing.canvas().write(path);
}

}  // namespace fangxin::drivers
