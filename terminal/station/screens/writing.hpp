// Writing into one field of a screen: the keyboard on the screen, the one that is plugged in, and
// pinyin for both. The screen's model owns the texts; Writing holds the one that is being written
// while its field is active. Owned by the program, one for all screens; main loop only.
//
//     writing.open({.id = "what", .longest = 2000}, view.what.text);
//     WritingAnswer answer = writing.take_typed(ui);      before the fields are drawn
//     kit::text_field(ui, place, {.text = …, .composing = writing.composing(), .active = true});
//     writing.draw_keys(ui, texts, keyboard_place, answer);      over what is drawn so far
#pragma once

#include "terminal/kit/keyboard_model.hpp"
#include "terminal/kit/ui.hpp"
#include "terminal/station/screens/keyboard_view.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace fangxin::terminal {

struct WritingField {
    std::string id;
    kit::KeyboardKind kind = kit::KeyboardKind::text;
    kit::KeyboardLanguage wished = kit::KeyboardLanguage::chinese;
    std::size_t longest = 400;  ///< bytes; what would go beyond is refused whole
};

struct WritingAnswer {
    std::optional<std::string> changed;  ///< the field's new text
    bool done = false;                   ///< the field is finished, or was left by Esc
};

class Writing {
  public:
    explicit Writing(kit::Pinyin& pinyin) : pinyin_(pinyin) {}

    /// Writes into this field from now on. Calling it again for the same field only takes the
    /// text over, so a view calls it in every pass.
    void open(const WritingField& field, std::string_view text);
    /// What is being composed is given up.
    void close();
    bool is_open() const { return open_; }
    bool is_open(std::string_view id) const { return open_ && field_.id == id; }

    const std::string& text() const { return text_; }
    /// The letters that are not characters yet; for text_field's `composing`.
    std::string_view composing() const;

    /// Takes what is typed on a keyboard that is plugged in. Call it before the fields are drawn,
    /// which would take the typed letters for themselves.
    WritingAnswer take_typed(kit::Ui& ui);
    /// The keyboard on the screen, after what it may lie over; adds to what was typed. Draws
    /// nothing once the field is closed.
    void draw_keys(kit::Ui& ui, const kit::TextTable& texts, kit::Rect rect, WritingAnswer& answer);

  private:
    void act(const kit::KeyboardAction& action, WritingAnswer& answer);
    void type(std::string_view text, WritingAnswer& answer);

    kit::Pinyin& pinyin_;
    kit::KeyboardState state_;
    CandidateWindow window_;
    WritingField field_;
    std::string text_;
    bool open_ = false;
};

}  // namespace fangxin::terminal
