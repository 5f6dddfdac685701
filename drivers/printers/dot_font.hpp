// Characters drawn into the cells of a receipt: a Chinese one into 24 × 24 dots, an ASCII one into
// 12 × 24, as a receipt printer's own font does, so that columns are where domain/text_width.hpp
// counts them. Owned by whoever draws; one thread.
#pragma once

#include "domain/result.hpp"
#include "drivers/printers/canvas.hpp"

#include <memory>
#include <string_view>

namespace fangxin::drivers {

/// The same fonts for pictures of receipts and for lines sent as pictures.
class DotFont {
  public:
    /// $FANGXIN_RECEIPT_FONT, or the first of Debian's Chinese fonts. Error: `no_font`.
    static Result<DotFont> open();
    ~DotFont();
    DotFont(DotFont&& other) noexcept;
    DotFont& operator=(DotFont&&) = delete;

    /// One character of one or two columns, filling its cell.
    void draw(Canvas& canvas, const Box& cell, char32_t c, int columns);

    struct Place {
        int x = 0;  ///< of the top left corner
        int y = 0;
        int width = 1;  ///< times the normal size
        int height = 1;
        bool bold = false;
        bool narrow = false;  ///< every character in one column
    };
    /// Where the text ends.
    int draw_text(Canvas& canvas, std::string_view text, const Place& place);

  private:
    struct Face;
    explicit DotFont(std::unique_ptr<Face> face);
    std::unique_ptr<Face> face_;
};

inline constexpr int cell_width = 12;
inline constexpr int cell_height = 24;

}  // namespace fangxin::drivers
