// Shows a canvas without a display: an exact small rasteriser for the triangles that GlRenderer
// would give to OpenGL. For screenshots and layout pictures; the same input gives the same bytes
// on every machine. Any thread that owns the canvas.
#pragma once

#include "terminal/kit/canvas.hpp"

namespace fangxin::kit {

/// The canvas on `background`, as large as its viewport.
Picture rasterise(const Canvas& canvas, Color background);

}  // namespace fangxin::kit
