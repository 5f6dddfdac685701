#include "drivers/printers/dot_font.hpp"

#include "domain/text_width.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H

#include <array>
#include <cstdlib>
#include <string_view>
#include <type_traits>
#include <utility>

namespace fangxin::drivers {

namespace {

constexpr std::array font_files{"/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
                                "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
                                "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
                                "/usr/share/fonts/opentype/unifont/unifont.otf",
                                "/usr/share/fonts/truetype/unifont/unifont.ttf"};

template <auto close>
struct Close {
    template <class T>
    void operator()(T* handle) const {
        close(handle);
    }
};
using Library = std::unique_ptr<std::remove_pointer_t<FT_Library>, Close<FT_Done_FreeType>>;
using Handle = std::unique_ptr<std::remove_pointer_t<FT_Face>, Close<FT_Done_Face>>;

/// Noto has one file for four scripts; ours is simplified Chinese.
bool is_even(const char* family) {
    std::string_view name = family == nullptr ? "" : family;
    bool other_script = name.find("CJK") != name.npos && name.find("SC") == name.npos;
    return name.find("Mono") != name.npos && !other_script;
}

}  // namespace

struct DotFont::Face {
    Library library;
    Handle face;  // after library, which outlives it
    int em = 0;
    int height = 0;

    /// A face whose letters are half as wide as its characters, where the file has one.
    bool load(const char* file) {
        FT_Long faces = 1;
        for (FT_Long index = 0; index < faces; ++index) {
            FT_Face opened = nullptr;
            if (FT_New_Face(library.get(), file, index, &opened) != 0) break;
            Handle found(opened);
            faces = found->num_faces;
            bool even = is_even(found->family_name);
            if (even || !face) face = std::move(found);
            if (even) break;
        }
        return face != nullptr;
    }
};

DotFont::DotFont(std::unique_ptr<Face> face) : face_(std::move(face)) {}
DotFont::~DotFont() = default;
DotFont::DotFont(DotFont&& other) noexcept = default;

Result<DotFont> DotFont::open() {
    auto face = std::make_unique<Face>();
    FT_Library library = nullptr;
    if (FT_Init_FreeType(&library) != 0) return failure("no_font", "FreeType does not start");
    face->library.reset(library);
    const char* chosen = std::getenv("FANGXIN_RECEIPT_FONT");
    if (chosen != nullptr && face->load(chosen)) return DotFont(std::move(face));
    for (const char* file : font_files) {
        if (face->load(file)) return DotFont(std::move(face));
    }
    return failure("no_font", "no Chinese font; install fonts-wqy-zenhei");
}

void DotFont::draw(Canvas& canvas, const Box& cell, char32_t c, int columns) {
    int em = columns == 2 ? cell.width : cell.width * 2;
    FT_Face face = face_->face.get();
    if (em != face_->em || cell.height != face_->height) {
        if (FT_Set_Pixel_Sizes(face, static_cast<FT_UInt>(em), static_cast<FT_UInt>(cell.height)) !=
            0) {
            return;
        }
        face_->em = em;
        face_->height = cell.height;
    }
    if (FT_Load_Char(face, c, FT_LOAD_RENDER) != 0) return;
    const FT_GlyphSlot glyph = face->glyph;
    const FT_Bitmap& bitmap = glyph->bitmap;
    if (bitmap.pixel_mode != FT_PIXEL_MODE_GRAY) return;
    int advance = static_cast<int>(glyph->advance.x >> 6);
    int left = cell.x + (cell.width - advance) / 2 + glyph->bitmap_left;
    int top = cell.y + cell.height * 7 / 8 - glyph->bitmap_top;
    for (int row = 0; row < static_cast<int>(bitmap.rows); ++row) {
        for (int column = 0; column < static_cast<int>(bitmap.width); ++column)
            canvas.dot(left + column, top + row, bitmap.buffer[row * bitmap.pitch + column]);
    }
}

int DotFont::draw_text(Canvas& canvas, std::string_view text, const Place& place) {
    int x = place.x;
    while (!text.empty()) {
        char32_t c = domain::take_code_point(text);
        int columns = place.narrow ? 1 : domain::column_width(c);
        if (columns == 0) continue;
        int width = columns * cell_width * place.width;
        Box cell{x, place.y, width, cell_height * place.height};
        draw(canvas, cell, c, columns);
        for (int dot = 1; place.bold && dot <= place.width; ++dot) {
            ++cell.x;
            draw(canvas, cell, c, columns);
        }
        x += width;
    }
    return x;
}

}  // namespace fangxin::drivers
