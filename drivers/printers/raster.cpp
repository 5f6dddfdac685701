#include "drivers/printers/raster.hpp"

#include "domain/text_width.hpp"
#include "drivers/printers/canvas.hpp"

#include <algorithm>
#include <utility>

namespace fangxin::drivers {

namespace {

constexpr int line_spacing = 30;  // dots, as the printer sets lines by itself
constexpr std::size_t band_rows = 64;

/// A single dot (10) gets a neighbour (18), so that no real-time command is left. It cannot make a
/// new one: none begins or ends with 18.
void without_real_time(std::string& dots) {
    for (std::size_t at = 0; at + 1 < dots.size(); ++at) {
        char next = dots[at + 1];
        if (dots[at] == 0x10 && (next == 0x04 || next == 0x05 || next == 0x14)) dots[at] = 0x18;
    }
}

void put_number(std::string& bytes, std::size_t number) {
    bytes += static_cast<char>(number % 256);
    bytes += static_cast<char>(number / 256);
}

}  // namespace

LineDrawer::LineDrawer() {
    if (auto font = DotFont::open()) font_.emplace(std::move(*font));
}

Bitmap LineDrawer::draw(const domain::TextLine& line, int paper_dots) {
    int times = line.double_size ? 2 : 1;
    Canvas canvas(paper_dots, std::max(cell_height * times, line_spacing));
    int free = std::max(paper_dots - domain::column_width(line.text) * cell_width * times, 0);
    DotFont::Place place{.width = times, .height = times, .bold = line.bold};
    if (line.align == domain::Align::center) place.x = free / 2;
    if (line.align == domain::Align::right) place.x = free;
    font_->draw_text(canvas, line.text, place);
    return canvas.to_bitmap();
}

Bitmap centred(const Bitmap& bitmap, int paper_dots) {
    int left = (paper_dots - bitmap.width) / 2;
    if (left <= 0) return bitmap;
    Bitmap made = Bitmap::blank(left + bitmap.width, bitmap.height);
    for (int y = 0; y < bitmap.height; ++y) {
        for (int x = 0; x < bitmap.width; ++x) {
            if (bitmap.dot(x, y)) made.set(left + x, y);
        }
    }
    return made;
}

std::string raster_bytes(const Bitmap& bitmap) {
    std::string bytes;
    // A line without ink is still a line: one column of white keeps its height.
    std::size_t wide = std::max<std::size_t>(bitmap.row_bytes(), 1);
    std::string dots = bitmap.bytes;
    dots.resize(wide * static_cast<std::size_t>(bitmap.height), '\0');
    without_real_time(dots);
    for (std::size_t at = 0; at < dots.size(); at += wide * band_rows) {
        std::string band = dots.substr(at, wide * band_rows);
        bytes += "\x1Dv0" + std::string(1, '\0');
        put_number(bytes, wide);
        put_number(bytes, band.size() / wide);
        bytes += band;
    }
    return bytes;
}

}  // namespace fangxin::drivers
