#include "terminal/kit/canvas.hpp"

#include "domain/text_width.hpp"
#include "terminal/kit/code_points.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <imgui.h>
#include <imgui_internal.h>
#include <numbers>

namespace fangxin::kit {

namespace {

ImU32 packed(Color c) { return IM_COL32(c.r, c.g, c.b, c.a); }

ImTextureID texture(std::size_t number) {
    // 0 means "none" to the library, so that numbers are stored one higher; see the renderers.
    return std::bit_cast<ImTextureID>(number + 1);
}

constexpr float white_corner = 1.0F / static_cast<float>(page_side);

}  // namespace

struct Canvas::Impl {
    ImDrawListSharedData shared;
    ImDrawList list{&shared};

    Impl() {
        shared.TexUvWhitePixel = {white_corner, white_corner};
        shared.SetCircleTessellationMaxError(0.2F);
        shared.InitialFlags = ImDrawListFlags_AntiAliasedLines | ImDrawListFlags_AntiAliasedFill |
                              ImDrawListFlags_AllowVtxOffset;
    }
};

Canvas::Canvas(std::shared_ptr<GlyphCache> glyphs)
    : impl_(std::make_unique<Impl>()), glyphs_(std::move(glyphs)) {
    begin(Viewport{});
}

Canvas::~Canvas() = default;

ImDrawList& Canvas::list() const { return impl_->list; }

void Canvas::begin(const Viewport& viewport) {
    viewport_ = viewport;
    glyphs_->begin_frame();
    pictures_.clear();
    ImDrawList& list = impl_->list;
    list._ResetForNewFrame();
    list.PushTextureID(texture(0));
    const auto w = static_cast<float>(viewport.width_px);
    const auto h = static_cast<float>(viewport.height_px);
    list.PushClipRect({0, 0}, {w, h});
    const Point origin = viewport.to_design({0, 0});
    clips_.assign(1, {origin.x, origin.y, w / viewport.scale, h / viewport.scale});
}

namespace {

/// Design units to pixels; edges of rectangles are moved to whole pixels so that they are sharp.
class ToPixels {
  public:
    explicit ToPixels(const Viewport& viewport) : view_(viewport) {}
    ImVec2 exact(Point p) const {
        return {view_.offset_px.x + p.x * view_.scale, view_.offset_px.y + p.y * view_.scale};
    }
    ImVec2 whole(Point p) const {
        const ImVec2 at = exact(p);
        return {std::round(at.x), std::round(at.y)};
    }
    float length(float units) const { return units * view_.scale; }
    float stroke(float units) const { return std::max(1.0F, std::round(units * view_.scale)); }

  private:
    const Viewport& view_;
};

}  // namespace

void Canvas::fill(Rect rect, Color color, float radius) {
    if (rect.empty()) return;
    const ToPixels px(viewport_);
    impl_->list.AddRectFilled(px.whole({rect.x, rect.y}), px.whole({rect.right(), rect.bottom()}),
                              packed(color), px.length(radius));
}

void Canvas::border(Rect rect, Color color, Outline outline) {
    if (rect.empty()) return;
    const ToPixels px(viewport_);
    const float width = px.stroke(outline.width);
    const float half = width / 2;
    const ImVec2 a = px.whole({rect.x, rect.y});
    const ImVec2 b = px.whole({rect.right(), rect.bottom()});
    ImDrawList& list = impl_->list;
    list.PathRect({a.x + half, a.y + half}, {b.x - half, b.y - half},
                  std::max(0.0F, px.length(outline.radius) - half));
    list.PathStroke(packed(color), ImDrawFlags_Closed, width);
}

void Canvas::line(Point from, Point to, Color color, float width) {
    const bool upright = from.x == to.x;
    if (!upright && from.y != to.y) {
        polyline(std::array{from, to}, color, width);
        return;
    }
    // A divider: whole pixels, no blur, and as thick as every other one.
    const ToPixels px(viewport_);
    const float stroke = px.stroke(width);
    const ImVec2 a = px.whole({std::min(from.x, to.x), std::min(from.y, to.y)});
    const ImVec2 b = px.whole({std::max(from.x, to.x), std::max(from.y, to.y)});
    const ImVec2 corner = upright ? ImVec2{a.x + stroke, b.y} : ImVec2{b.x, a.y + stroke};
    impl_->list.AddRectFilled(a, corner, packed(color));
}

void Canvas::polyline(std::span<const Point> points, Color color, float width, bool closed) {
    const ToPixels px(viewport_);
    ImDrawList& list = impl_->list;
    for (const Point p : points)
        list.PathLineTo(px.exact(p));
    list.PathStroke(packed(color), closed ? ImDrawFlags_Closed : ImDrawFlags_None,
                    px.length(width));
}

void Canvas::circle(Point center, float radius, Color color) {
    const ToPixels px(viewport_);
    impl_->list.AddCircleFilled(px.exact(center), px.length(radius), packed(color));
}

void Canvas::arc(const Arc& arc, Color color) {
    const ToPixels px(viewport_);
    constexpr float turn = 2 * std::numbers::pi_v<float>;
    ImDrawList& list = impl_->list;
    list.PathArcTo(px.exact(arc.center), px.length(arc.radius), (arc.from - 0.25F) * turn,
                   (arc.to - 0.25F) * turn, 48);
    list.PathStroke(packed(color), ImDrawFlags_None, px.length(arc.width));
}

void Canvas::glyph(Point pen_px, const GlyphRequest& request, Color color) {
    const Glyph& glyph = glyphs_->get(request);
    ImDrawList& list = impl_->list;
    const float x = pen_px.x + static_cast<float>(glyph.left);
    const float y = pen_px.y - static_cast<float>(glyph.top);
    const auto w = static_cast<float>(glyph.width);
    const auto h = static_cast<float>(glyph.height);
    if (glyph.no_room) {
        list.AddRectFilled({x, y}, {x + w, y + h}, packed(color));
        return;
    }
    if (glyph.page < 0) return;
    const ImTextureID page = texture(static_cast<std::size_t>(glyph.page));
    // The last page stays current: its white corner serves the shapes that follow.
    if (list._CmdHeader.TextureId != page) {
        list.PopTextureID();
        list.PushTextureID(page);
    }
    constexpr float unit = 1.0F / static_cast<float>(page_side);
    const float u = static_cast<float>(glyph.x) * unit;
    const float v = static_cast<float>(glyph.y) * unit;
    list.PrimReserve(6, 4);
    list.PrimRectUV({x, y}, {x + w, y + h}, {u, v}, {u + w * unit, v + h * unit}, packed(color));
}

void Canvas::text(Point baseline, std::string_view text, Type type, Color color) {
    const ToPixels px(viewport_);
    const float em = std::clamp(px.length(type.size), 1.0F, 700.0F);
    const ImVec2 start = px.exact(baseline);
    const float y = std::round(start.y);
    const ImVec4 clip = impl_->list._CmdHeader.ClipRect;
    if (y + em < clip.y || y - em > clip.w) return;
    GlyphRequest request;
    request.weight = type.weight;
    request.size_64ths = static_cast<std::uint16_t>(std::lround(em * 64));
    Fonts& fonts = glyphs_->fonts();
    float x = start.x;
    while (!text.empty() && x < clip.z) {
        request.code_point = domain::take_code_point(text);
        const float advance = fonts.advance(request.code_point, type.weight) * em;
        if (x + advance + em >= clip.x) {
            // Latin letters lie on quarter pixels; Han, wider and many, on whole ones.
            const float at = is_wide(request.code_point) ? std::round(x) : x + 0.125F;
            const float whole = std::floor(at);
            request.quarter = static_cast<std::uint8_t>((at - whole) * 4);
            glyph({whole, y}, request, color);
        }
        x += advance;
    }
}

void Canvas::picture(Rect rect, const PicturePtr& picture, float radius) {
    if (picture == nullptr || picture->rgba.empty() || rect.empty()) return;
    const ToPixels px(viewport_);
    pictures_.push_back(picture);
    impl_->list.AddImageRounded(texture(first_picture + pictures_.size() - 1),
                                px.whole({rect.x, rect.y}), px.whole({rect.right(), rect.bottom()}),
                                {0, 0}, {1, 1}, IM_COL32_WHITE, px.length(radius));
}

void Canvas::push_clip(Rect rect) {
    const ToPixels px(viewport_);
    clips_.push_back(intersection(clips_.back(), rect));
    const Rect visible = clips_.back();
    impl_->list.PushClipRect(px.whole({visible.x, visible.y}),
                             px.whole({visible.right(), visible.bottom()}));
}

void Canvas::pop_clip() {
    clips_.pop_back();
    impl_->list.PopClipRect();
}

}  // namespace fangxin::kit
