// What is keyed at thumb height: dates, lots, quantities. They draw and report.
#pragma once

#include "terminal/kit/ui.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace fangxin::handheld {

/// 3×4 digits at the lower edge of `rest`; with a point for weights. The keys are as high as what
/// stands above lets them be.
struct DigitPad {
    std::string_view clear;
    bool with_point = false;
    float above = 200;
};
std::optional<std::string> draw_digit_pad(kit::Ui& ui, kit::Rect& rest, const DigitPad& pad);

/// Capitals, digits and the signs that lots have, at the lower edge of `rest`. A keyboard writes
/// too.
std::optional<std::string> draw_lot_pad(kit::Ui& ui, kit::Rect& rest);

/// What is keyed, large, in a well.
struct Reading {
    std::string_view text;
    std::string_view placeholder;
    std::string_view unit;
    float size = 44;
};
void draw_reading(kit::Ui& ui, kit::Rect rect, const Reading& reading);
/// The same over the whole width of a page; takes its height off `rest`.
void take_reading(kit::Ui& ui, kit::Rect& rest, const Reading& reading);

/// Buttons for the years that a month and day may mean; returns the one that was touched.
struct Year {
    std::string_view words;
    bool selected = false;
};
std::optional<std::size_t> draw_years(kit::Ui& ui, kit::Rect& rest, std::span<const Year> years);

/// Less, the quantity, more, and the pad under them, at the lower edge of `rest`.
struct QuantityPad {
    std::string_view reading;
    std::string_view unit;
    std::string_view clear;
    bool is_weighed = false;
};
struct QuantityAnswer {
    std::optional<std::string> key;
    std::optional<bool> step_up;
};
QuantityAnswer draw_quantity(kit::Ui& ui, kit::Rect& rest, const QuantityPad& pad);

}  // namespace fangxin::handheld
