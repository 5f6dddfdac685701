// What a frame is drawn on: filled and outlined rounded rectangles, lines, text, pictures, in
// design units, collected as triangles. Who shows them is another's work: GlRenderer in a window,
// rasterise() in memory. Owned by the stage, used only while a frame is drawn, one thread.
#pragma once

#include "terminal/kit/geometry.hpp"
#include "terminal/kit/glyph_cache.hpp"
#include "terminal/kit/picture.hpp"
#include "terminal/kit/text_layout.hpp"
#include "terminal/kit/theme.hpp"

#include <memory>
#include <span>
#include <string_view>
#include <vector>

struct ImDrawList;

namespace fangxin::kit {

struct Outline {
    float radius = 0;
    float width = 1;
};

class Canvas {
  public:
    explicit Canvas(std::shared_ptr<GlyphCache> glyphs);
    ~Canvas();
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    /// Forgets what was drawn and begins anew.
    void begin(const Viewport& viewport);

    void fill(Rect rect, Color color, float radius = 0);
    /// Drawn inside `rect`.
    void border(Rect rect, Color color, Outline outline);
    void line(Point from, Point to, Color color, float width);
    /// Round corners are not mitred; for icons and charts.
    void polyline(std::span<const Point> points, Color color, float width, bool closed = false);
    void circle(Point center, float radius, Color color);
    /// Part of a ring, in turns clockwise from the top (0 to 1).
    struct Arc {
        Point center;
        float radius = 0;
        float from = 0;
        float to = 1;
        float width = 1;
    };
    void arc(const Arc& arc, Color color);
    /// Begins at `baseline`, which is moved to whole pixels vertically.
    void text(Point baseline, std::string_view text, Type type, Color color);
    void picture(Rect rect, const PicturePtr& picture, float radius = 0);

    /// Nothing is drawn outside until the matching pop. Clips nest.
    void push_clip(Rect rect);
    void pop_clip();
    /// What is visible now, in design units.
    Rect clip() const { return clips_.back(); }

    const Viewport& viewport() const { return viewport_; }
    GlyphCache& glyphs() { return *glyphs_; }
    const std::shared_ptr<GlyphCache>& shared_glyphs() const { return glyphs_; }

    /// For renderers. Texture n < 4096 is page n of the glyph cache; 4096 + n is pictures()[n].
    static constexpr std::size_t first_picture = 4096;
    ImDrawList& list() const;
    std::span<const PicturePtr> pictures() const { return pictures_; }

  private:
    struct Impl;
    void glyph(Point pen_px, const GlyphRequest& request, Color color);

    std::unique_ptr<Impl> impl_;
    std::shared_ptr<GlyphCache> glyphs_;
    Viewport viewport_;
    std::vector<Rect> clips_;
    std::vector<PicturePtr> pictures_;
};

}  // namespace fangxin::kit
