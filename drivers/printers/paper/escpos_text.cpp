#include "domain/text_width.hpp"
#include "drivers/printers/paper/escpos_render.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::drivers {

namespace {

constexpr int column_dots = 12;

std::string shown(const PrintedDots& dots) {
    return fmt::format("[IMAGE {}x{}]", dots.bitmap->width * dots.wide,
                       dots.bitmap->height * dots.high);
}

struct Spread {
    std::string text;
    int columns = 0;  ///< its sizes counted
    int shown = 0;    ///< columns of the text itself
};

/// The runs one after the other, with blanks where the head was moved on.
Spread spread(const PrintedLine& line) {
    Spread all;
    for (const PrintedRun& run : line.runs) {
        int gap = std::max((run.x + column_dots / 2) / column_dots - all.columns, 0);
        all.text.append(static_cast<std::size_t>(gap), ' ');
        all.text += run.dots.bitmap ? shown(run.dots) : run.text;
        all.columns +=
            gap + (run.dots.bitmap ? run.width_dots() / column_dots : run.columns() * run.width);
        all.shown += gap + (run.dots.bitmap ? 0 : run.columns());
    }
    return all;
}

std::string aligned(const PrintedLine& line) {
    Spread all = spread(line);
    int room = line.area.width / column_dots - all.columns;
    int before = line.area.left / column_dots;
    if (line.align == domain::Align::center) before += std::max(room, 0) / 2;
    if (line.align == domain::Align::right) before += std::max(room, 0);
    return std::string(static_cast<std::size_t>(before), ' ') + all.text;
}

std::string shown(const PrintedCode& code) {
    return fmt::format("[{} {}]", name_of(code.sort), code.data);
}

}  // namespace

std::string plain_text(std::string_view bytes) {
    std::string text;
    for (const PrintedItem& item : parse_escpos(bytes)) {
        if (const auto* line = std::get_if<PrintedLine>(&item)) text += aligned(*line);
        if (const auto* code = std::get_if<PrintedCode>(&item)) text += shown(*code);
        if (const auto* image = std::get_if<PrintedImage>(&item)) text += shown(image->dots);
        if (const auto* mark = std::get_if<PrintedMark>(&item)) text += mark->words;
        const auto* feed = std::get_if<PrintedFeed>(&item);
        text.append(feed ? static_cast<std::size_t>(feed->lines) : 1, '\n');
    }
    return text;
}

}  // namespace fangxin::drivers
