// Pieces that the handheld's pages are made of: the question above, the buttons at the foot, lists
// that a finger opens, cards of facts. They draw and report.
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
/// The same for what does not hinder.
void draw_notice(kit::Ui& ui, kit::Rect& rest, const kit::Notice& notice);

/// Names and values in a card with a head in the card's colour; takes its height off `rest`.
struct FactCard {
    std::string_view head;
    kit::Icon icon = kit::Icon::none;
    kit::Role role = kit::Role::muted;  ///< muted: a plain card
    std::span<const kit::KeyValue> rows;
};
float height_of(kit::Ui& ui, const FactCard& card, float width);
void draw_facts(kit::Ui& ui, kit::Rect& rest, const FactCard& card);

/// How far one is, under the head; takes nothing for 0.
void draw_progress(kit::Ui& ui, kit::Rect& rest, float part);

/// What a step will do, line by line, before it is done.
struct Consequences {
    std::string_view head;
    kit::Role role = kit::Role::primary;
    std::span<const std::string> lines;
};
/// What was answered and what it will do; scrolls where that is more than the page holds. A wheel
/// turns under it while it is `busy`.
void draw_confirm(kit::Ui& ui, kit::Rect rect, const FactCard& answers,
                  const Consequences& consequences, bool busy);

/// The buttons at the foot; the last one is wide and goes on.
struct FootButton {
    std::string_view words;
    kit::ButtonStyle style;
};
inline constexpr float foot_height = 112;
std::optional<std::size_t> draw_foot(kit::Ui& ui, kit::Rect& rest,
                                     std::span<const FootButton> buttons);

/// One of a few ways to answer, as a row; the digit of its number chooses it, unless that is 0.
struct ChoiceRow {
    std::string_view words;
    std::string_view note;
    kit::Icon icon = kit::Icon::check;
    kit::Role role = kit::Role::ok;
    bool selected = false;
    int number = 0;
};
/// Takes `height` off `page`; true when it was chosen.
bool draw_choice(kit::Ui& ui, kit::Rect& page, float height, const ChoiceRow& choice);

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

/// A count and its word, which can be touched to see those alone.
struct Tile {
    std::string_view count;
    std::string_view words;
    kit::Role role = kit::Role::muted;
    bool selected = false;
    kit::Key key = kit::Key::none;
};
bool draw_tile(kit::Ui& ui, kit::Rect at, const Tile& tile);

/// Reasons one below the other; returns the number of the one that was touched.
std::optional<std::size_t> draw_reasons(kit::Ui& ui, kit::Rect rect, const ReasonView& view);

}  // namespace fangxin::handheld
