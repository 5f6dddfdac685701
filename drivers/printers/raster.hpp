// Dots for a receipt printer: lines drawn for one that has no Chinese characters, the shop's logo,
// and both as `GS v 0`. Owned by one encoding; one thread.
#pragma once

#include "domain/receipt.hpp"
#include "drivers/printers/bitmap.hpp"
#include "drivers/printers/dot_font.hpp"

#include <optional>
#include <string>

namespace fangxin::drivers {

/// Draws lines in the columns that domain::layout() put them in, 12 dots each, and as far apart as
/// the printer sets its own.
class LineDrawer {
  public:
    LineDrawer();
    bool can_draw() const { return font_.has_value(); }
    /// Only while can_draw().
    Bitmap draw(const domain::TextLine& line, int paper_dots);

  private:
    std::optional<DotFont> font_;
};

/// White before it, so that it stands in the middle on printers that align no pictures too. As it
/// is if it is wider than the paper.
Bitmap centred(const Bitmap& bitmap, int paper_dots);

/// `GS v 0` in bands of 64 lines, for printers with little memory. Where the dots would read as a
/// real-time command (10 04, 10 05, 10 14), one dot is added beside the one of 10.
std::string raster_bytes(const Bitmap& bitmap);

}  // namespace fangxin::drivers
