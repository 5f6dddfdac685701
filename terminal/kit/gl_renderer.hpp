// Shows canvases by OpenGL 3.3. All windows share one context, so that there is one renderer, with
// the pages of the glyph cache as one-channel textures. What is lost with a context is built anew.
// Owned by Shell; the thread that has the context.
#pragma once

#include "terminal/kit/canvas.hpp"

#include <memory>

namespace fangxin::kit {

class GlRenderer {
  public:
    /// A context must be current. Error `no_opengl`.
    static Result<std::unique_ptr<GlRenderer>> make();
    ~GlRenderer();
    GlRenderer(const GlRenderer&) = delete;
    GlRenderer& operator=(const GlRenderer&) = delete;

    /// Into the window that is current, whose letterbox gets `background`.
    void draw(const Canvas& canvas, Color background);
    /// What draw() drew last, before it is swapped to the front.
    Picture read_back(int width_px, int height_px) const;
    /// The context died and took the textures with it; another one is current now.
    void start_over(GlyphCache& glyphs);
    /// Whether the driver says that the context has died.
    bool is_lost() const;
    /// How many textures pictures have now, shown or kept for the next. For tests.
    std::size_t picture_textures() const;
    /// For tests: the textures go and is_lost() says so, as after a reset of the graphics card.
    void lose();

  private:
    struct Impl;
    explicit GlRenderer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace fangxin::kit
