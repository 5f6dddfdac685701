#include "terminal/kit/soft_render.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <imgui.h>

namespace fangxin::kit {

namespace {

/// Where colours come from: a page of glyph coverage or a picture.
struct Source {
    const GlyphCache::Page* page = nullptr;
    const Picture* picture = nullptr;

    /// Coverage or colour at a texture coordinate; the nearest texel, for glyphs lie on pixels.
    Color at(float u, float v) const {
        if (page != nullptr) {
            const auto x = static_cast<std::size_t>(u * page_side);
            const auto y = static_cast<std::size_t>(v * page_side);
            return {255, 255, 255, page->coverage[y * page_side + x]};
        }
        if (picture == nullptr) return {255, 255, 255, 255};
        return blurred(u * static_cast<float>(picture->width) - 0.5F,
                       v * static_cast<float>(picture->height) - 0.5F);
    }

  private:
    Color blurred(float x, float y) const {
        const float left = std::floor(x);
        const float top = std::floor(y);
        std::array<float, 4> sum{};
        for (int corner = 0; corner < 4; ++corner) {
            const int dx = corner % 2;
            const int dy = corner / 2;
            const int px = std::clamp(static_cast<int>(left) + dx, 0, picture->width - 1);
            const int py = std::clamp(static_cast<int>(top) + dy, 0, picture->height - 1);
            const float wx = dx == 1 ? x - left : 1 - (x - left);
            const float wy = dy == 1 ? y - top : 1 - (y - top);
            const std::uint8_t* texel = picture->at(px, py);
            for (std::size_t i = 0; i < 4; ++i)
                sum[i] += static_cast<float>(texel[i]) * wx * wy;
        }
        const auto byte = [](float value) { return static_cast<std::uint8_t>(std::lround(value)); };
        return {byte(sum[0]), byte(sum[1]), byte(sum[2]), byte(sum[3])};
    }
};

struct Box {
    int x0, y0, x1, y1;
};

class Raster {
  public:
    explicit Raster(Picture& onto) : onto_(onto) {}

    void set_clip(const ImVec4& clip) {
        clip_ = {std::max(0, static_cast<int>(clip.x)), std::max(0, static_cast<int>(clip.y)),
                 std::min(onto_.width, static_cast<int>(clip.z)),
                 std::min(onto_.height, static_cast<int>(clip.w))};
    }

    /// Two triangles over an upright rectangle with whole edges: fills and glyphs, nearly all.
    void rectangle(const ImDrawVert& a, const ImDrawVert& c, const Source& source) {
        const Box box = clipped(a.pos.x, a.pos.y, c.pos.x, c.pos.y);
        const float du = (c.uv.x - a.uv.x) / (c.pos.x - a.pos.x);
        const float dv = (c.uv.y - a.uv.y) / (c.pos.y - a.pos.y);
        const Color tint = unpack(a.col);
        for (int y = box.y0; y < box.y1; ++y) {
            const float v = a.uv.y + (static_cast<float>(y) + 0.5F - a.pos.y) * dv;
            for (int x = box.x0; x < box.x1; ++x) {
                const float u = a.uv.x + (static_cast<float>(x) + 0.5F - a.pos.x) * du;
                put(x, y, tint, source.at(u, v));
            }
        }
    }

    void triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c,
                  const Source& source) {
        const float area = edge(a.pos, b.pos, c.pos);
        if (area == 0) return;
        if (area < 0) {
            triangle(a, c, b, source);
            return;
        }
        const Box box =
            clipped(std::min({a.pos.x, b.pos.x, c.pos.x}), std::min({a.pos.y, b.pos.y, c.pos.y}),
                    std::max({a.pos.x, b.pos.x, c.pos.x}), std::max({a.pos.y, b.pos.y, c.pos.y}));
        const std::array colors = {unpack(a.col), unpack(b.col), unpack(c.col)};
        const std::array owns = {owns_edge(b.pos, c.pos), owns_edge(c.pos, a.pos),
                                 owns_edge(a.pos, b.pos)};
        for (int y = box.y0; y < box.y1; ++y) {
            for (int x = box.x0; x < box.x1; ++x) {
                const ImVec2 p{static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F};
                std::array w = {edge(b.pos, c.pos, p), edge(c.pos, a.pos, p),
                                edge(a.pos, b.pos, p)};
                bool inside = true;
                for (std::size_t i = 0; i < 3; ++i) {
                    inside = inside && (w[i] > 0 || (w[i] == 0 && owns[i]));
                    w[i] /= area;
                }
                if (!inside) continue;
                put(x, y, mixed(colors, w),
                    source.at(a.uv.x * w[0] + b.uv.x * w[1] + c.uv.x * w[2],
                              a.uv.y * w[0] + b.uv.y * w[1] + c.uv.y * w[2]));
            }
        }
    }

  private:
    static float edge(ImVec2 a, ImVec2 b, ImVec2 p) {
        return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
    }
    /// A pixel centre exactly on a shared edge belongs to one triangle: the top-left rule.
    static bool owns_edge(ImVec2 from, ImVec2 to) {
        return to.y < from.y || (to.y == from.y && to.x > from.x);
    }
    static Color unpack(ImU32 c) {
        return {static_cast<std::uint8_t>(c >> IM_COL32_R_SHIFT),
                static_cast<std::uint8_t>(c >> IM_COL32_G_SHIFT),
                static_cast<std::uint8_t>(c >> IM_COL32_B_SHIFT),
                static_cast<std::uint8_t>(c >> IM_COL32_A_SHIFT)};
    }
    static Color mixed(const std::array<Color, 3>& colors, const std::array<float, 3>& w) {
        const auto channel = [&](std::uint8_t Color::*part) {
            const float sum = static_cast<float>(colors[0].*part) * w[0] +
                              static_cast<float>(colors[1].*part) * w[1] +
                              static_cast<float>(colors[2].*part) * w[2];
            return static_cast<std::uint8_t>(std::clamp(sum + 0.5F, 0.0F, 255.0F));
        };
        return {channel(&Color::r), channel(&Color::g), channel(&Color::b), channel(&Color::a)};
    }

    Box clipped(float x0, float y0, float x1, float y1) const {
        return {std::max(clip_.x0, static_cast<int>(std::floor(x0))),
                std::max(clip_.y0, static_cast<int>(std::floor(y0))),
                std::min(clip_.x1, static_cast<int>(std::ceil(x1))),
                std::min(clip_.y1, static_cast<int>(std::ceil(y1)))};
    }

    void put(int x, int y, Color tint, Color texel) {
        const unsigned alpha = (tint.a * texel.a + 127U) / 255U;
        if (alpha == 0) return;
        auto* pixel = const_cast<std::uint8_t*>(std::as_const(onto_).at(x, y));
        const auto blend_channel = [&](std::uint8_t& to, unsigned color, unsigned texel_color) {
            const unsigned source = (color * texel_color + 127U) / 255U;
            to = static_cast<std::uint8_t>((source * alpha + to * (255U - alpha) + 127U) / 255U);
        };
        blend_channel(pixel[0], tint.r, texel.r);
        blend_channel(pixel[1], tint.g, texel.g);
        blend_channel(pixel[2], tint.b, texel.b);
    }

    Picture& onto_;
    Box clip_{};
};

bool is_whole(float value) { return value == std::floor(value); }

/// The library writes a rectangle as corners a b c d and indices a b c, a c d.
bool is_rectangle(std::span<const ImDrawVert* const, 6> v) {
    const ImDrawVert& a = *v[0];
    const ImDrawVert& b = *v[1];
    const ImDrawVert& c = *v[2];
    const ImDrawVert& d = *v[5];
    return v[3] == v[0] && v[4] == v[2] && a.pos.y == b.pos.y && b.pos.x == c.pos.x &&
           c.pos.y == d.pos.y && d.pos.x == a.pos.x && a.pos.x < c.pos.x && a.pos.y < c.pos.y &&
           a.col == b.col && b.col == c.col && c.col == d.col && is_whole(a.pos.x) &&
           is_whole(a.pos.y) && is_whole(c.pos.x) && is_whole(c.pos.y);
}

Source source_of(const Canvas& canvas, ImTextureID id) {
    const std::size_t number = std::bit_cast<std::size_t>(id) - 1;
    Source source;
    if (number >= Canvas::first_picture) {
        source.picture = canvas.pictures()[number - Canvas::first_picture].get();
    } else {
        source.page = &canvas.shared_glyphs()->pages()[number];
    }
    return source;
}

}  // namespace

Picture rasterise(const Canvas& canvas, Color background) {
    Picture picture;
    picture.width = canvas.viewport().width_px;
    picture.height = canvas.viewport().height_px;
    picture.rgba.resize(static_cast<std::size_t>(picture.width * picture.height) * 4);
    for (std::size_t i = 0; i < picture.rgba.size(); i += 4) {
        picture.rgba[i] = background.r;
        picture.rgba[i + 1] = background.g;
        picture.rgba[i + 2] = background.b;
        picture.rgba[i + 3] = 255;
    }
    Raster raster(picture);
    const ImDrawList& list = canvas.list();
    for (const ImDrawCmd& command : list.CmdBuffer) {
        if (command.ElemCount == 0) continue;
        raster.set_clip(command.ClipRect);
        const Source source = source_of(canvas, command.GetTexID());
        const auto vertex = [&](unsigned i) {
            return &list.VtxBuffer[static_cast<int>(list.IdxBuffer[static_cast<int>(i)] +
                                                    command.VtxOffset)];
        };
        const unsigned end = command.IdxOffset + command.ElemCount;
        for (unsigned i = command.IdxOffset; i < end;) {
            if (i + 6 <= end) {
                const std::array six = {vertex(i),     vertex(i + 1), vertex(i + 2),
                                        vertex(i + 3), vertex(i + 4), vertex(i + 5)};
                if (is_rectangle(six)) {
                    raster.rectangle(*six[0], *six[2], source);
                    i += 6;
                    continue;
                }
            }
            raster.triangle(*vertex(i), *vertex(i + 1), *vertex(i + 2), source);
            i += 3;
        }
    }
    return picture;
}

}  // namespace fangxin::kit
