#include "terminal/kit/fonts.hpp"

#include "terminal/kit/code_points.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include <string>
#include <unordered_map>
#include FT_FREETYPE_H
#include FT_ADVANCES_H
#include FT_OUTLINE_H

namespace fangxin::kit {

namespace {

struct FaceFile {
    std::string path;
    int index = 0;
};

/// A font that may stand in, opened when the first character needs it.
struct Fallback {
    FaceFile file;
    FcCharSet* has = nullptr;  ///< owned by the sorted set
    FT_Face face = nullptr;
    bool broken = false;
};

struct Found {
    FT_Face face = nullptr;  ///< null: no font has it
    FT_UInt glyph = 0;
    float advance = 0;
};

constexpr std::size_t most_widths = 200'000;

FcPattern* pattern_of(Weight weight) {
    FcPattern* pattern = FcPatternCreate();
    const auto add = [&](const char* object, const char* text) {
        FcPatternAddString(pattern, object, reinterpret_cast<const FcChar8*>(text));
    };
    add(FC_FAMILY, "Noto Sans CJK SC");
    add(FC_FAMILY, "sans-serif");
    add(FC_LANG, "zh-cn");
    FcPatternAddInteger(pattern, FC_WEIGHT,
                        weight == Weight::bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
    FcPatternAddBool(pattern, FC_OUTLINE, FcTrue);
    FcConfigSubstitute(nullptr, pattern, FcMatchPattern);
    FcDefaultSubstitute(pattern);
    return pattern;
}

bool file_of(FcPattern* pattern, FaceFile& file) {
    FcChar8* path = nullptr;
    if (FcPatternGetString(pattern, FC_FILE, 0, &path) != FcResultMatch) return false;
    file.path = reinterpret_cast<const char*>(path);
    FcPatternGetInteger(pattern, FC_INDEX, 0, &file.index);
    return true;
}

bool is_drawable(FcPattern* pattern) {
    FcBool outline = FcFalse;
    FcBool color = FcFalse;
    FcPatternGetBool(pattern, FC_OUTLINE, 0, &outline);
    FcPatternGetBool(pattern, FC_COLOR, 0, &color);
    return outline == FcTrue && color == FcFalse;  // the atlas has one channel
}

std::size_t area(int width, int height) {
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
}

void blit(GlyphBitmap& onto, const GlyphBitmap& from, int x, int y) {
    for (int row = 0; row < from.height; ++row) {
        for (int column = 0; column < from.width; ++column) {
            const int tx = x + column;
            const int ty = y + row;
            if (tx < 0 || ty < 0 || tx >= onto.width || ty >= onto.height) continue;
            auto& to = onto.coverage[area(onto.width, ty) + static_cast<std::size_t>(tx)];
            to = std::max(to,
                          from.coverage[area(from.width, row) + static_cast<std::size_t>(column)]);
        }
    }
}

}  // namespace

struct Fonts::Impl {
    FT_Library library = nullptr;
    std::array<FT_Face, 2> primary{};
    std::vector<Fallback> fallbacks;
    FcFontSet* sorted = nullptr;
    bool fallbacks_listed = false;
    std::unordered_map<std::uint32_t, Found> found;

    Impl() = default;
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() {
        for (const Fallback& fallback : fallbacks) {
            if (fallback.face != nullptr) FT_Done_Face(fallback.face);
        }
        for (FT_Face face : primary) {
            if (face != nullptr) FT_Done_Face(face);
        }
        if (sorted != nullptr) FcFontSetDestroy(sorted);
        if (library != nullptr) FT_Done_FreeType(library);
    }

    FT_Face open_face(const FaceFile& file) const {
        FT_Face face = nullptr;
        if (FT_New_Face(library, file.path.c_str(), file.index, &face) != 0) return nullptr;
        if (FT_IS_SCALABLE(face)) return face;
        FT_Done_Face(face);
        return nullptr;
    }

    FT_Face open_best(Weight weight) const {
        FcPattern* wanted = pattern_of(weight);
        FcResult result = FcResultNoMatch;
        FcPattern* best = FcFontMatch(nullptr, wanted, &result);
        FcPatternDestroy(wanted);
        if (best == nullptr) return nullptr;
        FaceFile file;
        FT_Face face = file_of(best, file) ? open_face(file) : nullptr;
        FcPatternDestroy(best);
        return face;
    }

    void list_fallbacks() {
        fallbacks_listed = true;
        FcPattern* wanted = pattern_of(Weight::regular);
        FcResult result = FcResultNoMatch;
        sorted = FcFontSort(nullptr, wanted, FcFalse, nullptr, &result);
        FcPatternDestroy(wanted);
        if (sorted == nullptr) return;
        for (int i = 0; i < sorted->nfont; ++i) {
            FcPattern* font = sorted->fonts[i];
            Fallback fallback;
            if (!is_drawable(font) || !file_of(font, fallback.file)) continue;
            if (FcPatternGetCharSet(font, FC_CHARSET, 0, &fallback.has) != FcResultMatch) continue;
            fallbacks.push_back(std::move(fallback));
        }
    }

    static bool take(Found& into, FT_Face face, char32_t c) {
        const FT_UInt glyph = FT_Get_Char_Index(face, c);
        if (glyph == 0) return false;
        FT_Fixed units = 0;
        if (FT_Get_Advance(face, glyph, FT_LOAD_NO_SCALE, &units) != 0) return false;
        into = {face, glyph, static_cast<float>(units) / static_cast<float>(face->units_per_EM)};
        return true;
    }

    Found search(char32_t c, Weight weight) {
        Found result;
        if (take(result, primary[static_cast<std::size_t>(weight)], c)) return result;
        if (!fallbacks_listed) list_fallbacks();
        for (Fallback& fallback : fallbacks) {
            if (fallback.broken || FcCharSetHasChar(fallback.has, c) == FcFalse) continue;
            if (fallback.face == nullptr) fallback.face = open_face(fallback.file);
            fallback.broken = fallback.face == nullptr;
            if (!fallback.broken && take(result, fallback.face, c)) return result;
        }
        return {nullptr, 0, 1.0F};
    }

    const Found& find(char32_t c, Weight weight) {
        const std::uint32_t key = (static_cast<std::uint32_t>(c) << 1U) |
                                  static_cast<std::uint32_t>(weight == Weight::bold);
        if (const auto at = found.find(key); at != found.end()) return at->second;
        if (found.size() >= most_widths) found.clear();
        return found.emplace(key, search(c, weight)).first->second;
    }

    GlyphBitmap outline(const Found& glyph, const GlyphRequest& request) const {
        GlyphBitmap bitmap;
        FT_Face face = glyph.face;
        if (FT_Set_Char_Size(face, 0, request.size_64ths, 72, 72) != 0) return bitmap;
        // Light hinting sharpens horizontal strokes and leaves the widths alone.
        if (FT_Load_Glyph(face, glyph.glyph, FT_LOAD_TARGET_LIGHT | FT_LOAD_NO_BITMAP) != 0) {
            return bitmap;
        }
        if (face->glyph->format != FT_GLYPH_FORMAT_OUTLINE) return bitmap;
        FT_Outline_Translate(&face->glyph->outline, request.quarter * 16, 0);
        if (FT_Render_Glyph(face->glyph, FT_RENDER_MODE_NORMAL) != 0) return bitmap;
        const FT_Bitmap& drawn = face->glyph->bitmap;
        bitmap.width = static_cast<int>(drawn.width);
        bitmap.height = static_cast<int>(drawn.rows);
        bitmap.left = face->glyph->bitmap_left;
        bitmap.top = face->glyph->bitmap_top;
        bitmap.coverage.resize(area(bitmap.width, bitmap.height));
        for (int row = 0; row < bitmap.height; ++row) {
            std::copy_n(drawn.buffer + row * drawn.pitch, bitmap.width,
                        bitmap.coverage.begin() + row * bitmap.width);
        }
        return bitmap;
    }

    /// A frame of one em with the hexadecimal digits in two rows.
    GlyphBitmap box(const GlyphRequest& request) {
        const int em = std::max(6, request.size_64ths / 64);
        GlyphBitmap bitmap{em - 1, em - 1, 0, static_cast<int>(static_cast<float>(em) * 0.86F), {}};
        const int side = bitmap.width;
        bitmap.coverage.assign(area(side, side), 0);
        const int thick = std::max(1, em / 20);
        for (int y = 0; y < side; ++y) {
            for (int x = 0; x < side; ++x) {
                const int edge = std::min({x, y, side - 1 - x, side - 1 - y});
                if (edge < thick)
                    bitmap.coverage[area(side, y) + static_cast<std::size_t>(x)] = 255;
            }
        }
        const std::string digits = fmt::format("{:04X}", static_cast<unsigned>(request.code_point));
        const std::size_t first_row = (digits.size() + 1) / 2;
        const int digit_em = em * 2 / 5;
        for (std::size_t i = 0; i < digits.size(); ++i) {
            GlyphRequest digit{static_cast<char32_t>(digits[i]), Weight::regular, 0, 0};
            digit.size_64ths = static_cast<std::uint16_t>(digit_em * 64);
            const bool upper = i < first_row;
            const auto in_row = static_cast<int>(upper ? first_row : digits.size() - first_row);
            const auto column = static_cast<int>(upper ? i : i - first_row);
            const GlyphBitmap picture = outline(find(digit.code_point, Weight::regular), digit);
            const int cell = (side - 2 * thick) / std::max(2, in_row);
            const int x = side / 2 - cell * in_row / 2 + cell * column;
            const int baseline = upper ? side * 46 / 100 : side * 88 / 100;
            blit(bitmap, picture, x + (cell - picture.width) / 2, baseline - picture.top);
        }
        return bitmap;
    }
};

Fonts::Fonts(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Fonts::~Fonts() = default;

Result<std::shared_ptr<Fonts>> Fonts::open() {
    auto impl = std::make_unique<Impl>();
    if (FcInit() == FcFalse) return failure("no_fonts", "fontconfig has no configuration");
    if (FT_Init_FreeType(&impl->library) != 0) return failure("no_fonts", "FreeType");
    for (const Weight weight : {Weight::regular, Weight::bold}) {
        FT_Face face = impl->open_best(weight);
        if (face == nullptr) {
            return failure("no_fonts", "no outline font is installed; try fonts-noto-cjk");
        }
        impl->primary[static_cast<std::size_t>(weight)] = face;
    }
    return std::shared_ptr<Fonts>(new Fonts(std::move(impl)));
}

float Fonts::advance(char32_t code_point, Weight weight) {
    if (is_invisible(code_point)) return 0;
    if (code_point < U' ') return 0.25F;
    return impl_->find(code_point, weight).advance;
}

bool Fonts::has(char32_t code_point, Weight weight) {
    return impl_->find(code_point, weight).face != nullptr;
}

GlyphBitmap Fonts::draw(const GlyphRequest& request) {
    if (is_invisible(request.code_point) || request.code_point <= U' ') return {};
    const Found glyph = impl_->find(request.code_point, request.weight);
    return glyph.face != nullptr ? impl_->outline(glyph, request) : impl_->box(request);
}

}  // namespace fangxin::kit
