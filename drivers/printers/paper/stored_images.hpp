// Pictures in a job: dots out of the bytes of each command that carries them, and those that a
// printer keeps (graphics buffer, memory of logos) until it is told to print them. Owned by one
// reading; one thread. Source: Epson's ESC/POS reference, GS v 0, ESC *, GS ( L, GS *, FS q.
#pragma once

#include "drivers/printers/paper/escpos_render.hpp"

#include <map>
#include <optional>
#include <string_view>
#include <utility>

namespace fangxin::drivers {

/// `0 m xL xH yL yH d…` of `GS v`; m doubles the width (1), the height (2), both (3).
PrintedDots raster_dots(std::string_view arguments);

/// `m nL nH d…` of `ESC *`: columns of 8 or 24 dots from the left.
PrintedDots column_dots(std::string_view arguments);

struct GraphicsAnswer {
    bool print = false;
    std::optional<PrintedDots> dots;  ///< none: nothing is stored there
    int key = 0;
};

class StoredImages {
  public:
    /// What follows the length of `GS ( L`: m fn …
    GraphicsAnswer graphics(std::string_view data);
    /// `FS q` and `FS p n m`, the older memory of logos.
    void define(std::string_view command);
    std::optional<PrintedDots> stored(int number, int mode) const;
    /// `GS *` and `GS /`.
    void download(std::string_view command);
    std::optional<PrintedDots> downloaded(int mode) const;

  private:
    GraphicsAnswer print_kept(std::string_view data, bool nonvolatile) const;
    void keep(std::string_view data, bool nonvolatile);

    std::optional<PrintedDots> buffer_;
    std::map<std::pair<bool, int>, PrintedDots> kept_;  ///< by memory and key code
    std::map<int, PrintedDots> numbered_;
    std::optional<PrintedDots> downloaded_;
};

}  // namespace fangxin::drivers
