// Pieces that the handheld's pages are made of: the question above, the pads at thumb height, the
// buttons at the foot, lists that a finger opens, cards of facts. They draw and report.
#pragma once

#include "handheld/screens/entry_model.hpp"
#include "terminal/kit/button.hpp"
#include "terminal/kit/marks.hpp"
#include "terminal/kit/panels.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace fangxin::handheld {

inline constexpr float page_margin = 14;

/// Design units, a quarter more in large-text mode.
float grown(kit::Ui& ui, float units);

/// The item, what is known of it, and the one question of the page; takes what it needs off `rest`.
struct Question {
    std::string_view about;  ///< the item; may be empty
    std::string_view note;   ///< its code, what was ordered; may be empty
    std::string_view asks;
};
void draw_question(kit::Ui& ui, kit::Rect& rest, const Question& question);

/// What is wrong with the answer, under the question; takes nothing when `words` is empty.
void draw_refusal(kit::Ui& ui, kit::Rect& rest, std::string_view words);

/// Names and values in a card with a head in the card's colour; takes its height off `rest`.
struct FactCard {
    std::string_view head;
    kit::Icon icon = kit::Icon::none;
    kit::Role role = kit::Role::muted;  ///< muted: a plain card
    std::span<const kit::KeyValue> rows;
};
float height_of(kit::Ui& ui, const FactCard& card, float width);
void draw_facts(kit::Ui& ui, kit::Rect& rest, const FactCard& card);

/// The buttons at the foot; the last one is wide and goes on.
struct FootButton {
    std::string_view words;
    kit::ButtonStyle style;
};
inline constexpr float foot_height = 112;
std::optional<std::size_t> draw_foot(kit::Ui& ui, kit::Rect& rest,
                                     std::span<const FootButton> buttons);

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

/// Rows that scroll by finger and by Page keys; `draw_row` is asked for those in sight and says
/// whether its row was activated. Returns that row.
struct RowList {
    std::string_view name;
    kit::Rect rect;
    std::size_t count = 0;
    float row_height = 92;
    float gap = 10;
};
std::optional<std::size_t> draw_rows(kit::Ui& ui, const RowList& list,
                                     const std::function<bool(std::size_t, kit::Rect)>& draw_row);

/// Reasons one below the other; returns the number of the one that was touched.
std::optional<std::size_t> draw_reasons(kit::Ui& ui, kit::Rect rect, const ReasonView& view);

}  // namespace fangxin::handheld
